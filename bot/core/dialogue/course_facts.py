"""What a person has told of course sets, as what is weighed and what a change would do."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.dialogue.known_interests import Answers, leading_interests
from bot.core.dialogue.session import FREE_TEXT, Value
from bot.core.education.course_sets import courses_at
from bot.core.education.own_sets import read_own_set
from bot.core.education.set_outlook import SetChange, SetOutlook, change_of_set, outlook
from bot.core.education.set_weighing import ComparedSet, PersonView, WeighedSet, weigh_sets
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.core.flows.steps import NO, YES
from bot.core.library import Library

Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SetsComparison:
    """Sets as they were weighed. school: whose they are, "" where only own ones are compared.

    outlooks: what each opens later, by its id. person: what they were weighed by.
    """

    school: str
    weighed: tuple[WeighedSet, ...]
    outlooks: tuple[tuple[str, SetOutlook], ...]
    person: PersonView


@dataclass(frozen=True, slots=True)
class SetChanges:
    """What changing to each of the other sets would do. school: as of a comparison."""

    school: str
    changes: tuple[SetChange, ...]
    sets: tuple[ComparedSet, ...]


@dataclass(frozen=True, slots=True)
class ChosenCourses:
    """The courses of the set somebody has. said_by: the question that told it. school: whose courses they are, "" for the catalogue's."""

    courses: tuple[str, ...] = ()
    said_by: str = ""
    school: str = ""


SetsFound = SetsComparison | SetChanges


def known_of_sets(library: Library, flow: str, answers: Answers, school: str) -> dict[str, Value]:
    """Return what need not be asked in a flow: the linked school, and whether interests are known.

    school: whose link opened the conversation, by its name there.
    """
    known = YES if leading_interests(library, answers) is not None else NO
    facts: dict[str, Value] = {f"{name}_known": known for name in library.measures}
    linked = linked_school(library, school)
    if linked is not None:
        steps = library.flows[flow].steps
        facts |= {step.school: linked for step in steps if isinstance(step, ShowCourseSets)}
    return facts


def sets_found(
    library: Library,
    flow: str,
    step: ShowCourseSets | ShowSetChanges,
    facts: Facts,
    answers: Answers,
) -> SetsFound:
    """Return what a step shows of course sets. facts: known on the path; answers: of the person."""
    if isinstance(step, ShowCourseSets):
        return compare_sets(library, step, facts, leading_interests(library, answers))
    shown = library.steps[flow, step.sets]
    assert isinstance(shown, ShowCourseSets)  # the check sees to it
    return compare_changes(library, shown, step, facts)


def linked_school(library: Library, name: str) -> str | None:
    """Return the school with course sets whose link opened the conversation, by its name there."""
    if not name:
        return None
    return next(
        (
            id_
            for id_, school in library.schools.items()
            if school.link.casefold() == name.casefold()
        ),
        None,
    )


def compare_sets(
    library: Library, step: ShowCourseSets, facts: Facts, letters: tuple[str, ...] | None
) -> SetsComparison:
    """Return the sets of a school and a person's own, weighed by what is known on the path.

    letters: the leading interests, where they are measured.
    """
    sets = _sets(library, step, facts)
    school = str(facts.get(step.school) or "")
    courses = courses_at(library.courses, library.schools.get(school))
    person = PersonView(
        letters=letters,
        families=_families(step, facts),
        liked=_named(facts, step.liked),
        easy=_named(facts, step.easy),
        hard=_named(facts, step.hard),
    )
    exams = tuple(library.courses.exams)
    return SetsComparison(
        school=school if school in library.schools else "",
        weighed=weigh_sets(sets, person, courses),
        outlooks=tuple((one.id, outlook(one, courses, exams)) for one in sets),
        person=person,
    )


def compare_changes(
    library: Library, shown: ShowCourseSets, step: ShowSetChanges, facts: Facts
) -> SetChanges:
    """Return what changing from the chosen set to each other one would do; nothing where none is chosen."""
    sets = _sets(library, shown, facts)
    school = str(facts.get(shown.school) or "")
    school = school if school in library.schools else ""
    courses = courses_at(library.courses, library.schools.get(school))
    chosen = facts.get(step.chosen)
    of_school = [one.id for one in sets if not one.own]
    by_option = dict(zip(step.places, of_school, strict=False))
    name = by_option.get(str(chosen), str(chosen))
    before = next((one for one in sets if one.id == name), None)
    if before is None:
        return SetChanges(school, (), sets)
    exams = tuple(library.courses.exams)
    others = (one for one in sets if one.id != before.id)
    changes = tuple(change_of_set(before, other, courses, exams) for other in others)
    return SetChanges(school, changes, sets)


def chosen_courses(library: Library, flow: str, facts: Facts) -> ChosenCourses:
    """Return the courses of the set that somebody says they have; of the only one they told of, where they told of one alone.

    flow: one that shows course sets. Of several that were compared, and none named as theirs, nothing is chosen.
    """
    steps = library.flows[flow].steps
    shown = next((step for step in steps if isinstance(step, ShowCourseSets)), None)
    changes = next((step for step in steps if isinstance(step, ShowSetChanges)), None)
    if shown is None:
        return ChosenCourses()
    sets = _sets(library, shown, facts)
    by_id = {one.id: one for one in sets}
    chosen, said_by = sets[0] if len(sets) == 1 else None, shown.school
    if changes is not None and facts.get(changes.chosen) is not None:
        of_school = [one.id for one in sets if not one.own]
        by_option = dict(zip(changes.places, of_school, strict=False))
        named = str(facts[changes.chosen])
        chosen, said_by = by_id.get(by_option.get(named, named)), changes.chosen
    if chosen is None:
        return ChosenCourses()
    school = "" if chosen.own else str(facts.get(shown.school) or "")
    said_by = chosen.id if chosen.own else said_by
    return ChosenCourses(chosen.courses, said_by, school if school in library.schools else "")


def _sets(library: Library, step: ShowCourseSets, facts: Facts) -> tuple[ComparedSet, ...]:
    """Return the sets to be compared: of the school in its own order, then those typed."""
    school = library.schools.get(str(facts.get(step.school) or ""))
    offered = [
        ComparedSet(id=one.id, courses=one.advanced) for one in (school.sets if school else ())
    ]
    typed = ((name, facts.get(name)) for name in step.own)
    own = [
        read_own_set(name, words, library.course_names, library.tokenize, library.beside_courses)
        for name, words in typed
        if isinstance(words, str)
    ]
    return (*offered, *(one for one in own if one.courses or one.unread))


def _families(step: ShowCourseSets, facts: Facts) -> tuple[str, ...] | None:
    """Return the families of work of the fields that were chosen; None where none was."""
    found = [code for name in _named(facts, step.goal) for code in step.goals.get(name, ())]
    return tuple(dict.fromkeys(found)) or None


def _named(facts: Facts, name: str) -> tuple[str, ...]:
    """Return the options of a fact, without own words and without what was skipped."""
    value = facts.get(name)
    chosen = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in chosen if isinstance(one, str) and not one.startswith(FREE_TEXT))
