"""The commands about bookings: when, who of staff, in which state; never who comes or what they wrote."""

import argparse
from datetime import date, time, timedelta
from typing import Any

from bot.cli.arguments import day, say
from bot.cli.booking_commands import add_act, counsellor_of, on_the_wall
from bot.cli.commands import add_command
from bot.core.booking.daytime import day_of, riga_moment
from bot.errors import InputError
from bot.ports.bookings import BookedPart
from bot.ports.protocols import millis, moment_of
from bot.service.booking.codes import code_digest
from bot.service.booking.committing import BookingCommits
from bot.service.booking.rows import STATES
from bot.service.jobs.supply_watch import supplies

SHOWN_STATES = sorted(STATES | {"gone"})  # gone: erased
AHEAD, COUNTED = timedelta(days=14), timedelta(days=30)
MOST_LISTED = 1000


def add_bookings(verbs: Any) -> None:
    """Add the commands."""
    parser = add_command(verbs, "bookings", "celvedis bookings list")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    listed = add_act(
        acts,
        "list",
        _list,
        "bookings by the time: when, with whom of staff, in which state",
        "celvedis bookings list --counsellor paraugpils_board --state confirmed",
    )
    listed.add_argument("--counsellor", metavar="ID", help="only theirs; all by itself")
    listed.add_argument(
        "--day", type=day, help="only that day, YYYY-MM-DD; by itself today and 13 more"
    )
    listed.add_argument("--state", choices=SHOWN_STATES, help="only these; all by itself")
    find = add_act(acts, "find", _find, "the booking of a code", "celvedis bookings find ABCD-EFGH")
    find.add_argument("code", metavar="CODE", help="of the confirmation, however it is typed")
    add_act(
        acts,
        "supply",
        _supply,
        "free places of 14 and 30 days against people who wait or were invited",
        "celvedis bookings supply",
    )
    none = add_act(
        acts,
        "no-time",
        _no_time,
        "how often people found no time, by place and kind",
        "celvedis bookings no-time --since 2026-11-01",
    )
    none.add_argument("--since", type=day, metavar="DAY", help="YYYY-MM-DD; 30 days by itself")
    waitlist = add_command(verbs, "waitlist", "celvedis waitlist list")
    waits = waitlist.add_subparsers(required=True, metavar="ACT")
    add_act(
        waits,
        "list",
        _waiting,
        "since when, for what and where, the first served first",
        "celvedis waitlist list",
    )


def _list(given: argparse.Namespace, commits: BookingCommits) -> int:
    desk = commits.desk()
    if given.counsellor is not None:
        counsellor_of(desk, given.counsellor)
    first = given.day or day_of(desk.now)
    last = first if given.day else first + AHEAD - timedelta(days=1)
    if not abs((first - day_of(desk.now)).days) < 36_500:  # noqa: PLR2004 - a hundred years
        message = f"{first}: no meeting is that far away"
        raise InputError(message)
    since, until = riga_moment(first, time(0)), riga_moment(last + timedelta(days=1), time(0))
    now = millis(desk.now)
    found = [
        part
        for part in commits.store.bookings.beginning(SHOWN_STATES, millis(since), millis(until))
        if given.counsellor is None or given.counsellor in part.meeting.counsellors
        if given.state is None or given.state == _state(part, now)
    ]
    say(*(_line(part, now) for part in found))
    if not found:
        say("there is none")
    return 0


def _state(part: BookedPart, now: int) -> str:
    """Return the state by the clock: a hold that has run out has lapsed, tidied up or not."""
    until = part.booking.hold_until
    is_over = part.booking.state == "held" and until is not None and until <= now
    return "lapsed" if is_over else part.booking.state


def _line(part: BookedPart, now: int) -> str:
    made_up = "  made up" if part.booking.example or part.meeting.example else ""
    when, who = on_the_wall(moment_of(part.meeting.start)), ", ".join(part.meeting.counsellors)
    return f"{when}  {part.meeting.kind}  {who}  {_state(part, now)}{made_up}"


def _find(given: argparse.Namespace, commits: BookingCommits) -> int:
    found = commits.store.bookings.booked_by_code(code_digest(given.code))
    if found is None:
        message = "no booking has this code"
        raise InputError(message)
    say(_line(found, millis(commits.desk().now)))
    return 0


def _supply(_given: argparse.Namespace, commits: BookingCommits) -> int:
    found = supplies(commits)
    for (place, kind), one in sorted(found.items()):
        say(
            f"{place}  {kind}  free in 14 days: {one.soon}, in 30: {one.later}; "
            f"waiting: {one.waiting}, invited: {one.invited}; missing: {one.missing}"
        )
    if not found:
        say("nobody waits and nobody is invited")
    return 0


def _no_time(given: argparse.Namespace, commits: BookingCommits) -> int:
    since: date = given.since or day_of(commits.desk().now - COUNTED)
    found = commits.store.waiting.count_no_time(since.isoformat())
    say(*(f"{one.number:>4}  {one.place or 'place unknown'}  {one.kind}" for one in found))
    if not found:
        say(f"nobody since {since}")
    return 0


def _waiting(_given: argparse.Namespace, commits: BookingCommits) -> int:
    waiting = commits.store.waiting
    places = sorted({one.place for one in waiting.count_waiting()})
    found = {
        row.id: row
        for kind in commits.desk().rules.kinds
        for row in waiting.waiting_for(kind, places, MOST_LISTED)
    }
    for row in sorted(found.values(), key=lambda one: (one.group, one.made)):
        since = on_the_wall(moment_of(row.made))
        place = row.place or "place unknown"
        say(f"since {since}  group {row.group}  {row.state}  {row.kind}  {place}")
    if not found:
        say("nobody waits")
    return 0
