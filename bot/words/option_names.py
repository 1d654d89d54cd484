"""What people call the options of a question, in every language at once."""

from collections.abc import Mapping, Sequence

from bot.core.base.texts import Text
from bot.core.dialogue.value_reading import SKIP
from bot.core.flows.steps import NO, YES, Ask, Choice, Offer, Option, Scale, Several, YesNo
from bot.core.nlu.commands import GlobalWords
from bot.core.nlu.options import OptionNames
from bot.words.i18n.phrases import PHRASES
from bot.words.i18n.translations import Catalogue


def option_names(
    words: GlobalWords, catalogues: Mapping[str, Catalogue], step: Ask | Offer
) -> tuple[OptionNames, ...]:
    """Return the options of a step with their names in every language, skip among them.

    words: what people say for yes, for no and for skipping at any question.
    """
    options: Sequence[Option] = ()
    if isinstance(step, Choice | Several | Scale | Offer):
        options = step.options
    all_names = [_names_of(catalogues, option) for option in options]
    if isinstance(step, YesNo):
        for name, also_said in ((YES, words.agree), (NO, words.disagree)):
            labels = _labels(catalogues, PHRASES[name])
            all_names.append(OptionNames(name, labels[0], (*labels, *also_said)))
    if not isinstance(step, Offer) and step.skip is not None:
        labels = _labels(catalogues, step.skip)
        all_names.append(OptionNames(SKIP, labels[0], (*labels, *words.skip)))
    return tuple(all_names)


def _labels(catalogues: Mapping[str, Catalogue], text: Text) -> tuple[str, ...]:
    """Return a text in every language, in that of the first catalogue first."""
    return tuple(catalogue.say(text) for catalogue in catalogues.values())


def _names_of(catalogues: Mapping[str, Catalogue], option: Option) -> OptionNames:
    """Return an option by its label; the labels of other languages come before all synonyms."""
    label, *names = _labels(catalogues, option.label)
    for catalogue in catalogues.values():
        names += catalogue.synonyms(option.synonyms)
    return OptionNames(option.id, label, tuple(names))
