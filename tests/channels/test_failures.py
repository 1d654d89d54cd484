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
    assert "cache-control" not in client.get("/static/chat.js").headers
