"""Everything wrong with what people say for the options of questions."""

from collections import defaultdict
from collections.abc import Iterator

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.flows.steps import NO, YES, Choice, Number, Offer, Scale, Several, YesNo
from bot.core.library import Library
from bot.core.nlu.answer_phrases import ACTIVITIES, PhraseGroup
from bot.core.nlu.option_reading import ASK, SAME, OptionReader
from bot.core.nlu.options import OptionNames


def phrase_structure_faults(library: Library) -> Iterator[Finding]:
    """Find phrases for questions and options that are not there."""
    for flow, groups in library.phrases.items():
        file = f"flows/{flow}/phrases.yaml"
        for at, group in enumerate(groups):
            options: set[str] = set()
            for question in group.questions:
                ids = _option_ids(library, question)
                if not ids and not (group.told and _is_number(library, question)):
                    text = f'no question "{question}" with options'
                    yield fault("H001", file, (at, "questions"), text, "correct the name")
                options |= ids
            if options:
                yield from _option_faults(group, options, file, at)


def phrase_faults(library: Library) -> Iterator[Finding]:
    """Find phrases that stand for two options, and examples that come out otherwise."""
    for flow, groups in library.phrases.items():
        file = f"flows/{flow}/phrases.yaml"
        for at, group in enumerate(groups):
            yield from _shared_faults(group, file, at)
            yield from _example_faults(library, group, file, at)


def _option_ids(library: Library, question: str) -> set[str]:
    if question == ACTIVITIES:
        return _ids_of(next(iter(library.interests.questions.values())))
    steps = (step for (_, id_), step in library.steps.items() if id_ == question)
    return set().union(*(_ids_of(step) for step in steps))


def _is_number(library: Library, question: str) -> bool:
    return any(
        id_ == question and isinstance(one, Number) for (_, id_), one in library.steps.items()
    )


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


def _example_faults(library: Library, group: PhraseGroup, file: str, at: int) -> Iterator[Finding]:
    """Find examples that are not read as their option; by the phrases alone, without labels."""
    names = [OptionNames(option, option) for option in group.options]
    reader = OptionReader(names, group, library.reading_words.filler_phrases)
    for option, said in group.options.items():
        for key, lines in (("must", said.must), ("must_not", said.must_not)):
            for line in lines:
                reading = reader.read(library.read(line).guarded)
                taken = reading.kind in {"exact", "likely"} and reading.options == (option,)
                if taken != (key == "must"):
                    text = f'"{line}" is read as {reading.kind} {", ".join(reading.options)}'
                    keys = (at, "options", option, key)
                    yield fault("H004", file, keys, text, "mend the phrases, or the example")
