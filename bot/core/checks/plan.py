"""Every way the form of the plan, and the steps of flows on it, can be wrong."""

from collections.abc import Iterator
from typing import get_args

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, condition_faults, fault
from bot.core.flows.plan_steps import ChangePlan, FindInPlan, ShowPlan
from bot.core.flows.steps import QUESTIONS, Choice, Flow, Several, Words
from bot.core.library import Library
from bot.core.occupations.occupation import Subject
from bot.core.plan.items import Activity, LearningKind, LearningPhase
from bot.core.plan.plan import Audience

PLAN_FILE = "content/plan.yaml"
# what the answer to a question must be one of, where an option is kept in the plan
KINDS_OF = {
    "activity": get_args(Activity),
    "phase": get_args(LearningPhase),
    "learning": get_args(LearningKind),
    "as_thought": ("yes", "partly", "no"),
}
LONGEST_OF = {"document": 300, "years": 60}  # characters of what is kept with an item


def plan_structure_faults(library: Library) -> Iterator[Finding]:
    """Find sections, facts, options and subjects that are named and not there, and sections nobody's plan can have."""
    form = library.plan_form
    facts = {step.id for step in library.steps.values() if isinstance(step, QUESTIONS)}
    yield from condition_faults(form.pupils, facts, PLAN_FILE, ("pupils",))
    for key in ("agenda", "private"):
        name = getattr(form, key)
        section = form.sections.get(name)
        if section is None:
            yield _no_section(library, (key,), name)
        elif set(section.audiences) != set(get_args(Audience)):
            text = f'"{name}" is not in the plan of everybody'
            yield fault("B002", PLAN_FILE, ("sections", name, "audiences"), text, "name both")
    for audience in get_args(Audience):
        if not form.of(audience):
            yield fault("B002", PLAN_FILE, ("sections",), f"no section for {audience}", "add some")
    yield from _offered(library, facts)
    for kind, to in form.found.items():
        for audience, name in to.items():
            yield from _to(library, ("found", kind, audience), audience, name)
    for audience in get_args(Audience):
        name = form.portrait.get(audience, "")
        yield from _to(library, ("portrait", audience), audience, name)
    yield from _subjects(library)
    for name, flow in library.flows.items():
        yield from _steps(library, flow, f"flows/{name}/flow.yaml")


def _no_section(library: Library, keys: Keys, name: str) -> Finding:
    known = ", ".join(library.plan_form.sections)
    return fault("B001", PLAN_FILE, keys, f'no section "{name}"', f"one of: {known}")


def _to(library: Library, keys: Keys, audience: str, name: str) -> Iterator[Finding]:
    """Find a section that is not there, or not in the plan of those whose answer goes to it."""
    section = library.plan_form.sections.get(name)
    if section is None:
        yield _no_section(library, keys, name)
    elif audience not in section.audiences:
        text = f'the section "{name}" is not in the plan of: {audience}'
        yield fault("B002", PLAN_FILE, keys, text, "name one that is")


def _offered(library: Library, facts: set[str]) -> Iterator[Finding]:
    for at, offered in enumerate(library.plan_form.offered):
        here: Keys = ("offered", at)
        if offered.fact not in facts:
            text = f'no question gives the fact "{offered.fact}"'
            yield fault("B003", PLAN_FILE, (*here, "fact"), text, "correct the name")
        asked = [one for one in library.steps.values() if one.id == offered.fact]
        options = {
            option.id
            for question in asked
            if isinstance(question, Choice | Several)
            for option in question.options
        }
        for option in offered.without:
            if asked and option not in options:
                text = f'"{offered.fact}" has no option "{option}"'
                yield fault("B004", PLAN_FILE, (*here, "without"), text, "correct the name")
        for audience, name in offered.to.items():
            yield from _to(library, (*here, "to", audience), audience, name)


def _subjects(library: Library) -> Iterator[Finding]:
    """Find subjects that there are not, and those an occupation asks that own words cannot name."""
    asked = {subject for one in library.occupations.values() for subject in one.subjects}
    named = library.plan_form.subjects
    for subject in named:
        if subject not in get_args(Subject):
            remedy = f"one of: {', '.join(get_args(Subject))}"
            text = f'no subject "{subject}"'
            yield fault("B005", PLAN_FILE, ("subjects", subject), text, remedy)
    for subject in sorted(asked - named.keys()):
        text = f'no words for the subject "{subject}", which an occupation asks'
        yield fault("B005", PLAN_FILE, ("subjects",), text, "add beginnings of words that name it")


def _steps(library: Library, flow: Flow, file: str) -> Iterator[Finding]:
    """Find what the steps of one flow name and is not there, or not before them."""
    steps = {step.id: step for step in flow.steps}
    places = {step.id: at for at, step in enumerate(flow.steps)}
    for at, step in enumerate(flow.steps):
        keys: Keys = ("steps", at)
        if isinstance(step, Words) and step.section is not None:
            yield from _section_question(library, steps.get(step.section), file, (*keys, "section"))
        if isinstance(step, FindInPlan) and step.number is not None:
            parts = {one.part for one in flow.steps[:at] if isinstance(one, ShowPlan)}
            if step.part not in parts:
                text = f'the part "{step.part}" is not shown above, so nobody knows its numbers'
                yield fault("B007", file, (*keys, "part"), text, "show it, by `show_plan`")
        if isinstance(step, ChangePlan | ShowPlan | FindInPlan):
            for key, name in step.finders:
                if not isinstance(steps.get(name), FindInPlan) or places[name] > at:
                    text = f'no step above finds "{name}" in the plan'
                    yield fault("B007", file, (*keys, key), text, "name a `find_in_plan` above it")
        if isinstance(step, ChangePlan):
            yield from _deed(library, flow, step, file, keys)


def _deed(
    library: Library, flow: Flow, step: ChangePlan, file: str, keys: Keys
) -> Iterator[Finding]:
    """Find answers that the plan cannot keep as what they are."""
    questions = {one.id: one for one in flow.steps}
    if step.into is not None and step.into not in library.plan_form.sections:
        text = f'no section "{step.into}"'
        remedy = f"one of: {', '.join(library.plan_form.sections)}"
        yield fault("B001", file, (*keys, "into"), text, remedy)
    if step.section is not None:
        yield from _section_question(library, questions.get(step.section), file, (*keys, "section"))
    for key, kinds in KINDS_OF.items():
        question = questions.get(getattr(step, key) or "")
        options = question.options if isinstance(question, Choice) else ()
        for option in options:
            if option.id not in kinds:
                text = f'"{option.id}" is no {key} of an item'
                yield fault("B008", file, (*keys, key), text, f"one of: {', '.join(kinds)}")
    for key, longest in LONGEST_OF.items():
        question = questions.get(getattr(step, key) or "")
        if isinstance(question, Words) and question.most > longest:
            text = f"the plan keeps {longest} characters of it"
            yield fault("B008", file, (*keys, key), text, f"most: {longest}")


def _section_question(
    library: Library, question: object, file: str, keys: Keys
) -> Iterator[Finding]:
    """Find options of a question for a section that name none."""
    if not isinstance(question, Choice):
        yield fault("B006", file, keys, "no choice of this flow asks for the section")
        return
    for option in question.options:
        if option.id not in library.plan_form.sections:
            text = f'the option "{option.id}" of "{question.id}" names no section'
            remedy = f"one of: {', '.join(library.plan_form.sections)}"
            yield fault("B006", file, keys, text, remedy)
