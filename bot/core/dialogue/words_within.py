"""Own words within a message: what is typed at one question may answer the next, which asks for own words.

"Aiziet uz atvērto durvju dienu" says what kind of step it is, and the step. So does "gribu kļūt par pavāru"
where a goal may be written: there the person is asked first.
"""

from typing import NamedTuple

from bot.core.dialogue.answers import LONGEST_MESSAGE
from bot.core.dialogue.events import Asked
from bot.core.dialogue.moves import keep_answer
from bot.core.dialogue.readings import Ambiguous, Reading, Understood
from bot.core.dialogue.session import WordsKept
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.steps import Ask, Choice, Offer, Words
from bot.core.library import Library
from bot.core.nlu.commands import hear_alone
from bot.core.nlu.message import HeardMessage
from bot.core.nlu.option_phrases import QuestionPhrases
from bot.core.nlu.options import OptionNames
from bot.core.nlu.personal_data import mask_personal_data
from bot.core.nlu.tokens import TokenizedText
from bot.core.nlu.wishes import Wish

FEWEST_WORDS = 2  # of a message that may be own words beside an answer
FEW_BESIDE = 1  # words beside an option's name, up to which a message does no more than name it


class WithWords(NamedTuple):
    """What a message answers. words_for: the question for own words that it answers too; "" for none."""

    reading: Reading
    words_for: str = ""


def named_here(
    library: Library,
    step: Ask | Offer | None,
    options: tuple[OptionNames, ...],
    reading: Reading | None,
    text: str,
) -> WithWords | None:
    """Return what a message means at a question whose options go first; None where it is heard as everywhere.

    An offer is only asked about where the message says more than its name; a kind, which can be changed,
    is taken with the words.
    """
    if not isinstance(step, Offer | Choice) or reading is None or len(text) > LONGEST_MESSAGE:
        return None
    phrases = library.phrases_for(step)
    if (
        not phrases.here_first
        or hear_alone(library.global_words, library.tokenize(text)) is not None
    ):
        return None
    if isinstance(reading, Understood) and not reading.said_back:
        return WithWords(reading)  # the option's own name
    message = library.read(text)
    if message.guarded.is_story:
        return None
    beside = library.option_reader(step, options).beside(message.guarded)
    if isinstance(step, Offer):
        return _offered(library, step, reading, message, beside)
    if library.knowledge_reader.is_question(message.text) or _asks_for_human(library, message):
        return None
    return _taken(phrases, reading, beside)


def _asks_for_human(library: Library, message: HeardMessage) -> bool:
    """Return whether somebody asks for a human for themselves: "gribu parunāt ar cilvēku"; "parunāt ar konsultantu" is a step."""
    guarded = message.guarded
    wished = any(one.owner.kind == "wished" for one in guarded.triggers)
    return (wished or bool(guarded.own)) and library.human_reader.read(message.text).heard


def asks_to_be_done(library: Library, text: TokenizedText) -> bool:
    """Return whether a message is a wish for something that no answer to a question can do: "man ir plāna fails"."""
    wish = library.wish_reader.read(text)
    first = library.wishes[wish.wishes[0]] if wish.kind == "take" else None
    return isinstance(first, Wish) and first.goes_first


def _offered(
    library: Library, step: Offer, reading: Reading, message: HeardMessage, beside: int
) -> WithWords | None:
    """Return the offer that is named, or that may be what the words are for. beside: how many words it has more."""
    phrases = library.phrases_for(step)
    shown = {option.id for option in step.options}
    told = [one for one in phrases.told_of.find(message.text) if one.owner in shown]
    told = [one for one in told if not message.guarded.asked & set(range(one.start, one.end))]
    if told:
        option = told[0].owner
        ask = Ambiguous((option,), named=True, why="words that tell it")
        return WithWords(ask, _for(phrases, option))
    if not isinstance(reading, Understood) or asks_to_be_done(library, message.text):
        return None
    option = str(reading.value)
    if beside <= FEW_BESIDE:
        return WithWords(reading)
    if option in phrases.words_for:
        ask = Ambiguous((option,), named=True, why=reading.why)
        return WithWords(ask, _for(phrases, option))
    return None


def _taken(phrases: QuestionPhrases, reading: Reading, beside: int) -> WithWords | None:
    """Return the kind that is named, with the words where they say more; asked about where it decides."""
    if isinstance(reading, Ambiguous) and reading.named and not phrases.decides:
        reading = Understood(reading.options[0], said_back=True, why=reading.why)
    if isinstance(reading, Ambiguous):
        return WithWords(reading, _for(phrases, reading.options[0])) if reading.named else None
    if not isinstance(reading, Understood) or reading.value is None:
        return None
    option = str(reading.value)
    if beside and phrases.decides:
        return WithWords(Ambiguous((option,), named=True, why=reading.why), _for(phrases, option))
    return WithWords(reading, _for(phrases, option) if beside else "")


def unnamed_words(
    library: Library, step: Ask | Offer | None, reading: Reading | None, text: str
) -> WithWords | None:
    """Return what own words mean that name no option, where the question has one for such; else None."""
    if not isinstance(step, Choice) or isinstance(reading, Understood):
        return None
    if isinstance(reading, Ambiguous) and reading.named:
        return None
    phrases, message = library.phrases_for(step), library.read(text)
    own = len(message.text.tokens) >= FEWEST_WORDS and not message.guarded.is_story
    if not phrases.unnamed or not own or len(text) > LONGEST_MESSAGE:
        return None
    if library.knowledge_reader.is_question(message.text):
        return None
    taken = Understood(phrases.unnamed, said_back=True, why="own words")
    return WithWords(taken, _for(phrases, phrases.unnamed))


def _for(phrases: QuestionPhrases, option: str) -> str:
    return phrases.words_for.get(option, "")


def keep_words(turn: TurnBuilder, question: str, text: str) -> None:
    """Keep own words for the question that is about to be asked; nothing where there is none."""
    if not question:
        turn.change(words_kept=None)
        return
    words, masked = mask_personal_data(text.strip())
    turn.change(words_kept=WordsKept(question=question, text=words, masked=masked))


def take_up_kept_words(turn: TurnBuilder) -> None:
    """Answer the open question by the words that were kept for it; forget them where the way has ended."""
    kept, step = turn.session.words_kept, turn.open_step()
    if kept is None:
        return
    if isinstance(step, Words) and step.id == kept.question and len(kept.text) <= step.most:
        turn.change(words_kept=None)
        if turn.events and isinstance(turn.events[-1], Asked):
            turn.events.pop()  # it is answered before it is asked
        keep_answer(turn, step, Understood(kept.text, masked=kept.masked), None)
    elif isinstance(step, Offer) and not turn.session.guesses:
        turn.change(words_kept=None)
