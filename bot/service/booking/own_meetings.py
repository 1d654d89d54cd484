"""Answers about meetings that are agreed: which there are, who comes, how it was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.core.booking.appointment import OwnPart
from bot.core.booking.attending import rated
from bot.core.booking.order_forms import SayComing, TellLate
from bot.core.dialogue.booking_requests import (
    BookingResponse,
    ConfirmAddressRequest,
    MyMeetings,
    RateMeetingRequest,
    SayComingRequest,
    TellLateRequest,
)
from bot.service.booking.asked import BookingAsked, about_booking, my_meeting
from bot.service.booking.codes import code_digest

LATELY: Final = timedelta(days=30)  # for which what is over is told with what is ahead


def answer_mine(asked: BookingAsked) -> MyMeetings:
    """Return all that the person has of meetings."""
    desk = asked.desk
    told = [
        part
        for part in desk.parts()
        if part.booking.state_at(desk.now) != "lapsed"
        and not part.booking.party_of
        and not part.booking.offered
        and part.meeting.during.end > desk.now - LATELY
    ]
    told.sort(key=lambda part: part.meeting.during.start)
    standing = {"waiting", "offered"}
    return MyMeetings(
        meetings=tuple(my_meeting(desk, part) for part in told),
        waiting=tuple(one for one in desk.entries() if one.state in standing),
        handoffs=tuple(one for one in desk.handoffs() if one.state not in {"done", "withdrawn"}),
    )


def answer_late(request: TellLateRequest, asked: BookingAsked) -> BookingResponse:
    """Return that the person will be late. The rest as of `answer_hold`."""
    _, changes = asked.obey(
        request.booking, TellLate(booking=request.booking, minutes=request.minutes)
    )
    return about_booking(request.kind, changes.bookings[0], asked)


def answer_coming(request: SayComingRequest, asked: BookingAsked) -> BookingResponse:
    """Return that the person comes. The rest as of `answer_hold`."""
    _, changes = asked.obey(request.booking, SayComing(booking=request.booking))
    return about_booking(request.kind, changes.bookings[0], asked)


def answer_rate(request: RateMeetingRequest, asked: BookingAsked) -> BookingResponse:
    """Return what the person says of a meeting noted. The rest as of `answer_hold`."""
    part = asked.part(request.booking)
    c = asked.circumstances(part.meeting.kind, asked.appointment(part))
    said = (request.helped, request.told_again, request.outcome)
    changes = rated(part.booking, c, *said)
    asked.desk.add(changes)
    return about_booking(request.kind, changes.bookings[0], asked)


def confirm_address(
    request: ConfirmAddressRequest, is_known: Callable[[str], bool], asked: BookingAsked
) -> BookingResponse:
    """Return the address confirmed that a code was sent to, and send the mails that waited for it.

    is_known: whether what is kept of a code is of this conversation, and not too old.
    """
    desk = asked.desk
    waiting = [
        part
        for part in desk.parts()
        if part.booking.email
        and not part.booking.email_confirmed
        and part.is_open_at(desk.now)
        and is_known(code_digest(request.code, part.booking.email))
    ]
    if not waiting:
        return BookingResponse(kind=request.kind, state="code")
    for part in waiting:
        confirmed = part.booking.changed(email_confirmed=True)
        desk.decided.add_booking(confirmed)
        asked.mails.agreed(OwnPart(confirmed, part.meeting), "", desk.conversation)
    meetings = tuple(my_meeting(desk, part) for part in waiting)
    return BookingResponse(kind=request.kind, state="done", mine=MyMeetings(meetings=meetings))
