"""Events for steps passed without a question, and a fingerprint, so that a changed text is told again."""

from collections.abc import Container, Mapping
from hashlib import blake2b
from typing import assert_never

from bot.core.dialogue.compared_paths import leading_families
from bot.core.dialogue.course_events import CourseSetsShown, SetChangesShown
from bot.core.dialogue.course_facts import SetChanges, SetsComparison
from bot.core.dialogue.date_events import DatesShown
from bot.core.dialogue.events import (
    Event,
    HandedShown,
    Judged,
    OccupationShown,
    PlaceShown,
    ProfileShown,
    RoundsCompared,
    Told,
)
from bot.core.dialogue.known_interests import near_families
from bot.core.dialogue.path_entry import PathEntry
from bot.core.dialogue.path_events import (
    ComparisonShown,
    PathsShown,
    PathTold,
    SavedPathsShown,
    WaysShown,
)
from bot.core.dialogue.plan_events import PlanShown
from bot.core.dialogue.session import Session, Value
from bot.core.education.comparison import compare_cards
from bot.core.flows.booking_steps import ShowHanded
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.core.flows.date_steps import ShowDates
from bot.core.flows.occupation_steps import ShowOccupation
from bot.core.flows.path_steps import (
    ShowClosedPaths,
    ShowComparison,
    ShowPath,
    ShowPaths,
    ShowSavedPaths,
    ShowWays,
)
from bot.core.flows.place_steps import ShowPlace
from bot.core.flows.plan_steps import ChangePlan, CountPlan, FindInPlan, ShowPlan
from bot.core.flows.round_steps import CompareRounds
from bot.core.flows.steps import (
    Choice,
    Day,
    Enter,
    Judge,
    Measure,
    Number,
    Offer,
    RequestStep,
    Say,
    Scale,
    Several,
    ShowProfile,
    Words,
    YesNo,
)
from bot.core.library import Library

MOST_OTHERS = 4  # occupations that may have been meant beside the one told about


def events_for(
    library: Library, session: Session, facts: Mapping[str, Value], entry: PathEntry
) -> list[Event]:
    """Return the events of a step that the path has passed; a question has none.

    facts: those known on the path.
    """
    flow, step = entry.flow, entry.step
    match step:
        case Say():
            listed = entry.value if isinstance(entry.value, tuple) else ()
            return [Told(flow=flow, step=step.id, answers=listed)]
        case Judge():
            assert entry.verdict is not None
            return [Judged(flow=flow, step=step.id, rule=step.rule, verdict=entry.verdict)]
        case ShowProfile():
            return _profile_shown(session, facts, entry, step)
        case ShowOccupation():
            return [_occupation_shown(library, session, flow, step, str(entry.value or ""))]
        case ShowPlace():
            return [_place_shown(library, flow, step, str(entry.value or ""))]
        case CompareRounds():
            assert entry.compared is not None
            levels, before = entry.compared.levels, entry.compared.before
            return [RoundsCompared(flow=flow, step=step.id, levels=levels, before=before)]
        case ShowDates():
            assert entry.dates is not None
            return [DatesShown(flow=flow, step=step.id, listed=entry.dates)]
        case ShowCourseSets() | ShowSetChanges():
            return [_sets_shown(entry)]
        case ShowClosedPaths():
            return [PathsShown(flow=flow, step=step.id, states=entry.cards, part="closed")]
        case ShowPaths():
            return [_paths_shown(library, session, facts, entry, step)]
        case ShowPath():
            return [path_told(library, session, str(entry.value), flow, step.id)]
        case ShowPlan():
            return [
                PlanShown(
                    flow=flow,
                    step=step.id,
                    part=step.part,
                    plan=session.plan,
                    offers=entry.offers,
                    keys=entry.keys,
                    brought=session.plan_brought if step.part == "brought" else None,
                )
            ]
        case ShowSavedPaths():
            return [SavedPathsShown(flow=flow, step=step.id, saved=session.saved_paths)]
        case ShowComparison():
            assert entry.things is not None
            leading = leading_families(library, session, facts, step, entry.measured)
            known = compare_cards(entry.things, library.paths, leading, tuple(library.families))
            return [ComparisonShown(flow=flow, step=step.id, comparison=known)]
        case ShowHanded():
            return [HandedShown(flow=flow, step=step.id, question=str(entry.value or ""))]
        case ShowWays():
            return [WaysShown(flow=flow, step=step.id, ways=entry.ways)]
        case Choice() | Several() | YesNo() | Number() | Day() | Scale() | Words():
            return []  # the person has said the answer
        case Measure() | Enter() | Offer() | RequestStep():
            return []
        case CountPlan() | FindInPlan() | ChangePlan():
            return []  # never passed: they open something, or lead through it
        case _:
            assert_never(step)


def path_told(
    library: Library, session: Session, card: str, flow: str = "", step: str = ""
) -> PathTold:
    """Return that a path is told to a person. flow, step: "" where they asked for it beside the script."""
    saved = any(one.card == card for one in session.saved_paths)
    near = near_families(library, {one.step: one for one in session.answers})
    return PathTold(flow=flow, step=step, card=card, saved=saved, near=near)


def fingerprint(entry: PathEntry, session: Session) -> str:
    """Return a short hash of what an entry says, so that it is said again when that changes.

    "" where the step says nothing, or the same each time.
    """
    match entry.step:
        case Judge():
            assert entry.verdict is not None
            # what it comes to, apart from the answers: where these alone change, one line says so
            said = entry.verdict.model_dump_json(exclude={"facts"})
        case ShowProfile():
            assert entry.measured is not None
            name = entry.step.preparation
            chosen = [answer.value for answer in session.answers if answer.step == name]
            profile = entry.measured.profile.model_dump_json()
            said = f"{profile} {session.hidden_families} {chosen}"
        case ShowOccupation() | ShowPlace():
            said = str(entry.value)
        case CompareRounds():
            said = str(entry.compared)
        case ShowDates():
            said = str(entry.dates)
        case ShowCourseSets() | ShowSetChanges():
            said = str(entry.sets)
        case ShowPaths() | ShowClosedPaths() | ShowPath():
            said = f"{entry.value} {entry.cards}"
        case ShowSavedPaths():
            said = str(session.saved_paths)
        case ShowComparison():
            said = f"{entry.things} {entry.measured} {session.hidden_families}"
        case ShowWays():
            said = str(entry.ways)
        case ShowHanded():
            said = f"{entry.value} {entry.keys}"
        case Say():
            if not isinstance(entry.value, tuple):
                return ""  # its words are the same each time
            listed = [answer for answer in session.answers if answer.step in entry.value]
            said = str([(answer.step, answer.value) for answer in listed])
        case Choice() | Several() | YesNo() | Number() | Day() | Scale() | Words():
            return ""
        case ShowPlan():
            # told once: what changes in the plan later is told as the change
            said = str(entry.value or "")  # the goal it is of
        case Measure() | Enter() | Offer() | RequestStep():
            return ""
        case CountPlan() | FindInPlan() | ChangePlan():
            return ""
        case _:
            assert_never(entry.step)
    # 6 bytes: it is compared with one earlier hash of the same step only
    return blake2b(said.encode(), digest_size=6).hexdigest()


def announced_outside(session: Session, flows: Container[str]) -> tuple[tuple[str, str], ...]:
    """Return what other flows than these have announced, each a place and its fingerprint."""
    # a place is "flow/step"
    return tuple(pair for pair in session.announced if pair[0].split("/")[0] not in flows)


def _sets_shown(entry: PathEntry) -> Event:
    flow, step, found = entry.flow, entry.step.id, entry.sets
    if isinstance(found, SetChanges):
        return SetChangesShown(
            flow=flow, step=step, school=found.school, changes=found.changes, sets=found.sets
        )
    assert isinstance(found, SetsComparison)
    return CourseSetsShown(
        flow=flow,
        step=step,
        school=found.school,
        weighed=found.weighed,
        outlooks=found.outlooks,
        person=found.person,
    )


def _occupation_shown(
    library: Library, session: Session, flow: str, step: ShowOccupation, words: str
) -> OccupationShown:
    matches = library.find_occupations(words, 1 + MOST_OTHERS, session.language)
    return OccupationShown(
        flow=flow,
        step=step.id,
        occupation=matches[0] if matches else "",
        others=matches[1:],
    )


def _place_shown(library: Library, flow: str, step: ShowPlace, words: str) -> PlaceShown:
    found = library.place_finder.find(words)
    has_data = library.place_finder.has_data(found.id)
    nearest = () if has_data or not found.id else library.place_finder.nearest(found.id)
    return PlaceShown(
        flow=flow,
        step=step.id,
        words=words,
        place=found.id,
        nearest=nearest,
        others=found.others[:MOST_OTHERS],
    )


def _paths_shown(
    library: Library,
    session: Session,
    facts: Mapping[str, Value],
    entry: PathEntry,
    step: ShowPaths,
) -> PathsShown:
    """Return how all paths stand, with where the person stands, if that is known, and what they saved."""
    answer = facts.get(step.matters) if step.matters is not None else None
    rules = library.flows[entry.flow].paths
    standing = facts.get(rules.standing) if rules is not None else None
    return PathsShown(
        flow=entry.flow,
        step=step.id,
        states=entry.cards,
        matters=answer if isinstance(answer, tuple) else (),
        standing=standing if isinstance(standing, str) else "",
        lit=tuple(saved.card for saved in session.saved_paths if not saved.is_withdrawn),
    )


def _profile_shown(
    session: Session, facts: Mapping[str, Value], entry: PathEntry, step: ShowProfile
) -> list[Event]:
    """Return the portrait, and once they were asked for, the families after the first ones."""
    assert entry.measured is not None
    answer = facts.get(step.preparation) if step.preparation is not None else None
    preparation = step.levels.get(answer) if isinstance(answer, str) else None
    first = ProfileShown(
        flow=entry.flow,
        step=step.id,
        profile=entry.measured.profile,
        likes=tuple(entry.measured.likes.items()),
        source=step.source,
        preparation=preparation,
        chosen=step.preparation if preparation is not None and step.preparation is not None else "",
        hidden_families=session.hidden_families,
        before=entry.measured.before,
    )
    return [first, first.model_copy(update={"part": "more"})] if session.more_families else [first]
