"""Answers to what somebody asks about times: found, held, agreed to, moved, cancelled."""

from datetime import timedelta

from bot.core.base.mail_address import mail_address
from bot.core.booking.appointment import BookingChanges, OwnPart
from bot.core.booking.handoff import Handoff
from bot.core.booking.handoff_orders import AnswerTimes, OpenHandoff, obey_handoff
from bot.core.booking.holding import LONGEST_HANDED
from bot.core.booking.meeting import Booking, EndedBy
from bot.core.booking.need import MeetingNeed
from bot.core.booking.order_forms import (
    BookingRefused,
    CancelBooking,
    ConfirmBooking,
    HoldSeat,
    HoldTime,
    KeepLonger,
    MoveBooking,
    MoveSeat,
    ReleaseHold,
    UndoCancel,
)
from bot.core.booking.orders import obey_booking
from bot.core.dialogue.booking_requests import (
    BookingResponse,
    ConfirmTimeRequest,
    FindTimesRequest,
    HoldTimeRequest,
    MoveMeetingRequest,
    MyMeetings,
)
from bot.service.booking.asked import BookingAsked, about_booking, my_meeting
from bot.service.booking.codes import code_digest, new_code
from bot.service.booking.desk import BookingDesk, new_id
from bot.service.booking.finding import (
    fallbacks,
    find_near,
    find_times,
    free_with,
    moment,
    no_time_counted,
    shown,
    time_at,
)
from bot.service.booking.handing import handoff_moment


def answer_find(request: FindTimesRequest, asked: BookingAsked) -> BookingResponse:
    """Return the times that can be booked. request: what for; asked: by whom."""
    desk = asked.desk
    moving = asked.part(request.moving) if request.moving else None
    found = find_times(desk, request.need, moving)
    if found.state in {"nobody", "full"}:
        no_time_counted(desk, request.need)
    times = shown(desk, found.times, request.need)
    return BookingResponse(
        kind=request.kind, state=found.state, times=times, fallbacks=fallbacks(found.routed)
    )


def answer_hold(request: HoldTimeRequest, asked: BookingAsked) -> BookingResponse:
    """Return a time held for the person. The rest as of `answer_find`. Errors: BookingRefused."""
    desk, need = asked.desk, request.need
    time, found = time_at(desk, need, request.start, request.group)
    if found.state in {"nobody", "kind"}:
        state, offices = found.state, fallbacks(found.routed)
        return BookingResponse(kind=request.kind, state=state, fallbacks=offices)
    free = None if time is None else free_with(time, request.mode)
    if free is None:
        raise BookingRefused("past" if request.start <= desk.now else "taken")
    for_whom = {
        "whom": request.whom,
        "booked_by": request.booked_by,
        "language": request.language,
    }
    order: HoldTime | HoldSeat
    appointment = None
    if request.group:
        appointment = desk.appointment(request.group)
        order = HoldSeat(bookings=(new_id(),), **for_whom)
    else:
        terms = free.terms
        order = HoldTime(
            meeting=new_id(),
            booking=new_id(),
            meeting_kind=need.kind,
            mode=request.mode,
            counsellors=(terms.counsellor,),
            institution=terms.office,
            start=request.start,
            where=desk.office.where(terms.office, terms.room, request.mode),
            example=desk.counsellors.named[terms.counsellor].example,
            **for_whom,
        )
    changes = obey_booking(order, asked.circumstances(need.kind, appointment))
    desk.add(changes)
    return about_booking(request.kind, changes.bookings[-1], asked)


def answer_keep(kind: str, booking: str, asked: BookingAsked) -> BookingResponse:
    """Return a held time kept longer. The rest as of `answer_hold`."""
    _, changes = asked.obey(booking, KeepLonger(booking=booking))
    return about_booking(kind, changes.bookings[0], asked)


def answer_release(kind: str, booking: str, asked: BookingAsked) -> BookingResponse:
    """Return a held time let go. The rest as of `answer_hold`."""
    _, changes = asked.obey(booking, ReleaseHold(booking=booking))
    return about_booking(kind, changes.bookings[0], asked)


def answer_confirm(request: ConfirmTimeRequest, asked: BookingAsked) -> BookingResponse:
    """Return a held time agreed to, with the code it can be found by. The rest as of `answer_hold`."""
    part, code = asked.part(request.booking), new_code()
    order = agreement(request, part, asked, code)
    if order is None:
        return BookingResponse(kind=request.kind, state="email", about=request.booking)
    part, changes = asked.obey(request.booking, order)
    booking = next(one for one in changes.bookings if one.id == request.booking)
    hand_over(OwnPart(booking, part.meeting), request.unknown, asked)
    return agreed_answer(request.kind, OwnPart(booking, part.meeting), code, asked)


def agreement(
    request: ConfirmTimeRequest, part: OwnPart, asked: BookingAsked, code: str
) -> ConfirmBooking | None:
    """Return how somebody agrees to a time; None where the address they gave is none."""
    desk = asked.desk
    email = request.email.strip()
    if email:
        try:
            email = mail_address(email)
        except ValueError:
            return None
    known = {
        one.booking.email for one in desk.parts() if one.booking.email_confirmed
    }  # once is enough
    until = part.meeting.during.end + timedelta(days=desk.bounds.handed_days)
    return ConfirmBooking(
        booking=part.booking.id,
        question=request.question,
        handed=request.handed,
        handed_until=min(until, desk.now + LONGEST_HANDED) if request.handed else None,
        along=request.along,
        email=email,
        email_confirmed=email in known,
        code=code_digest(code),
        follow_up=request.follow_up,
    )


def agreed_answer(
    kind: str, part: OwnPart, code: str, asked: BookingAsked, *, mailed: bool = False
) -> BookingResponse:
    """Return the answer that a time is agreed, with its code, and let the mail go, if none has.

    part: as it is now.
    """
    if not mailed:
        asked.mails.agreed(part, code, asked.desk.conversation)
    mine = my_meeting(asked.desk, part).model_copy(update={"code": code})
    answered = BookingResponse.model_validate({"kind": kind, "state": "done"})
    return answered.model_copy(
        update={"about": part.booking.id, "mine": MyMeetings(meetings=(mine,))}
    )


def hand_over(part: OwnPart, unknown: tuple[str, ...], asked: BookingAsked) -> None:
    """Open the handoff of an hour that is agreed, and tell its counsellor."""
    desk, (booking, meeting) = asked.desk, part
    until = booking.handed_until or meeting.during.end + timedelta(days=desk.bounds.handed_days)
    handoff = Handoff(
        id=new_id(),
        institution=meeting.institution,
        to=meeting.counsellors[0],
        language=booking.language,
        question=booking.question,
        unknown=unknown,
        handed=booking.handed,
        handed_until=min(until, desk.now + LONGEST_HANDED),
        booking=booking.id,
        made=desk.now,
        example=booking.example,
    )
    moment = handoff_moment(desk, handoff, "person")
    opened = obey_handoff(None, OpenHandoff(handoff=handoff), moment)
    desk.decided.hand(opened)
    asked.mails.handed(opened, desk.conversation, meeting)


def answer_cancel(kind: str, booking: str, reason: str, asked: BookingAsked) -> BookingResponse:
    """Return what was agreed cancelled. The rest as of `answer_hold`."""
    order = CancelBooking(booking=booking, choice="cancel", reason=reason)
    part, changes = asked.obey(booking, order)
    meeting = asked.desk.decided.meetings[part.meeting.id]
    ended = OwnPart(_changed(changes, booking, part.booking), meeting)
    if part.booking.state != "held":
        asked.mails.ended(ended, asked.desk.conversation, "person", reason)
    return about_booking(kind, ended.booking, asked)


def answer_undo(kind: str, booking: str, asked: BookingAsked) -> BookingResponse:
    """Return a cancelled time had back. The rest as of `answer_hold`."""
    part, changes = asked.obey(booking, UndoCancel(booking=booking))
    back = OwnPart(_changed(changes, booking, part.booking), changes.meetings[0])
    if back.booking.email_confirmed:
        asked.mails.agreed(back, "", asked.desk.conversation)
    return about_booking(kind, back.booking, asked)


def answer_move(request: MoveMeetingRequest, asked: BookingAsked) -> BookingResponse:
    """Return a meeting at another time. The rest as of `answer_hold`."""
    desk, part = asked.desk, asked.part(request.booking)
    was = part.meeting.during
    c = asked.circumstances(part.meeting.kind, asked.appointment(part))
    handoff = next((one for one in desk.handoffs() if one.booking == request.booking), None)
    proposed = handoff is not None and request.start in handoff.proposed
    if request.group:
        c = c._replace(target=desk.appointment(request.group))
        changes = obey_booking(MoveSeat(booking=request.booking), c)
    else:
        changes = obey_booking(
            _move_order(request, part, asked, is_proposed=proposed), c._replace(role=_who(proposed))
        )
    desk.add(changes)
    if handoff is not None and proposed and handoff.state == "proposed":
        moment = handoff_moment(desk, handoff, "person")
        desk.decided.hand(obey_handoff(handoff, AnswerTimes(chosen=request.start), moment))
    booking = _changed(changes, request.booking, part.booking)
    there = OwnPart(booking, desk.decided.meetings[booking.meeting])
    asked.mails.moved(there, was, desk.conversation, "person")
    return about_booking(request.kind, booking, asked)


def others_near(
    need: MeetingNeed, request: HoldTimeRequest | MoveMeetingRequest, asked: BookingAsked
) -> BookingResponse:
    """Return the three times next to one that could not be had, as the times of an answer."""
    moving = None if isinstance(request, HoldTimeRequest) else asked.part(request.booking)
    found = find_near(asked.desk, need, request.start, moving)
    times = shown(asked.desk, found.nearest(request.start), need)
    return BookingResponse(kind=request.kind, times=times, fallbacks=fallbacks(found.routed))


def need_of(part: OwnPart, desk: BookingDesk) -> MeetingNeed:
    """Return what is looked for where an agreed meeting is moved: the same, with the same counsellor."""
    meeting = part.meeting
    profile = desk.counsellors.named.get(meeting.counsellors[0])
    return MeetingNeed(
        audience=profile.audience[0] if profile is not None else "adult",
        kind=meeting.kind,
        place=profile.place if profile is not None else "",
        institution=meeting.institution,
        language=part.booking.language,
        with_counsellor=meeting.counsellors[0],
    )


def _move_order(
    request: MoveMeetingRequest, part: OwnPart, asked: BookingAsked, *, is_proposed: bool
) -> MoveBooking:
    """Return the order to move a meeting of one's own to a time that is shown, or that its counsellor proposed."""
    desk = asked.desk
    order = MoveBooking(booking=request.booking, start=request.start, mode=request.mode)
    if is_proposed:
        return order
    found = find_times(desk, need_of(part, desk), part, moment(request.start))
    free = next((free_with(one, request.mode) for one in found.times), None)
    if free is None:
        return order  # refused by the same rules, with the word why
    office, room = free.terms.office, free.terms.room
    where = desk.office.where(office, room, request.mode)
    return order.model_copy(update={"institution": office, "where": where})


def _who(is_proposed: bool) -> EndedBy:  # noqa: FBT001 - of one time
    return "counsellor" if is_proposed else "person"


def _changed(changes: BookingChanges, id_: str, before: Booking) -> Booking:
    return next((one for one in changes.bookings if one.id == id_), before)
