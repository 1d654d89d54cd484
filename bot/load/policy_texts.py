"""Texts that tell a number of `content/policy.yaml`, compared with it in every language."""

from collections.abc import Iterator, Mapping

from bot.core.base.policy import PolicyName
from bot.core.base.problems import Problem
from bot.core.base.texts import Pair, Text
from bot.core.flows.steps import Say
from bot.core.library import Library
from bot.core.nlu.numbers import numbers_in
from bot.words.i18n.phrases import PHRASES, POLICY_OF_PHRASE


def told_numbers(library: Library) -> Mapping[str, PolicyName]:
    """Return, for every Latvian text that is marked as telling a number, which one that is."""
    told: dict[str, PolicyName] = {}
    for step in library.steps.values():
        if isinstance(step, Say) and step.policy is not None:
            told |= dict.fromkeys(_forms(step.text), step.policy)
        for option in getattr(step, "options", ()):
            if option.policy is not None:
                told |= dict.fromkeys(_forms(option.label), option.policy)
    for phrase, name in POLICY_OF_PHRASE.items():
        told |= dict.fromkeys(_forms(PHRASES[phrase]), name)
    return told


def number_faults(
    text: str, name: PolicyName, library: Library, path: str, line: int
) -> Iterator[Problem]:
    """Find a text in one language that does not tell the number it should, in figures or in words."""
    number = library.policy.number(name)
    if number not in numbers_in(text, library.number_words):
        wrong = f"{name} is {number} in content/policy.yaml, and this does not say so"
        wrong = f'{wrong}: "{text[:60]}"'
        yield Problem(code="P001", path=path, line=line, text=wrong, remedy="make them agree")


def _forms(text: Text) -> tuple[str, ...]:
    return tuple(text.forms.values()) if isinstance(text, Pair) else (text,)
