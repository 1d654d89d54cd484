"""The commands about plans: files into other forms, the empty form, the schema, decisions judged again."""

import io
import json
import re
import sys
from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.cli.main import main
from bot.core.plan.exchange import (
    LARGEST_FILE,
    PlanFile,
    checksum,
    file_schema,
    file_text,
    read_file,
    sealed,
    write_file,
)
from bot.core.plan.history import KeptVersion, filed_history
from bot.core.plan.items import PlanDecision
from bot.core.plan.plan import Proposal
from tests.doubles.plan_items import DAY
from tests.doubles.plan_people import empty_plan, full_plan, ordinary_plan
from tests.doubles.plans import COUNSELLOR

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def full(loaded):
    return write_file(full_plan(loaded.library), (), NOW, {"language": "lv", "release": "r"})


@pytest.fixture
def celvedis(monkeypatch, capsys):
    """Runs a command; gives its status, what it said and what it complained of."""

    def run(*arguments, given=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        try:
            status = main([str(one) for one in arguments])
        except SystemExit as error:  # of what argparse refuses
            status = error.code
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def kept(tmp_path):
    """Keeps a file, given as a value, text or bytes; gives its path."""

    def keep(what, name="plan.json"):
        data = file_text(what) if isinstance(what, PlanFile) else what
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return keep


def with_decision(file, **changes):
    """The file with its decisions changed, and sealed again, as somebody would who knows how."""
    items = tuple(
        one.model_copy(update=changes) if isinstance(one, PlanDecision) else one
        for one in file.plan.items
    )
    plan = file.plan.model_copy(update={"items": items})
    return sealed(file.model_copy(update={"plan": plan}))


def test_a_file_becomes_every_other_form(celvedis, kept, full, tmp_path):
    path = kept(full)
    (tmp_path / "new").mkdir()
    for end in ("pdf", "html", "json", "ics", "xml"):
        made = tmp_path / "new" / f"plans.{end}"
        assert celvedis("plan", "render", path, "-o", made) == (0, f"written: {made}\n", "")
    said = " ".join(PdfReader(tmp_path / "new/plans.pdf").pages[0].extract_text().split())
    assert "Noliktavas darbi" in said
    assert "Melnraksts" in said
    page = (tmp_path / "new/plans.html").read_text(encoding="utf-8")
    assert "Noliktavas darbi" in page
    assert "Melnraksts" in page
    assert read_file((tmp_path / "new/plans.json").read_bytes()) == full
    assert icalendar.Calendar.from_ical((tmp_path / "new/plans.ics").read_bytes()).walk("VEVENT")
    assert b"Noliktavas darbi" in (tmp_path / "new/plans.xml").read_bytes()


def test_a_file_is_read_from_standard_input_and_said_in_another_language(celvedis, full, tmp_path):
    made, data = tmp_path / "plan.pdf", full.model_dump_json().encode()
    assert celvedis("plan", "render", "-", "-o", made, "--lang", "en", given=data)[0] == 0
    assert PdfReader(made).trailer["/Root"]["/Lang"] == "en"


def test_the_day_it_is_made_on_can_be_named(celvedis, kept, full, tmp_path):
    made = tmp_path / "plan.pdf"
    assert celvedis("plan", "render", kept(full), "-o", made, "--on", "2030-01-01")[0] == 0
    said = " ".join(page.extract_text() for page in PdfReader(made).pages)
    assert "Diena ir pagājusi" in " ".join(said.split())


def test_the_form_and_the_schema_are_printed(celvedis, tmp_path):
    for audience, words in (("pupil", "Stiprās puses"), ("adult", "Darba pieredze")):
        made = tmp_path / f"{audience}.pdf"
        assert celvedis("plan", "form", "--for", audience, "-o", made)[0] == 0
        assert words in PdfReader(made).pages[0].extract_text()
    status, said, _ = celvedis("plan", "schema")
    assert (status, json.loads(said)) == (0, file_schema())


# --- decisions judged again


def test_a_decision_that_comes_out_the_same_is_said_so(celvedis, kept, full):
    status, said, complained = celvedis("verify", kept(full))
    assert (status, complained) == (0, "")
    place = f"plan.items.{len(full.plan.items) - 1}"
    assert said == f"{place}: {full.plan.items[-1].id} esf_4_2_4_2 on 2026-11-23: the same\n"


def test_a_decision_that_was_written_otherwise_is_told_with_where(celvedis, kept, full):
    decision = next(one for one in full.plan.items if isinstance(one, PlanDecision))
    changed = decision.verdict.model_copy(update={"priority": "no"})
    status, said, _ = celvedis("verify", kept(with_decision(full, verdict=changed)))
    assert status == 1
    assert said.splitlines()[0].endswith("on 2026-11-23: different")
    assert said.splitlines()[1:] == ["  verdict.priority: was no, is yes"]
    status, said, _ = celvedis("verify", kept(with_decision(full, verdict=changed)), "--json")
    (told,) = json.loads(said)
    assert (status, told["result"]) == (1, "different")
    assert told["fields"] == [{"place": "verdict.priority", "was": "no", "now": "yes"}]


@pytest.mark.parametrize(
    ("changes", "said", "where"),
    [
        ({"mark": "0" * 16}, "different; the rule is written otherwise now", "mark: was 0000000000000000, is "),
        ({"rule": "esf_9"}, "there is no such rule here", ""),
        ({"on": date(2001, 1, 1)}, "different", "verdict.period: was leaflet, is None"),
    ],
)  # fmt: skip
def test_what_else_can_come_of_a_decision(celvedis, kept, full, changes, said, where):
    status, told, _ = celvedis("verify", kept(with_decision(full, **changes)))
    assert status == 1
    assert told.splitlines()[0].endswith(said)
    assert where in told


@pytest.mark.parametrize("where", ["what_if", "proposals", "states"])
def test_a_forged_decision_is_found_wherever_it_stands(celvedis, kept, full, where):
    forged = full.plan.items[-1]
    forged = forged.model_copy(
        update={"verdict": forged.verdict.model_copy(update={"outcome": "B"})}
    )
    plan, history = full.plan, full.history
    if where == "what_if":
        plan = plan.model_copy(update={"what_if": (forged,)})
    elif where == "proposals":
        waiting = Proposal(id="w9", by=COUNSELLOR, on=DAY, target="", item=forged)
        plan = plan.model_copy(update={"proposals": (waiting,)})
    else:
        history = filed_history([KeptVersion(number=2, at=NOW, items=(forged,))])
    file = sealed(full.model_copy(update={"plan": plan, "history": history}))
    status, said, _ = celvedis("verify", kept(file))
    (told,) = (line for line in said.splitlines() if "different" in line)
    assert (status, where in told.partition(":")[0]) == (1, True)


# --- any one value of a decision changed


def places_in(value, path=()):
    """Every place of a value, with what stands there."""
    yield path, value
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, part in parts:
        yield from places_in(part, (*path, key))


def with_value(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_value(value[path[0]], path[1:], new)
    return copy


def is_as(one, other):
    """Equal as values of JSON: 1 is no true, and no 1.0 that would be written otherwise."""
    return json.dumps(one) == json.dumps(other)


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
)
VALUES = (
    SCALARS
    | st.lists(SCALARS, max_size=3)
    | st.dictionaries(st.text(max_size=5), SCALARS, max_size=2)
)
# what a rule says of facts on a day; which facts and which day a file alone can tell
OF_THE_RULE = ("rule", "mark", "verdict")


@settings(
    max_examples=150, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(data=st.data(), is_sealed=st.booleans())
def test_a_changed_value_of_a_decision_is_never_the_same(celvedis, full, data, is_sealed):
    raw = json.loads(file_text(full))
    at = len(raw["plan"]["items"]) - 1
    decision = raw["plan"]["items"][at]
    places = [
        (path, value)
        for path, value in places_in(decision)
        if path and (not is_sealed or path[0] in OF_THE_RULE)
    ]
    path, value = data.draw(st.sampled_from(places))
    # a value like those that stand there is the worst that can be
    others = [other for _, other in places if not is_as(other, value)]
    new = data.draw(VALUES | st.sampled_from(others))
    if is_as(new, value) or (is_sealed and is_of_facts(path, value, new)):
        return
    raw["plan"]["items"][at] = with_value(decision, path, new)
    if is_sealed:
        raw["checksum"] = checksum(raw)
    status, said, complained = celvedis("verify", "-", given=json.dumps(raw).encode())
    assert status == 1
    assert ": the same" not in said
    assert bool(said) != bool(complained)
    assert "Traceback" not in complained


def is_of_facts(path, value, new):
    """Whether other facts stand there that somebody may have told as well."""
    return path[:2] == ("verdict", "facts") and type(new) is type(value)


def test_a_plan_is_judged_as_of_another_day(celvedis, kept, full):
    status, said, _ = celvedis("verify", kept(full), "--on", "2001-01-01")
    assert status == 1
    assert "on 2001-01-01: different" in said
    assert "period: was" in said


def test_a_plan_without_decisions_has_none_to_judge(celvedis, kept):
    file = write_file(ordinary_plan(), (), NOW, {"language": "lv", "release": "r"})
    assert celvedis("verify", kept(file)) == (0, "there is no decision in this plan\n", "")
    assert celvedis("verify", kept(file), "--json")[:2] == (0, "[]\n")


# --- what cannot be read


def edited(file, *change):
    """The file as JSON with (path, value) put in; the checksum as it was."""
    value = json.loads(file_text(file))
    for path, new in change:
        *above, last = path
        here = value
        for key in above:
            here = here[key]
        here[last] = new
    return json.dumps(value).encode()


BAD_FILES = {
    "nothing": (b"", "JSON"),
    "blanks": (b" \n", "JSON"),
    "text": (b"Mans plans", "JSON"),
    "cut off": (lambda file: file_text(file).encode()[:-40], "JSON"),
    "two values": (lambda file: file_text(file).encode() + b"{}", "JSON"),
    "another coding": (lambda file: file_text(file).encode("utf-16"), "JSON"),
    "half a letter": (lambda file: file_text(file).encode().replace("ā".encode(), b"\xc4", 1), "JSON"),
    "zero bytes": (bytes(5000), "JSON"),
    "a PDF": (b"%PDF-1.7 \xff\xfe", "JSON"),
    "a list": (b"[]", ""),
    "a number": (b"7", ""),
    "null": (b"null", ""),
    "no field": (b"{}", "written"),
    "deep": (b"[" * 200_000, "JSON"),
    "another format": (lambda file: edited(file, (["format"], "celvedis-plan-9")), "format"),
    "a field more": (lambda file: edited(file, (["plan", "name"], "x")), "plan.name"),
    "another language": (lambda file: edited(file, (["language"], "xx")), "language"),
    "an unknown kind": (lambda file: edited(file, (["plan", "items", 0, "kind"], "wish")), "plan.items.0"),
    "no day": (lambda file: edited(file, (["plan", "made"], "2026-02-31")), "plan.made"),
    "a wrong id": (lambda file: edited(file, (["plan", "items", 0, "id"], "../x")), "plan.items.0"),
    "a long text": (
        lambda file: edited(file, (["plan", "items", 0, "wording", "text"], "x" * 5001)), "plan.items.0",
    ),
    "too many": (lambda file: edited(file, (["plan", "items"], [{}] * 5000)), "plan.items"),
    "a changed word": (lambda file: edited(file, (["plan", "version"], 9)), "checksum"),
    "another checksum": (lambda file: edited(file, (["checksum"], "0" * 64)), "checksum"),
    "a doubled key": (lambda file: file_text(file).encode().replace(b'"made"', b'"made": "2000-01-01", "made"', 1), "plan.made"),
    "a newer program's": (lambda file: edited(file, (["format"], "celvedis-plan-3")), "newer program"),
    "a fact of another type": (lambda file: edited(file, (["plan", "items", -1, "verdict", "facts", 0, 1], [1])), "verdict.facts"),
    "much too large": (b" " * (LARGEST_FILE + 1), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["render", "verify"])
def test_a_bad_file_is_told_with_its_place_and_nothing_is_made(
    celvedis, kept, full, tmp_path, name, command
):
    make, place = BAD_FILES[name]
    path, made = kept(make(full) if callable(make) else make), tmp_path / "plan.pdf"
    order = ("plan", "render", path, "-o", made) if command == "render" else ("verify", path)
    status, said, complained = celvedis(*order)
    assert (status, said) == (1, "")
    lines = complained.splitlines()
    assert 1 <= len(lines) <= 21
    assert all(line.startswith(f"{path}: ") for line in lines)
    assert place in complained
    assert "Traceback" not in complained
    assert not made.exists()


def test_nothing_of_a_persons_words_is_in_a_complaint(celvedis, kept, full):
    data = edited(full, (["plan", "items", 0, "wording", "text"], "noslēpums " * 600))
    assert "noslēpums" not in celvedis("verify", kept(data))[2]


@pytest.mark.parametrize(
    "order",
    [
        ("verify", "/nowhere/plan.json"),
        ("verify", "/"),
        ("verify", ""),
        ("verify", "a\0b"),
        ("plan", "render", "PLAN", "-o", "plan.docx"),
        ("plan", "render", "PLAN", "-o", "/proc/plan.pdf"),
        ("plan", "render", "PLAN", "-o", "PLAN/plan.pdf"),
        ("plan", "render", "PLAN", "-o", "/nowhere/at/all/plan.pdf"),
        ("plan", "form", "--for", "pupil", "-o", "/nowhere/form.pdf"),
        ("plan", "form", "--for", "pupil", "-o", "form.txt"),
    ],
)
def test_wrong_use_is_told_in_a_line(celvedis, kept, full, order):
    path = str(kept(full))
    status, said, complained = celvedis(*(one.replace("PLAN", path) for one in order))
    assert (status, said) == (2, "")
    assert complained.startswith("celvedis: ")
    assert len(complained.splitlines()) == 1


def test_a_plan_without_days_makes_no_calendar(celvedis, kept, tmp_path):
    file = write_file(empty_plan(), (), NOW, {"language": "lv", "release": "r"})
    path = kept(file)
    status, _, complained = celvedis("plan", "render", path, "-o", tmp_path / "p.ics")
    assert (status, complained) == (1, f"{path}: no step and no goal of this plan has a day\n")


# --- what a terminal would obey


HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m\r\u202ereversed\u2066"
COMMANDING = re.compile("[\0-\b\v-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("as_json", [False, True])
def test_no_text_of_a_file_commands_the_terminal(celvedis, kept, full, as_json):
    decision = full.plan.items[-1]
    verdict = decision.verdict.model_copy(update={"outcome": f"{HOSTILE}\nd9 esf: the same"})
    file = with_decision(full, verdict=verdict, mark="\x1b[31m")
    status, said, _ = celvedis("verify", kept(file), *(("--json",) if as_json else ()))
    assert status == 1
    assert not COMMANDING.search(said)
    assert "\\u001b[2J" in said
    if as_json:
        (told,) = json.loads(said)
        assert HOSTILE in told["fields"][1]["was"]  # and a program reads what stands there
    else:
        assert not [line for line in said.splitlines() if line.startswith("d9")]


def test_no_key_of_a_file_commands_the_terminal(celvedis, kept, full):
    data = edited(full, (["plan", f"{HOSTILE}\nplan.json: all is well"], 1))
    status, said, complained = celvedis("verify", kept(data))
    assert (status, said) == (1, "")
    assert not COMMANDING.search(complained)
    assert all("all is well" not in line.partition(": ")[0] for line in complained.splitlines())
