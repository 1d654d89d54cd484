"""Every place of a flow that names an option no question has."""

from collections.abc import Iterator, Mapping

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.checks.flows import questions_of
from bot.core.flows.conditions import Condition
from bot.core.flows.course_steps import ShowCourseSets
from bot.core.flows.steps import (
    NO,
    QUESTIONS,
    YES,
    Choice,
    Flow,
    Judge,
    Offer,
    Several,
    ShowProfile,
    YesNo,
)
from bot.core.library import Library

PossibleAnswers = Mapping[str, frozenset[str]]


def answers_by_question(library: Library) -> PossibleAnswers:
    """Return the names that an answer can have, for every question whose answers are names."""
    found: dict[str, frozenset[str]] = {}
    for step in library.steps.values():
        if isinstance(step, Choice | Several):
            found[step.id] = frozenset(option.id for option in step.options)
        elif isinstance(step, YesNo):
            found[step.id] = frozenset((YES, NO))
    return found


def option_name_faults(flow: Flow, answers: PossibleAnswers, file: str) -> Iterator[Finding]:
    """Find conditions that compare with an option that is gone, and a reach that has no such answer."""
    for keys, condition in _conditions(flow):
        for fact, name in _compared(condition):
            if name not in answers.get(fact, {name}):
                text = f'the question "{fact}" has no option "{name}"'
                yield fault("F017", file, keys, text, _there_are(answers[fact]))
    for at, step in enumerate(flow.steps):
        if isinstance(step, ShowCourseSets):
            for name in step.goals:
                if name not in answers.get(step.goal, {name}):
                    text = f'the question "{step.goal}" has no option "{name}"'
                    keys = ("steps", at, "goals", name)
                    yield fault("F017", file, keys, text, _there_are(answers[step.goal]))
        if not isinstance(step, ShowProfile) or step.preparation is None:
            continue
        for name in step.levels:
            if name not in answers.get(step.preparation, {name}):
                text = f'the question "{step.preparation}" has no option "{name}"'
                keys = ("steps", at, "levels", name)
                yield fault("F017", file, keys, text, _there_are(answers[step.preparation]))


def known_answer_faults(flow: Flow, answers: PossibleAnswers, file: str) -> Iterator[Finding]:
    """Find questions answered by what is known already where either option is gone."""
    for keys, question in questions_of(flow):
        known = question.known_from if isinstance(question, Choice) else None
        if known is None:
            continue
        asked = ((known.fact, name) for name in known.answers)
        given = ((question.id, name) for name in known.answers.values())
        for fact, name in (*asked, *given):
            if name not in answers.get(fact, {name}):
                text = f'the question "{fact}" has no option "{name}"'
                yield fault("F017", file, (*keys, "known_from"), text, _there_are(answers[fact]))


def taken_answer_faults(library: Library, flow: Flow, file: str) -> Iterator[Finding]:
    """Find options of an offer that answer the flow they open with what it does not ask first."""
    for at, step in enumerate(flow.steps):
        for number, way in enumerate(step.options if isinstance(step, Offer) else ()):
            if way.answer is None or (way.flow is not None and way.flow not in library.flows):
                continue
            known = first_options(library, way.flow) if way.flow is not None else frozenset()
            if way.answer not in known:
                text = f'the first question of "{way.flow}" has no option "{way.answer}"'
                keys = ("steps", at, "options", number, "answer")
                yield fault("F017", file, keys, text, _there_are(known) if known else "")


def first_options(library: Library, flow: str) -> frozenset[str]:
    """Return the options of the first question of a flow; none where that is no choice, or no flow."""
    steps = library.flows[flow].steps if flow in library.flows else ()
    asked = (step for step in steps if isinstance(step, QUESTIONS))
    first = next(asked, None)
    first = first if isinstance(first, Choice) else None
    return frozenset(option.id for option in first.options) if first is not None else frozenset()


def _there_are(names: frozenset[str]) -> str:
    return f"one of: {', '.join(sorted(names))}"


def _conditions(flow: Flow) -> Iterator[tuple[Keys, Condition]]:
    """Return every condition of a flow with the keys that lead to it."""
    for at, step in enumerate(flow.steps):
        here: Keys = ("steps", at)
        if step.when is not None:
            yield (*here, "when"), step.when
        for number, route in enumerate(step.next):
            if route.when is not None:
                yield (*here, "next", number, "when"), route.when
        yield from _option_conditions(step, here)
        if isinstance(step, Judge):
            for number, ask in enumerate(step.asks):
                yield from _option_conditions(ask, (*here, "asks", number))


def _option_conditions(step: object, here: Keys) -> Iterator[tuple[Keys, Condition]]:
    at_once = getattr(step, "at_once", None)
    for number, likely in enumerate(at_once.first if at_once is not None else ()):
        if likely.when is not None:
            yield (*here, "at_once", "first", number, "when"), likely.when
    for number, option in enumerate(getattr(step, "options", ())):
        if option.when is not None:
            yield (*here, "options", number, "when"), option.when


def _compared(condition: Condition) -> Iterator[tuple[str, str]]:
    """Return every name that a condition compares a fact with, with the fact."""
    names = (condition.is_, *(condition.one_of or ()), condition.has)
    yield from ((condition.fact or "", name) for name in names if isinstance(name, str))
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from _compared(part)
    if condition.not_ is not None:
        yield from _compared(condition.not_)
