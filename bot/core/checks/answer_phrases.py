"""Everything wrong with what people say for the options of questions."""

from collections import defaultdict
from collections.abc import Iterator

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.flows.steps import NO, YES, Choice, Number, Offer, Scale, Several, YesNo
from bot.core.library import Library
from bot.core.nlu.answer_phrases import ACTIVITIES, PhraseGroup
from bot.core.nlu.clean_text import clean_text
from bot.core.nlu.option_phrases import ASK, SAME
from bot.core.nlu.tokens import TOKEN


def phrase_structure_faults(library: Library) -> Iterator[Finding]:
    """Find phrases for questions and options that are not there."""
    for flow, groups in library.phrases.items():
        file = f"flows/{flow}/phrases.yaml"
        for at, group in enumerate(groups):
            options: set[str] = set()
            for question in group.questions:
                ids = _option_ids(library, flow, question)
                if not ids and not (
                    group.told and isinstance(library.steps.get((flow, question)), Number)
                ):
                    text = f'no question "{question}" with options'
                    yield fault("H001", file, (at, "questions"), text, "correct the name")
                options |= ids
            if options:
                yield from _option_faults(group, options, file, at)


def phrase_faults(library: Library) -> Iterator[Finding]:
    """Find phrases that stand for two options, and those that no message can hold."""
    for flow, groups in library.phrases.items():
        file = f"flows/{flow}/phrases.yaml"
        for at, group in enumerate(groups):
            yield from _shared_faults(group, file, at)
            yield from _unreachable(group, file, at)


def _unreachable(group: PhraseGroup, file: str, at: int) -> Iterator[Finding]:
    """Find choices that are read as two words in a message: "9th|10th" is "9 th"."""
    for option, said in group.options.items():
        for language, phrases in said.phrases.items():
            for place, phrase in enumerate(phrases):
                for choice in phrase.replace("|", " ").split() if "|" in phrase else ():
                    if len(TOKEN.findall(clean_text(choice))) > 1:
                        keys = (at, "options", option, "phrases", language, place)
                        text = f'"{choice}" is two words in a message'
                        yield fault(
                            "H005", file, keys, text, "write it as two words, or as phrases"
                        )


def _option_ids(library: Library, flow: str, question: str) -> set[str]:
    if question == ACTIVITIES:
        return _ids_of(next(iter(library.interests.questions.values())))
    return _ids_of(library.steps.get((flow, question)))


def _ids_of(step: object) -> set[str]:
    match step:
        case Choice() | Several() | Scale() | Offer():
            return {option.id for option in step.options}
        case YesNo():
            return {YES, NO}
        case _:
            return set()


def _option_faults(group: PhraseGroup, ids: set[str], file: str, at: int) -> Iterator[Finding]:
    meant = ids | {ASK, SAME}
    named: list[tuple[Keys, str]] = []
    for option, said in group.options.items():
        named.append(((at, "options", option), option))
        named += (((at, "options", option, "turned"), what) for what in said.turned.values())
    named += (((at, "turned"), what) for what in group.turned.values())
    named += (((at, "together"), what) for what in group.together.values())
    named += (((at, "bands"), option) for option in group.bands)
    named += (((at, "grades"), option) for option in group.grades)
    for keys, name in named:
        if name not in meant:
            yield fault("H002", file, keys, f'no option "{name}"', "correct the name")


def _shared_faults(group: PhraseGroup, file: str, at: int) -> Iterator[Finding]:
    owners: dict[str, set[str]] = defaultdict(set)
    for option, said in group.options.items():
        for phrase in (phrase for phrases in said.phrases.values() for phrase in phrases):
            owners[phrase].add(option)
    for phrase, options in owners.items():
        if len(options) > 1:
            text = f'"{phrase}" stands for {" and ".join(sorted(options))}'
            yield fault("H003", file, (at, "options"), text, "keep one of them")
