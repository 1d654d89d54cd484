"""The days of a plan as a calendar file: its steps and goals, all day, and of what they say only their own words."""

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2b

from icalendar import Calendar, Event

from bot.core.plan.items import PlanGoal, PlanItem, PlanStep
from bot.core.plan.plan import Plan
from bot.words.calendar_file import CALENDAR_ZONE
from bot.words.plan_items import PlanItemWords
from bot.words.plan_view import PlanText

MOST_SUMMARY = 120  # characters in a day's box; a longer text stands whole below it
UID_BYTES = 12


def plan_calendar(
    words: PlanItemWords, plan: Plan, moment: datetime, whose: str = ""
) -> str | None:
    """Return the file of a plan's days; None where nothing in it has a day.

    moment: when it is made, in UTC. whose: something that no other plan has, of which only a digest is used, so
    that the plans of two people in one calendar stay apart; for one plan it is always the same.
    A newer file takes the place of an older one: a day that moved moves, a step put aside is cancelled.
    """
    dated = tuple(_with_days(plan.items))
    if not dated:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//Celvedis//Plan//LV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", CALENDAR_ZONE)
    calendar.add("x-wr-calname", words.phrase("plan_title"))
    for item, day in dated:
        event = _event(words, item, day)
        event.add("uid", _uid(plan, item, whose))
        event.add("dtstamp", moment)
        event.add("last-modified", moment)
        event.add("sequence", plan.version)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content.decode()


def _with_days(items: tuple[PlanItem, ...]) -> Iterator[tuple[PlanStep | PlanGoal, date]]:
    for item in items:
        if isinstance(item, PlanStep) and item.on is not None:
            yield item, item.on
        elif isinstance(item, PlanGoal) and item.by is not None:
            yield item, item.by


def _event(words: PlanItemWords, item: PlanStep | PlanGoal, day: date) -> Event:
    said = words.text(words.phrase("plan_calendar_sensitive"))
    if not item.sensitive:  # calendars are shared and synchronised
        said = words.title(item)
    line = _in_one_line(said)
    event = Event()
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the first day that is not of it any more
    language = {"LANGUAGE": said.language}
    event.add("summary", _cut(line), parameters=language)
    if len(line) > MOST_SUMMARY:
        event.add("description", line, parameters=language)
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    if isinstance(item, PlanStep) and item.state == "dropped":
        event.add("status", "CANCELLED")
    return event


def _uid(plan: Plan, item: PlanItem, whose: str) -> str:
    """Return the name of an item in every calendar, for good: it leads back to nobody."""
    named = f"{whose}/{plan.made}/{item.id}".encode()
    return f"{item.id}-{blake2b(named, digest_size=UID_BYTES).hexdigest()}@celvedis"


def _in_one_line(said: PlanText) -> str:
    """Return a text as a calendar takes it: it knows no signs that control something."""
    spaced = " ".join(said.text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign) != "Cc")


def _cut(line: str) -> str:
    return line if len(line) <= MOST_SUMMARY else f"{line[: MOST_SUMMARY - 1].rstrip()}…"
