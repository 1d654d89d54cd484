"""Typed words as they are heard where they are said: of a child who is asked about, or of what is listed above."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.dialogue.heard import Heard
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.plan_picks import answer_by_number, keys_asked_for
from bot.core.dialogue.readings import NotUnderstood, Understood
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.understanding import understand
from bot.core.flows.steps import Ask, Choice, Number, Offer, Words
from bot.core.nlu.listed_numbers import read_listed
from bot.core.nlu.numbers import LONGEST_NUMBER, numbers_in
from bot.core.nlu.options import OptionNames


def of_child(
    turn: TurnBuilder,
    step: Ask | Offer,
    options: Sequence[OptionNames],
    said: Said,
    heard: Heard,
) -> Heard:
    """Return what an answer about a child means: „meita 9. klasē” is that grade, where it is asked of the child."""
    if isinstance(heard.reading, Understood) or heard.kind in {"distress", "command", "leaving"}:
        return heard
    text = turn.library.read(said.text).guarded.without_others
    again = understand(turn.library, step, options, Said(text=text), turn.today)
    is_answer = again.kind == "reading" and isinstance(again.reading, Understood)
    return again if text and is_answer else heard


def within_list(turn: TurnBuilder, step: Ask | Offer | None, heard: Heard) -> Heard:
    """Return a message as heard; a number that nothing stands at in the list above is no answer."""
    reading = heard.reading
    value = reading.value if isinstance(reading, Understood) else None
    named: tuple[int, ...] = ()
    if isinstance(step, Number) and isinstance(value, int):
        named = (value,)
    elif isinstance(step, Words) and step.numbers and value is not None:
        words = turn.library.number_words
        listed = read_listed(str(value), words.listed, words)
        named = () if listed is None or listed.every else tuple(listed.numbers)
    count = len(keys_asked_for(turn)) if named else 0
    if not count or any(1 <= number <= count for number in named):
        return heard
    return replace(heard, reading=NotUnderstood("no_such"))


def name_by_number(turn: TurnBuilder, step: Ask | Offer | None, text: str) -> None:
    """Answer what was just asked about a list by the number that stands beside the choice: "pārcelt 2"."""
    if not isinstance(step, Choice | Offer) or text.strip().rstrip(".)").isdecimal():
        return
    found = numbers_in(text[:LONGEST_NUMBER], turn.library.number_words)
    if len(found) == 1:
        answer_by_number(turn, next(iter(found)))
