"""A conversation that a newer program has gone on with: said so in the chat, and left as it is."""

import pytest
import sqlalchemy as sa

from bot.core.dialogue.inputs import TimedOut
from bot.service.jobs.unasked_input import plan_input
from storage.conversations import conversation
from tests.conftest import set_aside

SAID = "Šī saruna ir turpināta jaunākā Ceļveža versijā"
NEWER = '{"schema_version":2,"plan":{"goal":"x"}}'


def put_state(store, key, state):
    """Keep a state as another program may have done; gives the one that was there."""
    before = store.conversations.load(key)
    change = sa.update(conversation).where(conversation.c.id == key).values(state=state)
    store._transactions.run(lambda connection: connection.execute(change))
    return before


@pytest.mark.parametrize("given", ["press", "word", "command"])
def test_a_chat_is_told_and_goes_on_as_it_was(start, server, store, given):
    service = start()
    service.say("/start")
    key = store.addresses.whose("people", "77")
    before = put_state(store, key, NEWER)
    if given == "press":
        service.press("Strādāju")
    else:
        service.say("strādāju" if given == "word" else "/menu")
    service.wait(lambda: SAID in "".join(server.texts()))
    assert store.conversations.load(key).state == NEWER
    assert store.conversations.load(key).version == before.version
    assert store.addresses.whose("people", "77") == key
    assert set_aside(store) == []
    put_state(store, key, before.state)
    service.press("Strādāju")
    assert "Cik gadu?" in "".join(server.texts())


def test_what_nobody_asked_for_is_not_answered_with_it(start, server, store):
    service = start()
    service.say("/start")
    key = store.addresses.whose("people", "77")
    before = put_state(store, key, NEWER)
    body = plan_input(key, "booking", 0, TimedOut()).body
    store.inbox.receive("people", [("job:1", "77", body)], 1000)
    service.wait(lambda: store.inbox.next_due("people") is not None)
    put_state(store, key, before.state)
    service.wait(lambda: "Steigas nav." in "".join(server.texts()))
    assert SAID not in "".join(server.texts())
