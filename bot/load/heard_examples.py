"""The examples of what people say at questions, tried with the labels of every language."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.core.checks.finding import Finding, fault
from bot.core.dialogue.answers import read_said
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import Understood
from bot.core.dialogue.session import Value
from bot.core.flows.steps import QUESTIONS, Ask, Offer, Scale, Several
from bot.core.library import Library
from bot.core.nlu.answer_phrases import ACTIVITIES, PhraseGroup
from bot.words.i18n.translations import Catalogue
from bot.words.option_names import option_names


def example_faults(
    library: Library, catalogues: Mapping[str, Catalogue], today: date
) -> Iterator[Finding]:
    """Find messages that are read otherwise than they must be, at the first question of a group."""
    for flow, groups in library.phrases.items():
        for at, group in enumerate(groups):
            step = _step(library, flow, group)
            if step is None or isinstance(step, Several):  # which keeps own words as they are
                continue
            names = option_names(library.global_words, catalogues, step)
            for option, said in group.options.items():
                for key, lines in (("must", said.must), ("must_not", said.must_not)):
                    for line in lines:
                        reading = read_said(library, step, names, Said(text=line), today)
                        taken = isinstance(reading, Understood) and _is(step, reading.value, option)
                        if taken != (key == "must"):
                            keys = (at, "options", option, key)
                            text = f'"{line}" is read as {reading}'
                            file = f"flows/{flow}/phrases.yaml"
                            yield fault(
                                "H004", file, keys, text, "mend the phrases, or the example"
                            )


def _step(library: Library, flow: str, group: PhraseGroup) -> Ask | Offer | None:
    name = group.questions[0]
    if name == ACTIVITIES:
        name = next(iter(library.interests.questions))
    step = library.steps.get((flow, name))
    return step if isinstance(step, (*QUESTIONS, Offer)) else None


def _is(step: Ask | Offer, value: Value, option: str) -> bool:
    if isinstance(step, Scale) and isinstance(value, int):
        return step.options[value - 1].id == option
    return value == option
