"""Everything wrong with a library, one after the other."""

from collections.abc import Iterator
from datetime import date

from bot.core.checks.answer_phrases import phrase_faults, phrase_structure_faults
from bot.core.checks.course_sets import course_faults, course_structure_faults
from bot.core.checks.dates import date_faults, date_structure_faults
from bot.core.checks.finding import Finding, fault
from bot.core.checks.flows import circle_faults, flow_faults, label_faults, questions_of
from bot.core.checks.heeded import heeded_faults, heeded_structure_faults
from bot.core.checks.human_words import human_faults, human_structure_faults
from bot.core.checks.interests import item_kind_faults, kind_faults
from bot.core.checks.knowledge import knowledge_faults, knowledge_structure_faults
from bot.core.checks.meetings import meeting_faults, meeting_structure_faults
from bot.core.checks.option_names import (
    answers_by_question,
    known_answer_faults,
    option_name_faults,
    taken_answer_faults,
)
from bot.core.checks.paths import path_faults, path_structure_faults
from bot.core.checks.places import place_faults, place_structure_faults
from bot.core.checks.plan import plan_structure_faults
from bot.core.checks.roles import role_faults
from bot.core.checks.rules import judgement_faults, rule_structure_faults
from bot.core.checks.thesaurus import thesaurus_faults
from bot.core.checks.ways import way_faults, way_structure_faults
from bot.core.checks.wishes import wish_faults, wish_structure_faults
from bot.core.library import Library


def quick_faults(library: Library, today: date) -> Iterator[Finding]:
    """Find what is wrong with a library without reading any words with it."""
    yield from structure_faults(library)
    for name, rule in library.rules.items():
        yield from judgement_faults(rule, f"content/support/{name}.yaml")
    yield from course_faults(library)
    yield from path_faults(library)
    yield from way_faults(library)
    yield from kind_faults(library.interests, library.families)
    yield from place_faults(library, today)
    yield from meeting_faults(library)
    yield from thesaurus_faults(library.thesaurus, library.query_words)
    yield from date_faults(library, today)
    yield from _stale_faults(library, today)


def understanding_faults(library: Library, today: date) -> Iterator[Finding]:
    """Find what would be understood otherwise than it is meant; this takes seconds."""
    answers = answers_by_question(library)
    for name, flow in library.flows.items():
        file = f"flows/{name}/flow.yaml"
        yield from option_name_faults(flow, answers, file)
        yield from known_answer_faults(flow, answers, file)
        yield from taken_answer_faults(library, flow, file)
        yield from label_faults(library.global_words, flow, file)
    yield from phrase_faults(library)
    yield from knowledge_faults(library, today)
    yield from human_faults(library)
    yield from wish_faults(library)
    yield from heeded_faults(library)


def _stale_faults(library: Library, today: date) -> Iterator[Finding]:
    """Find sources and schools that were to be looked at again before a day."""
    for name, source in library.sources.items():
        if today > source.review:
            text = f"{name}: to be checked again by {source.review}"
            keys = (name, "review")
            yield fault("S001", "content/sources.yaml", keys, text, "look, and set both")
    for name, school in library.schools.items():
        if today > school.review:
            file = f"content/courses/schools/{name}.yaml"
            text = f"to be checked again by {school.review}"
            yield fault("S001", file, ("review",), text, "ask the school, and set both")


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
    found += course_structure_faults(library)
    found += path_structure_faults(library)
    found += way_structure_faults(library)
    found += item_kind_faults(library.interests)
    for name, rule in library.rules.items():
        file = f"content/support/{name}.yaml"
        found += rule_structure_faults(rule, file, library.sources)
    found += date_structure_faults(library)
    found += phrase_structure_faults(library)
    found += heeded_structure_faults(library)
    found += human_structure_faults(library)
    found += wish_structure_faults(library)
    found += knowledge_structure_faults(library)
    found += place_structure_faults(library)
    found += plan_structure_faults(library)
    found += meeting_structure_faults(library)
    return found
