"""Every way the courses, the sets of schools and the steps that show them can be wrong."""

from collections.abc import Iterator, Mapping

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.education.course_sets import Course, CourseSchool, courses_at
from bot.core.flows.conditions import holds
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.core.flows.steps import Choice, Flow, Several, Step
from bot.core.library import Library

CATALOGUE_FILE = "content/courses/catalogue.yaml"


def course_structure_faults(library: Library) -> Iterator[Finding]:
    """Find names in the courses and in the sets of schools that are not there."""
    weights = library.courses.weights
    for key, source in (("source", weights.source), ("needed_source", weights.needed_source)):
        yield from _source(library, source, CATALOGUE_FILE, ("weights", key))
    yield from _courses(library, library.courses.courses, CATALOGUE_FILE)
    for name, school in library.schools.items():
        file = f"content/courses/schools/{name}.yaml"
        yield from _source(library, school.source, file, ("source",))
        yield from _courses(library, school.courses, file)
        yield from _sets(courses_at(library.courses, school), school, file)
    for name, flow in library.flows.items():
        yield from _steps(library, flow, f"flows/{name}/flow.yaml")


def course_faults(library: Library) -> Iterator[Finding]:
    """Find words that name two courses, and subjects of courses that nobody is asked about."""
    owners: dict[str, str] = {}
    for phrase, id_ in library.courses.phrases:
        other = owners.setdefault(phrase, id_)
        if other != id_:
            text = f'"{phrase}" names {other} too'
            yield fault("G003", CATALOGUE_FILE, ("courses", id_, "called"), text, "tell them apart")
    for name, flow in library.flows.items():
        for at, step in enumerate(flow.steps):
            if isinstance(step, ShowCourseSets):
                yield from _subjects(library, flow, step, f"flows/{name}/flow.yaml", ("steps", at))


def _source(library: Library, source: str | None, file: str, keys: Keys) -> Iterator[Finding]:
    if source is not None and source not in library.sources:
        yield fault("F011", file, keys, f'no source "{source}"')


def _courses(library: Library, courses: Mapping[str, Course], file: str) -> Iterator[Finding]:
    """Find what a course names and is not there."""
    for id_, course in courses.items():
        here: Keys = ("courses", id_)
        yield from _source(library, course.source, file, (*here, "source"))
        if course.area not in library.courses.areas:
            text = f'no area of learning "{course.area}"'
            yield fault("G002", file, (*here, "area"), text, "one of `areas` of the catalogue")
        if course.exam is not None and course.exam not in library.courses.exams:
            text = f'no exam "{course.exam}"'
            yield fault("G002", file, (*here, "exam"), text, "one of `exams`, or leave it out")
        for code in course.families:
            if code not in library.families:
                text = f"{code} is no family of work"
                yield fault("G002", file, (*here, "families"), text, "correct the code")


def _sets(courses: Mapping[str, Course], school: CourseSchool, file: str) -> Iterator[Finding]:
    """Find courses of a set that are not there, stand at the wrong level, or twice; sets of one id."""
    ids = [one.id for one in school.sets]
    for at, one in enumerate(school.sets):
        here: Keys = ("sets", at)
        if one.id in ids[:at]:
            yield fault(
                "G004", file, (*here, "id"), f'the set "{one.id}" stands twice', "rename it"
            )
        for level in ("advanced", "specialised"):
            named = one.advanced if level == "advanced" else one.specialised
            for number, id_ in enumerate(named):
                where = (*here, level)
                if id_ not in courses:
                    remedy = "name it in `courses` of this file"
                    yield fault("G001", file, where, f'no course "{id_}"', remedy)
                elif courses[id_].level != level:
                    text = f'"{id_}" is no {level} course'
                    yield fault("G001", file, where, text, "put it under the other key")
                if id_ in named[:number]:
                    yield fault("G004", file, where, f'"{id_}" stands twice', "once is enough")


def _steps(library: Library, flow: Flow, file: str) -> Iterator[Finding]:
    """Find what the steps that show sets name, and is not in their flow."""
    steps = {step.id: step for step in flow.steps}
    for at, step in enumerate(flow.steps):
        keys: Keys = ("steps", at)
        if isinstance(step, ShowCourseSets):
            for name in (step.school, *step.own, step.liked, step.easy, step.hard, step.goal):
                if name not in steps:
                    text = f'no question gives the fact "{name}"'
                    yield fault("F005", file, keys, text, "correct the name")
            for option, codes in step.goals.items():
                for code in codes:
                    if code not in library.families:
                        text = f"{code} is no family of work"
                        yield fault("G002", file, (*keys, "goals", option), text, "correct it")
            yield from _schools_offered(library, steps.get(step.school), step, file, keys)
        elif isinstance(step, ShowSetChanges):
            yield from _places(library, steps, step, file, keys)


def _schools_offered(
    library: Library, question: object, step: ShowCourseSets, file: str, keys: Keys
) -> Iterator[Finding]:
    """Find schools whose sets nobody can choose."""
    offered = {one.id for one in question.options} if isinstance(question, Choice) else set()
    for name in library.schools:
        if name not in offered:
            text = f'the school "{name}" is no option of "{step.school}"'
            yield fault("G005", file, (*keys, "school"), text, "add an option of this id")


def _places(
    library: Library, steps: Mapping[str, Step], step: ShowSetChanges, file: str, keys: Keys
) -> Iterator[Finding]:
    """Find schools that have more sets, or fewer, than the question shows places for."""
    shown, question = steps.get(step.sets), steps.get(step.chosen)
    if not isinstance(shown, ShowCourseSets):
        text = f'no step of this flow shows sets as "{step.sets}"'
        yield fault("F015", file, (*keys, "sets"), text, "name a `show_course_sets`")
        return
    if not isinstance(question, Choice):
        yield fault("F005", file, keys, f'no choice gives the fact "{step.chosen}"')
        return
    options = {option.id: option for option in question.options}
    for name in (*step.places, *shown.own):
        if name not in options:
            text = f'the question "{question.id}" has no option "{name}"'
            yield fault("F017", file, (*keys, "places"), text, f"one of: {', '.join(options)}")
    for name, school in library.schools.items():
        facts = {shown.school: name}
        there = [
            place
            for place in step.places
            if place in options
            and ((when := options[place].when) is None or holds(when, facts) is True)
        ]
        firsts = list(step.places[: len(school.sets)])
        if there != firsts or len(there) != len(school.sets):
            text = f'"{name}" has {len(school.sets)} sets, and is shown {len(there)} places'
            remedy = "give each of its sets an option in `places`, shown `when` it is chosen"
            yield fault("G005", file, (*keys, "places"), text, remedy)


def _subjects(
    library: Library, flow: Flow, step: ShowCourseSets, file: str, keys: Keys
) -> Iterator[Finding]:
    """Find subjects of advanced courses that a question about subjects does not have."""
    subjects = {
        subject
        for school in (None, *library.schools.values())
        for course in courses_at(library.courses, school).values()
        for subject in course.subjects
    }
    questions = {one.id: one for one in flow.steps if isinstance(one, Several)}
    for fact in (step.liked, step.easy, step.hard):
        asked = {option.id for option in questions[fact].options} if fact in questions else subjects
        for subject in sorted(subjects - asked):
            text = f'"{fact}" has no option "{subject}", which is the subject of a course'
            yield fault("G006", file, keys, text, "add it to the question")
