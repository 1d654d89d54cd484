"""What follows for the session from what the service has answered."""

from typing import assert_never

from bot.core.dialogue.booking_recording import ASKED_WHILE_BOOKING, record_booking
from bot.core.dialogue.booking_requests import BookingResponse
from bot.core.dialogue.plan_events import PlanNotChanged
from bot.core.dialogue.request_marks import mark_of_request
from bot.core.dialogue.requests import (
    CarryLinkResponse,
    CorrectionResponse,
    DataResponse,
    DeclineDeviceResponse,
    ErasureResponse,
    LinkDeviceResponse,
    PlanFileResponse,
    PlanHistoryResponse,
    PlanImportResponse,
    PlanVersionResponse,
    Response,
)
from bot.core.dialogue.session import Answer
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.plan.history import KeptVersion
from bot.core.plan.merging import merged
from bot.core.plan.orders import RestoreVersion


def record_response(turn: TurnBuilder, response: Response) -> None:
    """Note that a request is answered, and what follows from it for the session."""
    if isinstance(response, BookingResponse) and response.kind in ASKED_WHILE_BOOKING:
        record_booking(turn, response)
        return
    mark = mark_of_request(response.kind, _found(turn, response))
    turn.change(answered_requests=(*turn.session.answered_requests, mark))
    match response:
        case LinkDeviceResponse(linked=True):
            device = turn.session.linking_device
            _end_linking(turn, brought=() if device is None else device.answers)
            plan = merged(turn.session.plan, None if device is None else device.plan)
            turn.change(shared_computer=False, plan=plan)  # it is another device's too now
        case LinkDeviceResponse() | DeclineDeviceResponse():
            _end_linking(turn, brought=())
        case CorrectionResponse():
            turn.change(disputed=None)
        case PlanVersionResponse(kind="plan_restore", found=None):
            turn.events.append(PlanNotChanged(reason="gone"))
        case PlanVersionResponse(kind="plan_restore", found=KeptVersion() as version):
            turn.obey([RestoreVersion(number=version.number, items=version.items)])
        case (
            DataResponse()
            | ErasureResponse()
            | CarryLinkResponse()
            | PlanFileResponse()
            | PlanImportResponse()
        ):
            pass
        case PlanHistoryResponse() | PlanVersionResponse() | BookingResponse():
            pass
        case _:
            assert_never(response)


def _found(turn: TurnBuilder, response: Response) -> str:
    """Return what was found, in a word, where the flow goes on by it; else ""."""
    if not isinstance(response, PlanVersionResponse) or response.kind == "plan_restore":
        return ""
    if response.found is None or turn.session.plan is None:
        return "none"
    return "present" if response.found.number == turn.session.plan.version else "earlier"


def _end_linking(turn: TurnBuilder, brought: tuple[Answer, ...]) -> None:
    """Let no device wait any more, and add the answers it brought to questions not answered here."""
    answers = turn.session.answers
    answered = {answer.step for answer in answers}
    new_answers = tuple(answer for answer in brought if answer.step not in answered)
    turn.change(linking_device=None, answers=(*answers, *new_answers))
