"""What typed words mean where a person stands: all readers are asked, and one function decides.

Distress goes before everything, an option's own name before what is heard everywhere, and that before
an answer read from a sentence. What is only likely is said back; what is doubtful is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.core.dialogue.answers import read_said, takes_free_text
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import Ambiguous, Reading, Understood
from bot.core.dialogue.words_within import WithWords, named_here, unnamed_words
from bot.core.flows.steps import Ask, Offer, Words
from bot.core.library import Library
from bot.core.nlu.commands import (
    hear_alone,
    hear_global,
    hear_within,
    language_named,
)
from bot.core.nlu.distress import DistressKind
from bot.core.nlu.frame_reading import heed
from bot.core.nlu.leaving import OPENING
from bot.core.nlu.normalize import normalize
from bot.core.nlu.options import OptionNames
from bot.core.nlu.phrase_index import Mention
from bot.core.nlu.tokens import TokenizedText
from bot.core.nlu.wish_reading import WishReading
from bot.core.nlu.wishes import SmallTalk, Wish

HeardKind = Literal[
    "distress", "leaving", "command", "occupation", "reading", "knowledge", "wish", "ask_wish",
    "small_talk",
]  # fmt: skip

FEW_WORDS = 3  # of a message that a wish of the same words goes before


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message was heard as.

    reading: as an answer to the open question, in distress too; None where there is none.
    word: a global word; about: what it names, a language or an occupation. questions: what is to be
    changed, by the questions that may be meant.
    entries: questions of ours that are asked, the likeliest first; sure: the first is answered.
    wishes: taken, the first with what was told beside it; asked about, those that may be meant; beside
    an answer, the one that was told with it.
    words_for: the question for own words that the message answers too, beside the open one.
    distress: its kind, where the message is surely of it. perhaps: where it only may be.
    why: the evidence, in words, for who writes the content.
    """

    kind: HeardKind
    reading: Reading | None = None
    word: str = ""
    about: str | None = None
    questions: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    sure: bool = False
    wishes: tuple[str, ...] = ()
    words_for: str = ""
    distress: DistressKind | None = None
    perhaps: DistressKind | None = None
    why: str = ""


def understand(
    library: Library,
    step: Ask | Offer | None,
    options: Sequence[OptionNames],
    said: Said,
    today: date,
) -> Heard:
    """Return what a message means.

    step: the open question, with its options and all they are called in every language.
    today: for years of birth.
    """
    text = said.text
    distress = heed(library.distress, text, library.vocabulary)
    reading = None
    if step is not None:
        reading = read_said(library, step, options, said, today)
    if distress is not None and distress.tier == "sure":
        return Heard("distress", reading=reading, distress=distress.kind, why=distress.why)
    perhaps = distress.kind if distress is not None else None
    if isinstance(step, Words) and step.as_written:
        return _as_written(library, reading, text, perhaps)
    leaving = heed(library.leaving, text, library.vocabulary)
    if leaving is not None and leaving.tier == "sure" and leaving.kind in OPENING:
        own = step is not None and takes_free_text(step)  # there the words are the answer, too
        wish = None if own else _of_whom_leaves(library, text, perhaps)
        return wish or Heard("leaving", reading=reading, perhaps=perhaps, why=leaving.why)
    # an option wins over a global word it shares its label with
    if step is not None and is_label(step, options, text) and isinstance(reading, Understood):
        return Heard("reading", reading=reading, perhaps=perhaps, why="the option's own name")
    here = named_here(library, step, tuple(options), reading, text)
    if here is not None:
        return _with_words(here, perhaps)
    everywhere = _heard_everywhere(library, step, text, perhaps)
    if everywhere is not None:
        return everywhere
    if step is not None and takes_free_text(step):
        firm = _firm_wish(library, text)
        if firm:
            return Heard(
                "wish", wishes=(firm,), perhaps=perhaps, why="an example, letter by letter"
            )
    heard = _answer_or_wish(library, step, reading, text, perhaps)
    unnamed = unnamed_words(library, step, reading, text) if heard.kind == "reading" else None
    return heard if unnamed is None else _with_words(unnamed, perhaps)


def _with_words(found: WithWords, perhaps: DistressKind | None) -> Heard:
    why = getattr(found.reading, "why", "")
    return Heard(
        "reading", reading=found.reading, words_for=found.words_for, perhaps=perhaps, why=why
    )


def _firm_wish(library: Library, text: str) -> str:
    """Return the wish that a whole message is an example of, if that counts among own words; else ""."""
    said = normalize(text)
    firm = (id_ for id_, one in library.wishes.items() if isinstance(one, Wish) and one.firm)
    return next((id_ for id_ in firm if said in library.wishes[id_].whole), "")


def _as_written(
    library: Library, reading: Reading | None, text: str, perhaps: DistressKind | None
) -> Heard:
    """Return what words mean where all of them are the answer: a global word counts only letter by letter, and alone."""
    word = hear_alone(library.global_words, text)
    if word is not None:
        return Heard("command", word=word, perhaps=perhaps, why="a global word alone")
    return Heard("reading", reading=reading, perhaps=perhaps, why="taken as it is written")


def _of_whom_leaves(library: Library, text: str, perhaps: DistressKind | None) -> Heard | None:
    """Return the wish that words of leaving belong to, where somebody else leaves or something else."""
    wish = library.wish_reader.read(library.tokenize(text))
    first = library.wishes[wish.wishes[0]] if wish.kind == "take" else None
    if isinstance(first, Wish) and first.of_leaving:
        return Heard("wish", wishes=wish.wishes, perhaps=perhaps, why=wish.why)
    return None


def is_label(step: Ask | Offer, options: Sequence[OptionNames], text: str) -> bool:
    """Return whether a message is the label of an option, letter by letter."""
    label = text.strip().casefold()
    return not isinstance(step, Words) and any(one.label.casefold() == label for one in options)


def _heard_everywhere(
    library: Library, step: Ask | Offer | None, text: str, perhaps: DistressKind | None
) -> Heard | None:
    """Return the global word, the question about an occupation or the call for a human, if any."""
    words = library.global_words
    open_question = step is not None and takes_free_text(step)
    word = hear_global(words, text, open_question=open_question)
    if word is None and not open_question:
        word = hear_within(words, library.tokenize(text))
    if word is not None:
        language = language_named(words, library.tokenize(text))
        return Heard("command", word=word, about=language, perhaps=perhaps, why="a global word")
    named = () if open_question else _asked_to_change(library, library.tokenize(text))
    if named:
        return Heard("command", word="change", questions=named, perhaps=perhaps, why="to change it")
    job = words.job_asked(text)
    if job and not _is_answered_instead(library, text, job):
        return Heard("occupation", about=job, perhaps=perhaps, why="a question about an occupation")
    human = library.human_reader.read(library.tokenize(text))
    if human.heard:
        return Heard("command", word="human", perhaps=perhaps, why=human.why)
    return None


def _is_answered_instead(library: Library, text: str, job: str) -> bool:
    """Return whether what is asked about is no occupation but has an answer of ours: "ko dara NVA"."""
    if library.find_occupations(job, 1, "lv"):
        return False
    return library.knowledge_reader.read(library.tokenize(text)).kind == "answer"


def _asked_to_change(library: Library, text: TokenizedText) -> tuple[str, ...]:
    """Return the questions one of which is asked to be changed by what it is about: "mainīt vecumu"."""
    called = questions_called(library, text)
    if not called:
        return ()
    covered = {place for one in called for place in range(one.start, one.end)}
    rest = tuple(token for place, token in enumerate(text.tokens) if place not in covered)
    beside = TokenizedText(text.text, rest)
    if hear_within(library.global_words, beside) != "change":
        return ()
    return tuple(dict.fromkeys(one.owner for one in called))


def questions_called(library: Library, text: TokenizedText) -> list[Mention[str]]:
    """Return where a message names what questions are about."""
    return library.called_questions.find(text, corrected=False)


def _answer_or_wish(
    library: Library,
    step: Ask | Offer | None,
    reading: Reading | None,
    text: str,
    perhaps: DistressKind | None,
) -> Heard:
    answer = Heard("reading", reading=reading, perhaps=perhaps, why=getattr(reading, "why", ""))
    if isinstance(reading, Understood) and not reading.said_back:
        return answer
    if step is not None and takes_free_text(step):
        return answer  # own words that are too long, or too many options
    asked = library.knowledge_reader.read(library.tokenize(text))
    answered = Heard(
        "knowledge",
        entries=asked.entries,
        sure=asked.kind == "answer",
        perhaps=perhaps,
        why=asked.why,
    )
    # a few words that ask are a wish as likely as a question, and a wish is known by its own phrases
    is_long = len(library.tokenize(text).tokens) > FEW_WORDS
    wish = library.wish_reader.read(library.tokenize(text))
    asks = asked.is_question and is_long and not _goes_first(library, wish)
    if asks and asked.kind == "answer":
        return answered
    # where nothing is asked, what somebody comes with goes before an option named in passing
    if not isinstance(step, Offer) and _is_named(reading):
        return replace(answer, wishes=_wished_beside(library, wish))
    taken = library.wishes[wish.wishes[0]] if wish.kind == "take" else None
    is_chat = isinstance(taken, SmallTalk) and not taken.topic
    # a question of which an answer is near goes before a door; before talk of other things it does not
    if asks and asked.kind == "near" and not is_chat:
        return answered
    if taken is not None:
        small = isinstance(taken, SmallTalk)
        if not small and isinstance(step, Offer) and _is_of_another(library, wish, text):
            return Heard("ask_wish", wishes=wish.wishes[:1], perhaps=perhaps, why=wish.why)
        kind: HeardKind = "small_talk" if small else "wish"
        return Heard(kind, wishes=wish.wishes, perhaps=perhaps, why=wish.why)
    if asked.is_question or (asked.kind != "none" and wish.kind == "none"):
        return answered
    if wish.kind == "none" or _is_named(reading) or not isinstance(step, Offer):
        return answer
    return Heard("ask_wish", wishes=wish.wishes, perhaps=perhaps, why=wish.why)


def _wished_beside(library: Library, wish: WishReading) -> tuple[str, ...]:
    """Return the wish that stands beside an answer: "dēls izkrita eksāmenā" tells of a parent, and why."""
    heard = library.wishes[wish.wishes[0]] if wish.kind == "take" else None
    return wish.wishes[:1] if isinstance(heard, Wish) and heard.kept_beside else ()


def _is_of_another(library: Library, wish: WishReading, text: str) -> bool:
    """Return whether a message tells only of somebody else what the wish has of oneself.

    "Mamma ir bezdarbniece" is no loss of one's own work; of a child a wish may well be told.
    """
    if not library.read(text).guarded.tells_only_of_another:
        return False
    examples = (one for said in library.wishes[wish.wishes[0]].examples.values() for one in said)
    return not any(library.read(one).guarded.tells_only_of_another for one in examples)


def _goes_first(library: Library, wish: WishReading) -> bool:
    """Return whether a wish is heard that no answer to a question can fulfil: "salīdzini abus".

    So is talk of what is no matter of ours: "kad atiet autobuss".
    """
    return wish.kind == "take" and library.wishes[wish.wishes[0]].goes_first


def _is_named(reading: Reading | None) -> bool:
    """Return whether options were named in the message, not only words that look alike."""
    return isinstance(reading, Understood) or (isinstance(reading, Ambiguous) and reading.named)
