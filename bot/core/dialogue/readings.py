"""What was read as an answer to the open question."""

from dataclasses import dataclass
from typing import Literal

from bot.core.dialogue.session import Value

RefusalReason = Literal[
    "choice",
    "number",
    "numbers",
    "either",
    "least",
    "most",
    "date",
    "no_day",
    "past",
    "far",
    "no_such",
    "long",
    "empty",
    "few",
    "many",
]


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer was understood. value: None where the question was skipped.

    said_back: it is only likely, so the person is told what was taken. why: the evidence, in words.
    others: options that were named too, and are meant where this one cannot be.
    masked: what names a person was taken out of the person's own words.
    """

    value: Value
    said_back: bool = False
    why: str = ""
    masked: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """One of several options may have been meant. options: their ids; of days, these in ISO form.

    named: they were named in the message; else their names only look alike. why: the evidence.
    """

    options: tuple[str, ...]
    named: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """What came was not an answer; reason: why. among: of "either", the numbers it may be.

    unknown: that it is not known was said, and not surely of oneself.
    """

    reason: RefusalReason
    among: tuple[int, ...] = ()
    unknown: bool = False


Reading = Understood | Ambiguous | NotUnderstood
