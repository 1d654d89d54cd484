"""Everything wrong with a library, in one list."""

from collections.abc import Iterator
from datetime import date

from bot.core.checks.finding import Finding, fault
from bot.core.checks.flows import circle_faults, flow_faults, label_faults, questions_of
from bot.core.checks.human_words import human_faults, human_structure_faults
from bot.core.checks.option_names import answers_by_question, option_name_faults
from bot.core.checks.roles import role_faults
from bot.core.checks.rules import judgement_faults, rule_structure_faults
from bot.core.checks.thesaurus import thesaurus_faults
from bot.core.checks.wishes import wish_faults, wish_structure_faults
from bot.core.library import Library
from bot.core.nlu.phrases import TriggerPhrases, matches

DISTRESS_FILE = "content/help/distress.yaml"
LEAVING_FILE = "content/help/leaving.yaml"


def find_faults(library: Library, today: date) -> list[Finding]:
    """Return everything wrong with a library on a day."""
    found = structure_faults(library)
    answers = answers_by_question(library)
    for name, flow in library.flows.items():
        file = f"flows/{name}/flow.yaml"
        found += label_faults(library.global_words, flow, file)
        found += option_name_faults(flow, answers, file)
    for name, rule in library.rules.items():
        found += judgement_faults(rule, f"content/support/{name}.yaml")
    found += _phrase_faults(library.distress, DISTRESS_FILE)
    found += _phrase_faults(library.leaving, LEAVING_FILE)
    found += human_faults(library)
    found += wish_faults(library)
    found += thesaurus_faults(library.thesaurus, library.query_words)
    for name, source in library.sources.items():
        if today > source.review:
            text = f"{name}: to be checked again by {source.review}"
            keys = (name, "review")
            found.append(fault("S001", "content/sources.yaml", keys, text, "look, and set both"))
    return found


def structure_faults(library: Library) -> list[Finding]:
    """Return what would fail in the middle of a conversation: names of what is not there, circles.

    Quick enough for every start of the program.
    """
    found: list[Finding] = []
    homes: dict[str, str] = {}
    for name, flow in library.flows.items():
        file = f"flows/{name}/flow.yaml"
        found += flow_faults(library, flow, file)
        for keys, question in questions_of(flow):
            other = homes.setdefault(question.id, name)
            if other != name:
                text = f'the fact "{question.id}" is asked in {other} too'
                found.append(fault("F007", file, (*keys, "id"), text, "give it a name of its own"))
        found += circle_faults(library, name, flow, file)
    found += role_faults(library)
    for name, rule in library.rules.items():
        file = f"content/support/{name}.yaml"
        found += rule_structure_faults(rule, file, library.sources)
    if library.distress.source not in library.sources:
        found.append(
            fault("F011", DISTRESS_FILE, ("source",), f'no source "{library.distress.source}"')
        )
    if library.leaving.flow not in library.flows:
        found.append(fault("F003", LEAVING_FILE, ("flow",), f'no flow "{library.leaving.flow}"'))
    found += human_structure_faults(library)
    found += wish_structure_faults(library)
    return found


def _phrase_faults(patterns: TriggerPhrases, file: str) -> Iterator[Finding]:
    for at, text in enumerate(patterns.must):
        if not matches(patterns, text):
            yield fault("D001", file, ("must", at), f'"{text}" is not heard', "add a pattern")
    for at, text in enumerate(patterns.must_not):
        if matches(patterns, text):
            yield fault("D002", file, ("must_not", at), f'"{text}" is heard', "narrow a pattern")
