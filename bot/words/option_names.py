"""What people call the options of a question, in every language at once."""

from collections.abc import Mapping, Sequence

from bot.core.dialogue.answers import SKIP
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
    heard = [_names_of(catalogues, option) for option in options]
    if isinstance(step, YesNo):
        for name, said in ((YES, words.agree), (NO, words.disagree)):
            labels = tuple(one.say(PHRASES[name]) for one in catalogues.values())
            heard.append(OptionNames(name, labels[0], (*labels, *said)))
    skip = getattr(step, "skip", None)
    if skip is not None:
        labels = tuple(one.say(skip) for one in catalogues.values())
        heard.append(OptionNames(SKIP, labels[0], (*labels, *words.skip)))
    return tuple(heard)


def _names_of(catalogues: Mapping[str, Catalogue], option: Option) -> OptionNames:
    names = [one.say(option.label) for one in catalogues.values()]
    names += [word for one in catalogues.values() for word in one.synonyms(option.synonyms)]
    return OptionNames(option.id, names[0], tuple(names[1:]))
