"""Whether the questions of a judge step can answer what its rule asks."""

from collections.abc import Iterator
from typing import assert_never

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.flows.steps import (
    QUESTIONS,
    Ask,
    Choice,
    Day,
    Judge,
    Number,
    Scale,
    Several,
    Words,
    YesNo,
)
from bot.core.library import Library
from bot.core.rules.facts import FactValue
from bot.core.rules.rule import Rule


def asked_faults(
    library: Library, rule: Rule, step: Judge, file: str, keys: Keys
) -> Iterator[Finding]:
    """Find facts that no question gives, questions of no fact, and answers the rule does not know."""
    facts = {fact.id: fact for fact in rule.facts}
    questions = {question.id: (question, keys) for question in _shared(library)}
    for number, question in enumerate(step.asks):
        here = (*keys, "asks", number)
        questions[question.id] = question, here
        if question.id not in facts:
            text = f'the rule {step.rule} has no fact "{question.id}"'
            yield fault("R010", file, (*here, "id"), text, "correct the name, or remove it")
    for name, fact in facts.items():
        if name not in questions:
            text = f'the rule needs "{name}", and nothing asks it'
            yield fault("F012", file, (*keys, "asks"), text, "add a question for it")
            continue
        question, here = questions[name]
        answers = answers_of(question)
        if answers is None:
            text = f'"{name}" is asked by a "{question.kind}", which gives no single value'
            yield fault("R014", file, here, text, "ask for one option or a number")
        for answer in answers or ():
            if not fact.allows(answer):
                text = f'"{name}" can be answered {answer!r}; the rule knows {fact.expected()}'
                yield fault("R014", file, here, text, "let both know the same answers")


def _shared(library: Library) -> Iterator[Ask]:
    """Return the questions whose answers every flow knows."""
    for question in library.steps.values():
        if isinstance(question, QUESTIONS) and question.shared:
            yield question


def answers_of(question: Ask) -> tuple[FactValue, ...] | None:
    """Return the values a question can give, of numbers the least and the most.

    None where what it gives is no single value.
    """
    match question:
        case Choice():
            return tuple(option.id for option in question.options)
        case YesNo():
            return "yes", "no"
        case Number():
            return question.least, question.most
        case Scale():
            return 1, len(question.options)
        case Several() | Day() | Words():
            return None
        case _:
            assert_never(question)
