"""Whether a plan is as orders would leave it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plan.history import KeptVersion, filed_history
from bot.core.plan.orders import (
    AgreeTo,
    MoveStep,
    PutItem,
    RemoveItem,
    ReplacePlan,
    RestoreVersion,
    SetReview,
    SharePlan,
    TryOut,
)
from bot.core.plan.plan import Share
from bot.core.plan.repeated import is_obeyed
from tests.doubles.plan_items import DAY, entry, goal, step
from tests.doubles.plan_people import plan_of as made
from tests.doubles.plans import MOMENT, done, plan_of

SOON = DAY + timedelta(days=20)


def plan():
    return plan_of(entry("skills", "prasme"), goal("mērķis"), step("zvans", SOON, remind=True))


def share(**changes):
    told = {
        "id": "",
        "token": "t",
        "items": ("e1",),
        "for_whom": "skolai",
        "made": DAY,
        "until": SOON,
    }
    return SharePlan(share=Share.model_validate(told | changes))


ORDERS = [
    PutItem(item=entry("skills", "cita prasme")),
    PutItem(item=step("nokavēts", DAY, remind=True)),  # of which no reminder can be promised
    PutItem(item=entry("skills", "prasme, labota", id="e1")),
    MoveStep(id="s3", on=SOON + timedelta(days=1)),
    SetReview(on=SOON),
    AgreeTo(what="watch", agreed=True),
    AgreeTo(what="check_in", agreed=True),
    share(),
    share(for_whom="mammai", until=SOON + timedelta(days=1)),
    RestoreVersion(number=2, items=(entry("skills", "sena", id="e1"),)),
    ReplacePlan(plan=made("adult", entry("agenda", "jautājums", owner="counsellor"))),
    ReplacePlan(
        plan=made("adult", goal("no faila")),
        history=filed_history([KeptVersion(number=2, at=MOMENT.now, items=())]),
    ),
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.kind)
def test_what_was_ordered_is_known_once_it_is_done_and_not_before(order):
    before = plan()
    assert not is_obeyed(before, order, MOMENT.now)
    assert is_obeyed(done(before, order), order, MOMENT.now)


@given(first=st.sampled_from(ORDERS[:9]), second=st.sampled_from(ORDERS[:9]))
def test_it_stays_known_whatever_else_is_ordered_beside(first, second):
    if first.kind == second.kind:
        return
    assert is_obeyed(done(plan(), first, second), first, MOMENT.now)


def test_the_same_share_has_another_token_each_time_it_is_sent():
    shared = done(plan(), share())
    assert is_obeyed(shared, share(token="u"), MOMENT.now)
    assert not is_obeyed(shared, share(why="vēl"), MOMENT.now)


def test_what_brings_no_words_is_done_once_and_for_all():
    for order in (RemoveItem(id="e1"), TryOut(what="take")):
        assert is_obeyed(plan(), order, MOMENT.now)


def test_an_item_that_is_changed_is_not_taken_for_another_one_like_it():
    twice = plan_of(entry("skills", "pirmā"), entry("skills", "otrā"))
    assert not is_obeyed(twice, PutItem(item=entry("skills", "otrā", id="e1")), MOMENT.now)


def test_a_day_on_which_nothing_can_be_promised_is_no_other_item():
    past = step("zvans", date(2020, 1, 1), remind=True)
    assert is_obeyed(plan_of(past), PutItem(item=past), MOMENT.now)
