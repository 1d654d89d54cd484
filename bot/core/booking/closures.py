"""Days on which nobody is met: public holidays, moved working days, school breaks, houses that are closed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal, Self

import holidays
from pydantic import Field, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language, Text
from bot.core.booking.counsellor import CounsellorProfile, Provider
from bot.core.education.dates import DatedEntry
from bot.core.flows.step_base import Id

ClosureKind = Literal["holiday", "moved_day", "school_break", "closed"]
OFFICE = "^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$"  # "place/institution"
NAMES_IN: Mapping[Language, str] = {"lv": "lv", "en": "en_US", "uk": "uk", "ru": "ru"}


class Closure(Frozen):
    """Why a day is closed. name: in Latvian; of a holiday, `public_holidays` has it in other languages."""

    kind: ClosureKind
    name: Text = ""


class MovedDay(Frozen):
    """A working day moved to another one, where the library of holidays does not know of it yet.

    off: nobody works then. on: worked in its place, by the hours of its weekday. providers: who follows the order;
    the Cabinet's binds the institutions of the state.
    """

    off: date
    on: date
    providers: Annotated[tuple[Provider, ...], Field(min_length=1)] = ("nva",)
    source: Id


class ClosedDays(Frozen):
    """Days, both included, on which some institutions are closed; each named as "place/institution"."""

    since: date
    until: date
    name: Text
    institutions: Annotated[tuple[Annotated[str, Field(pattern=OFFICE)], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if self.until < self.since:
            message = f"{self.since}–{self.until} ends before it begins"
            raise ValueError(message)
        return self


@lru_cache(maxsize=128)
def public_holidays(year: int, language: Language = "lv") -> Mapping[date, str]:
    """Return the days off of Latvia in a year with their names, moved working days that are known among them."""
    return dict(holidays.country_holidays("LV", years=year, language=NAMES_IN[language]))


class Closures:
    """All that closes days, looked up day by day; what nobody has published closes nothing.

    entries: of the school year; those marked `no_school` close schools.
    """

    def __init__(
        self,
        entries: Iterable[DatedEntry] = (),
        moved: Iterable[MovedDay] = (),
        closed: Iterable[ClosedDays] = (),
    ) -> None:
        self._breaks = {
            day: Closure(kind="school_break", name=entry.title)
            for entry in entries
            if entry.no_school and entry.first_day is not None and entry.last_day is not None
            for day in days_between(entry.first_day, entry.last_day)
        }
        self._closed = {
            (day, office): Closure(kind="closed", name=one.name)
            for one in closed
            for office in one.institutions
            for day in days_between(one.since, one.until)
        }
        self._off: set[tuple[date, Provider]] = set()
        self._worked: dict[tuple[date, Provider], int] = {}
        for one in moved:
            self._off |= {(one.off, provider) for provider in one.providers}
            self._worked |= {(one.on, provider): one.off.isoweekday() for provider in one.providers}

    def on(self, day: date, profile: CounsellorProfile) -> Closure | None:
        """Return why a counsellor's day is closed, or None where it is not."""
        name = public_holidays(day.year).get(day)
        if name is not None:
            return Closure(kind="holiday", name=name)
        if (day, profile.provider) in self._off:
            return Closure(kind="moved_day")
        if profile.provider == "school" and day in self._breaks:
            return self._breaks[day]
        return self._closed.get((day, profile.institution))

    def weekday(self, day: date, profile: CounsellorProfile) -> int:
        """Return by which weekday's hours a counsellor works on a day, 1 to 7: its own, but for a day worked for another."""
        return self._worked.get((day, profile.provider)) or day.isoweekday()


def days_between(first: date, last: date) -> Iterator[date]:
    """Return the days from one to another, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
