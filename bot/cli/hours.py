"""The commands about counsellors' hours: when they can be met, and why not."""

import argparse
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.cli.arguments import day, days, in_one_line, say
from bot.cli.booking_commands import add_act, counsellor_of, kind_of, on_the_wall
from bot.cli.commands import add_command
from bot.cli.counsellors import hours_line
from bot.core.booking.closures import days_between
from bot.core.booking.counsellor import Absence, CounsellorProfile
from bot.core.booking.daytime import day_of, riga_moment
from bot.core.booking.explain import NoTimeReason, explain
from bot.core.booking.free_times import free_times
from bot.core.booking.hindrances import TimeSearch
from bot.core.booking.opening import DayOpening, OpeningRules
from bot.core.booking.spans import Span
from bot.core.booking.standing import StandingMeeting
from bot.errors import InputError
from bot.service.booking.acting import By
from bot.service.booking.acts import CounsellorActs
from bot.service.booking.committing import BookingCommits
from bot.service.booking.desk import WEEK, BookingDesk

MOST_DAYS_SHOWN = 366
LONGEST_WHY = 120


def add_hours(verbs: Any) -> None:
    """Add the commands."""
    parser = add_command(verbs, "hours", "celvedis hours show anna --days 14")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    show = add_act(
        acts,
        "show",
        _show,
        "hours, exceptions, closed days and free times, day by day",
        "celvedis hours show paraugpils_board --from 2026-12-07 --days 7",
    )
    why = add_act(
        acts,
        "explain",
        _explain,
        "why there is no time",
        'celvedis hours explain paraugpils_board "2026-12-07 10:00"',
    )
    away = add_act(
        acts,
        "absence",
        _absence,
        "what is booked while somebody is away; with --yes the absence is entered",
        "celvedis hours absence paraugpils_board 2026-12-07 2026-12-08 --yes",
    )
    for one in (show, why, away):
        one.add_argument("id", metavar="ID", help="as counsellors list names it")
    for one in (show, why):
        one.add_argument("--kind", help="of meeting; the counsellor's first by itself")
    show.add_argument(
        "--from", dest="since", type=day, metavar="DAY", help="YYYY-MM-DD; today by itself"
    )
    show.add_argument("--days", type=days, default=14, metavar="N", help="how many; 14 by itself")
    why.add_argument(
        "moment", type=_moment, metavar="MOMENT", help="YYYY-MM-DD, or YYYY-MM-DD HH:MM in Riga"
    )
    away.add_argument("since", type=day, metavar="FROM", help="the first day away, YYYY-MM-DD")
    away.add_argument("until", type=day, metavar="TO", help="the last day away, YYYY-MM-DD")
    away.add_argument("--why", default="", help="for colleagues; nothing by itself")
    away.add_argument("--yes", action="store_true", help="enter it; else nothing is changed")


def _moment(text: str) -> date:
    """Return a date, or a moment where a time is named."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = datetime.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError
    return riga_moment(found.date(), found.time())


def _searched(
    desk: BookingDesk, profile: CounsellorProfile, kind: str | None, first: date, last: date
) -> tuple[list[StandingMeeting], TimeSearch]:
    """Return what is taken, and the search, from one date to another, both included."""
    named = kind_of(desk, kind, profile)
    rules = desk.rules.kinds[named]
    start, end = riga_moment(first, time(0)), riga_moment(last + timedelta(days=1), time(0))
    search = TimeSearch(
        named, rules, desk.office.library.closures, desk.now, Span(start=start, end=end)
    )
    around = Span(start=start - WEEK, end=end + WEEK)
    return desk.standing([profile.id], around, named if rules.seats > 1 else ""), search


def _show(given: argparse.Namespace, commits: BookingCommits) -> int:
    desk = commits.desk()
    profile = counsellor_of(desk, given.id)
    if given.days > MOST_DAYS_SHOWN:
        message = f"--days: at most {MOST_DAYS_SHOWN}"
        raise InputError(message)
    first = given.since or day_of(desk.now)
    _check_near(desk, first)
    last = first + timedelta(days=given.days - 1)
    standing, search = _searched(desk, profile, given.kind, first, last)
    free: defaultdict[date, list[str]] = defaultdict(list)
    for one in free_times(profile, standing, search):
        free[day_of(one.start)].append(on_the_wall(one.start)[-5:])
    opening = OpeningRules(profile, search.closures)
    for at in days_between(first, last):
        away = [one for one in profile.schedule.absences if one.since <= at <= one.until]
        parts = [_opening_text(opening.on(at)), *(f"away: {one.why}".rstrip(": ") for one in away)]
        say(in_one_line(f"{at:%Y-%m-%d %a}  {'; '.join(parts)}"))
        if free[at]:
            say(f"  free for {search.kind}: {' '.join(free[at])}")
    return 0


def _check_near(desk: BookingDesk, at: date) -> None:
    """See to it that a day is one that calendars reach. Errors: InputError."""
    if abs((at - day_of(desk.now)).days) > 10 * MOST_DAYS_SHOWN:
        message = f"{at:%Y-%m-%d}: more than ten years away"
        raise InputError(message)


def _opening_text(opened: DayOpening) -> str:
    hours = ", ".join(hours_line(row) for row in opened.hours)
    if opened.closure is not None:
        return f"closed: {opened.closure.kind} {opened.closure.name}".rstrip()
    if opened.exception is not None:
        return f"otherwise this day: {hours or 'nobody'} {opened.exception.why}".rstrip()
    return hours or "no hours"


def _explain(given: argparse.Namespace, commits: BookingCommits) -> int:
    desk = commits.desk()
    profile = counsellor_of(desk, given.id)
    at = day_of(given.moment) if isinstance(given.moment, datetime) else given.moment
    _check_near(desk, at)
    standing, search = _searched(desk, profile, given.kind, at, at)
    found = explain(given.moment, profile, standing, search)
    say(*map(_reason_line, found or ()))
    if not found:
        say("it can be booked")
    return 0


def _reason_line(one: NoTimeReason) -> str:
    parts = [
        str(one.why),
        f"{one.closure.kind} {one.closure.name}".rstrip() if one.closure else "",
        one.note,
        f"meeting {one.meeting}" if one.meeting else "",
        f"{one.taken} of {one.most}" if one.most else "",
        on_the_wall(one.moment) if one.moment else "",
        f"keeps {one.starts} times away" if one.starts else "",
    ]
    return in_one_line("  ".join(part for part in parts if part))


def _absence(given: argparse.Namespace, commits: BookingCommits) -> int:
    desk = commits.desk()
    counsellor_of(desk, given.id)
    _check_near(desk, given.since)
    _check_near(desk, given.until)
    if given.until < given.since:
        message = f"{given.since} to {given.until}: ends before it begins"
        raise InputError(message)
    if len(given.why) > LONGEST_WHY or not given.why.isprintable():
        message = f"--why: one line of at most {LONGEST_WHY} characters"
        raise InputError(message)
    absence = Absence(since=given.since, until=given.until, why=given.why)
    acts = CounsellorActs(commits)
    under = acts.under_absence(given.id, absence)
    for one in under:
        meeting = one.appointment.meeting
        say(f"{on_the_wall(meeting.during.start)}  {meeting.kind}  {meeting.mode}  {meeting.id}")
    if not given.yes:
        say(f"meetings under it: {len(under)}; nothing was changed (--yes enters the absence)")
        return 0
    done = acts.absence(given.id, By(given.id), absence, {}, knowingly=True)
    if done.act.state != "done":
        message = f"{given.id}: not entered: {done.act.state}"
        raise InputError(message)
    say(f"entered; meetings left as they are, to be moved or called off: {len(done.undecided)}")
    return 0
