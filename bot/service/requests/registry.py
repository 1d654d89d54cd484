"""Which part of the service answers a request, and what its answer leaves to be kept."""

from dataclasses import dataclass
from typing import assert_never

from bot.core.dialogue.booking_requests import AboutMeetings
from bot.core.dialogue.requests import (
    CarryLinkRequest,
    CorrectionRequest,
    CorrectionResponse,
    DataRequest,
    DataResponse,
    DeclineDeviceRequest,
    DeclineDeviceResponse,
    ErasureRequest,
    ErasureResponse,
    LinkDeviceRequest,
    PlanFileRequest,
    PlanHistoryRequest,
    PlanImportRequest,
    PlanImportResponse,
    PlanVersionRequest,
    Request,
    Response,
)
from bot.ports.effects import Effect
from bot.ports.protocols import moment_of
from bot.ports.records import Update
from bot.ports.snapshot import Snapshot
from bot.service.booking.answering import BookingCounter
from bot.service.booking.office import BookingOffice
from bot.service.corrections import record_correction
from bot.service.device_links import PULLED_CHANNEL, ChannelLinks, give_link, link_device
from bot.service.plan_files import PlanPrinter, give_plan_file
from bot.service.plan_versions import give_plan_history, give_plan_version

ResponseAndEffects = tuple[Response, tuple[Effect, ...]]


@dataclass(frozen=True)
class RequestContext:
    """What an answer may look at: the turn's update, what else is kept, and where links lead.

    carry_minutes: how long a link to another device is good for. printer: makes files of plans. office: of meetings.
    register: how the person is addressed.
    """

    update: Update
    snapshot: Snapshot
    links: ChannelLinks
    carry_minutes: int
    printer: PlanPrinter
    office: BookingOffice
    register: str


def answer_about_meetings(request: AboutMeetings, context: RequestContext) -> ResponseAndEffects:
    """Return the response to a request about meetings, as of `answer`."""
    update = context.update
    now, whose = moment_of(update.at), update.conversation
    counter = BookingCounter(context.office, context.snapshot, now, whose, context.register)
    return counter.answer(request)


def answer(request: Request, context: RequestContext) -> ResponseAndEffects:
    """Return the response to a request, and the effects to be kept with the turn."""
    match request:
        case DataRequest():
            return DataResponse(), ()
        case ErasureRequest():
            return ErasureResponse(), ()  # a turn that leaves no session is erased as it is kept
        case CarryLinkRequest():
            update = context.update
            until = update.at + context.carry_minutes * 60_000
            return give_link(context.links, update.channel, until)
        case LinkDeviceRequest():
            return link_device(request.device, context.update.conversation, context.snapshot)
        case CorrectionRequest():
            return CorrectionResponse(), record_correction(request)
        case PlanFileRequest():
            return give_plan_file(request, context.printer, context.update), ()
        case PlanImportRequest():
            is_page = context.update.channel == PULLED_CHANNEL
            return PlanImportResponse(place="on_page" if is_page else "send_here"), ()
        case PlanHistoryRequest():
            return give_plan_history(request, context.snapshot, context.update), ()
        case PlanVersionRequest():
            return give_plan_version(request, context.snapshot, context.update), ()
        case AboutMeetings():
            return answer_about_meetings(request, context)
        case DeclineDeviceRequest():
            return DeclineDeviceResponse(), ()
        case _:
            assert_never(request)
