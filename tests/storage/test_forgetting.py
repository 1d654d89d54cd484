"""What the store says of forgetting is what it did, on both databases."""

from bot.ports.records import Kept, Update


def test_forgetting_tells_whether_there_was_anything(store):
    store.turn(Update("web", "someone", "1", 1), lambda _: Kept("{}"))
    assert store.forget("nobody") is False
    assert store.forget("someone") is True
    assert store.load("someone").state is None
    assert store.forget("someone") is False
