"""Every way what can be booked, and the made-up counsellors, can be wrong."""

from collections.abc import Iterator
from typing import get_args

from bot.core.base.problems import Keys
from bot.core.booking.counsellor import Audience, CounsellorProfile
from bot.core.booking.hindrances import WHOLE_MINUTES
from bot.core.booking.need import Priority
from bot.core.booking.offices import NVA
from bot.core.checks.finding import Finding, condition_faults, fault
from bot.core.flows.steps import QUESTIONS
from bot.core.library import Library

MEETINGS_FILE, COUNSELLORS_FOLDER = "content/meetings.yaml", "content/counsellors"
HOURS_A_DAY = 24
WEEKEND = 6  # Saturday, as a weekday


def meeting_structure_faults(library: Library) -> Iterator[Finding]:
    """Find what would fail where a meeting is booked: words, sources, offices, kinds that are named and not there."""
    rules = library.meetings
    for key, wanted, known in (
        ("priorities", get_args(Priority), rules.priorities),
        ("routes", get_args(Audience), rules.routes),
        ("modes", {mode for kind in rules.kinds.values() for mode in kind.modes}, rules.modes),
    ):
        for name in sorted(set(wanted) - set(known)):
            yield fault("U001", MEETINGS_FILE, (key,), f'nothing is said of "{name}"', "add it")
    facts = {step.id for step in library.steps.values() if isinstance(step, QUESTIONS)}
    for name, rule in rules.priorities.items():
        keys: Keys = ("priorities", name)
        yield from condition_faults(rule.when, facts, MEETINGS_FILE, (*keys, "when"))
        if rule.source is not None and rule.source not in library.sources:
            text = f'no source "{rule.source}"'
            yield fault("U002", MEETINGS_FILE, (*keys, "source"), text, "correct its name")
    for at, moved in enumerate(rules.moved_days):
        if moved.source not in library.sources:
            keys = ("moved_days", at, "source")
            yield fault("U002", MEETINGS_FILE, keys, f'no source "{moved.source}"')
    for at, closed in enumerate(rules.closed):
        for number, office in enumerate(closed.institutions):
            keys = ("closed", at, "institutions", number)
            yield from _office_faults(library, MEETINGS_FILE, keys, office)
    for id_, profile in library.example_counsellors.items():
        yield from _counsellor_faults(library, id_, profile)


def meeting_faults(library: Library) -> Iterator[Finding]:
    """Find what could be booked by nobody, would betray what it is about, or happens twice."""
    rules = library.meetings
    for id_, kind in rules.kinds.items():
        keys: Keys = ("kinds", id_)
        if kind.notice >= kind.horizon * HOURS_A_DAY:
            text = f"{id_}: what can still be booked is already too far ahead"
            yield fault(
                "U005", MEETINGS_FILE, (*keys, "notice"), text, "a notice below the horizon"
            )
        if kind.every % WHOLE_MINUTES:
            text = f"{id_}: every {kind.every} minutes leads to times nobody would say"
            yield fault("U005", MEETINGS_FILE, (*keys, "every"), text, "a multiple of five")
        if kind.outside == kind.title:
            text = f"{id_}: a lock screen would say what it is about"
            yield fault("U006", MEETINGS_FILE, (*keys, "outside"), text, "say less")
    for audience, steps in rules.routes.items():
        for step in sorted({step for step in steps if steps.count(step) > 1}):
            text = f'"{step}" stands twice'
            yield fault("U008", MEETINGS_FILE, ("routes", audience), text, "leave one of them out")
    for at, moved in enumerate(rules.moved_days):
        if moved.off.isoweekday() >= WEEKEND or moved.on.isoweekday() < WEEKEND:
            text = f"{moved.off} is no working day that is worked on {moved.on}"
            yield fault("U009", MEETINGS_FILE, ("moved_days", at), text, "correct the days")


def _counsellor_faults(library: Library, id_: str, profile: CounsellorProfile) -> Iterator[Finding]:
    """Find what is wrong with a made-up counsellor."""
    place = library.places.get(profile.place)
    if place is None or not place.example or not profile.example:
        text = f"{id_}: made-up people belong to made-up places, and both say so"
        yield fault("U007", COUNSELLORS_FOLDER, (id_, "place"), text, "set `example:` of both")
    yield from profile_faults(library, id_, profile)


def profile_faults(library: Library, id_: str, profile: CounsellorProfile) -> Iterator[Finding]:
    """Find what a counsellor, made up or real, names that is not there, or not theirs."""
    offices: list[tuple[Keys, str]] = [(("institution",), profile.institution)]
    offices += [(("serves", at), office) for at, office in enumerate(profile.serves)]
    for at, row in enumerate(profile.schedule.weekly):
        keys: Keys = ("schedule", "weekly", at)
        if row.place:
            offices.append(((*keys, "place"), row.place))
        for name in sorted({*row.kinds} - {*profile.kinds} | {*row.modes} - {*profile.modes}):
            text = f'hours for "{name}", which {id_} does not offer'
            yield fault("U004", COUNSELLORS_FOLDER, (id_, *keys), text, "add it to the counsellor")
    for keys, office in offices:
        yield from _office_faults(library, COUNSELLORS_FOLDER, (id_, *keys), office)
    for at, kind in enumerate(profile.kinds):
        if kind not in library.meetings.kinds:
            text = f'no kind of meeting "{kind}"'
            yield fault("U004", COUNSELLORS_FOLDER, (id_, "kinds", at), text, "correct its name")


def _office_faults(library: Library, file: str, keys: Keys, office: str) -> Iterator[Finding]:
    name, _, institution = office.partition("/")
    place = library.places.get(name)
    branch = place is not None and place.nva is not None and institution == NVA
    if place is None or not (branch or institution in place.institutions):
        yield fault("U003", file, keys, f'no institution "{office}"', "place/institution")
