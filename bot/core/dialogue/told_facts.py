"""What typed words tell beside the open question, and which earlier answers they change."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from bot.core.dialogue.answers import HearOptions, read_said, read_told, takes_free_text
from bot.core.dialogue.booking_choosing import asks_time
from bot.core.dialogue.heard import Heard, HeardKind
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import NotUnderstood, Understood
from bot.core.dialogue.session import Answer, Value
from bot.core.dialogue.shown_options import only_shown
from bot.core.flows.conditions import holds
from bot.core.flows.roles import asks_of_child
from bot.core.flows.steps import Ask, Choice, Number, Offer, Several, Words
from bot.core.library import NO_PHRASES, Library
from bot.core.nlu.band_reading import own_age
from bot.core.nlu.focus import FEWEST_WORDS_OF_STORY
from bot.core.nlu.message import HeardMessage
from bot.core.nlu.normalize import normalize
from bot.core.nlu.options import OptionNames
from bot.core.nlu.wishes import Wish

FEWEST_WORDS_OF_TWO_FACTS = 4  # with fewer only an age is told: "esmu 12"
# beside what else a message was heard as, what it tells is kept
TOLD_BESIDE: frozenset[HeardKind] = frozenset({"reading", "wish", "ask_wish", "command"})
PART_END = re.compile(r"(?<=[,.!;:])\s+|\n+")


class SoFar(NamedTuple):
    """What is known as a message comes: the answers, with that to the open question, or None; and which it is."""

    known: Mapping[str, Value]
    step: Ask | Offer | None = None

    @property
    def answered(self) -> bool:
        """Return whether the open question was answered."""
        return self.step is not None and self.known.get(self.step.id) is not None


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


def telling_words(
    library: Library, step: Ask | Offer | None, heard: Heard, said: Said
) -> Said | None:
    """Return those words of a message that may tell facts beside what it means; who wants something done names things only.

    Where an answer of ours is told to a story, or to what was no question, all of it tells of who writes; else what
    stands before the question: „Esmu 9. klasē. Kad ir eksāmeni?”
    """
    if _is_answer_alone(step, heard):
        return None
    if heard.kind == "knowledge":
        tokenized = library.tokenize(said.text)
        is_story = len(tokenized.tokens) >= FEWEST_WORDS_OF_STORY
        if is_story or not library.knowledge_reader.is_question(tokenized):
            return said
        before = list(takewhile(partial(_tells, library), PART_END.split(said.text)))
        return said.model_copy(update={"text": " ".join(before)}) if before else None
    wishes = [library.wishes[id_] for id_ in heard.wishes]
    to_be_done = any(isinstance(wish, Wish) and wish.goes_first for wish in wishes)
    return said if heard.kind in TOLD_BESIDE and not to_be_done else None


def _tells(library: Library, part: str) -> bool:
    """Return whether a part of a message is no question."""
    return bool(part.strip()) and not library.knowledge_reader.is_question(library.tokenize(part))


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
    known = so_far.known
    said_of_child = _of_child(library, said)
    message = library.read(said.text)
    may_be_age = _may_be_age(library, so_far.step, message, today)
    who_is_asked = _asks_who(library, so_far.step)
    is_short = len(message.text.tokens) < FEWEST_WORDS_OF_TWO_FACTS
    told: list[Answer] = []
    facts: dict[str, Value] = {name: value for name, value in known.items() if value is not None}
    for flow, question in library.told_questions:
        tells_age = isinstance(question, Number) or bool(library.phrases_for(question).bands)
        if tells_age and not may_be_age:
            continue
        # where another question is open its own answer may be a grade, of an exam or of what is over
        grades = library.phrases_for(question).grades if flow != library.roles.first else {}
        if grades and not who_is_asked:
            continue
        opened = _is_opened(question, so_far, facts) and bool(message.guarded.own)
        opened = opened or bool(grades)
        if question.id in known or (is_short and not tells_age and not opened):
            continue
        if question.when is not None and holds(question.when, facts) is False:
            continue
        of_child = asks_of_child(library.roles, question.text, facts)
        words = said_of_child if of_child else said
        reading = read_told(library, question, hear(question), words, today)
        reading = only_shown(question, reading, facts)
        if not isinstance(reading, Understood) or not reading.why or reading.value is None:
            continue
        if grades and reading.value not in grades:
            continue
        if reading.said_back or isinstance(question, Number) or opened:
            told.append(Answer(flow=flow, step=question.id, value=reading.value))
            facts[question.id] = reading.value
    return tuple(told)


def _asks_who(library: Library, step: Ask | Offer | None) -> bool:
    """Return whether it is asked who somebody is, or nothing is asked."""
    first = library.flows[library.roles.first].steps
    return step is None or isinstance(step, Offer) or any(step is one for one in first)


def _of_child(library: Library, said: Said) -> Said:
    """Return a message without the words for other persons, where it may tell of a child."""
    return said.model_copy(update={"text": library.read(said.text).guarded.without_others})


def _may_be_age(
    library: Library, step: Ask | Offer | None, message: HeardMessage, today: date
) -> bool:
    """Return whether a number of a message may be an age: no grade where these are asked, and no number alone but where it is asked who somebody is."""
    if len(message.numbers) != 1 or own_age(message, library.reading_words.age, today).sure:
        return True
    (number,) = message.numbers
    phrases = NO_PHRASES if step is None else library.phrases_for(step)
    if any(first <= number.value <= last for first, last in phrases.grades.values()):
        return False
    is_alone = number.end - number.start == len(message.text.tokens)
    asks_number = isinstance(step, Number) or bool(phrases.bands)
    return not is_alone or asks_number or (_asks_who(library, step) and isinstance(step, Choice))


def _is_opened(question: Ask, so_far: SoFar, facts: dict[str, Value]) -> bool:
    """Return whether a question is asked because of what was answered just now."""
    if question.when is None or so_far.step is None or not so_far.answered:
        return False
    before = {name: value for name, value in facts.items() if name != so_far.step.id}
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
