"""Counsellors, their meetings and what is looked for, by the clock on the wall in Riga."""

from datetime import date, datetime, timedelta
from itertools import count

from bot.core.booking.closures import Closures
from bot.core.booking.counsellor import CounsellorProfile, OpenHours, Schedule, WeeklyHours
from bot.core.booking.hindrances import TimeSearch
from bot.core.booking.kinds import MODES, MeetingKind
from bot.core.booking.meeting import Meeting
from bot.core.booking.opening import instant
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting
from bot.core.education.dates import RIGA

MONDAY = date(2027, 2, 1)  # no holiday near
BOARD, SCHOOL = "paraugpils/board", "paraugpils/secondary"
TALK = MeetingKind(
    title="Saruna", outside="Tikšanās", minutes=45, every=30, after=15, notice=24, horizon=42,
    cancel_notice=24, move_notice=12, moves=2, modes=MODES,
)  # fmt: skip
GROUP = TALK.model_copy(update={"title": "Nodarbība", "minutes": 90, "seats": 4})
numbers = count(1)


def at(day, wall):
    """Return when clocks in Riga show a time of a day."""
    return instant(day, wall)


def walls(times):
    """Return what clocks in Riga show when times begin."""
    return [time.start.astimezone(RIGA).strftime("%H:%M") for time in times]


def hours(*stretches, weekday=None, **fields):
    """Return hours, each as "09:00-12:00": of a weekday, or of one day."""
    each = [dict(zip(("start", "end"), one.split("-"), strict=True)) for one in stretches]
    if weekday is None:
        return tuple(OpenHours(**one, **fields) for one in each)
    return tuple(WeeklyHours(**one, **fields, weekday=weekday) for one in each)


def every_day(*stretches, **fields):
    """Return the same hours on all seven days."""
    return tuple(row for day in range(1, 8) for row in hours(*stretches, weekday=day, **fields))


def counsellor(id_="inga", *, weekly=None, schedule=None, **fields):
    """Return a counsellor of the municipality, every day from nine to five where nothing else is said."""
    rows = every_day("09:00-17:00") if weekly is None else weekly
    usual = {
        "name": "Inga Parauga",
        "provider": "municipality",
        "place": "paraugpils",
        "institution": BOARD,
        "whole_place": True,
        "languages": ("lv",),
        "modes": MODES,
        "kinds": ("talk", "group"),
        "audience": ("pupil_10_12", "adult"),
        "qualification": "programme",
        "schedule": Schedule(weekly=rows, **(schedule or {})),
    }
    return CounsellorProfile(id=id_, **usual | fields)


def met(start, *counsellors, minutes=45, after=15, before=0, standing=None, **fields):
    """Return a meeting that takes time, of Inga where nobody is named. standing: of `StandingMeeting`, where it is otherwise."""
    end = start + timedelta(minutes=minutes)
    blocked = Span(start=start - timedelta(minutes=before), end=end + timedelta(minutes=after))
    usual = {"kind": "talk", "mode": "in_person", "institution": BOARD}
    meeting = Meeting(
        id=f"{next(numbers):032x}",
        counsellors=counsellors or ("inga",),
        during=Span(start=start, end=end),
        blocked=blocked,
        **usual | fields,
    )
    return StandingMeeting(meeting, **standing or {})


def looking(
    first=MONDAY, days=1, *, kind="talk", rules=TALK, now=None, closures=None, modes=(), **changed
):
    """Return a search over whole days. now: two days before the first where it is not said; changed: of the kind."""
    return TimeSearch(
        kind=kind,
        rules=rules.model_copy(update=changed),
        closures=closures or Closures(),
        now=now or at(first - timedelta(days=2), "08:00"),
        window=Span(start=at(first, "00:00"), end=at(first + timedelta(days=days), "00:00")),
        modes=modes,
    )


def moment(text):
    """Return a moment of the wall clock, as "2027-03-28 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=RIGA)
