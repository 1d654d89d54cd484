"""A referral: by consent, with an end, answered or not; and a link that shows nothing afterwards."""

from datetime import timedelta

import pytest

from bot.core.booking.meeting import HandedItem
from bot.core.booking.referral import (
    AcceptReferral,
    ConsentToReferral,
    DeclineReferral,
    FinishReferral,
    PrepareReferral,
    Referral,
    ReferralRefused,
    TellSilence,
    WithdrawReferral,
    is_silence_due,
    obey_referral,
    told_of,
)
from tests.doubles.bookings import TUESDAY

DAY = timedelta(days=1)
ROLES = {
    PrepareReferral: "sender", ConsentToReferral: "person", WithdrawReferral: "person", AcceptReferral: "receiver",
    DeclineReferral: "receiver", FinishReferral: "receiver", TellSilence: "program",
}  # fmt: skip
YES = ConsentToReferral(agreed=True)


def prepared(until=TUESDAY + 60 * DAY):
    item = HandedItem(id="plan", title="Plāna melnraksts", lines=("Tehnikums",))
    referral = Referral(
        id="a" * 32, what=(item,), why="Lai tiktu kursos", sender="ilze", receiver="NVA filiāle",
        email="nva@example.lv", made=TUESDAY, until=until, state="open", agreed=TUESDAY,
    )  # fmt: skip
    return obey_referral(None, PrepareReferral(referral=referral), "sender", TUESDAY)


def done(referral, *orders, now=TUESDAY):
    for order in orders:
        referral = obey_referral(referral, order, ROLES[type(order)], now)
    return referral


def refused(referral, order, role=None, now=TUESDAY):
    with pytest.raises(ReferralRefused) as caught:
        obey_referral(referral, order, role or ROLES[type(order)], now)
    return caught.value.reason


def test_nothing_is_seen_before_the_person_consents():
    referral = prepared()
    assert (referral.state, referral.agreed) == ("asked", None)
    assert not referral.is_seen_at(TUESDAY)
    for order in (AcceptReferral(), DeclineReferral(reason="refused"), FinishReferral()):
        assert refused(referral, order) == "no_consent"
    assert done(referral, YES).is_seen_at(TUESDAY)


def test_who_does_not_consent_sends_nothing():
    referral = done(prepared(), ConsentToReferral(agreed=False))
    assert (referral.state, referral.is_seen_at(TUESDAY)) == ("withdrawn", False)
    assert told_of(referral) == {"sender"}


@pytest.mark.parametrize(
    ("orders", "state", "reason"),
    [
        ((AcceptReferral(), FinishReferral()), "done", None),
        ((AcceptReferral(), FinishReferral(reason="unreachable")), "not_done", "unreachable"),
        ((DeclineReferral(reason="no_capacity", note="Janvārī"),), "declined", "no_capacity"),
        ((WithdrawReferral(),), "withdrawn", None),
        ((AcceptReferral(), WithdrawReferral()), "withdrawn", None),
    ],
)
def test_after_its_end_the_link_is_gone_and_nothing_more_can_be_done(orders, state, reason):
    referral = done(prepared(), YES, *orders)
    assert (referral.state, referral.reason, referral.ended_at) == (state, reason, TUESDAY)
    assert not referral.is_seen_at(TUESDAY)
    for order in (AcceptReferral(), FinishReferral(), WithdrawReferral()):
        assert refused(referral, order) == "ended"


def test_on_its_last_day_it_ends_by_the_clock():
    referral = done(prepared(), YES, AcceptReferral())
    assert referral.is_seen_at(TUESDAY + 60 * DAY - timedelta(seconds=1))
    assert not referral.is_seen_at(TUESDAY + 60 * DAY)
    assert refused(referral, FinishReferral(), now=TUESDAY + 60 * DAY) == "ended"


def test_it_has_an_end_within_a_year():
    for until in (TUESDAY, TUESDAY + 366 * DAY):
        with pytest.raises(ReferralRefused, match="until"):
            prepared(until)


def test_the_sender_hears_once_that_nobody_answers():
    referral = done(prepared(), YES)
    week = TUESDAY + 7 * DAY
    assert refused(referral, TellSilence(), now=week - DAY) == "too_early"
    assert is_silence_due(referral, week)
    referral = done(referral, TellSilence(), now=week)
    assert not is_silence_due(referral, week + 30 * DAY)
    assert not is_silence_due(done(prepared(), YES, AcceptReferral()), week)


def test_each_change_is_heard_by_who_has_a_part_in_it():
    referral = prepared()
    assert told_of(referral) == {"person"}
    assert told_of(done(referral, YES)) == {"sender", "receiver"}
    for order in (AcceptReferral(), DeclineReferral(reason="not_ours")):
        assert told_of(done(referral, YES, order)) == {"sender", "person"}
    assert told_of(done(referral, YES, WithdrawReferral())) == {"sender", "receiver"}


def test_nobody_does_anothers_part():
    referral = done(prepared(), YES)
    assert refused(referral, WithdrawReferral(), "sender") == "not_yours"
    assert refused(referral, AcceptReferral(), "person") == "not_yours"
    assert refused(prepared(), YES, "sender") == "not_yours"


def test_the_same_thing_twice_and_an_end_without_a_beginning_are_refused():
    referral = done(prepared(), YES)
    assert refused(referral, YES) == "unchanged"
    assert refused(referral, FinishReferral()) == "too_early"
    accepted = done(referral, AcceptReferral())
    assert refused(accepted, AcceptReferral()) == "unchanged"
    assert refused(accepted, DeclineReferral(reason="other")) == "unchanged"
