"""Reads what a person typed or pressed, for each kind of question."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.core.base.seen_text import says_something
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.readings import Ambiguous, NotUnderstood, Reading, Understood
from bot.core.dialogue.session import FREE_TEXT
from bot.core.dialogue.time_answers import read_time_answer
from bot.core.dialogue.value_reading import (
    SKIP,
    read_day_answer,
    read_number_answer,
    read_picked_day,
    read_words_answer,
)
from bot.core.flows.steps import (
    NO,
    YES,
    Ask,
    Choice,
    Day,
    Number,
    Offer,
    Option,
    Scale,
    Several,
    Words,
    YesNo,
)
from bot.core.library import Library
from bot.core.nlu.band_reading import read_band
from bot.core.nlu.grade_words import read_bare_grade
from bot.core.nlu.message import HeardMessage
from bot.core.nlu.option_reading import NOTHING_READ, OptionReading
from bot.core.nlu.options import OptionMatch, OptionNames, listed_parts, match_option
from bot.core.nlu.personal_data import mask_personal_data

LONGEST_MESSAGE = 4000  # characters read of one message; the longest a messenger sends is 4096

HearOptions = Callable[[Ask | Offer], Sequence[OptionNames]]


def takes_free_text(step: Ask | Offer) -> bool:
    """Return whether a step takes the person's own words."""
    if isinstance(step, Words):
        return not step.numbers
    return isinstance(step, Several) and step.free_text > 0


def read_picked(
    step: Ask | Offer, options: Sequence[Option], picked: tuple[str, ...], today: date
) -> Reading:
    """Return what pressed options answer; an option that is not shown now is no answer.

    options: those shown now. picked: ids of options, or SKIP alone; a day, where it was asked which. today: for days.
    """
    if picked == (SKIP,) and not isinstance(step, Offer) and step.skip is not None:
        return Understood(None)
    if isinstance(step, YesNo):
        return Understood(picked[0]) if picked in ((YES,), (NO,)) else NotUnderstood("choice")
    if isinstance(step, Day):
        return read_picked_day(step, "".join(picked), today)
    # a step with a scale counts its options from 1, and that number is the answer
    numbers = {option.id: number for number, option in enumerate(options, 1)}
    if not set(picked) <= numbers.keys():
        return NotUnderstood("choice")
    match step:
        case Several():
            return _chosen(step, picked)
        case Scale():
            return Understood(numbers[picked[0]]) if len(picked) == 1 else NotUnderstood("choice")
        case Choice() | Offer() | Number() | Words():
            return Understood(picked[0]) if len(picked) == 1 else NotUnderstood("choice")
        case _:
            assert_never(step)


def read_said(
    library: Library,
    step: Ask | Offer,
    heard: Sequence[OptionNames],
    said: Said,
    today: date,
) -> Reading:
    """Return what typed words answer.

    heard: the options of the step, with all they are called in every language.
    today: for years of birth.
    """
    text = said.text
    if len(text) > LONGEST_MESSAGE:
        return NotUnderstood("long")
    if not says_something(text):
        return NotUnderstood("empty")
    reading = _read(library, step, heard, said, today)
    return _without_refusals(library, heard, reading)


def _read(
    library: Library, step: Ask | Offer, heard: Sequence[OptionNames], said: Said, today: date
) -> Reading:
    text = said.text
    match step:
        case Number():
            return read_number_answer(library, step, heard, text, today)
        case Day():
            return read_day_answer(library, step, heard, text, today)
        case Words():
            return read_words_answer(library, step, heard, text)
        case Several():
            return _read_several(library, step, heard, said)
        case Scale():
            return _as_rating(step, _read_sentence(library, step, heard, text, today))
        case Choice() | YesNo() | Offer():
            return _read_sentence(library, step, heard, text, today)
        case _:
            assert_never(step)


def _without_refusals(library: Library, heard: Sequence[OptionNames], reading: Reading) -> Reading:
    """Return a reading in which nobody is asked whether they have meant none of all."""
    if not isinstance(reading, Ambiguous):
        return reading
    words = library.global_words
    refusing = {one.id for one in heard if one.id == SKIP or words.is_none_of_these(one.label)}
    left = tuple(option for option in reading.options if option not in refusing)
    if left:
        return replace(reading, options=left)
    return NotUnderstood("choice", unknown=SKIP in reading.options and reading.named)


def _read_sentence(
    library: Library,
    step: Choice | YesNo | Offer | Scale,
    heard: Sequence[OptionNames],
    text: str,
    today: date,
) -> Reading:
    """Return which option a message means: its own name, a number of its band, or a name in it.

    A name in a sentence is not the option: what stands round it may turn it.
    """
    if isinstance(step, Choice) and step.kind == "time":
        times = read_time_answer(library, heard, text, today)
        if times is not None:
            return times
    message = library.read(text)
    if message.guarded.is_story:
        return _read_story(library, step, heard, message, today)
    phrases = library.phrases_for(step)
    bands, reader = phrases.bands, library.option_reader(step, tuple(heard))
    grade = read_bare_grade(message, reader.said(message.guarded), phrases)
    if grade.kind != "none":
        return _as_reading(grade)
    # where a number is a person's age it is not the place of an option
    whole = _read_option(heard, text, numbered=not bands, whole=True)
    if isinstance(whole, Understood):
        return replace(whole, why="the message is its name")
    found = read_band(message, bands, library.reading_words.age, today) if bands else NOTHING_READ
    if found.kind == "none":
        found = reader.read(message.guarded)
    if found.kind == "none":
        near = reader.near(message.text)
        unknown = library.reading_words.wonders(message.text)
        return Ambiguous(near) if near else NotUnderstood("choice", unknown=unknown)
    return _as_reading(found)


def _as_reading(found: OptionReading) -> Reading:
    """Return what was read of options as an answer."""
    match found.kind:
        case "exact" | "likely":
            first, *others = found.options
            value = None if first == SKIP else first
            likely = found.kind == "likely"
            return Understood(value, said_back=likely, why=found.why, others=tuple(others))
        case "ask":
            return Ambiguous(found.options, named=True, why=found.why)
        case "none":
            return NotUnderstood("choice")
        case _:
            assert_never(found.kind)


def _read_story(
    library: Library,
    step: Choice | YesNo | Offer | Scale,
    heard: Sequence[OptionNames],
    message: HeardMessage,
    today: date,
) -> Reading:
    """Return what a long message answers: only what it tells of who writes, and never an offer.

    What it names in passing is no choice of what to do next; a wish in it is.
    """
    if isinstance(step, Offer):
        return NotUnderstood("choice")
    bands = library.phrases_for(step).bands
    reader = library.option_reader(step, tuple(heard))
    found = read_band(message, bands, library.reading_words.age, today) if bands else NOTHING_READ
    if found.kind == "none":
        found = reader.told(message.guarded)
    if found.kind == "none":
        found = reader.read(message.guarded)
        if found.kind != "ask":
            return NotUnderstood("choice")
    read = _as_reading(found)
    return replace(read, said_back=True) if isinstance(read, Understood) else read


def read_told(
    library: Library, step: Ask, heard: Sequence[OptionNames], said: Said, today: date
) -> Reading:
    """Return what a message tells beside the open question; of several options all that are named."""
    if isinstance(step, Several):
        message = library.read(said.text)
        if not message.guarded.is_story:
            return NotUnderstood("choice")
        told = library.option_reader(step, tuple(heard)).all_told(message.guarded)
        own = tuple(option.id for option in step.options if option.id in told)
        if not own:
            return NotUnderstood("choice")
        return Understood(own[: step.most], said_back=True, why="named in a long message")
    reader = library.option_reader(step, tuple(heard))
    guarded = library.read(said.text).guarded
    if reader.only_denies(guarded) or not reader.tells_beside(guarded):
        return NotUnderstood("choice")
    return read_said(library, step, heard, said, today)


def _read_option(
    heard: Sequence[OptionNames], text: str, *, numbered: bool, whole: bool = False
) -> Reading:
    """Return which one option words name. whole: the words must be the option's name, no more."""
    match = match_option(heard, text, numbered=numbered, whole=whole)
    match match:
        case OptionMatch(kind="sure"):
            return Understood(None if match.ids[0] == SKIP else match.ids[0])
        case OptionMatch(kind="nearly"):
            return Ambiguous(match.ids)
        case _:
            return NotUnderstood("choice")


def _as_rating(step: Scale, reading: Reading) -> Reading:
    """Return the number of the option understood, 1 for the first, as the answer to a scale."""
    if isinstance(reading, Understood) and reading.value is not None:
        ids = [option.id for option in step.options]
        return replace(reading, value=1 + ids.index(str(reading.value)))
    return reading


def _read_several(
    library: Library, step: Several, heard: Sequence[OptionNames], said: Said
) -> Reading:
    """Return the options named, as in "math, music; something of my own".

    Where the step takes free text, a part that is no option's name is kept as the person's own words;
    the options that are told in it are chosen beside, where none were ticked, and said back.
    """
    free_text = takes_free_text(step)
    parts = listed_parts(heard, said.text, whole=free_text)
    chosen = [option.id for option in step.options if option.id in said.ticked]
    own_words: list[str] = []
    said_back = False
    for part in parts:
        reading = _read_option(heard, part, numbered=True, whole=free_text)
        if isinstance(reading, Understood) and reading.value is not None:
            chosen.append(str(reading.value))
            continue
        # "skip", as all that was said, is no words of one's own
        skipped = reading == Understood(None) and len(parts) == 1 and not chosen
        if skipped or not (free_text or isinstance(reading, NotUnderstood)):
            return reading
        # who has ticked options says the rest beside them
        told = () if said.ticked else _told_options(library, step, heard, part)
        said_back = said_back or bool(told)
        chosen += told[: step.most - len(set(chosen))] if free_text else told
        if free_text:
            own_words += [part] if says_something(part) else []
        elif not told:
            return reading
    own, masked = mask_personal_data(", ".join(own_words))
    reading = _chosen(step, chosen, own)
    if isinstance(reading, Understood):
        return replace(reading, masked=masked, said_back=said_back)
    return reading


def _told_options(
    library: Library, step: Several, heard: Sequence[OptionNames], part: str
) -> tuple[str, ...]:
    """Return the options that some words of one's own tell: "lai labi maksā" is good pay."""
    if not library.phrases_for(step).options:
        return ()
    reader = library.option_reader(step, tuple(heard))
    told = reader.all_told(library.read(part).guarded)
    return tuple(option for option in told if not option.startswith("@"))


def _chosen(step: Several, picked: Sequence[str], own: str = "") -> Reading:
    """Return options in the step's order, with own words after them; only options are counted."""
    chosen = tuple(option.id for option in step.options if option.id in picked)
    if len(chosen) > step.most:
        return NotUnderstood("many")
    if len(own) > step.free_text:
        return NotUnderstood("long")
    if own:
        return Understood((*chosen, FREE_TEXT + own))
    return Understood(chosen) if len(chosen) >= step.least else NotUnderstood("few")
