"""Who waits, who was invited, what was handed on, and how often no time was found, on both databases."""

from dataclasses import replace

from bot.ports.bookings import Demand
from bot.ports.effects import (
    CountNoTime,
    KeepBooking,
    KeepHandoff,
    KeepInvitation,
    KeepReferral,
    KeepWaiting,
)
from tests.storage.booked import (
    DAY,
    NOW,
    SCHOOL,
    employ,
    handoff,
    holding,
    invitation,
    leave,
    referral,
    waiting,
)


def wait(store, *rows):
    assert store.bookings.commit([KeepWaiting(row, 0) for row in rows], NOW)


def keys(rows):
    return [row.id for row in rows]


def test_who_waits_is_served_by_group_and_then_by_time(store):
    wait(
        store,
        waiting("late", "a", made=NOW + 2),
        waiting("first", "b", group=0, made=NOW + 3),
        waiting("early", "c", made=NOW + 1),
        waiting("early too", "d", made=NOW + 1),
    )
    found = store.waiting.waiting_for("talk", ["place"], 9)
    assert keys(found) == ["first", "early", "early too", "late"]
    assert keys(store.waiting.waiting_for("talk", ["place"], 2)) == ["first", "early"]


def test_who_waits_is_found_by_place_and_by_any_kind_that_would_do(store):
    wait(
        store,
        waiting("here", "a"),
        waiting("there", "b", place="other"),
        waiting("course", "c", kind="course", also=("group_talk", "talk")),
        waiting("like it", "d", kind="group_talk"),
        waiting("offered", "e", state="offered"),
        waiting("left", "f", state="left"),
    )
    assert keys(store.waiting.waiting_for("talk", ["place"], 9)) == ["course", "here"]
    assert keys(store.waiting.waiting_for("talk", ["other", "place"], 9)) == [
        "course", "here", "there",
    ]  # fmt: skip
    assert keys(store.waiting.waiting_for("groupXtalk", ["place"], 9)) == []
    assert keys(store.waiting.waiting_for("group_talk", ["place"], 9)) == ["course", "like it"]
    assert keys(store.waiting.waiting_for("talk", [], 9)) == []
    assert keys(store.waiting.waiting_of("f")) == ["left"]


def test_an_offer_has_run_out_when_its_hold_has_by_the_clock(store):
    employ(store, "anna")
    end = NOW + 600_000
    for number, name in enumerate(("open", "taken back")):
        offer = holding(name, NOW + DAY + number * DAY, conversation=name, sole=False)
        assert store.bookings.commit(offer, NOW)
        wait(store, waiting(name, name, state="offered", booking=name))
    wait(store, waiting("of nothing", "x", state="offered", booking="never was"))
    gone = replace(store.bookings.booking("taken back").booking, takes=False, state="declined")
    assert store.bookings.commit([KeepBooking(gone, 1, NOW)], NOW)
    assert keys(store.waiting.run_out_offers(end - 1, 9)) == ["of nothing", "taken back"]
    assert keys(store.waiting.run_out_offers(end, 9)) == ["of nothing", "open", "taken back"]
    assert len(store.waiting.run_out_offers(end, 1)) == 1


def test_an_invitation_opens_what_it_says_whatever_became_of_it(store):
    kept = invitation("digest")
    assert store.bookings.commit([KeepInvitation(kept, 0)], NOW)
    assert store.waiting.invitation("digest") == replace(kept, version=1)
    leave(store, "me", 1, KeepInvitation(replace(kept, state="used"), 1))
    assert store.waiting.invitation("digest").state == "used"
    assert store.waiting.invitation("guessed") is None
    assert not store.bookings.commit([KeepInvitation(replace(kept, state="used"), 1)], NOW)


def test_demand_is_counted_by_place_and_kind_without_examples(store):
    wait(
        store,
        waiting("a", "a"),
        waiting("b", "b", state="offered"),
        waiting("c", "c", state="left"),
        waiting("d", "d", example=True),
        waiting("e", "e", place="other"),
    )
    invited = [invitation("a"), invitation("b", until=NOW), invitation("c", state="used")]
    invited += [invitation("d", example=True)]
    assert store.bookings.commit([KeepInvitation(row, 0) for row in invited], NOW)
    assert store.waiting.count_waiting() == [Demand("other", "talk", 1), Demand("place", "talk", 2)]
    assert store.waiting.count_invited(NOW) == [Demand("place", "talk", 1)]
    assert store.waiting.count_invited(NOW - 1) == [Demand("place", "talk", 2)]


def test_a_person_who_finds_no_time_is_counted_once_in_a_while(store):
    def came(key, number, day, kind="talk", at=NOW):
        counted = CountNoTime(day, "place", kind, at + 30 * DAY)
        leave(store, key, number, counted, at=at)

    for number in range(3):
        came("me", number, "2026-11-30")
    came("you", 0, "2026-11-30")
    came("me", 3, "2026-11-30", kind="course")
    assert store.waiting.count_no_time("2026-11-30") == [
        Demand("place", "course", 1), Demand("place", "talk", 2),
    ]  # fmt: skip
    came("me", 4, "2026-12-29", at=NOW + 30 * DAY - 1)
    assert store.waiting.count_no_time("2026-12-01") == []
    came("me", 5, "2026-12-30", at=NOW + 30 * DAY)
    assert store.waiting.count_no_time("2026-12-01") == [Demand("place", "talk", 1)]


def test_the_figure_of_no_time_leads_to_nobody(store):
    leave(store, "me", 1, CountNoTime("2026-11-30", "place", "talk", NOW + DAY))
    store.people.forget("me", NOW)
    assert store.waiting.count_no_time("2026-11-30") == [Demand("place", "talk", 1)]
    assert store.people.export("me")["no_time_mark"] == []


def test_what_was_handed_on_is_found_by_who_has_it(store):
    rows = [
        handoff("a", "me", made=NOW, due=NOW + 2),
        handoff("b", "you", made=NOW - 1, state="taken", due=None),
        handoff("c", "you", counsellor="", due=NOW + 1),
        handoff("d", "they", institution="place/other", counsellor="berta", booking="one"),
    ]
    assert store.bookings.commit([KeepHandoff(row, 0) for row in rows], NOW)
    kept = store.handoffs
    assert keys(kept.handoffs_to("anna", ["open", "taken"])) == ["b", "a"]
    assert keys(kept.handoffs_to("anna", ["open"])) == ["a"]
    assert keys(kept.handoffs_in(SCHOOL, ["open"])) == ["a", "c"]
    assert keys(kept.handoffs_in("place/other", ["open"])) == ["d"]
    assert keys(kept.handoffs_of("you")) == ["b", "c"]
    assert keys(kept.overdue(NOW + 1, 9)) == ["c"]
    assert keys(kept.overdue(NOW + 2, 9)) == ["c", "a"]
    assert keys(kept.overdue(NOW + 2, 1)) == ["c"]
    assert kept.handoff("d").booking == "one"


def test_a_referral_is_found_by_its_link_and_by_whose_it_is(store):
    assert store.bookings.commit([KeepReferral(referral("r"), 0)], NOW)
    assert store.handoffs.referral("digest of r").conversation == "me"
    assert store.handoffs.referral("digest of s") is None
    assert keys(store.handoffs.referrals_of("me")) == ["r"]
    same_link = referral("s", digest="digest of r")
    assert not store.bookings.commit([KeepReferral(same_link, 0)], NOW)
    without = [KeepReferral(referral(key, digest=""), 0) for key in ("asked", "asked too")]
    assert store.bookings.commit(without, NOW)
    assert store.handoffs.referral("") is None
