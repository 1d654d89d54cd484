"""A counsellor begins a class run in Telegram; pupils join by link and by code."""

import re
import time
from dataclasses import replace

import pytest

from bot.service.class_runs import CLASS_PURPOSE, begin_class
from bot.service.conversations import Dialogue
from bot.service.counsellors import invite
from bot.service.device_links import ChannelLinks
from bot.wiring import SystemClock

DAY = 86_400_000  # milliseconds
CODE = re.compile(r"[A-Z2-9]{3}-[A-Z2-9]{3}")


def now():
    return int(time.time() * 1000)


@pytest.fixture
def desk(start, store):
    service = start(
        desk=True, doors=ChannelLinks(web="https://guide.example", telegram="https://t.me/x")
    )
    service.say(f"/start {invite(store, 'counsellor:anna', now(), 7)}")
    return service


def test_a_counsellor_gets_a_code_and_the_links(desk, server):
    desk.say("/klase 9.b <i>")
    told = server.texts()[-1]
    code = CODE.search(told)[0]
    assert told.split("\n")[1:] == [
        f"https://guide.example/k/{code}",
        f"https://t.me/x?start=k-{code}",
    ]
    desk.say(code.lower())
    assert server.texts()[-1].split("\n") == [
        "9.b <i>: klases kopaina",
        "Klasē pievienojās: mazāk par 5",
        "Kopaina parādīsies, kad pabeigs vismaz pieci.",
    ]


def test_a_class_is_open_for_as_long_as_the_policy_says(start, server, store, talks):
    policy = talks.library.policy.model_copy(update={"class_days": 2})
    library = replace(talks.library, policy=policy)
    desk = start(desk=True, talks=Dialogue(library, talks.catalogues, SystemClock()))
    desk.say(f"/start {invite(store, 'counsellor:anna', now(), 7)}")
    desk.say("/klase 9.b")
    code = CODE.search(server.texts()[-1])[0]
    good = [
        store.codes.known(code, CLASS_PURPOSE, now() + int(days * DAY)) for days in (1.99, 2.01)
    ]
    assert good == ["9.b", None]


def test_a_class_has_a_name(desk, server):
    for text in ("/klase", f"/klase {'x' * 61}"):
        desk.say(text)
        assert server.texts()[-1].startswith("Klases darbam: /klase un nosaukums")


def test_who_has_not_joined_begins_no_class(start, server):
    service = start(desk=True)
    service.say("/klase 9.b")
    assert server.texts()[-1].startswith("Labdien! Šeit karjeras konsultanti")


def test_a_pupil_joins_by_the_link_and_another_by_the_code(service, server, store):
    code = begin_class(store, "9.b", now(), 30)
    service.say(f"/start k-{code}")
    assert server.texts()[0].startswith("Šo dara visa klase.")
    assert "Mācos 5.–9. klasē" in server.labels(server.chats[77][-1])
    service.say("/start", chat=78)
    service.say(code, chat=78)
    assert any("Šo dara visa klase." in text for text in server.texts(78))
    assert "😟" in server.labels(server.chats[78][-1])
    assert [note.kind for note in store.class_notes.notes_of(code)] == ["begun", "begun"]
