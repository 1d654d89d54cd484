"""What becomes of a place in the waiting list: an offer taken, let go by, withdrawn; and what its person says."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from bot.core.booking.bounds import BookingBounds
from bot.core.booking.meeting import Booking
from bot.core.booking.waiting_entry import WaitingEntry


def offered_to(entry: WaitingEntry, booking: Booking) -> WaitingEntry:
    """Return an entry to which a held booking is offered."""
    return entry.changed(state="offered", booking=booking.id)


def offered_of(entries: Iterable[WaitingEntry], ids: Collection[str]) -> Iterator[WaitingEntry]:
    """Return those of the entries whose open offer is one of some bookings. ids: of the bookings."""
    return (one for one in entries if one.state == "offered" and one.booking in ids)


def taken(entry: WaitingEntry) -> WaitingEntry:
    """Return an entry whose person has what they waited for; nothing brings it back, should they cancel."""
    return entry.changed(state="taken", booking="")


def served(entries: Iterable[WaitingEntry], booking: Booking) -> tuple[WaitingEntry, ...]:
    """Return those of a conversation's entries that end as a booking of another way is agreed to."""
    return tuple(
        taken(entry)
        for entry in entries
        if entry.state == "waiting"
        and entry.whom == booking.whom
        and not entry.sooner
        and booking.kind in {entry.need.kind, *entry.also}
    )


def after_lapse(
    entry: WaitingEntry, start: datetime, now: datetime, bounds: BookingBounds
) -> WaitingEntry:
    """Return an entry whose offer ran out; after several in a row its person is asked, and stands behind the others.

    start: of what was offered.
    """
    lapses = entry.lapsed + 1
    asked = {"asked": now, "silent": True} if lapses >= bounds.lapses else {}
    passed = _passed(entry, start, now)
    return entry.changed(state="waiting", booking="", passed=passed, lapsed=lapses, **asked)


def after_decline(entry: WaitingEntry, start: datetime, now: datetime) -> WaitingEntry:
    """Return an entry whose person said no, thank you: it costs nothing, and that time is not offered again."""
    heard = {"heard": now, "silent": False, "lapsed": 0}
    passed = _passed(entry, start, now)
    return entry.changed(state="waiting", booking="", passed=passed, **heard)


def after_withdrawal(entry: WaitingEntry) -> WaitingEntry:
    """Return an entry whose offer was taken back by us."""
    return entry.changed(state="waiting", booking="")


def still_wanted(entry: WaitingEntry, now: datetime) -> WaitingEntry:
    """Return an entry whose person says that they still wait."""
    return entry.changed(heard=now, silent=False, lapsed=0)


def asked_again(entry: WaitingEntry, now: datetime) -> WaitingEntry:
    """Return an entry whose person is asked whether they still wait."""
    return entry.changed(asked=now)


def is_silent_at(entry: WaitingEntry, now: datetime, bounds: BookingBounds) -> bool:
    """Return whether somebody was asked and has not answered for some days, noted or not."""
    if entry.silent or entry.asked is None:
        return entry.silent
    is_answered = entry.heard is not None and entry.heard >= entry.asked
    return not is_answered and now - entry.asked >= timedelta(days=bounds.answer_days)


def is_ask_due(entry: WaitingEntry, now: datetime, bounds: BookingBounds) -> bool:
    """Return whether it is time to ask somebody whether they still wait. Who does not answer is not asked again."""
    if entry.state != "waiting" or entry.silent:
        return False
    last = max(one for one in (entry.made, entry.asked, entry.heard) if one is not None)
    is_open = entry.asked is not None and (entry.heard is None or entry.heard < entry.asked)
    return not is_open and now - last >= timedelta(days=bounds.ask_days)


def _passed(entry: WaitingEntry, start: datetime, now: datetime) -> tuple[datetime, ...]:
    ahead = {one for one in entry.passed if one > now}
    return tuple(sorted(ahead | {start}))
