"""What a visitor reads where something fails, and what stands in the log of it."""

import json
import re
import sqlite3
from contextlib import closing

import httpx
import pytest

from tests.channels.serving import serving_sample

GUARDS = ("content-security-policy", "x-content-type-options", "referrer-policy")


@pytest.fixture
def address(tmp_path):
    with serving_sample(tmp_path) as found:
        yield found


@pytest.fixture
def client(address):
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as one:
        one.get("/")
        yield one


def guarded(answer):
    return all(name in answer.headers for name in GUARDS) and (
        answer.headers["cache-control"] == "no-store"
    )


def spoil(folder, client, spoilt):
    """Change what is kept of a conversation, as a database of another release may have it."""
    with closing(sqlite3.connect(folder / "web.db")) as database, database:
        database.execute(f"UPDATE conversation SET {spoilt}", {"key": client.cookies["celvedis"]})


@pytest.mark.parametrize("column", ["state", "said"])
def test_what_cannot_be_read_is_told_without_anybodys_words(tmp_path, client, caplog, column):
    client.post("/say", data={"text": "mans noslēpums"})
    broken = {"answers": [{"flow": "start", "step": "who", "value": {"text": "NOSLĒPUMS"}}]}
    text = json.dumps(broken if column == "state" else [{"kind": "say", "text": ["NOSLĒPUMS"]}])
    spoil(tmp_path, client, f"{column} = '{text}' WHERE id = :key")
    answer = client.get("/")
    assert answer.status_code == 500
    assert guarded(answer)
    number = re.search(r"Ziņojuma numurs: ([0-9a-f]{8})", answer.text)[1]
    (told,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert told.getMessage() == f"failed {number}"
    assert told.exc_info is not None
    assert "NOSL" not in caplog.text
    assert client.cookies["celvedis"] not in caplog.text


NEWER = {  # as a newer program may keep a conversation
    "another number": ("state", {"schema_version": 2, "answers": []}),
    "another field": ("state", {"language": "lv", "plan": {"goal": "NOSLĒPUMS"}}),
    "another kind of message": ("said", [{"kind": "calendar", "text": "NOSLĒPUMS"}]),
    "another field of a message": ("said", [{"kind": "say", "text": "a", "map": "NOSLĒPUMS"}]),
}


@pytest.mark.parametrize("form", NEWER)
def test_what_a_newer_program_keeps_is_told_and_stays_as_it_is(tmp_path, client, caplog, form):
    column, body = NEWER[form]
    whole = kept(tmp_path, client)
    spoil(tmp_path, client, f"{column} = '{json.dumps(body)}' WHERE id = :key")
    newer = kept(tmp_path, client)
    assert newer != whole
    answers = [client.get("/"), client.get("/?lang=uk")]
    if column == "state":
        answers.append(client.post("/say", data={"pick": "adult"}))
    for answer in answers:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert guarded(answer)
    assert "Šī saruna ir turpināta jaunākā Ceļveža versijā" in answers[0].text
    assert "Цю розмову продовжено" in answers[1].text
    assert "NOSL" not in caplog.text
    assert kept(tmp_path, client) == newer
    spoil(tmp_path, client, f"{column} = '{whole[column]}' WHERE id = :key")
    assert client.get("/").status_code == 200


def test_what_a_newer_program_keeps_can_be_erased(tmp_path, client):
    spoil(tmp_path, client, "state = '{\"schema_version\": 2}' WHERE id = :key")
    key = client.cookies["celvedis"]
    assert "Viss dzēsts." in client.post("/settle", data={"forget": "yes"}).text
    client.cookies.set("celvedis", key)
    assert kept(tmp_path, client) is None


def kept(folder, client):
    """What is kept of a conversation, by column."""
    with closing(sqlite3.connect(folder / "web.db")) as database:
        database.row_factory = sqlite3.Row
        query = "SELECT state, said, version FROM conversation WHERE id = :key"
        row = database.execute(query, {"key": client.cookies["celvedis"]}).fetchone()
    return row and dict(row)


def test_a_busy_database_is_told_as_what_passes(tmp_path, client, caplog):
    with closing(sqlite3.connect(tmp_path / "web.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/say", data={"pick": "adult"})
        other.execute("ROLLBACK")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert guarded(answer)
    assert "Šobrīd neko nevar saglabāt." in answer.text
    assert "Traceback" not in caplog.text
    (told,) = [one for one in caplog.records if "StorageBusy" in one.getMessage()]
    assert re.search(r"[0-9a-f]{8}", told.getMessage())[0] in answer.text
    client.post("/say", data={"pick": "adult"})
    assert "Cik gadu?" in client.get("/").text


def test_what_only_begins_like_the_static_files_is_not_kept_either(client):
    assert client.get("/staticfoo").headers["cache-control"] == "no-store"
    assert client.get("/static/chat.js").headers["cache-control"] == "no-cache"
