"""Whether an answer that was kept still answers its question."""

from typing import assert_never

from bot.core.dialogue.booking_draft import is_time
from bot.core.dialogue.session import FREE_TEXT, Answer
from bot.core.flows.steps import (
    NO,
    YES,
    Ask,
    Choice,
    Day,
    Number,
    Scale,
    Several,
    Words,
    YesNo,
)


def still_valid(question: Ask, answer: Answer) -> bool:
    """Return whether an answer given earlier still answers the question as it stands today."""
    if answer.meaning != question.meaning:
        return False
    value = answer.value
    if value is None:
        return question.skip is not None
    match question:
        case Choice(kind="time") if is_time(value):
            return True  # whether it is still free, the service says
        case Choice():
            return any(option.id == value for option in question.options)
        case Several():
            ids = {option.id for option in question.options}
            return isinstance(value, tuple) and all(
                chosen in ids or _is_free_text(question, chosen) for chosen in value
            )
        case YesNo():
            return value in (YES, NO)
        case Number():
            return isinstance(value, int) and question.least <= value <= question.most
        case Scale():
            return isinstance(value, int) and 1 <= value <= len(question.options)
        case Day():
            return isinstance(value, str) and question.earliest <= value <= question.latest
        case Words():
            return isinstance(value, str) and len(value) <= question.most
        case _:
            assert_never(question)


def _is_free_text(question: Several, words: str) -> bool:
    return words.startswith(FREE_TEXT) and len(words) <= len(FREE_TEXT) + question.free_text
