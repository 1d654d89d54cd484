"""An effect that another turn has made impossible: its turn is computed again, and no other."""

import threading

import pytest

from bot.errors import StorageBusy
from bot.ports.effects import LinkAccount, SendMessage, UseCode
from bot.ports.records import TurnRequest, TurnResult, Update
from storage import addresses, codes
from storage.store import Store
from storage.turns import apply
from storage.turns.turns import VERSION_TRIES
from tests.storage.turns import add, together, update

CODE = "one-time"


@pytest.fixture
def two(url):
    """Two processes' stores on one database."""
    stores = [Store(url), Store(url)]
    stores[0].codes.give(CODE, "carry", "opened", 5000)
    yield stores
    for store in stores:
        store.close()


def use(loaded):
    """Use the code if it opens something, and say how that was."""
    if loaded.snapshot.known_code(CODE, "carry", 1000) is None:
        return TurnResult("too late", effects=(SendMessage("m", "it is used"),))
    return TurnResult("used", effects=(UseCode(CODE), SendMessage("m", "yours")))


def link(loaded):
    """Lead an account to the conversation "first" or "second", if it leads nowhere."""
    if loaded.snapshot.whose("people", "77") is not None:
        return TurnResult("too late")
    return TurnResult("linked", effects=(LinkAccount("people", "77", ""),))


def at_once(stores, work):
    """Take two turns, each computed while the other is not kept yet.

    Gives how often each was computed, and what was raised.
    """
    computed, seen = {"first": 0, "second": 0}, threading.Barrier(2, timeout=20)

    def noted(key):
        def run(loaded):
            computed[key] += 1
            result = work(loaded)
            if computed[key] == 1:
                seen.wait()
            return result

        return run

    works = [
        lambda store=store, key=key: store.turns.run(update(key, 1), noted(key))
        for store, key in zip(stores, computed, strict=True)
    ]
    raised = together(*works)
    return sorted(computed.values()), raised


def states(store):
    return sorted(store.conversations.load(key).state for key in ("first", "second"))


def said(store):
    return sorted(message.body for message in store.outbox.claim("web", 9, 2000, 3000))


def test_a_code_is_used_by_one_of_two_turns_and_the_other_hears_so(two):
    assert at_once(two, use) == ([1, 2], [])
    assert states(two[0]) == ["too late", "used"]
    assert said(two[0]) == ["it is used", "yours"]
    assert two[0].codes.known(CODE, "carry", 1000) is None


def test_unless_it_is_looked_whether_a_code_was_used_both_have_it(two, monkeypatch):
    """The negative control: what the store makes of a code that is gone, is thrown away."""
    whole = codes.drop
    monkeypatch.setattr(codes, "drop", lambda *given: whole(*given) or True)
    assert at_once(two, use) == ([1, 1], [])
    assert states(two[0]) == ["used", "used"]
    assert said(two[0]) == ["yours", "yours"]


def test_an_account_is_linked_by_one_of_two_turns(two):
    assert at_once(two, link) == ([1, 2], [])
    assert states(two[0]) == ["linked", "too late"]
    linked = two[0].addresses.whose("people", "77")
    assert two[0].conversations.load(linked).state == "linked"


def test_unless_it_is_looked_where_an_account_leads_both_link_it(two, monkeypatch):
    """The negative control: an account is led away from wherever it leads."""
    loose = {
        dialect: f"{sql} RETURNING channel, account" for dialect, sql in addresses.LINK.items()
    }
    monkeypatch.setattr(addresses, "LINK_FROM", loose)
    assert at_once(two, link) == ([1, 1], [])
    assert states(two[0]) == ["linked", "linked"]


def test_without_another_try_the_second_is_lost(two, monkeypatch):
    """The negative control: who was too late is told of an error, and nothing of it is kept."""

    class NoOtherTry(Exception):
        pass

    monkeypatch.setattr(apply, "EffectConflict", NoOtherTry)
    _, raised = at_once(two, use)
    assert [type(error) for error in raised] == [NoOtherTry]
    assert {two[0].conversations.load(key).state for key in ("first", "second")} == {None, "used"}


def test_of_turns_kept_together_only_that_in_conflict_is_computed_again(store):
    store.codes.give(CODE, "carry", "opened", 5000)
    computed = []

    def counted(key, work):
        def run(loaded):
            computed.append(key)
            return work(loaded)

        return TurnRequest(update(key, 1), run)

    works = {"before": add, "first": use, "between": add, "second": use, "after": add}
    prepared = [store.turns.prepare(counted(key, work)) for key, work in works.items()]
    outcomes = store.turns.commit(prepared)
    assert [outcome.version for outcome in outcomes] == [1, 1, 1, 1, 1]
    assert states(store) == ["too late", "used"]
    assert store.conversations.load("second").state == "too late"
    again = ["second"] if store.dialect == "sqlite" else []  # there each sees the one before
    assert sorted(computed) == sorted([*works, *again])
    assert said(store) == ["it is used", "m1", "m1", "m1", "yours"]


def test_what_stays_impossible_is_the_worlds_error_and_nothing_is_kept(store):
    """A work that does not look is not tried for ever; the error tells no code."""
    tried = []

    def stubborn(loaded):
        tried.append(loaded.version)
        return TurnResult("never", effects=(UseCode(CODE), SendMessage("m", "never")))

    with pytest.raises(StorageBusy) as raised:
        store.turns.run(Update("web", "a", "1", 1000), stubborn)
    assert (
        VERSION_TRIES <= len(tried) <= 2 * VERSION_TRIES
    )  # SQLite finds out first which of a group it was
    assert "UseCode" in str(raised.value)
    assert CODE not in str(raised.value)
    assert store.conversations.load("a").state is None
    assert said(store) == []


def test_an_account_leads_on_from_where_it_is_expected_to(store):
    """From its former conversation, which is erased; and once more, where that was done before."""
    store.turns.run(update("former", 1), add)
    store.addresses.link("people", "77", "former", 1000)
    carried = TurnResult("carried", effects=(LinkAccount("people", "77", "former"),))
    for name in (1, 2):
        store.turns.run(update("home", name), lambda _: carried)
    assert store.addresses.whose("people", "77") == "home"
    assert store.conversations.load("former").state is None
    with pytest.raises(StorageBusy):
        store.turns.run(update("stranger", 1), lambda _: carried)
    assert store.addresses.whose("people", "77") == "home"
    assert store.conversations.load("stranger").state is None
