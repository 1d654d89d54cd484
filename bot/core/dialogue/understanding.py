"""What typed words mean where a person stands: all readers are asked, and one function decides.

Distress goes before everything, an option's own name before what is heard everywhere, and that before
an answer read from a sentence. What is only likely is said back; what is doubtful is asked.
"""

from collections.abc import Sequence
from datetime import date

from bot.core.dialogue.answer_or_wish import HeardHere, answer_or_wish
from bot.core.dialogue.answers import read_said, takes_free_text
from bot.core.dialogue.heard import Heard
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import Reading, Understood
from bot.core.dialogue.words_within import WithWords, named_here, unnamed_words
from bot.core.flows.steps import Ask, Choice, Offer, Scale, Several, Words, YesNo
from bot.core.library import Library
from bot.core.nlu.commands import (
    hear_alone,
    hear_global,
    hear_whole,
    hear_within,
    language_named,
)
from bot.core.nlu.distress import DistressKind
from bot.core.nlu.frame_reading import heed
from bot.core.nlu.guard import OTHERS
from bot.core.nlu.leaving import OPENING
from bot.core.nlu.normalize import normalize
from bot.core.nlu.options import OptionNames
from bot.core.nlu.phrase_index import Mention
from bot.core.nlu.tokens import TokenizedText
from bot.core.nlu.wishes import Wish

FIRM = "an example, letter by letter"  # why a firm wish is heard among own words


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
    if step is not None and _is_for_another(library, reading, text):
        return Heard("command", word="meaning", perhaps=perhaps, why="somebody else does not know")
    everywhere = _heard_everywhere(library, step, text, perhaps)
    if everywhere is not None and not (everywhere.word == "pause" and _is_chosen(step, reading)):
        return everywhere
    is_exact = isinstance(reading, Understood) and not reading.said_back
    if step is not None and (takes_free_text(step) or not is_exact):
        firm = _firm_wish(library, text)
        if firm:
            return Heard("wish", wishes=(firm,), perhaps=perhaps, why=FIRM)
    heard = answer_or_wish(HeardHere(library, step, options, reading, text, perhaps))
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
    """Return what words mean where all of them are the answer: a global word counts only letter by letter, and alone.

    So does what says that somebody else does not know, and a firm wish.
    """
    word = hear_alone(library.global_words, library.tokenize(text))
    if word is None and _is_for_another(library, reading, text):
        word = "meaning"
    if word is not None:
        return Heard("command", word=word, perhaps=perhaps, why="a global word alone")
    firm = _firm_wish(library, text)
    if firm:
        return Heard("wish", wishes=(firm,), perhaps=perhaps, why=FIRM)
    return Heard("reading", reading=reading, perhaps=perhaps, why="taken as it is written")


def _is_for_another(library: Library, reading: Reading | None, text: str) -> bool:
    """Return whether all that is said is that somebody else does not know the answer: "meita nezina".

    What else they do not know may follow ("meita nezina, ko grib"), unless the words answer the question by themselves.
    """
    if isinstance(reading, Understood) and reading.value not in {None, text.strip()}:
        return False
    message = library.read(text)
    others = [one for one in message.guarded.triggers if one.owner.kind in OTHERS]
    unknown = library.global_words.not_known_phrases.find(message.text, corrected=False)
    if not others or not unknown or message.guarded.is_story:
        return False
    end = unknown[0].end
    idle = library.global_words.around_phrases.find(message.text, corrected=False)
    said = {place for one in (*unknown[:1], *idle) for place in range(one.start, one.end)}
    said |= {place for one in others for place in range(one.start, one.end)}
    rest = TokenizedText(text, message.text.tokens[end:])
    is_open = library.knowledge_reader.is_question(rest)
    return set(range(end)) <= said and (
        is_open or set(range(end, len(message.text.tokens))) <= said
    )


def _is_chosen(step: Ask | Offer | None, reading: Reading | None) -> bool:
    """Return whether words are one of the options: with "lai paliek", said of what is kept, nobody leaves off.

    An offer is taken by its own name alone.
    """
    if not isinstance(reading, Understood) or reading.value is None:
        return False
    if isinstance(step, Offer):
        return not reading.said_back
    return isinstance(step, Choice | Scale | Several | YesNo)


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
    if word is None:
        word = hear_whole(words, library.tokenize(text), corrected=not open_question)
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
