"""What happens when in a school year: what is coming for whom, what is over, and what nobody knows yet."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, TypeAdapter, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.flows.step_base import Id

RIGA = ZoneInfo("Europe/Riga")
REMINDED_AT = time(10)  # in Riga: after the first lesson has begun, before offices close
FIRST_MONTH = 9  # of a school year

SchoolYear = Annotated[str, Field(pattern=r"^20\d\d/\d\d$")]
Standing = Literal["coming", "past", "unknown"]


class DatedEntry(Frozen):
    """Something that happens on a day, from a day to a day, or when nobody has published yet.

    usually: when and by whom it is published; of a known day, what has to be said with it.
    by_rule: the day follows from a rule that holds, and no page of that year was seen.
    who: answers of the question of roles.audience that it is for. tags: what it is about.
    said: False where it is kept and not told; because: why. no_school: pupils are free then, and schools' counsellors away.
    """

    title: Text
    school_year: SchoolYear
    on: date | None = None
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    by_rule: bool = False
    usually: Text | None = None
    source: Id
    checked: date
    review: date
    who: tuple[Id, ...] = Field(min_length=1)
    tags: tuple[Id, ...] = Field(min_length=1)
    said: bool
    because: str = ""
    no_school: bool = False

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        if self.on is not None and (self.from_ or self.to):
            message = "either `on`, or `from` and `to`"
            raise ValueError(message)
        if (self.from_ is None) != (self.to is None):
            message = "`from` and `to` go together"
            raise ValueError(message)
        return self

    @property
    def first_day(self) -> date | None:
        """The day it happens or begins; None where nobody has published it."""
        return self.on or self.from_

    @property
    def last_day(self) -> date | None:
        """The day it happens or ends; None where nobody has published it."""
        return self.on or self.to

    def standing(self, today: date) -> Standing:
        """Return whether it is still to come (or under way), over, or not known."""
        if self.last_day is None:
            return "unknown"
        return "coming" if self.last_day >= today else "past"


class DateList(Frozen):
    """What there is to tell, as ids of entries: coming and past in the order of days."""

    coming: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    past: tuple[str, ...] = ()


def school_year_of(day: date) -> str:
    """Return the school year that a day is in: "2026/27"."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"


def school_year_before(year: str) -> str:
    """Return the school year before another."""
    first = int(year[:4]) - 1
    return f"{first}/{(first + 1) % 100:02}"


def dates_for(
    entries: Mapping[str, DatedEntry], today: date, who: str | None, tag: str | None
) -> DateList:
    """Return what may be told to somebody on a day.

    who: the answer that tells who asks; None: anybody. tag: what it is to be about; None: anything.
    What is over is told for this school year and the one before; older days help nobody.
    """
    fitting = {
        id_: entry
        for id_, entry in entries.items()
        if entry.said and (who is None or who in entry.who) and (tag is None or tag in entry.tags)
    }
    this_year = school_year_of(today)
    recent = (this_year, school_year_before(this_year))
    past = _in_order(fitting, today, "past")
    return DateList(
        coming=tuple(_in_order(fitting, today, "coming")),
        unknown=tuple(_in_order(fitting, today, "unknown")),
        past=tuple(id_ for id_ in past if school_year_of(_day(fitting[id_])) in recent),
    )


def _in_order(entries: Mapping[str, DatedEntry], today: date, standing: Standing) -> Iterator[str]:
    found = [id_ for id_, entry in entries.items() if entry.standing(today) == standing]
    yield from sorted(found, key=lambda id_: (_day(entries[id_]), found.index(id_)))


def _day(entry: DatedEntry) -> date:
    return entry.first_day or date.max


def reminder_moment(entry: DatedEntry, now: datetime) -> datetime | None:
    """Return when to remind of an entry: the day before, or the same day where that is over.

    None where its day is not known, or no such moment is left. now: with its time zone.
    """
    day = entry.first_day
    if day is None:
        return None
    before = datetime.combine(day - timedelta(days=1), REMINDED_AT, RIGA)
    same = datetime.combine(day, REMINDED_AT, RIGA)
    return next((moment for moment in (before, same) if moment > now), None)


DATES: TypeAdapter[dict[Id, DatedEntry]] = TypeAdapter(dict[Id, DatedEntry])
