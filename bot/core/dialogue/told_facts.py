"""What typed words tell beside the open question, and which earlier answers they change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.core.dialogue.answers import HearOptions, read_said, read_told, takes_free_text
from bot.core.dialogue.booking_choosing import asks_time
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import NotUnderstood, Understood
from bot.core.dialogue.session import Answer, Value
from bot.core.dialogue.shown_options import only_shown
from bot.core.dialogue.understanding import Heard, HeardKind
from bot.core.flows.conditions import holds
from bot.core.flows.steps import Ask, Number, Offer, Several, Words
from bot.core.library import Library
from bot.core.nlu.focus import FEWEST_WORDS_OF_STORY
from bot.core.nlu.normalize import normalize
from bot.core.nlu.options import OptionNames
from bot.core.nlu.wishes import Wish

FEWEST_WORDS_OF_TWO_FACTS = 4  # with fewer only an age is told: "esmu 12"
# beside what else a message was heard as, what it tells is kept
TOLD_BESIDE: frozenset[HeardKind] = frozenset({"reading", "wish", "ask_wish", "command"})


class SoFar(NamedTuple):
    """What is known as a message comes: the answers, with that to the open question, or None; and which it is."""

    known: Mapping[str, Value]
    open_question: str = ""


def _is_answer_alone(step: Ask | Offer | None, heard: Heard) -> bool:
    """Return whether words tell nothing beside their answer: own words, or names of options to tick."""
    if step is None or isinstance(step, Words) or takes_free_text(step):
        return step is not None
    if isinstance(heard.reading, NotUnderstood) and heard.reading.reason == "no_such":
        return True  # a number of a list, and not an age
    if asks_time(step) and not isinstance(heard.reading, NotUnderstood):
        return heard.kind == "reading"  # an hour, and not an age
    exact = isinstance(heard.reading, Understood) and not heard.reading.said_back
    return heard.kind == "reading" and isinstance(step, Several) and exact


def tells_facts(library: Library, step: Ask | Offer | None, heard: Heard, text: str) -> bool:
    """Return whether a message may tell facts beside what it means; who wants something done names things only.

    Where an answer of ours is told to a story, or to what was no question, it tells of who writes too.
    """
    if _is_answer_alone(step, heard):
        return False
    if heard.kind == "knowledge":
        tokenized = library.tokenize(text)
        is_story = len(tokenized.tokens) >= FEWEST_WORDS_OF_STORY
        return is_story or not library.knowledge_reader.is_question(tokenized)
    wishes = [library.wishes[id_] for id_ in heard.wishes]
    to_be_done = any(isinstance(wish, Wish) and wish.goes_first for wish in wishes)
    return heard.kind in TOLD_BESIDE and not to_be_done


def told_beside(
    library: Library,
    hear: HearOptions,
    said: Said,
    so_far: SoFar,
    today: date,
) -> tuple[Answer, ...]:
    """Return what a message tells beside the open question: "esmu 38, strādāju veikalā".

    Only what is surely meant is taken, and only of questions that may be asked of the person. Who says
    "esmu skolotāja" has answered the next question too, which is asked because of that.
    """
    known, answered = so_far
    message = library.read(said.text)
    is_short = len(message.text.tokens) < FEWEST_WORDS_OF_TWO_FACTS
    told: list[Answer] = []
    facts: dict[str, Value] = {name: value for name, value in known.items() if value is not None}
    for flow, question in library.told_questions:
        tells_age = isinstance(question, Number) or bool(library.phrases_for(question).bands)
        opened = _is_opened(question, known, answered, facts) and bool(message.guarded.own)
        if question.id in known or (is_short and not tells_age and not opened):
            continue
        if question.when is not None and holds(question.when, facts) is False:
            continue
        reading = read_told(library, question, hear(question), said, today)
        reading = only_shown(question, reading, facts)
        if not isinstance(reading, Understood) or not reading.why or reading.value is None:
            continue
        if reading.said_back or isinstance(question, Number) or opened:
            told.append(Answer(flow=flow, step=question.id, value=reading.value))
            facts[question.id] = reading.value
    return tuple(told)


def _is_opened(
    question: Ask, known: Mapping[str, Value], answered: str, facts: dict[str, Value]
) -> bool:
    """Return whether a question is asked because of what was answered just now."""
    if question.when is None or known.get(answered) is None:
        return False
    before = {name: value for name, value in facts.items() if name != answered}
    return holds(question.when, facts) is True and holds(question.when, before) is not True


def is_name(options: Sequence[OptionNames], text: str) -> bool:
    """Return whether a message is what an option is called, in words: "18 vai vairāk" tells no age."""
    said = normalize(text)
    names = (normalize(name) for one in options for name in (one.label, *one.synonyms))
    return not said.isdecimal() and said in names


def age_told(
    library: Library, hear: HearOptions, said: Said, known: Mapping[str, Value], today: date
) -> tuple[Answer, ...]:
    """Return the age that was put into a band, as the answer to the questions that ask for it.

    known: the answers so far; only another age than that is told.
    """
    told: list[Answer] = []
    for flow, question in library.told_questions:
        if not isinstance(question, Number):
            continue
        reading = read_said(library, question, hear(question), said, today)
        if isinstance(reading, Understood) and reading.value not in {None, known.get(question.id)}:
            told.append(Answer(flow=flow, step=question.id, value=reading.value))
    return tuple(told)


def corrected(
    library: Library,
    hear: HearOptions,
    said: Said,
    answers: Mapping[str, Value],
    today: date,
) -> tuple[Answer, ...]:
    """Return the earlier answers that a message changes: "nē, man ir 17", "mainīt vecumu uz 17".

    answers: what was answered so far, by question; only another value than that counts.
    """
    rest = library.reading_words.correction_in(library.read(said.text).text)
    if rest is None:
        return ()
    changed: list[Answer] = []
    for flow, question in library.told_questions:
        if question.id not in answers:
            continue
        reading = read_said(library, question, hear(question), Said(text=rest), today)
        if not isinstance(reading, Understood) or not reading.why:
            continue
        if reading.value not in {None, answers[question.id]}:
            changed.append(Answer(flow=flow, step=question.id, value=reading.value))
    return tuple(changed)
