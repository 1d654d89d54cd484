"""What has changed behind a plan: exactly what touches it."""

from bot.core.education.saved_path import save_card
from bot.core.plan.items import Origin, PlanPath
from bot.core.plan.orders import PutItem
from bot.core.plan.verifying import FiledDecision, verify
from bot.core.plan.watching import Behind, touched
from tests.doubles.plan_items import DAY, entry, step
from tests.doubles.plan_people import decision
from tests.doubles.plans import done, plan_of


def planned(library):
    card = next(iter(library.paths))
    saved = save_card(card, library.paths[card], DAY)
    path = PlanPath(origin=Origin(kind="path", ref=card, on=DAY), saved=saved)
    return plan_of(entry("skills", "prasme"), path, decision(library))


def behind(library, plan, paths=None, dates=None, judges=None):
    now = Behind(
        paths or library.paths, dates or library.dates, judges or library.judges, library.release
    )
    return touched(plan, now, DAY)


def test_nothing_is_told_where_nothing_behind_a_plan_has_changed(loaded):
    assert behind(loaded.library, planned(loaded.library)) == ()


def test_a_changed_card_touches_who_has_it_and_nobody_else(loaded):
    library = loaded.library
    plan = planned(library)
    card = plan.items[1].saved.card
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
    before = one.model_copy(update={"verdict": was, "mark": "another", "release": "another"})
    plan = done(plan_of(), PutItem(item=before))
    (found,) = behind(library, plan)
    assert found.after.verdict.outcome == one.verdict.outcome
    assert found.after.release == library.release
    noted = FiledDecision("plan.items.0", found.after)
    assert verify(noted, library.judges).result == "same"  # it is decided anew by the rule of now
    assert behind(library, done(plan_of(), PutItem(item=one))) == ()
