"""A date as a calendar file, which every calendar takes: all day, in Riga, under one name for good."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from bot.core.education.dates import DatedEntry

CALENDAR_MEDIA = "text/calendar"
CALENDAR_ZONE = "Europe/Riga"


@dataclass(frozen=True)
class CalendarWords:
    """What stands in a calendar about a date: its title, what has to be said with it, where it is from."""

    title: str
    about: str
    address: str


def calendar_name(id_: str) -> str:
    """Return the name of the file of a date."""
    return f"{id_}.ics"


def calendar_file(id_: str, entry: DatedEntry, words: CalendarWords, language: str) -> str:
    """Return the file of a date whose day is known.

    Its name in a calendar stays the same when the day moves, so that a newer file takes the place of an
    older one there.
    """
    first, last = entry.first_day, entry.last_day
    assert first is not None
    assert last is not None
    event = Event()
    event.add("uid", f"{id_}@celvedis")
    event.add("dtstamp", _midnight(entry.checked))
    event.add("last-modified", _midnight(entry.checked))
    event.add("sequence", entry.checked.toordinal() - SEQUENCE_FROM)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the first day that is not of it any more
    event.add("summary", words.title, parameters={"LANGUAGE": language})
    event.add("description", words.about, parameters={"LANGUAGE": language})
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    if words.address:
        event.add("url", words.address)
    calendar = Calendar()
    calendar.add("prodid", "-//Celvedis//Dates//LV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", CALENDAR_ZONE)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content.decode()


SEQUENCE_FROM = date(2026, 1, 1).toordinal()  # revisions are counted in days from here


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
