"""What can be done to a plan, by whom, and what comes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.plan.acts import obey_all
from bot.core.plan.items import GapRow
from bot.core.plan.orders import (
    AgreeTo,
    AnswerProposal,
    ConfirmPlan,
    EndShare,
    Moment,
    MoveStep,
    OrderRefused,
    Propose,
    PutItem,
    RemoveItem,
    ReplacePlan,
    RestoreVersion,
    SetReview,
    SharePlan,
    TryOut,
    mark_of,
)
from bot.core.plan.plan import MOST_CHARACTERS, MOST_ITEMS, PERSON, Share
from bot.core.plan.rights import MAY, may
from tests.doubles.plan_items import DAY, SAID, entry, goal, own, step
from tests.doubles.plans import COUNSELLOR, SCHOOL, done, plan_of

ROLES = {"person": PERSON, "counsellor": COUNSELLOR, "school": SCHOOL}


def refused(plan, order, by=PERSON):
    with pytest.raises(OrderRefused) as caught:
        done(plan, order, by=by)
    return caught.value.reason


def test_each_item_gets_an_id_that_is_never_used_again():
    plan = done(
        plan_of(entry("skills", "mācu"), goal("mērķis")),
        RemoveItem(id="g2"),
        PutItem(item=goal("cits")),
    )
    assert [item.id for item in plan.items] == ["e1", "g3"]
    assert plan.version == 5


def test_an_order_that_changes_nothing_makes_no_version():
    plan = plan_of(entry("skills", "mācu"))
    assert done(plan, PutItem(item=plan.items[0])) == plan


def test_what_was_changed_in_another_tab_is_refused_and_stays():
    plan = plan_of(entry("skills", "mācu"))
    seen = mark_of(plan.items[0])
    first = done(
        plan, PutItem(item=plan.items[0].model_copy(update={"wording": own("māku")}), seen=seen)
    )
    late = plan.items[0].model_copy(update={"wording": own("cits")})
    assert refused(first, PutItem(item=late, seen=seen)) == "stale"
    assert first.items[0].wording.text == "māku"


def test_a_moved_step_remembers_the_days_it_was_planned_for():
    plan = plan_of(step("zvans", on="2026-12-01"))
    plan = done(
        plan, MoveStep(id="s1", on=date(2026, 12, 5)), MoveStep(id="s1", on=date(2026, 12, 9))
    )
    assert plan.items[0].on == date(2026, 12, 9)
    assert plan.items[0].moved_from == (date(2026, 12, 1), date(2026, 12, 5))


def test_what_is_taken_out_is_referred_to_no_longer():
    plan = plan_of(goal("kļūt par elektriķi"), entry("skills", "protu fiziku"))
    row = GapRow(origin=SAID, goal="g1", asks=own("fizika"), have=("e2",))
    plan = done(plan, PutItem(item=row), PutItem(item=step("kurss", goal="g1")))
    without_entry = done(plan, RemoveItem(id="e2"))
    assert without_entry.find("r3").have == ()
    without_goal = done(plan, RemoveItem(id="g1"))
    assert without_goal.find("s4").goal == ""
    assert without_goal.find("r3") is None  # what a goal asks means nothing without it


def test_a_plan_holds_so_much_and_no_more():
    plan = plan_of(*(entry("skills", f"e{n}") for n in range(MOST_ITEMS)))
    assert refused(plan, PutItem(item=entry("skills", "viens par daudz"))) == "full"
    texts = [entry("skills", "a" * 5000) for _ in range(MOST_CHARACTERS // 5000)]
    assert refused(plan_of(*texts), PutItem(item=entry("skills", "b"))) == "long"


@pytest.mark.parametrize(("role", "owner"), sorted(MAY))
def test_the_table_of_rights_is_what_orders_obey(role, owner):
    """Role by owner by deed: what the table allows is done, and nothing else."""
    item = entry("skills", "kas").model_copy(update={"owner": owner, "id": "e1"})
    plan = plan_of().model_copy(update={"items": (item,), "following": 2})
    changed = item.model_copy(update={"wording": own("cits")})
    tried = {
        "edit": PutItem(item=changed),
        "remove": RemoveItem(id="e1"),
        "propose": Propose(item=changed),
    }
    for deed, order in tried.items():
        if deed in MAY[role, owner]:
            assert done(plan, order, by=ROLES[role]) != plan
        else:
            assert refused(plan, order, by=ROLES[role]) == "not_yours"


def test_nobody_else_reads_what_is_sensitive_by_the_table():
    private = entry("skills", "slimība", sensitive=True)
    assert may("person", "read", private)
    assert not may("counsellor", "read", private)
    assert may("counsellor", "read", entry("skills", "prasme"))


def test_nobody_can_write_in_anothers_name():
    plan = plan_of()
    theirs = entry("skills", "kas").model_copy(update={"owner": "counsellor"})
    assert refused(plan, PutItem(item=theirs)) == "not_yours"
    of_school = done(plan, PutItem(item=entry("skills", "kas")), by=SCHOOL).items[0]
    assert of_school.owner == "school"


def test_a_proposal_waits_and_changes_nothing_until_it_is_taken():
    plan = plan_of(entry("skills", "pārdevēja"))
    better = plan.items[0].model_copy(update={"wording": own("pārdevēja, 12 gadi")})
    waiting = done(plan, Propose(item=better, note="precīzāk"), by=COUNSELLOR)
    assert (waiting.items, waiting.version) == (plan.items, plan.version)
    taken = done(waiting, AnswerProposal(id=waiting.proposals[0].id, taken=True))
    assert taken.items[0].wording.text == "pārdevēja, 12 gadi"
    assert taken.items[0].owner == "person"  # it is theirs, whoever worded it
    refused_it = done(waiting, AnswerProposal(id=waiting.proposals[0].id, taken=False))
    assert (refused_it.items, refused_it.proposals) == (plan.items, ())


def test_a_new_item_that_is_taken_is_the_proposers():
    waiting = done(plan_of(), Propose(item=step("izvēlēties kursu")), by=COUNSELLOR)
    taken = done(waiting, AnswerProposal(id=waiting.proposals[0].id, taken=True))
    assert (taken.items[0].owner, taken.items[0].id) == ("counsellor", "s2")
    assert done(taken, RemoveItem(id="s2")).items == ()  # the person may take it out all the same


@pytest.mark.parametrize("role", ["counsellor", "school"])
@pytest.mark.parametrize(
    "order",
    [
        TryOut(what="begin"), SetReview(on=DAY), AgreeTo(what="watch", agreed=True), EndShare(id="k1"),
        AnswerProposal(id="w1", taken=True), RestoreVersion(number=1, items=()), ReplacePlan(plan=plan_of()),
        SharePlan(share=Share(id="", token="t", items=(), for_whom="x", made=DAY, until=DAY)),
    ],
    ids=lambda order: order.kind,
)  # fmt: skip
def test_only_the_person_decides_what_is_theirs(role, order):
    assert refused(plan_of(entry("skills", "a")), order, by=ROLES[role]) == "not_yours"


def test_only_a_counsellor_confirms_and_a_change_makes_it_a_draft_again():
    plan = plan_of(entry("skills", "a"))
    assert plan.is_draft
    for role in ("person", "school"):
        assert refused(plan, ConfirmPlan(), by=ROLES[role]) == "not_yours"
    confirmed = done(plan, ConfirmPlan(), by=COUNSELLOR)
    assert not confirmed.is_draft
    assert confirmed.confirmed.name == "Anna Ozola"
    changed = done(confirmed, PutItem(item=entry("skills", "b")))
    assert changed.is_draft
    assert changed.confirmed.version == confirmed.version  # it stays known what was confirmed


def test_a_copy_is_tried_out_beside_the_plan_and_taken_or_dropped():
    plan = plan_of(entry("skills", "a"), goal("g"))
    tried = done(
        plan, TryOut(what="begin"), RemoveItem(id="g2"), PutItem(item=entry("skills", "b"))
    )
    assert tried.items == plan.items
    assert tried.version == plan.version
    assert [item.id for item in tried.shown] == ["e1", "e3"]
    dropped = done(tried, TryOut(what="drop"))
    assert (dropped.items, dropped.version, dropped.what_if) == (plan.items, plan.version, None)
    taken = done(tried, TryOut(what="take"))
    assert (taken.items, taken.version) == (tried.what_if, plan.version + 1)
    assert refused(taken, TryOut(what="take")) == "no_try"


def share(**fields):
    given = {"id": "", "token": "t1", "items": ("e1",), "for_whom": "skolai", "made": DAY}
    return Share.model_validate(given | {"until": DAY + timedelta(days=30)} | fields)


def test_a_share_ends_within_a_year_and_names_only_what_is_there():
    plan = plan_of(entry("skills", "a"), entry("skills", "b"))
    for days in (-1, 366):
        late = share(until=DAY + timedelta(days=days))
        assert refused(plan, SharePlan(share=late)) == "until"
    shared = done(plan, SharePlan(share=share(items=("e1", "e9"))))
    assert shared.shares[0].items == ("e1",)
    assert shared.version == plan.version
    ended = done(shared, EndShare(id=shared.shares[0].id))
    assert [(one.ended, one.token) for one in ended.shares] == [(DAY, "")]
    assert refused(ended, SharePlan(share=ended.shares[0])) == "gone"
    for _ in range(30):
        ended = done(ended, SharePlan(share=share()))
        ended = done(ended, EndShare(id=ended.shares[-1].id))
    assert len(ended.shares) == 20


def test_a_plan_from_a_file_is_a_draft_without_links_or_others_words():
    theirs = done(
        plan_of(entry("skills", "mans")),
        PutItem(item=entry("skills", "konsultanta")),
        by=COUNSELLOR,
    )
    theirs = done(theirs, ConfirmPlan(), by=COUNSELLOR)
    mine = done(plan_of(entry("skills", "vecs")), SharePlan(share=share()))
    taken = done(mine, ReplacePlan(plan=theirs))
    assert [item.wording.text for item in taken.items] == ["mans", "konsultanta"]
    assert [item.owner for item in taken.items] == ["person", "imported"]
    assert taken.is_draft
    assert taken.confirmed is None
    assert taken.shares == ()  # "e1" is something else now: the old link must not show it


def test_an_earlier_version_comes_back_as_a_new_one_whoever_wrote_in_it():
    first = done(
        plan_of(entry("skills", "a")), PutItem(item=entry("skills", "viņas")), by=COUNSELLOR
    )
    later = done(first, RemoveItem(id="e1"), RemoveItem(id="e2"))
    back = done(later, RestoreVersion(number=first.version, items=first.items))
    assert back.items == first.items
    assert back.version == later.version + 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_row_of_orders_leaves_a_plan_that_is_whole(data):
    """Whatever is done in whatever order, ids are unique, versions only rise, and references hold."""
    plan = plan_of(entry("skills", "a"), goal("g"), step("s", goal="g2"))
    for _ in range(data.draw(st.integers(1, 12))):
        ids = [item.id for item in plan.shown] + ["e99", "s1"]
        id_ = data.draw(st.sampled_from(ids))
        order = data.draw(
            st.sampled_from(
                [
                    PutItem(item=entry("skills", "jauns")), PutItem(item=step("solis", goal=id_)),
                    RemoveItem(id=id_), MoveStep(id=id_, on=DAY), TryOut(what="begin"), TryOut(what="take"),
                    TryOut(what="drop"), Propose(item=entry("skills", "ieteikums")), ConfirmPlan(), SetReview(on=DAY),
                    PutItem(item=GapRow(origin=SAID, goal=id_, asks=own("x"))),
                ]
            )
        )  # fmt: skip
        by = data.draw(st.sampled_from(sorted(ROLES.items())))[1]
        before = plan
        try:
            plan = done(plan, order, by=by)
        except OrderRefused:
            assert plan == before
            continue
        for items in (plan.items, plan.shown):
            known = [item.id for item in items]
            assert len(known) == len(set(known))
            assert all(known)
            assert all(one.goal in {*known, ""} for one in items if one.kind in {"step", "gap"})
        assert plan.version >= before.version
        assert plan.following >= before.following


def test_orders_given_together_are_one_version():
    plan = plan_of(entry("skills", "mācu"))
    orders = [PutItem(item=goal(words)) for words in ("viens", "divi", "trīs")]
    now = obey_all(plan, orders, PERSON, Moment(datetime(2026, 11, 24, tzinfo=UTC), DAY)).plan
    assert (len(now.items), now.version) == (4, plan.version + 1)


def test_of_orders_given_together_none_is_obeyed_where_one_is_not():
    plan = plan_of(entry("skills", "mācu"))
    orders = [PutItem(item=goal("viens")), RemoveItem(id="s9")]
    with pytest.raises(OrderRefused):
        obey_all(plan, orders, PERSON, Moment(datetime(2026, 11, 24, tzinfo=UTC), DAY))


def test_orders_that_change_nothing_make_no_version_together():
    plan = plan_of(entry("skills", "mācu"))
    orders = [PutItem(item=plan.items[0]), SetReview(on=DAY + timedelta(days=30))]
    now = obey_all(plan, orders, PERSON, Moment(datetime(2026, 11, 24, tzinfo=UTC), DAY)).plan
    assert now.version == plan.version
