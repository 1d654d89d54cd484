"""What is kept of plans beside their conversations, on both databases."""

import threading

from bot.ports.effects import CloseShare, KeepPlanVersion, OpenShare, WatchPlan
from bot.ports.records import KeptPlanVersion, SharedPlan, ShareOpened, TurnResult, Update
from storage.plans import MOST_OPENS, MOST_VERSIONS


def leave(store, key, number, *effects):
    """Take a turn that leaves these effects. number: of the turn, and its moment."""
    kept = TurnResult("1", effects=effects)
    return store.turns.run(Update("web", key, f"{key}{number}", number), lambda _stored: kept)


def test_versions_are_kept_in_order_each_with_its_moment(store):
    leave(store, "me", 10, KeepPlanVersion(1, "a"))
    leave(store, "me", 20, KeepPlanVersion(2, "b"))
    leave(store, "other", 30, KeepPlanVersion(1, "c"))
    assert store.plans.versions("me") == [KeptPlanVersion(1, 10, "a"), KeptPlanVersion(2, 20, "b")]


def test_a_version_from_a_file_keeps_the_moment_that_the_file_tells(store):
    leave(
        store,
        "me",
        50,
        KeepPlanVersion(2, "a", 10),
        KeepPlanVersion(3, "b", 20),
        KeepPlanVersion(4, "c"),
    )
    kept = store.plans.versions("me")
    assert [(one.number, one.at) for one in kept] == [(2, 10), (3, 20), (4, 50)]


def test_a_number_stands_for_one_version_and_the_latest_are_kept(store):
    for number in range(1, MOST_VERSIONS + 6):
        leave(store, "me", number, KeepPlanVersion(number, f"v{number}"))
    numbers = [one.number for one in store.plans.versions("me")]
    assert numbers == list(range(6, MOST_VERSIONS + 6))
    leave(store, "me", 9999, KeepPlanVersion(50, "anew"))  # what came after it is of another past
    kept = store.plans.versions("me")
    assert [one.number for one in kept][-1] == 50
    assert kept[-1].body == "anew"


def test_a_version_is_text_for_every_database(store):
    leave(store, "me", 1, KeepPlanVersion(1, "a\0b\ud800"))
    assert store.plans.versions("me")[0].body == "ab?"


def test_a_link_shows_a_share_until_it_is_closed(store):
    leave(store, "me", 1, OpenShare("secret", "k1"))
    assert store.plans.shared("secret") == SharedPlan("me", "k1")
    assert store.plans.shared("secre") is None
    leave(store, "me", 2, CloseShare("secret"))
    assert store.plans.shared("secret") is None


def test_opens_are_noted_without_who_it_was_and_of_open_links_only(store):
    leave(store, "me", 1, OpenShare("secret", "k1"))
    store.plans.note_open("secret", 100)
    store.plans.note_open("secret", 200)
    store.plans.note_open("guessed", 300)
    assert store.plans.opens("me") == [ShareOpened("k1", 200), ShareOpened("k1", 100)]
    leave(store, "me", 2, CloseShare("secret"))
    store.plans.note_open("secret", 400)
    assert len(store.plans.opens("me")) == 2  # the log stays for the person to see


def test_a_link_opened_by_a_robot_again_and_again_fills_nothing(store):
    leave(store, "me", 1, OpenShare("secret", "k1"))
    for at in range(MOST_OPENS + 30):
        store.plans.note_open("secret", at)
    opens = store.plans.opens("me")
    assert len(opens) <= MOST_OPENS
    assert opens[0].at == MOST_OPENS + 29


def test_a_link_closed_at_the_same_time_as_it_is_opened_is_closed_at_once(store):
    """Two at once: whoever asks after the turn that closed it is kept is shown nothing."""
    leave(store, "me", 1, OpenShare("secret", "k1"))
    closed = threading.Event()
    seen = []

    def ask():
        while not closed.is_set():
            store.plans.shared("secret")
        seen.append(store.plans.shared("secret"))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    leave(store, "me", 2, CloseShare("secret"))
    closed.set()
    for one in asking:
        one.join()
    assert seen == [None] * 4


def test_watched_plans_are_looked_at_once_by_each_content(store):
    for name in ("a", "b", "c"):
        leave(store, name, 1, WatchPlan(on=True))
    leave(store, "b", 2, WatchPlan(on=False))
    assert store.plans.to_look_at("r1/day", "", 10) == ["a", "c"]
    assert store.plans.to_look_at("r1/day", "a", 10) == ["c"]
    store.plans.note_looked(["a"], "r1/day")
    assert store.plans.to_look_at("r1/day", "", 10) == ["c"]
    store.plans.note_looked(["c"], "r1/day")
    assert store.plans.to_look_at("r1/day", "", 10) == []
    assert store.plans.to_look_at("r2/day", "", 10) == ["a", "c"]


def test_all_of_it_is_erased_with_the_conversation(store):
    leave(store, "me", 1, KeepPlanVersion(1, "a"), OpenShare("secret", "k1"), WatchPlan(on=True))
    store.plans.note_open("secret", 2)
    store.people.forget("me", 9000)
    assert store.plans.versions("me") == []
    assert store.plans.shared("secret") is None
    assert store.plans.opens("me") == []
    assert store.plans.to_look_at("r", "", 10) == []
