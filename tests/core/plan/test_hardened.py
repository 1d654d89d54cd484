"""What a hostile file, a copy that is open, or another device must not do to a plan."""

import json
from datetime import date, timedelta

import pytest

from bot.core.dialogue.inputs import PlanDue, World
from bot.core.dialogue.plan_turns import tell_due
from bot.core.dialogue.session import Answer, Session
from bot.core.education.judging import CardState
from bot.core.nlu.personal_data import mask_personal_data
from bot.core.plan.exchange import LONGEST_LIST_IN_FILE, file_text, read_file
from bot.core.plan.items import GapRow, Origin, PlanMap
from bot.core.plan.merging import merged
from bot.core.plan.orders import (
    MoveStep,
    OrderRefused,
    PutItem,
    RemoveItem,
    ReplacePlan,
    RestoreVersion,
    SetReview,
    SharePlan,
    TryOut,
)
from bot.core.plan.plan import Share
from bot.core.plan.sharing import shared_plan
from bot.core.plan.watching import Behind, touched
from bot.words.plan_words import PlanWords
from tests.core.plan.test_files import written
from tests.doubles.plan_items import DAY, SAID, entry, goal, own, step
from tests.doubles.plan_people import decision
from tests.doubles.plans import MOMENT, done, plan_of

TOMORROW = DAY + timedelta(days=1)


def test_a_file_with_an_endless_list_is_refused_at_once():
    file = json.loads(file_text(written(plan_of(entry("skills", "a")))))
    file["plan"]["shares"] = [{}] * (LONGEST_LIST_IN_FILE + 1)
    (fault,) = read_file(json.dumps(file))
    assert fault.place == "plan.shares"


@pytest.mark.parametrize("where", ["items", "what_if", "proposals", "states", "versions"])
def test_a_file_of_nothing_but_faults_is_told_in_few(loaded, where):
    """Each fault costs time and memory, and megabytes hold millions of them."""
    decided = decision(loaded.library).model_copy(update={"id": "d1"})
    file = json.loads(file_text(written(plan_of())))
    bad = json.loads(decided.model_dump_json())
    bad["verdict"] |= {
        name: [0] * 1000 for name in ("gate_reasons", "missing", "sources", "notices")
    }
    match where:
        case "items" | "what_if":
            file["plan"][where] = [bad] * 200
        case "proposals":
            file["plan"][where] = [{"item": bad}] * 40
        case "states":
            file["history"][where] = [bad] * 300
        case _:
            file |= {
                "format": "celvedis-plan-1",
                "versions": [{"number": 1, "items": [bad] * 200}] * 3,
            }
            del file["history"]
    faults = read_file(json.dumps(file))
    assert 1 < len(faults) < 10_000


def shared(plan, *items):
    until = DAY + timedelta(days=30)
    share = Share(id="", token="t", items=items, for_whom="skolai", made=DAY, until=until)
    return done(plan, SharePlan(share=share))


def shown(plan):
    return [item.id for item in shared_plan(plan, plan.shares[0]).items]


def test_what_becomes_sensitive_is_not_shown_by_an_old_link():
    plan = shared(plan_of(entry("skills", "darbs"), entry("skills", "kursi")), "e1", "e2")
    private = plan.items[0].model_copy(update={"sensitive": True, "wording": own("šķiršanās")})
    assert shown(done(plan, PutItem(item=private))) == ["e2"]


def test_what_was_taken_out_is_not_shown_again_when_it_comes_back():
    plan = shared(plan_of(entry("skills", "darbs"), entry("skills", "kursi")), "e1", "e2")
    back = done(done(plan, RemoveItem(id="e1")), RestoreVersion(number=3, items=plan.items))
    assert [item.id for item in back.items] == ["e1", "e2"]
    assert shown(back) == ["e2"]


def test_a_shared_step_says_nothing_of_the_row_it_comes_from():
    origin = Origin(kind="gap", ref="r8", on=DAY)
    plan = shared(plan_of(step("kurss").model_copy(update={"origin": origin})), "s1")
    assert "r8" not in shared_plan(plan, plan.shares[0]).model_dump_json()


def test_the_day_that_a_person_chose_is_not_moved_by_the_watch(loaded):
    id_, dated = next((i, one) for i, one in loaded.library.dates.items() if one.first_day)
    plan = plan_of(step("pieteikties", on=dated.first_day, date_entry=id_))
    library = loaded.library
    moved = done(plan, MoveStep(id="s1", on=dated.first_day - timedelta(days=9)))
    behind = Behind(library.paths, library.dates, library.judges, library.release)
    assert touched(moved, behind, DAY) == ()
    edited = plan.items[0].model_copy(update={"on": dated.first_day - timedelta(days=5)})
    put = done(plan, PutItem(item=edited))
    assert touched(put, behind, DAY) == ()


def test_a_copy_that_is_open_keeps_no_reminder_of_the_plan_from_coming(loaded):
    plan = plan_of(step("zvans", on=TOMORROW, remind=True))
    plan = done(plan, TryOut(what="begin"), RemoveItem(id="s1"))
    kept = Answer(flow="start", step="keeping", value="keep")
    session = Session(plan=plan, answers=(kept,))
    due = PlanDue(what="step", id="s1", on=TOMORROW)
    world = World(now=MOMENT.now + timedelta(days=1), today=TOMORROW)
    _, told = tell_due(loaded.library, session, due, world)
    assert [one.items[0].wording.text for one in told] == ["zvans"]


@pytest.mark.parametrize("on", [None, DAY, DAY - timedelta(days=1)])
def test_no_reminder_is_promised_of_a_day_that_is_not_ahead(on):
    assert plan_of(step("zvans", on=on, remind=True)).items[0].remind is False


@pytest.mark.parametrize("on", [DAY, date(2000, 1, 1)])
def test_nobody_comes_back_on_a_day_that_is_over(on):
    with pytest.raises(OrderRefused) as caught:
        done(plan_of(), SetReview(on=on))
    assert caught.value.reason == "past"


def test_what_another_device_brings_stays_with_its_goal():
    mine = plan_of(goal("mērķis"))
    other = plan_of(goal("mērķis"), step("kurss", goal="g1"))
    row = GapRow(origin=SAID, goal="g1", asks=own("fizika"), step="s2")
    both = merged(mine, done(other, PutItem(item=row)))
    assert [item.kind for item in both.items] == ["goal", "step", "gap"]
    assert {item.goal for item in both.items[1:]} == {"g1"}
    assert both.items[2].step == both.items[1].id


def test_a_file_with_the_last_of_all_ids_leaves_room_for_more():
    last = plan_of(entry("skills", "a")).items[0].model_copy(update={"id": "e9999"})
    hostile = plan_of().model_copy(update={"items": (last,)})
    taken = done(plan_of(), ReplacePlan(plan=hostile))
    grown = done(taken, *(PutItem(item=entry("skills", f"b{n}")) for n in range(50)))
    assert len(grown.items) == 51


@pytest.mark.parametrize("kind", ["counsellor", "school"])
def test_a_file_cannot_say_that_somebody_else_has_said_it(kind):
    claimed = plan_of(entry("skills", "a")).items[0]
    claimed = claimed.model_copy(update={"origin": Origin(kind=kind, on=DAY)})
    hostile = plan_of().model_copy(update={"items": (claimed,)})
    assert done(plan_of(), ReplacePlan(plan=hostile)).items[0].origin.kind == "imported"


def test_a_map_from_where_nobody_stands_is_left_out_and_the_plan_is_read(loaded, talks):
    card = next(iter(loaded.library.paths))
    gone = PlanMap(
        origin=SAID, standing="after_9", states=(CardState(card=card, state="open"),), on=DAY
    )
    plan = plan_of(entry("skills", "prasme"), gone)
    view = PlanWords(loaded.library, talks.catalogues["lv"], "jus", DAY).view(plan)
    assert [picture for section in view.sections for picture in section.pictures] == []


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("2015-09-01 – 2020-05-31", True), ("2026-05-14 plkst. 10:00", True), ("zvanīt 29123456", False),
        ("zvanīt 2012 3456", False), ("kods 010190-12345", False),
    ],
)  # fmt: skip
def test_a_day_is_no_telephone(text, stays):
    assert (mask_personal_data(text)[0] == text) is stays
