"""Who reads messages as an answer to one question, made for its kind."""

from bot.core.flows.steps import Ask, Choice, Offer
from bot.core.nlu.message import ReadingWords
from bot.core.nlu.option_phrases import QuestionPhrases
from bot.core.nlu.option_reading import OptionReader
from bot.core.nlu.options import OptionNames


def make_option_reader(
    step: Ask | Offer,
    names: tuple[OptionNames, ...],
    phrases: QuestionPhrases,
    words: ReadingWords,
) -> OptionReader:
    """Return who reads messages as an answer to a question with some options."""
    # where a number is an age it is no place, and yes and no have none
    has_places = isinstance(step, Choice | Offer) and not phrases.bands
    # what is asked anew each time is what to talk about, and a question names that, too
    is_told = not isinstance(step, Offer) and (not step.fresh or phrases.decides)
    return OptionReader(names, phrases, words.speech(places=has_places), is_choice=is_told)
