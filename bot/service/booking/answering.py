"""Answers to all that a turn asks about meetings; what is refused is answered too, with other times where that helps."""

from datetime import datetime
from typing import cast

from bot.core.booking.handoff_orders import HandoffRefused
from bot.core.booking.order_forms import BookingRefused
from bot.core.dialogue.booking_requests import (
    AboutMeetings,
    AnswerOfferRequest,
    AskCounsellorRequest,
    BookingResponse,
    CancelMeetingRequest,
    ConfirmAddressRequest,
    ConfirmTimeRequest,
    FindTimesRequest,
    HoldTimeRequest,
    JoinWaitingRequest,
    KeepTimeRequest,
    LeaveWaitingRequest,
    MoveMeetingRequest,
    MyMeetingsRequest,
    RateMeetingRequest,
    ReleaseTimeRequest,
    SayComingRequest,
    TellLateRequest,
    UndoCancelRequest,
    WithdrawQuestionRequest,
)
from bot.core.dialogue.booking_requests import BookingRequest as AnyRequest
from bot.ports.effects import Effect, GiveCode
from bot.ports.protocols import millis
from bot.ports.snapshot import Snapshot
from bot.service.booking.asked import BookingAsked
from bot.service.booking.desk import BookingDesk
from bot.service.booking.mailing import ADDRESS_CODE, BookingMails
from bot.service.booking.office import BookingOffice, OfficeReads
from bot.service.booking.own_meetings import (
    answer_coming,
    answer_late,
    answer_mine,
    answer_rate,
    confirm_address,
)
from bot.service.booking.own_times import (
    answer_cancel,
    answer_confirm,
    answer_find,
    answer_hold,
    answer_keep,
    answer_move,
    answer_release,
    answer_undo,
    need_of,
    others_near,
)
from bot.service.booking.own_waiting import (
    answer_ask,
    answer_join,
    answer_leave,
    answer_offer,
    answer_withdraw,
)

Served = tuple[BookingResponse, tuple[Effect, ...]]


class BookingCounter:
    """Answers one turn's requests about meetings.

    whose: the conversation; now: the moment of the turn; register: how the person is addressed in mails.
    """

    def __init__(
        self, office: BookingOffice, snapshot: Snapshot, now: datetime, whose: str, register: str
    ) -> None:
        self._office = office
        self._snapshot = snapshot
        self._now = now
        self._whose = whose
        self._register = register

    def answer(self, request: AboutMeetings) -> Served:
        """Return the response to a request, and what is to be kept with the turn."""
        asked = self._asked()
        try:
            response = self._answered(cast("AnyRequest", request), asked)
        except (BookingRefused, HandoffRefused) as refused:
            return self._refused(request, str(refused.reason)), ()
        return response, asked.desk.decided.effects()

    def _asked(self) -> BookingAsked:
        desk = BookingDesk(
            self._office, OfficeReads.of_turn(self._snapshot), self._now, self._whose
        )

        def give(code: GiveCode, _conversation: str) -> None:
            desk.decided.other.append(code)

        return BookingAsked(desk, BookingMails(desk, give, self._register))

    def _refused(self, request: AboutMeetings, reason: str) -> BookingResponse:
        """Return why something was refused, from how things stand without it."""
        asked = self._asked()
        kind = cast("AnyRequest", request).kind
        if isinstance(request, HoldTimeRequest | MoveMeetingRequest):
            try:
                need = (
                    request.need
                    if isinstance(request, HoldTimeRequest)
                    else need_of(asked.part(request.booking), asked.desk)
                )
                near = others_near(need, request, asked)
            except BookingRefused:  # there is no such booking: no times either
                return BookingResponse(kind=kind, state=reason)
            return near.model_copy(update={"state": reason})
        about = getattr(request, "booking", "") or getattr(request, "entry", "")
        return BookingResponse(kind=kind, state=reason, about=about)

    def _answered(self, request: AnyRequest, asked: BookingAsked) -> BookingResponse:
        match request:
            case FindTimesRequest():
                return answer_find(request, asked)
            case HoldTimeRequest():
                return answer_hold(request, asked)
            case KeepTimeRequest():
                return answer_keep(request.kind, request.booking, asked)
            case ReleaseTimeRequest():
                return answer_release(request.kind, request.booking, asked)
            case ConfirmTimeRequest():
                return answer_confirm(request, asked)
            case MyMeetingsRequest():
                mine = answer_mine(asked)
                return BookingResponse(kind=request.kind, state="done", mine=mine)
            case CancelMeetingRequest():
                return answer_cancel(request.kind, request.booking, request.reason, asked)
            case UndoCancelRequest():
                return answer_undo(request.kind, request.booking, asked)
            case MoveMeetingRequest():
                return answer_move(request, asked)
            case TellLateRequest():
                return answer_late(request, asked)
            case SayComingRequest():
                return answer_coming(request, asked)
            case JoinWaitingRequest():
                return answer_join(request, asked)
            case LeaveWaitingRequest():
                return answer_leave(request, asked)
            case AnswerOfferRequest():
                return answer_offer(request, asked)
            case AskCounsellorRequest():
                return answer_ask(request, asked)
            case WithdrawQuestionRequest():
                return answer_withdraw(request, asked)
            case RateMeetingRequest():
                return answer_rate(request, asked)
            case ConfirmAddressRequest():
                return confirm_address(request, self._is_known, asked)

    def _is_known(self, digest: str) -> bool:
        """Return whether a code was sent for this conversation, and is not too old."""
        return self._snapshot.known_code(digest, ADDRESS_CODE, millis(self._now)) == self._whose
