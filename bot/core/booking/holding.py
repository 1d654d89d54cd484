"""A time held, kept longer, agreed to or let go; and what the clock has ended."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.booking.appointment import (
    Appointment,
    BookingChanges,
    StartWanted,
    all_changed,
    spans_of,
)
from bot.core.booking.entry_changes import after_lapse, offered_of, served
from bot.core.booking.meeting import Booking, Meeting
from bot.core.booking.order_forms import (
    BookingRefused,
    Circumstances,
    ConfirmBooking,
    ForWhom,
    HoldSeat,
    HoldTime,
    KeepLonger,
    ReleaseHold,
    changed_meeting,
)
from bot.core.booking.own_parts import check_agreed, has_missed_many, hold_let_go, room_for

LONGEST_HANDED: Final = timedelta(days=365)
LONGEST_NAME_IN_PARTY: Final = 290  # of `whom`, before its number


def hold_time(order: HoldTime, c: Circumstances, offer: datetime | None = None) -> BookingChanges:
    """Return a new meeting held for somebody.

    order: the time; c: how things stand; offer: until when it stands, where the waiting list offers it.
    Errors: BookingRefused.
    """
    if c.kind.seats > 1:
        raise BookingRefused("kind")
    if order.mode not in c.kind.modes:
        raise BookingRefused("mode")
    check_ahead(order.start, c)
    during, blocked = spans_of(c.kind, order.start)
    let_go = BookingChanges()
    if offer is None:
        let_go = room_for(order.whom, order.meeting_kind, during, c)
    wanted = StartWanted(
        kind=order.meeting_kind,
        mode=order.mode,
        counsellors=order.counsellors,
        institution=order.institution,
        during=during,
        blocked=blocked,
        bounds=c.counting,
        besides=tuple(one.id for one in let_go.meetings),
    )
    if not c.is_free(wanted):
        raise BookingRefused("taken")
    meeting = Meeting(
        id=order.meeting,
        version=1,
        kind=order.meeting_kind,
        mode=order.mode,
        counsellors=order.counsellors,
        institution=order.institution,
        during=during,
        blocked=blocked,
        where=order.where,
        example=order.example,
    )
    made = _held(order, order.booking, meeting, c, offer)
    return let_go.then(BookingChanges(meetings=(meeting,), bookings=(made,)))


def hold_seat(order: HoldSeat, c: Circumstances, offer: datetime | None = None) -> BookingChanges:
    """Return places of a group held for somebody: all that are wanted together, or none. The rest as of `hold_time`."""
    appointment, meeting = c.about(), c.about().meeting
    if not appointment.is_group:
        raise BookingRefused("kind")
    check_ahead(meeting.during.start, c)
    check_notice(meeting.during.start, c)
    let_go = BookingChanges()
    if offer is None:
        let_go = room_for(order.whom, meeting.kind, meeting.during, c)
    gone = {one.id for one in let_go.bookings}
    left = tuple(one for one in appointment.bookings if one.id not in gone)
    seats = Appointment(meeting, left).free_seats(c.now, c.bounds)
    first = _held(order, order.bookings[0], meeting, c, offer)
    if len(seats) < len(order.bookings):
        raise BookingRefused("taken")
    made = [first.model_copy(update={"seat": seats[0]})]
    for number, (id_, seat) in enumerate(zip(order.bookings[1:], seats[1:], strict=False), 2):
        whom = f"{order.whom[:LONGEST_NAME_IN_PARTY]} +{number}"
        further = {"id": id_, "seat": seat, "whom": whom, "party_of": first.id}
        made.append(first.model_copy(update=further))
    return let_go.then(BookingChanges(bookings=tuple(made)))


def keep_longer(order: KeepLonger, c: Circumstances) -> BookingChanges:
    """Return a held time kept for as long again, as often as the bounds allow. The rest as of `hold_time`."""
    booking = _chosen(order.booking, c)
    hold = timedelta(minutes=c.kind.hold)
    latest = min(booking.made + c.bounds.holds * hold, c.about().meeting.during.start)
    until = min(c.now + hold, latest)
    if booking.hold_until is None or until <= booking.hold_until:
        raise BookingRefused("kept_enough")
    return BookingChanges(bookings=all_changed(c.about().party(booking), hold_until=until))


def release(order: ReleaseHold, c: Circumstances) -> BookingChanges:
    """Return what is left where somebody lets a held time go. The rest as of `hold_time`."""
    return hold_let_go(c.about(), _chosen(order.booking, c), c)


def confirm(order: ConfirmBooking, c: Circumstances) -> BookingChanges:
    """Return a held time agreed to; whoever waited for one of its kind waits no longer. The rest as of `hold_time`."""
    return agreed(_chosen(order.booking, c), order, c)


def agreed(booking: Booking, order: ConfirmBooking, c: Circumstances) -> BookingChanges:
    """Return a held booking agreed to, with all of its party. booking: held; the rest as of `hold_time`."""
    meeting = c.about().meeting
    check_ahead(meeting.during.start, c)
    check_agreed(booking, meeting.during, c)
    told = {
        "question": order.question,
        **handed_over(order, c),
        "along": order.along,
        "email": order.email,
        "email_confirmed": order.email_confirmed,
        "passes_on": order.passes_on or booking.passes_on,
        "code": order.code,
        "follow_up": order.follow_up,
    }
    now_agreed = {
        "state": "confirmed",
        "hold_until": None,
        "offered": False,
        "awaits_yes": has_missed_many(booking.whom, c),
    }
    first, *others = c.about().party(booking)
    bookings = (first.changed(**now_agreed, **told), *all_changed(others, **now_agreed))
    # a calendar that has this group as cancelled takes it in again only with a later sequence
    has_news = c.about().is_group and meeting.sequence > 0
    return BookingChanges(
        meetings=(changed_meeting(meeting, {}),) if has_news else (),
        bookings=bookings,
        entries=served(c.entries, booking),
    )


def let_go(c: Circumstances) -> BookingChanges:
    """Return what is left when the clock has ended holds, and the while in which a cancelled time can be had back.

    c: how things stand, with the entries of the waiting list whose offers these bookings are. Errors: BookingRefused.
    """
    appointment = c.about()
    run_out = [one for one in appointment.bookings if one.state != one.state_at(c.now)]
    offers = {one.id for one in run_out if one.offered}
    start = appointment.meeting.during.start
    entries = tuple(
        after_lapse(entry, start, c.now, c.bounds) for entry in offered_of(c.entries, offers)
    )
    changes = BookingChanges(bookings=all_changed(run_out, state="lapsed"), entries=entries)
    if appointment.is_group:
        return changes.then(_places_passed_on(appointment, c, has_more=bool(run_out)))
    if appointment.meeting.state == "cancelled" or appointment.blocks_at(c.now, c.bounds):
        return changes
    closed = appointment.meeting.changed(state="cancelled")
    freed = (appointment.freed(),) if c.now < start else ()
    return changes.then(BookingChanges(meetings=(closed,), freed=freed))


def _places_passed_on(
    appointment: Appointment, c: Circumstances, *, has_more: bool
) -> BookingChanges:
    """Return the free places of a group for who waits, once for each that has become free. has_more: some have otherwise."""
    left = [
        one
        for one in appointment.bookings
        if not one.passed_on
        and (until := appointment.undo_until(one, c.bounds)) is not None
        and until <= c.now
    ]
    seats = len(appointment.free_seats(c.now, c.bounds)) if left or has_more else 0
    freed = (appointment.freed(seats),) if seats else ()
    return BookingChanges(bookings=all_changed(left, passed_on=True), freed=freed)


def handed_over(order: ConfirmBooking, c: Circumstances) -> dict[str, object]:
    """Return what is handed over with an agreement, as fields of a booking. Errors: BookingRefused where it has no end."""
    until = order.handed_until
    if not order.handed:
        return {"handed": (), "handed_until": None}
    if until is None or not c.now < until <= c.now + LONGEST_HANDED:
        raise BookingRefused("until")
    return {"handed": order.handed, "handed_until": until}


def check_ahead(start: datetime, c: Circumstances) -> None:
    """Check that a time is still to come. Errors: BookingRefused."""
    if start <= c.now:
        raise BookingRefused("past")


def check_notice(start: datetime, c: Circumstances) -> None:
    """Check that a person may still take a place of a group, or may already. Errors: BookingRefused."""
    if c.is_staff:
        return
    if start - c.now < timedelta(hours=c.kind.notice):
        raise BookingRefused("too_late")
    if start - c.now > timedelta(days=c.kind.horizon):
        raise BookingRefused("too_early")


def held_at(booking: Booking, now: datetime) -> Booking:
    """Return a booking that is held at a moment. Errors: BookingRefused for any other."""
    state = booking.state_at(now)
    if state == "lapsed":
        raise BookingRefused("lapsed")
    if state != "held":
        raise BookingRefused("ended" if state in {"cancelled", "declined"} else "unchanged")
    return booking


def _chosen(id_: str, c: Circumstances) -> Booking:
    """Return a time that the person themselves holds, and that is not offered to them."""
    booking = held_at(c.found(id_), c.now)
    if booking.offered:
        raise BookingRefused("has_offer")
    return booking


def _held(
    order: ForWhom, id_: str, meeting: Meeting, c: Circumstances, offer: datetime | None
) -> Booking:
    hold = min(c.now + timedelta(minutes=c.kind.hold), meeting.during.start)
    return Booking(
        id=id_,
        version=1,
        meeting=meeting.id,
        kind=meeting.kind,
        whom=order.whom,
        state="held",
        hold_until=offer or hold,
        language=order.language,
        booked_by=order.booked_by,
        passes_on=order.passes_on,
        made=c.now,
        offered=offer is not None,
        example=meeting.example,
    )
