"""Where to turn where nobody can be booked, or nobody has time: the own school, the municipality, the employment agency."""

from collections.abc import Iterator, Mapping

from bot.core.base.frozen import Frozen
from bot.core.booking.counsellor import Audience
from bot.core.booking.meeting_rules import MeetingRules, RouteStep
from bot.core.booking.need import MeetingNeed
from bot.core.flows.step_base import Id
from bot.core.places.finding import PlaceFinder
from bot.core.places.place import InstitutionKind, Place

NVA, REMOTE = "nva", "remote"  # what a place tells beside its institutions
# who may be below the age from which the employment agency counsels, where it is not said
MAY_BE_YOUNGER: frozenset[Audience] = frozenset({"pupil_5_9", "parent"})
STEP_OF_KIND: Mapping[InstitutionKind, RouteStep] = {
    "municipality": "municipality",
    "union": "municipality",
    "education_board": "municipality",
    "career_centre": "career_centre",
    "youth_centre": "youth_centre",
    "school": "other_school",
    "vocational_school": "other_school",
    "vocational_centre": "other_school",
}


class OfferedOffice(Frozen):
    """An office to write, call or go to. institution: its id in the place, or "nva", or "remote". step: why it is named."""

    place: Id
    institution: Id
    step: RouteStep


def home_of(need: MeetingNeed) -> str:
    """Return the id of the municipality somebody is in; "" where it is not known."""
    return need.place or need.institution.partition("/")[0]


def may_go_to_nva(need: MeetingNeed, rules: MeetingRules) -> bool:
    """Return whether somebody has, or may well have, the age from which the employment agency counsels."""
    if need.age is None:
        return need.audience not in MAY_BE_YOUNGER
    return need.age >= rules.nva_from_age


def offices_for(
    need: MeetingNeed, places: PlaceFinder, rules: MeetingRules
) -> tuple[OfferedOffice, ...]:
    """Return where somebody can turn, in the order of their audience's routes.

    A school without a counsellor leads to its municipality, this to the talks from afar and to the employment agency; the
    nearest other place is named where the own one tells of nobody.
    """
    home = home_of(need)
    found = list(_in_place(need, home, places.places.get(home)))
    ring = [other for _, other in places.by_distance(home)] if home else []
    if not found:
        found = _of_nearest(ring, places)
    if may_go_to_nva(need, rules):
        found += _nearest_branch([home, *ring], places)
    order = rules.routes[need.audience]
    named = [office for office in found if office.step in order]
    return tuple(sorted(named, key=lambda office: order.index(office.step)))


def _in_place(need: MeetingNeed, home: str, place: Place | None) -> Iterator[OfferedOffice]:
    if place is None:
        return
    own = need.institution.partition("/")[2]
    for id_, institution in place.institutions.items():
        step = STEP_OF_KIND[institution.kind]
        if id_ == own and institution.counsellors:
            step = "own_school"
        elif any(own in counsellor.serves for counsellor in institution.counsellors):
            step = "shared_school"
        if step != "other_school":
            yield OfferedOffice(place=home, institution=id_, step=step)
    if place.remote is not None:
        yield OfferedOffice(place=home, institution=REMOTE, step="remote")


def _of_nearest(ring: list[str], places: PlaceFinder) -> list[OfferedOffice]:
    """Return the offices of the nearest place that has any for people from elsewhere."""
    for id_ in ring:
        place = places.places.get(id_)
        offices = place.institutions if place is not None else {}
        found = [
            OfferedOffice(place=id_, institution=name, step="neighbour_place")
            for name, one in offices.items()
            if STEP_OF_KIND[one.kind] in {"municipality", "career_centre"}
        ]
        if found:
            return found
    return []


def _nearest_branch(ids: list[str], places: PlaceFinder) -> Iterator[OfferedOffice]:
    for id_ in ids:
        place = places.places.get(id_)
        if place is not None and place.nva is not None:
            yield OfferedOffice(place=id_, institution=NVA, step="nva")
            return
