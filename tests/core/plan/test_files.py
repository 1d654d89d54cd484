"""A plan as a file and back; decisions run again; what has changed behind a plan."""

import json
from datetime import UTC, datetime

import pytest

from bot.core.dialogue.session import Session
from bot.core.education.saved_path import save_card
from bot.core.plan.exchange import (
    KeptVersion,
    PlanFile,
    checksum,
    file_schema,
    read_file,
    write_file,
)
from bot.core.plan.items import (
    GapRow,
    Origin,
    PlanDecision,
    PlanEntry,
    PlanGoal,
    PlanMap,
    PlanPath,
    PlanPortrait,
    PlanStep,
)
from bot.core.plan.orders import PutItem, ReplacePlan, SharePlan
from bot.core.plan.plan import Share
from bot.core.plan.verifying import rule_mark, verify
from bot.core.plan.watching import touched
from tests.doubles.plans import DAY, done, entry, goal, plan_of, step

ABOUT = {"language": "lv", "release": "r1"}
FACTS = {"age": 47, "employed": "yes", "education": "basic_completed", "household": "low_income"}


def decision(library, facts=FACTS, rule="esf_4_2_4_2"):
    verdict = library.judges[rule].verdict(facts, DAY)
    origin = Origin(kind="rule", ref=rule, on=DAY)
    mark = rule_mark(library.rules[rule])
    return PlanDecision(origin=origin, rule=rule, on=DAY, verdict=verdict, mark=mark)


def full_plan(library):
    card = next(iter(library.paths))
    path = PlanPath(
        origin=Origin(kind="path", ref=card, on=DAY),
        saved=save_card(card, library.paths[card], DAY),
    )
    return plan_of(
        entry("prasme 🙂"), goal("mērķis"), step("solis", goal="g2"), path, decision(library)
    )


def written(plan, *versions):
    return write_file(plan, versions, datetime(2026, 11, 30, tzinfo=UTC), ABOUT)


def test_a_file_comes_back_whole_without_the_secrets_of_links(loaded):
    plan = full_plan(loaded.library)
    share = Share(id="", token="SLEPENS", items=("e1",), for_whom="x", made=DAY, until=DAY)
    plan = done(plan, SharePlan(share=share))
    kept = KeptVersion(number=1, items=plan.items[:1])
    text = written(plan, kept).model_dump_json()
    assert "SLEPENS" not in text
    back = read_file(text)
    assert isinstance(back, PlanFile)
    assert back.plan.items == plan.items
    assert back.versions == (kept,)


def test_a_plan_is_kept_whole_with_its_conversation_in_few_bytes(loaded):
    session = Session(plan=full_plan(loaded.library))
    kept = session.model_dump_json(exclude_defaults=True)
    assert Session.model_validate_json(kept) == session
    assert len(kept) < len(session.model_dump_json())
    version = KeptVersion(number=1, items=session.plan.items)
    assert (
        KeptVersion.model_validate_json(version.model_dump_json(exclude_defaults=True)) == version
    )


def test_a_file_in_an_empty_place_gives_the_same_plan(loaded):
    """Written, erased, taken in, written again: equal."""
    plan = full_plan(loaded.library)
    back = read_file(written(plan).model_dump_json())
    again = done(plan_of(), ReplacePlan(plan=back.plan))
    assert again.items == plan.items
    second = read_file(written(again).model_dump_json())
    assert second.plan.items == back.plan.items
    assert second.plan.audience == back.plan.audience


def test_a_flipped_bit_is_found_wherever_it_is(loaded):
    data = bytearray(written(full_plan(loaded.library)).model_dump_json().encode())
    missed = []
    for place in range(0, len(data), 37):
        changed = bytearray(data)
        changed[place] ^= 1
        if isinstance(read_file(bytes(changed)), PlanFile):
            missed.append(place)
    assert missed == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"format": "celvedis-plan-2"}',
        b"[" * 100_000,
        b'{"plan": 7}',
        b"\0",
    ],
)
def test_a_broken_file_is_told_by_place_and_never_by_its_words(data):
    faults = read_file(data)
    assert isinstance(faults, tuple)
    assert faults


def test_faults_hold_no_words_of_a_person(loaded):
    file = json.loads(written(plan_of(entry("SLEPENI VĀRDI"))).model_dump_json())
    file["plan"]["items"][0]["surplus"] = "SLEPENI VĀRDI"
    faults = read_file(json.dumps(file))
    assert any("items.0" in fault.place for fault in faults)
    assert "SLEPENI" not in str(faults)


def test_the_schema_tells_every_kind_of_item_with_its_fields():
    told = file_schema()["$defs"]
    for kind in (
        PlanEntry,
        PlanPath,
        PlanGoal,
        PlanStep,
        GapRow,
        PlanDecision,
        PlanPortrait,
        PlanMap,
    ):
        assert set(told[kind.__name__]["properties"]) == set(kind.model_fields)


# --- decisions


def test_a_decision_run_again_is_the_same(loaded):
    found = verify(decision(loaded.library), loaded.library.judges)
    assert (found.result, found.rule_changed, found.fields) == ("same", False, ())


def test_what_was_changed_in_a_decision_is_named(loaded):
    one = decision(loaded.library)
    forged = one.model_copy(update={"verdict": one.verdict.model_copy(update={"outcome": "B"})})
    found = verify(forged, loaded.library.judges)
    assert found.result == "different"
    assert [name for name, _, _ in found.fields] == ["outcome"]


def test_a_decision_of_no_rule_or_of_other_facts_is_said_to_be_so(loaded):
    one = decision(loaded.library)
    assert (
        verify(one.model_copy(update={"rule": "gone"}), loaded.library.judges).result
        == "unknown_rule"
    )
    other = one.verdict.model_copy(update={"facts": (("shoe_size", 42),)})
    found = verify(one.model_copy(update={"verdict": other}), loaded.library.judges)
    assert found.result == "unreadable"
    assert verify(one.model_copy(update={"mark": "other"}), loaded.library.judges).rule_changed


# --- the watch


def behind(library, plan, paths=None, dates=None, judges=None):
    given = (paths or library.paths, dates or library.dates, judges or library.judges)
    return touched(plan, *given, DAY)


def test_nothing_is_told_where_nothing_behind_a_plan_has_changed(loaded):
    assert behind(loaded.library, full_plan(loaded.library)) == ()


def test_a_changed_card_touches_who_has_it_and_nobody_else(loaded):
    library = loaded.library
    plan = full_plan(library)
    card = plan.items[3].saved.card
    other = next(id_ for id_ in library.paths if id_ != card)
    for id_, expected in ((card, ["path"]), (other, [])):
        changed = library.paths[id_].model_copy(update={"in_short": "Pavisam kas cits."})
        found = behind(library, plan, paths=library.paths | {id_: changed})
        assert [one.what for one in found] == expected
    without = {id_: one for id_, one in library.paths.items() if id_ != card}
    assert behind(library, plan, paths=without)[0].after.saved.is_withdrawn


def test_a_moved_date_touches_the_steps_that_keep_to_it(loaded):
    library = loaded.library
    id_, entry_ = next((id_, one) for id_, one in library.dates.items() if one.first_day)
    kept = step("pieteikties", on=entry_.first_day, date_entry=id_)
    plan = plan_of(kept, step("cits", on=entry_.first_day))
    assert behind(library, plan) == ()
    plan = plan_of(kept.model_copy(update={"on": DAY}), step("cits", on=DAY))
    (found,) = behind(library, plan)
    assert (found.after.on, found.after.moved_from) == (entry_.first_day, (DAY,))
    finished = plan_of(kept.model_copy(update={"on": DAY, "state": "done"}))
    assert behind(library, finished) == ()


def test_a_rule_that_comes_to_something_else_touches_whose_it_is(loaded):
    library = loaded.library
    one = decision(library)
    was = one.verdict.model_copy(update={"outcome": "B" if one.verdict.outcome != "B" else "A"})
    plan = done(plan_of(), PutItem(item=one.model_copy(update={"verdict": was})))
    (found,) = behind(library, plan)
    assert found.after.verdict.outcome == one.verdict.outcome
    assert behind(library, done(plan_of(), PutItem(item=one))) == ()


def test_the_checksum_says_nothing_of_who_made_the_file(loaded):
    """It finds slips, not forgeries: who changes a file can sum it up anew, and verify still sees it."""
    file = written(full_plan(loaded.library))
    one = file.plan.items[4]
    forged = one.model_copy(update={"verdict": one.verdict.model_copy(update={"outcome": "none"})})
    items = (*file.plan.items[:4], forged)
    other = file.model_copy(update={"plan": file.plan.model_copy(update={"items": items})})
    other = other.model_copy(update={"checksum": checksum(other)})
    back = read_file(other.model_dump_json())
    assert isinstance(back, PlanFile)
    assert verify(back.plan.items[4], loaded.library.judges).result == "different"
