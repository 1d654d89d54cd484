"""What is read off a plan: differences, order, what a link shows, what goals ask, what is due, two made one."""

from datetime import date, datetime, timedelta

import pytest

from bot.core.plan.differences import differences
from bot.core.plan.due import RIGA, due_moments, months_later
from bot.core.plan.gaps import answering, asked_rows, gap_state, new_rows
from bot.core.plan.items import GapRow, Origin, Sureness
from bot.core.plan.merging import merged
from bot.core.plan.orders import AgreeTo, MoveStep, PutItem, RemoveItem, SetReview, TryOut
from bot.core.plan.outline import numbered, numbered_steps, outline
from bot.core.plan.plan import Share
from bot.core.plan.sharing import is_open, shared_plan, ticked_at_first
from tests.doubles.plan_items import DAY, SAID, entry, goal, own, step
from tests.doubles.plans import done, plan_of


@pytest.fixture(scope="session")
def form(loaded):
    return loaded.library.plan_form


# --- differences


def test_a_difference_names_what_came_went_and_is_otherwise():
    before = plan_of(entry("skills", "a"), step("zvans", on="2026-12-01"))
    after = done(before, RemoveItem(id="e1"), MoveStep(id="s2", on=DAY), PutItem(item=goal("g")))
    found = differences(before.items, after.items)
    assert [(one.what, (one.after or one.before).id, one.fields) for one in found] == [
        ("changed", "s2", ("on", "moved_from")),
        ("added", "g3", ()),
        ("removed", "e1", ()),
    ]
    assert differences(after.items, after.items) == ()


# --- the order of a plan


def test_every_item_but_rows_stands_once_in_the_order_of_the_form(form):
    plan = plan_of(
        step("vēlāk", on="2027-01-01"), step("bez dienas"), goal("g"), entry("skills", "valodas"), step("agri", on="2026-12-01"),
        entry("agenda", "kā būs"),
    )  # fmt: skip
    assert [item.wording.text for item in numbered(plan, form)] == [
        "g", "valodas", "agri", "vēlāk", "bez dienas", "kā būs",
    ]  # fmt: skip


def test_steps_ahead_leave_out_what_is_done_or_put_aside():
    plan = plan_of(step("a"), step("b", state="done"), step("c", state="dropped"))
    assert [one.wording.text for one in numbered_steps(plan)] == ["a"]


@pytest.mark.parametrize(
    ("audience", "section"), [("pupil", "work_experience"), ("adult", "strengths")]
)
def test_who_leaves_school_or_goes_back_loses_nothing(form, audience, section):
    plan = plan_of(entry(section, "no agrāk"), audience=audience)
    found = outline(plan, form)
    assert [item.wording.text for item in found[section]] == ["no agrāk"]
    assert set(form.of(audience)) <= set(found)


def test_the_five_sections_of_adults_are_those_of_the_description(form):
    titles = [section.title for section in form.of("adult").values()]
    assert titles[:5] == [
        "Mācību mērķi", "Darba pieredze", "Iepriekš iegūtā izglītība", "Apgūtās prasmes un kompetences",
        "Nepieciešamie mācību un papildu atbalsta pasākumi",
    ]  # fmt: skip


# --- what a link shows


def share(*items):
    until = DAY + timedelta(days=30)
    return Share(id="k1", token="t", items=items, for_whom="skolai", made=DAY, until=until)


def test_a_link_shows_what_is_ticked_and_nothing_that_leads_to_the_rest():
    plan = plan_of(
        goal("slepens mērķis"), step("solis", goal="g1"), entry("skills", "slepena prasme")
    )
    row = GapRow(origin=SAID, goal="g1", asks=own("fizika"), have=("e3",), step="s2")
    plan = done(plan, PutItem(item=row))
    shown = shared_plan(plan, share("s2", "r4"))
    assert [item.id for item in shown.items] == ["s2", "r4"]
    said = shown.model_dump_json()
    assert "slepen" not in said
    assert '"g1"' not in said
    assert '"e3"' not in said
    assert '"s2"' in said
    assert "slepen" in plan.model_dump_json()  # there was something to leak


def test_a_link_shows_neither_other_links_nor_what_waits_or_is_tried_out():
    plan = done(
        plan_of(entry("skills", "a")),
        TryOut(what="begin"),
        PutItem(item=entry("skills", "tikai izmēģināts")),
    )
    plan = plan.model_copy(update={"shares": (share("e1"),), "review": DAY})
    shown = shared_plan(plan, share("e1", "e2"))
    assert (shown.shares, shown.what_if, shown.review, shown.proposals) == ((), None, None, ())
    assert [item.id for item in shown.items] == ["e1"]


def test_what_is_sensitive_is_not_ticked_at_first():
    plan = plan_of(entry("skills", "prasme"), entry("private_life", "veselība", sensitive=True))
    assert ticked_at_first(plan) == ("e1",)


def test_a_link_is_open_to_the_end_of_its_last_day():
    one = share("e1")
    assert is_open(one, one.until)
    assert not is_open(one, one.until + timedelta(days=1))


# --- what a goal asks


@pytest.mark.parametrize("occupation", ["electrician", "primary_teacher", "programmer"])
def test_rows_come_from_the_occupation_and_the_persons_skills(loaded, form, occupation):
    known = loaded.library.occupations
    id_ = occupation if occupation in known else next(iter(known))
    plan = plan_of(goal("mērķis", occupation=id_))
    origin = Origin(kind="occupation", ref=id_, on=DAY)
    rows = asked_rows(plan.items[0], known[id_], origin)
    assert [row.asks.id for row in rows] == [*known[id_].subjects, str(known[id_].skill_level)]
    plan = done(plan, *(PutItem(item=row) for row in rows))
    assert new_rows(plan, rows) == ()  # asked for again, nothing comes twice
    assert {gap_state(plan, form, row) for row in plan.of_kind(GapRow)} == {"missing"}


def physics(plan):
    return next(row for row in plan.of_kind(GapRow) if row.asks.id == "physics")


def test_a_skill_moves_its_row_and_taking_it_out_moves_it_back(loaded, form):
    subjects = loaded.library.occupations["physicist"]
    plan = plan_of(goal("fiziķis", occupation="physicist"))
    rows = asked_rows(plan.items[0], subjects, SAID)
    plan = done(plan, *(PutItem(item=row) for row in rows))
    skilled = done(plan, PutItem(item=entry("skills", "Fizikā man vienmēr ir gājis viegli")))
    found = answering(skilled, form, physics(skilled))
    assert [one.wording.text for one in found] == ["Fizikā man vienmēr ir gājis viegli"]
    assert gap_state(skilled, form, physics(skilled)) == "have"
    back = done(skilled, RemoveItem(id=found[0].id))
    assert gap_state(back, form, physics(back)) == "missing"
    asked = done(plan, PutItem(item=entry(form.agenda, "Vai vajag fiziku?")))
    assert gap_state(asked, form, physics(asked)) == "missing"  # a question is no skill


def test_a_row_that_became_a_step_is_on_the_way_until_that_is_done(loaded, form):
    plan = plan_of(goal("fiziķis", occupation="physicist"), step("fizikas kurss"))
    row = GapRow(origin=SAID, goal="g1", asks=own("fizika"), step="s2")
    plan = done(plan, PutItem(item=row))
    states = []
    for state in ("planned", "done", "dropped"):
        changed = plan.find("s2").model_copy(update={"state": state})
        now = done(plan, PutItem(item=changed))
        states.append(gap_state(now, form, now.find("r3")))
    assert states == ["on_the_way", "have", "missing"]


# --- what is due


def test_what_is_due_follows_from_the_plan_as_it_stands():
    plan = plan_of(
        step("zvans", on="2026-12-24", remind=True), step("klusi", on="2026-12-24"), step("kādreiz", remind=True),
        step("darīts", on="2026-12-24", remind=True, state="done"),
    )  # fmt: skip
    plan = done(plan, SetReview(on=date(2027, 1, 31)), AgreeTo(what="check_in", agreed=True))
    assert sorted((one.what, one.id, one.at.isoformat()) for one in due_moments(plan)) == [
        ("check_in", "", "2027-03-23T09:00:00+02:00"),
        ("review", "", "2027-01-31T09:00:00+02:00"),
        ("step", "s1", "2026-12-24T09:00:00+02:00"),
    ]
    assert due_moments(None) == frozenset()


def test_what_is_only_tried_out_is_due_to_nobody():
    plan = done(
        plan_of(), TryOut(what="begin"), PutItem(item=step("a", on="2026-12-24", remind=True))
    )
    assert due_moments(plan) == frozenset()


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2027, 11, 30), date(2028, 2, 29)])
def test_four_months_later_is_a_day_of_every_year(day):
    later = months_later(day, 4)
    assert 110 <= (later - day).days <= 124
    assert datetime.combine(later, datetime.min.time(), RIGA)


# --- two plans of one person


def test_two_plans_become_one_and_nothing_of_either_is_lost():
    mine = plan_of(goal("mērķis"), entry("skills", "abos"))
    other = plan_of(entry("skills", "abos"), goal("otrs"), step("solis", goal="g2"))
    surer = other.find("g2").model_copy(update={"sure": (Sureness(value=3, on=DAY, after="s3"),)})
    other = done(other, PutItem(item=surer))
    both = merged(mine, other)
    texts = [item.wording.text for item in both.items]
    assert texts == ["mērķis", "abos", "otrs", "solis"]
    by_text = {item.wording.text: item for item in both.items}
    assert by_text["solis"].goal == by_text["otrs"].id
    assert by_text["otrs"].sure[0].after == by_text["solis"].id
    assert len({item.id for item in both.items}) == 4
    assert merged(mine, None) == mine
    assert merged(None, other).items == other.items
    assert merged(None, None) is None
