"""The command line, as it is fixed: real processes, good and bad input."""

import json
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.cards import card_version
from bot.errors import SettingsError
from bot.load.data_folder import find_data
from bot.load.library import load
from bot.ports.effects import RecordCorrection, RecordQuestion
from bot.ports.records import TurnResult, Update
from bot.settings import read_settings
from storage.store import Store

ROOT = Path(__file__).parent.parent


def celvedis(*arguments, given=""):
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=given, capture_output=True, text=True, cwd=ROOT, check=False, encoding="utf-8",
    )  # fmt: skip


def test_check_is_content():
    done = celvedis("check")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "all is well\n")


def test_check_past_the_review_day_warns():
    done = celvedis("check", "--on", "2028-01-01", "--json")
    assert done.returncode == 0
    assert {one["code"] for one in json.loads(done.stdout)} == {"S001", "K007"}


def test_decide_gives_the_fixed_form(tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"age": 30, "employed": "yes", "education": "general_secondary"}))
    done = celvedis("decide", "esf_4_2_4_2", "--facts", str(facts), "--on", "2026-11-24", "--json")
    assert json.loads(done.stdout) == {
        "gate": "open", "gate_reasons": [], "group": "A", "group_reasons": ["low_education"],
        "offers": [
            {"id": "pti", "initial": True, "primary": True, "available": "yes", "from": "2024"},
            {"id": "mod", "initial": True, "primary": False, "available": "yes", "from": "2024"},
            {"id": "nov", "initial": True, "primary": False, "available": "verify", "from": "2025"},
        ],
        "counselling_priority": "yes", "priority_reasons": ["low_education"], "missing": [],
        "sources": ["leaflet_4_2_4_2"], "notices": ["AMB-01", "AMB-09", "AMB-19"],
    }  # fmt: skip


def test_hear_tells_what_would_be_understood_and_why():
    queries = [
        {"flow": "start", "step": "age_band", "text": "man ir 15"},
        {"flow": "esf_support", "step": "education", "text": "nepabeidzu vidusskolu"},
        {"flow": "interests", "step": "likes", "text": "ļoti patīk"},
        {"flow": "menu", "step": "what_next", "text": "gribu parunāt ar cilvēku"},
    ]
    given = "\n".join(json.dumps(query) for query in queries)
    done = celvedis("hear", "--queries", "-", "--json", given=given)
    heard = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["text"] for one in heard] == [query["text"] for query in queries]
    assert (heard[0]["heard"], heard[0]["sure"], heard[0]["value"]) == (
        "answer", "said_back", "from_13",
    )  # fmt: skip
    assert heard[1].get("value") != "general_secondary"
    assert heard[2]["heard"] == "answer"
    assert (heard[3]["heard"], heard[3]["global"]) == ("global", "human")
    assert all(one["why"] for one in heard)


def test_hear_without_a_file_is_a_prompt_that_explains_itself():
    done = celvedis("hear", given="čau\n{nav\n\n")
    assert done.returncode == 0
    assert "An empty line ends it" in done.stdout
    assert "heard: smalltalk" in done.stdout
    assert "not JSON" in done.stdout


def test_decide_says_that_a_rule_did_not_hold_then():
    done = celvedis(
        "decide", "esf_4_2_4_2", "--facts", "-", "--on", "2019-01-01", "--json",
        given='{"age": 30, "employed": "yes", "education": "higher"}',
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == (
        "celvedis: esf_4_2_4_2 does not hold on 2019-01-01; it holds from 2024-01-01\n"
    )
    assert json.loads(done.stdout) == {
        "gate": "closed", "gate_reasons": ["not_in_force"], "group": "none", "group_reasons": [],
        "offers": [], "counselling_priority": "no", "priority_reasons": [], "missing": [],
        "sources": ["leaflet_4_2_4_2"], "notices": [],
    }  # fmt: skip


def test_decide_prints_any_other_rule_in_the_general_form():
    facts = {"join_age": 19, "studying": "no", "working": "no", "nva_status": "no"}
    done = celvedis(
        "decide", "proti_un_dari_2", "--facts", "-", "--on", "2026-11-24", "--json",
        given=json.dumps(facts),
    )  # fmt: skip
    names = ("program", "mentor", "specialists", "craft")
    assert json.loads(done.stdout) == {
        "period": "cabinet_rules_722", "gate": "open", "gate_reasons": [],
        "outcome": "young", "outcome_reasons": ["nothing_now"],
        "offers": [
            {"id": name, "primary": False, "available": "yes", "from": None} for name in names
        ],
        "priority": None, "priority_reasons": [], "missing": [],
        "sources": ["jspa_proti_un_dari"], "notices": ["which_municipalities"],
    }  # fmt: skip


def test_decide_takes_a_list():
    done = celvedis("decide", "esf_4_2_4_2", "--facts", "-", "--json", given='[{}, {"age": 17}]')
    assert [one["gate"] for one in json.loads(done.stdout)] == ["unknown", "closed"]


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (("decide", "esf_4_2_4_2", "--facts", "-"), "{"),
        (("decide", "esf_4_2_4_2", "--facts", "-"), '{"agee": 1}'),
        (("decide", "esf_4_2_4_2", "--facts", "-"), '"x"'),
        (("decide", "esf_4_2_4_2", "--facts", "no-such-file"), ""),
        (("decide", "esf_4_2_4_2", "--facts", ""), ""),
        (("decide", "no_rule", "--facts", "-"), "{}"),
        (("show", "no_flow"), ""),
        (("chat", "--flow", "no_flow"), ""),
        (("check", "--on", "yesterday"), ""),
        (("hear", "--queries", "-"), '{"flow": "start"}'),
        (("hear", "--queries", "-"), '{"flow": "x", "step": "y", "text": "z"}'),
        (("hear", "--queries", "-"), '{"flow": "start", "step": "hello", "text": "z"}'),
        (("hear", "--queries", "-"), '{"a": '),
        (("hear", "--queries", "no-such-file"), ""),
        ((), ""),
    ],
)
def test_wrong_use_is_told_in_words_with_status_two(arguments, given):
    done = celvedis(*arguments, given=given)
    assert done.returncode == 2
    assert "celvedis" in done.stderr
    assert "Traceback" not in done.stderr


def test_chat_in_json():
    """What stands in a turn is tried in `tests/channels/test_console.py`."""
    done = celvedis("chat", "--json", "--lang", "en", given='nonsense\n{"command": "help"}')
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [answer["kind"] for answer in answers if answer["kind"] != "say"]
    assert kinds == ["ask", "wait", "error", "wait", "ask", "wait"]
    asks = [answer for answer in answers if answer["kind"] == "ask"]
    assert set(asks[0]) >= {"flow", "step", "text", "options"}


@pytest.mark.parametrize(
    ("form", "begins"), [("mermaid", "flowchart TD"), ("svg", "<svg"), ("script", "Atbalsts")]
)
def test_a_flow_is_drawn(form, begins):
    done = celvedis("show", "esf_support", "--format", form)
    assert (done.returncode, done.stdout.startswith(begins)) == (0, True)


def test_migrate_twice(tmp_path):
    for _ in range(2):
        done = celvedis("migrate", "--db", f"sqlite:///{tmp_path}/a.db")
        assert done.stdout == "the database is in its newest form\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("school", "Ogre", "--days", "9" * 20), "a number of days from 1 to 36500"),
        (("school", "Ogre", "--days", "0"), "a number of days from 1 to 36500"),
        (("class", "new", "9.b", "--days", "9" * 14), "a number of days from 1 to 36500"),
        (("serve", "--port", "99999"), "a number from 0 to 65535"),
        (("serve", "--port", "-1"), "a number from 0 to 65535"),
        (("invite", "Anna\nBerta"), "a name is one line of letters"),
        (("school", "\udcff"), "a name is one line of letters"),
    ],
)
def test_an_argument_that_cannot_be_is_refused_in_one_sentence(arguments, said, tmp_path):
    done = celvedis(*arguments, "--db", f"sqlite:///{tmp_path}/x.db")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("number", ["9" * 5000, "[" * 100_000])
def test_json_that_python_cannot_hold_is_refused_in_words_for_its_author(number, tmp_path):
    (tmp_path / "facts.json").write_text(f'{{"age": {number}}}')
    done = celvedis("decide", "esf_4_2_4_2", "--facts", f"{tmp_path}/facts.json")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "a number is too long, or too much stands within each other" in done.stderr


@pytest.mark.parametrize(
    "address",
    ["sqlite://", "sqlite:///", "postgresql://u:hidden@h:abc/x", "postgresql://u:hidden@[::1"],
)
def test_an_address_that_is_no_database_is_refused(address):
    done = celvedis("migrate", "--db", address)
    assert "hidden" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert (done.returncode, done.stdout) == (2, "")
    assert "sqlite:///FILE" in done.stderr


@pytest.mark.parametrize("figures", ["9" * 5000, "70000", "-1", "x"])
def test_a_port_of_the_environment_that_cannot_be_is_refused(figures, monkeypatch):
    monkeypatch.setenv("CELVEDIS_PORT", figures)
    done = celvedis("migrate", "--db", "sqlite:///never.db")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "CELVEDIS_PORT is a number from 0 to 65535" in done.stderr


@pytest.mark.parametrize("name", ["CELVEDIS_PUBLIC_URL", "CELVEDIS_TELEGRAM_API"])
@pytest.mark.parametrize(
    "address",
    ["javascript:x", "http://[", "https://", "guide.example", "https://h:abc", "http://a b"],
)
def test_a_web_address_of_the_environment_that_is_none_is_refused(name, address, monkeypatch):
    monkeypatch.setenv(name, address)
    with pytest.raises(SettingsError, match=f"{name} is http:// or https:// and a host"):
        read_settings()


def test_what_was_asked_and_what_is_wrong_are_listed(tmp_path):
    url = f"sqlite:///{tmp_path}/celvedis.db"
    card = "knowledge/grade10_criteria"
    now = card_version(load(find_data()).library, card)
    effects = (
        RecordQuestion("2026-11-28", "lv", "kur aug\npūpoli"),
        RecordCorrection("2026-11-28", "lv", card, now, "vecs"),
        RecordCorrection("2026-11-29", "lv", card, "0123abcd", ""),
        RecordCorrection("2026-11-30", "lv", "knowledge/gone", "0123abcd", ""),
    )
    with closing(Store(url)) as store:
        store.turns.run(Update("web", "a", "u", 1), lambda _: TurnResult("1", effects=effects))
    asked = celvedis("questions", "--db", url)
    assert asked.stdout == "   1  2026-11-28  lv  kur aug pūpoli\n"
    wrong = celvedis("corrections", "--db", url).stdout.splitlines()
    assert [line.partition("0123abcd ")[2] for line in wrong[:2]] == [
        "(gone)", f"(changed since, now {now})"
    ]  # fmt: skip
    assert wrong[2].endswith(f"{now} (as it was): vecs")


def test_where_somebody_listens_already_nothing_is_said_to_be_open(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = celvedis("serve", "--db", f"{tmp_path}/a.db", "--port", port)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"cannot listen at 127.0.0.1:{port}" in done.stderr


def test_a_host_that_is_not_here_is_told(tmp_path):
    done = celvedis("serve", "--db", f"{tmp_path}/a.db", "--host", "nosuch.invalid")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "nosuch.invalid" in done.stderr


def test_a_path_is_taken_as_a_database(tmp_path):
    path = tmp_path / "school.db"
    done = celvedis("migrate", "--db", str(path))
    assert (done.returncode, path.is_file()) == (0, True)


def test_no_database_is_no_path():
    done = celvedis("migrate", "--db", "")
    assert done.returncode == 2
    assert "a path, sqlite:///FILE or postgresql://" in done.stderr


def test_no_command_shows_them_all():
    done = celvedis()
    assert (done.returncode, done.stdout) == (2, "")
    assert "bring the database to the newest form" in done.stderr
