"""Sets of courses weighed by what is known of a person: an order with reasons, never a figure."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from bot.core.base.frozen import Frozen
from bot.core.education.course_sets import Course

Nearness = Literal["near", "partly", "open"]
CriterionName = Literal["interests", "abilities", "goal"]

COURSES_FOR_NEAR: Final = 2  # of the three that a pupil takes, from which a set is near
# what a known criterion speaks for a set, or against it; one that is not known speaks for neither
BALANCE: Final[Mapping[Nearness, int]] = {"near": 1, "partly": 0, "open": -1}


class ComparedSet(Frozen):
    """A set to be weighed: of a school, or a person's own.

    courses: advanced ones, by id. unread: own words that name no course we know of.
    """

    id: str
    courses: tuple[str, ...]
    unread: tuple[str, ...] = ()
    own: bool = False


class PersonView(Frozen):
    """What is known of a person. letters, families: None where nothing is known.

    letters: the leading interests. families: of work that are the goal. liked, easy, hard: subjects
    named as such; of a subject that is in none of them nothing is known.
    """

    letters: tuple[str, ...] | None = None
    families: tuple[str, ...] | None = None
    liked: tuple[str, ...] = ()
    easy: tuple[str, ...] = ()
    hard: tuple[str, ...] = ()


class Criterion(Frozen):
    """How near a set is in one respect. known: whether there is anything to tell by.

    speaks_for, against: ids of its courses.
    """

    name: CriterionName
    word: Nearness
    known: bool
    speaks_for: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class WeighedSet(Frozen):
    """A set in its place, from 1; sets that are equally near share one."""

    offered: ComparedSet
    word: Nearness
    place: int
    criteria: tuple[Criterion, ...]


def weigh_sets(
    sets: Sequence[ComparedSet], person: PersonView, courses: Mapping[str, Course]
) -> tuple[WeighedSet, ...]:
    """Return every set once, the nearest first; equal ones in the order they came.

    courses: by id. A criterion that is not known counts in the middle, so it is never a no.
    """
    judged = [(one, _criteria(one, person, courses)) for one in sets]
    ranks = {one.id: _rank(criteria) for one, criteria in judged}
    weighed = [
        WeighedSet(
            offered=one,
            word=overall(criteria),
            place=1 + sum(other > ranks[one.id] for other in ranks.values()),
            criteria=criteria,
        )
        for one, criteria in judged
    ]
    return tuple(sorted(weighed, key=lambda one: one.place))


def overall(criteria: Sequence[Criterion]) -> Nearness:
    """Return one word for all criteria; an open question where nothing speaks for the set.

    Near is what more speaks for than against; more that speaks for it never makes it less near.
    """
    if _balance(criteria) > 0:
        return "near"
    return "partly" if any(one.known and one.word != "open" for one in criteria) else "open"


def _rank(criteria: Sequence[Criterion]) -> tuple[int, int]:
    return BALANCE[overall(criteria)], _balance(criteria)


def _balance(criteria: Sequence[Criterion]) -> int:
    """Return how much more speaks for a set than against it; what is not known is in the middle."""
    return sum(BALANCE[one.word] for one in criteria if one.known)


def _criteria(
    offered: ComparedSet, person: PersonView, courses: Mapping[str, Course]
) -> tuple[Criterion, ...]:
    mine = {id_: courses[id_] for id_ in offered.courses}
    return (
        _interests(mine, person, whole=not offered.unread),
        _abilities(mine, person),
        _goal(mine, person, whole=not offered.unread),
    )


def _interests(mine: Mapping[str, Course], person: PersonView, *, whole: bool) -> Criterion:
    """Judge by leading interests and liked subjects. whole: every course of the set is known."""
    found = tuple(
        id_
        for id_, course in mine.items()
        if set(course.letters) & set(person.letters or ()) or set(course.subjects) & {*person.liked}
    )
    # subjects that were not named as liked tell nothing, letters that do not lead do
    known = bool(found) or (person.letters is not None and whole)
    return Criterion(name="interests", word=_word(len(found)), known=known, speaks_for=found)


def _abilities(mine: Mapping[str, Course], person: PersonView) -> Criterion:
    easy = tuple(id_ for id_, course in mine.items() if set(course.subjects) & {*person.easy})
    hard = tuple(
        id_
        for id_, course in mine.items()
        if set(course.subjects) & {*person.hard} and id_ not in easy
    )
    left = len(easy) - len(hard)
    word = _word(left) if left > 0 else "partly" if easy and not left else "open"
    return Criterion(
        name="abilities", word=word, known=bool(easy or hard), speaks_for=easy, against=hard
    )


def _goal(mine: Mapping[str, Course], person: PersonView, *, whole: bool) -> Criterion:
    found = tuple(
        id_ for id_, course in mine.items() if set(course.families) & {*(person.families or ())}
    )
    known = bool(found) or (person.families is not None and whole)
    return Criterion(name="goal", word=_word(len(found)), known=known, speaks_for=found)


def _word(count: int) -> Nearness:
    if count >= COURSES_FOR_NEAR:
        return "near"
    return "partly" if count > 0 else "open"
