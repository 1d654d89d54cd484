"""What happens with dates in a turn: told, given as a file, reminded of; and notices of these days."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.education.dates import DateList


class DatesShown(Frozen):
    """Dates are told. listed: what is coming, not known yet and over, as ids."""

    kind: Literal["dates_shown"] = "dates_shown"
    flow: str
    step: str
    listed: DateList


class DateTold(Frozen):
    """One date is told with what can be done with it. remind: whether a reminder is possible, or kept."""

    kind: Literal["date_told"] = "date_told"
    entry: str
    remind: Literal["possible", "kept", "late"]


class CalendarGiven(Frozen):
    """A date is given as a calendar file."""

    kind: Literal["calendar_given"] = "calendar_given"
    entry: str


class ReminderKept(Frozen):
    """A reminder is kept. due: when it comes."""

    kind: Literal["reminder_kept"] = "reminder_kept"
    entry: str
    due: datetime


class ReminderRefused(Frozen):
    """No reminder is kept. why: the conversation itself is kept briefly, or no moment is left."""

    kind: Literal["reminder_refused"] = "reminder_refused"
    entry: str
    why: Literal["consent", "shared", "late", "many"]


class RemindersDropped(Frozen):
    """Reminders are withdrawn. entries: of which dates."""

    kind: Literal["reminders_dropped"] = "reminders_dropped"
    entries: tuple[str, ...]


class Reminded(Frozen):
    """A date is near. was: the day it was to be when the reminder was asked for; again: it comes once more."""

    kind: Literal["reminded"] = "reminded"
    entry: str
    was: date
    again: bool = False


class NoticeTold(Frozen):
    """A notice of these days is told, once in a conversation."""

    kind: Literal["notice_told"] = "notice_told"
    notice: str


DateEvent = Annotated[
    DatesShown
    | DateTold
    | CalendarGiven
    | ReminderKept
    | ReminderRefused
    | RemindersDropped
    | Reminded
    | NoticeTold,
    Field(discriminator="kind"),
]
