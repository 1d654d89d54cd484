"""Answers to what somebody asks about waiting for a time, and about a question without an hour."""

from datetime import timedelta

from bot.core.booking.appointment import OwnPart
from bot.core.booking.handoff import Handoff
from bot.core.booking.handoff_orders import OpenHandoff, WithdrawHandoff, obey_handoff
from bot.core.booking.need import MeetingNeed
from bot.core.booking.order_forms import BookingRefused
from bot.core.booking.priority import priority_group
from bot.core.booking.routing import Routed, route
from bot.core.booking.waiting_entry import WaitingEntry
from bot.core.booking.waiting_orders import (
    AcceptOffer,
    DeclineOffer,
    JoinList,
    LeaveList,
    StillWant,
    obey_waiting,
)
from bot.core.dialogue.booking_requests import (
    AnswerOfferRequest,
    AskCounsellorRequest,
    BookingResponse,
    ConfirmTimeRequest,
    JoinWaitingRequest,
    LeaveWaitingRequest,
    MyMeetings,
    WithdrawQuestionRequest,
)
from bot.service.booking.asked import BookingAsked
from bot.service.booking.codes import new_code
from bot.service.booking.desk import new_id
from bot.service.booking.finding import fallbacks
from bot.service.booking.handing import handoff_moment
from bot.service.booking.own_times import agreed_answer, agreement, hand_over


def answer_join(request: JoinWaitingRequest, asked: BookingAsked) -> BookingResponse:
    """Return the person in the waiting list. request: for what; asked: by whom. Errors: BookingRefused."""
    desk, need = asked.desk, request.need
    c = asked.circumstances(need.kind)
    routed = _routed(need, asked)
    if not routed.offered:
        offices = fallbacks(routed)
        return BookingResponse(kind=request.kind, state="nobody", fallbacks=offices)
    entry = WaitingEntry(
        id=new_id(),
        need=need,
        group=priority_group(need, desk.rules).group,
        made=desk.now,
        whom=request.whom,
        weekdays=request.weekdays,
        hours=request.hours,
        sooner=request.sooner,
        example=routed.offered[0].profile.example,
    )
    changes = obey_waiting(JoinList(entry=entry), c)
    desk.add(changes)
    waiting = MyMeetings(waiting=changes.entries)
    return BookingResponse(kind=request.kind, state="done", about=entry.id, mine=waiting)


def answer_leave(request: LeaveWaitingRequest, asked: BookingAsked) -> BookingResponse:
    """Return the person out of the waiting list, or that they still wait. The rest as of `answer_join`."""
    entry = _entry(request.entry, asked)
    order = StillWant(entry=entry.id, wanted=True) if request.wanted else LeaveList(entry=entry.id)
    appointment = _offered(entry, asked)
    c = asked.circumstances(
        entry.need.kind, None if appointment is None else asked.appointment(appointment)
    )
    changes = obey_waiting(order, c)
    asked.desk.add(changes)
    waiting = MyMeetings(waiting=changes.entries)
    return BookingResponse(kind=request.kind, state="done", about=entry.id, mine=waiting)


def answer_offer(request: AnswerOfferRequest, asked: BookingAsked) -> BookingResponse:
    """Return an offered time taken, or let go to the next one. The rest as of `answer_join`."""
    desk, entry = asked.desk, _entry(request.entry, asked)
    offered = _offered(entry, asked)
    if offered is None:
        raise BookingRefused("lapsed")
    c = asked.circumstances(offered.meeting.kind, asked.appointment(offered))
    if not request.take:
        changes = obey_waiting(DeclineOffer(entry=entry.id), c)
        desk.add(changes)
        waiting = MyMeetings(waiting=changes.entries)
        return BookingResponse(kind=request.kind, state="done", about=entry.id, mine=waiting)
    code = new_code()
    taken = ConfirmTimeRequest(
        booking=entry.booking,
        question=request.question,
        handed=request.handed,
        email=request.email,
    )
    order = agreement(taken, offered, asked, code)
    if order is None:
        return BookingResponse(kind=request.kind, state="email", about=entry.id)
    changes = obey_waiting(AcceptOffer(entry=entry.id, agreed=order), c)
    desk.add(changes)
    booking = next(one for one in changes.bookings if one.state == "confirmed")
    part = OwnPart(booking, desk.decided.meetings[booking.meeting])
    if entry.sooner:  # what they had, at an earlier time: its code and what was handed over stay
        was = next(one for one in c.parts if one.booking.id == booking.id).meeting.during
        asked.mails.moved(part, was, desk.conversation, "person")
        return agreed_answer(request.kind, part, "", asked, mailed=True)
    hand_over(part, (), asked)
    return agreed_answer(request.kind, part, code, asked)


def answer_ask(request: AskCounsellorRequest, asked: BookingAsked) -> BookingResponse:
    """Return a question handed to a counsellor, without an hour. The rest as of `answer_join`."""
    desk = asked.desk
    routed = _routed(request.need, asked)
    if not routed.offered:
        offices = fallbacks(routed)
        return BookingResponse(kind=request.kind, state="nobody", fallbacks=offices)
    first = routed.offered[0]
    handoff = Handoff(
        id=new_id(),
        institution=first.profile.institution,
        to=first.profile.id,
        language=first.language,
        question=request.question,
        unknown=request.unknown,
        handed=request.handed,
        handed_until=desk.now + timedelta(days=desk.bounds.handed_days),
        made=desk.now,
        example=first.profile.example,
    )
    moment = handoff_moment(desk, handoff, "person")
    opened = obey_handoff(None, OpenHandoff(handoff=handoff), moment)
    desk.decided.hand(opened)
    asked.mails.handed(opened, desk.conversation)
    mine = MyMeetings(handoffs=(opened,))
    return BookingResponse(kind=request.kind, state="done", about=opened.id, mine=mine)


def answer_withdraw(request: WithdrawQuestionRequest, asked: BookingAsked) -> BookingResponse:
    """Return what was handed over taken back; the hour stays, with nothing in it. The rest as of `answer_join`."""
    desk = asked.desk
    handoff = next((one for one in desk.handoffs() if one.id == request.handoff), None)
    if handoff is None:
        raise BookingRefused("gone")
    moment = handoff_moment(desk, handoff, "person")
    withdrawn = obey_handoff(handoff, WithdrawHandoff(), moment)
    desk.decided.hand(withdrawn)
    part = next((one for one in desk.parts() if one.booking.id == handoff.booking), None)
    if part is not None and (part.booking.handed or part.booking.question):
        emptied = part.booking.changed(handed=(), handed_until=None, question="")
        desk.decided.add_booking(emptied)
    mine = MyMeetings(handoffs=(withdrawn,))
    return BookingResponse(kind=request.kind, state="done", about=withdrawn.id, mine=mine)


def _routed(need: MeetingNeed, asked: BookingAsked) -> Routed:
    desk = asked.desk
    if need.kind not in desk.rules.kinds:
        raise BookingRefused("kind")
    offered = tuple(desk.counsellors.offered.values())
    return route(need, offered, desk.office.library.place_finder, desk.rules, desk.now)


def _entry(id_: str, asked: BookingAsked) -> WaitingEntry:
    found = next((one for one in asked.desk.entries() if one.id == id_), None)
    if found is None:
        raise BookingRefused("gone")
    return found


def _offered(entry: WaitingEntry, asked: BookingAsked) -> OwnPart | None:
    """Return what is offered to an entry; None where nothing is."""
    return next((one for one in asked.desk.parts() if one.booking.id == entry.booking), None)
