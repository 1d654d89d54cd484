"""Words beside numbers: for days that are ahead, and for the things of a list."""

from collections.abc import Mapping

from pydantic import Field

from bot.core.base.frozen import Frozen


class DayWords(Frozen):
    """Beginnings of words for days that are ahead, in four languages.

    days: by how many days from today. weekdays: by their number, 1 for Monday. after: words before "two weeks" that mean from today;
    day, week, month: the spans of time.
    """

    days: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    weekdays: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    after: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    week: tuple[str, ...] = ()
    month: tuple[str, ...] = ()


class ListWords(Frozen):
    """Words that name the things of a list beside their numbers: all of them, none, all but some."""

    every: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
