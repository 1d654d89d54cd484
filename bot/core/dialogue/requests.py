"""What a turn asks of the service, and what the service answers: pairs, by their kind.

A turn that needs something from outside ends in a request; its response is the next input, in the
same transaction. Both are values, so a conversation can be played again, and a scene can say what
the service answers.
"""

from datetime import date
from typing import Annotated, Literal, assert_never

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.dialogue.booking_asking import booking_request
from bot.core.dialogue.booking_requests import AboutMeetings, BookingRequest, BookingResponse
from bot.core.dialogue.session import LinkingDevice, Session
from bot.core.flows.booking_steps import BookingFacts
from bot.core.flows.roles import register_for
from bot.core.flows.steps import RequestStep
from bot.core.library import Library
from bot.core.nlu.frame_reading import heed
from bot.core.plan.history import KeptVersion
from bot.core.plan.plan import Plan


class DataRequest(Frozen):
    """Show the person what is kept of them."""

    kind: Literal["my_data"] = "my_data"


class DataResponse(Frozen):
    """It may be shown; what it is, the session itself says."""

    kind: Literal["my_data"] = "my_data"


class ErasureRequest(Frozen):
    """Erase the conversation with all that belongs to it."""

    kind: Literal["forget"] = "forget"


class ErasureResponse(Frozen):
    """It is erased with the end of this turn."""

    kind: Literal["forget"] = "forget"


class CarryLinkRequest(Frozen):
    """Give a one-time link by which the conversation goes on at another channel."""

    kind: Literal["carry"] = "carry"


class CarryLinkResponse(Frozen):
    """The link, or "" where no other channel is open."""

    kind: Literal["carry"] = "carry"
    link: str = ""


class LinkDeviceRequest(Frozen):
    """Let the device that asked go on with the conversation; None: nobody waits any more."""

    kind: Literal["join"] = "join"
    device: LinkingDevice | None = None


class LinkDeviceResponse(Frozen):
    """It goes on with the conversation from now on, unless it has another one by now."""

    kind: Literal["join"] = "join"
    linked: bool = True


class DeclineDeviceRequest(Frozen):
    """Turn the device away that asked."""

    kind: Literal["decline"] = "decline"


class DeclineDeviceResponse(Frozen):
    """It was turned away."""

    kind: Literal["decline"] = "decline"


class CorrectionRequest(Frozen):
    """Keep what is said to be wrong, apart from who says so.

    card: its kind and id, "knowledge/grade10_criteria". version: of what was shown. words: without
    what could tell whose they are; "" where nothing was said. language: of the conversation.
    """

    kind: Literal["correction"] = "correction"
    card: str
    version: str
    words: str
    language: str
    on: date


class CorrectionResponse(Frozen):
    """It is kept."""

    kind: Literal["correction"] = "correction"


PlanFileKind = Literal["plan_pdf", "plan_pdf_whole", "plan_calendar"]


class PlanFileRequest(Frozen):
    """Give the plan as a file: to be printed without what is sensitive, or with it (`plan_pdf_whole`), or its days.

    language: it is written in. addressed: how the person is.
    """

    kind: PlanFileKind
    plan: Plan | None
    language: str
    addressed: Literal["tu", "jus", "child"]


class PlanFileResponse(Frozen):
    """The file, or where it is to be had.

    content: in base64; "" where it is taken from the page, is not there or could not be made.
    state: whether it is there: "empty" where there is nothing to put in it, "failed" where it could not be made.
    replaced: how many characters of the plan it cannot show.
    """

    kind: PlanFileKind
    state: Literal["given", "on_page", "empty", "failed", "not_here"] = "not_here"
    content: str = ""
    replaced: int = 0


class PlanImportRequest(Frozen):
    """Tell where a plan's file is given."""

    kind: Literal["plan_import"] = "plan_import"


class PlanImportResponse(Frozen):
    """Where: on a page of the plan, or sent in the conversation itself."""

    kind: Literal["plan_import"] = "plan_import"
    place: Literal["on_page", "send_here", "not_here"] = "not_here"


class PlanHistoryRequest(Frozen):
    """Tell how the plan has changed. version: the present one."""

    kind: Literal["plan_history"] = "plan_history"
    version: int


class PlanHistoryResponse(Frozen):
    """The latest versions, the first first: as many as are to be told, and one before them where there is one.

    most: how many are to be told. place: where all of them are, and whether any are kept.
    """

    kind: Literal["plan_history"] = "plan_history"
    versions: tuple[KeptVersion, ...] = ()
    most: int = 0
    place: Literal["on_page", "here", "not_here"] = "not_here"


class PlanVersionRequest(Frozen):
    """Give a version of the plan by its number: to be looked at, or to go back to."""

    kind: Literal["plan_version", "plan_restore"]
    number: int


class PlanVersionResponse(Frozen):
    """The version; None where it is not kept any more."""

    kind: Literal["plan_version", "plan_restore"]
    found: KeptVersion | None = None


Request = Annotated[
    DataRequest
    | ErasureRequest
    | CarryLinkRequest
    | LinkDeviceRequest
    | DeclineDeviceRequest
    | CorrectionRequest
    | PlanFileRequest
    | PlanImportRequest
    | PlanHistoryRequest
    | PlanVersionRequest
    | BookingRequest,
    Field(discriminator="kind"),
]
Response = Annotated[
    DataResponse
    | ErasureResponse
    | CarryLinkResponse
    | LinkDeviceResponse
    | DeclineDeviceResponse
    | CorrectionResponse
    | PlanFileResponse
    | PlanImportResponse
    | PlanHistoryResponse
    | PlanVersionResponse
    | BookingResponse,
    Field(discriminator="kind"),
]


def request_of(step: RequestStep, session: Session, library: Library, today: date) -> Request:
    """Return the request that a step of a flow makes, with what it needs of the session."""
    kind = step.request
    match kind:
        case "my_data":
            return DataRequest()
        case "forget":
            return ErasureRequest()
        case "carry":
            return CarryLinkRequest()
        case "join":
            return LinkDeviceRequest(device=session.linking_device)
        case "decline":
            return DeclineDeviceRequest()
        case "correction":
            return _correction(session, library, today)
        case "plan_import":
            return PlanImportRequest()
        case "plan_pdf" | "plan_pdf_whole" | "plan_calendar":
            facts = {answer.step: answer.value for answer in session.answers}
            return PlanFileRequest(
                kind=kind,
                plan=session.plan,
                language=session.language,
                addressed=register_for(library.roles, facts),
            )
        case "plan_history":
            plan = session.plan
            return PlanHistoryRequest(version=0 if plan is None else plan.version)
        case "plan_version" | "plan_restore":
            named = [one.value for one in session.answers if one.step == step.number]
            number = named[0] if named and isinstance(named[0], int) else 0
            return PlanVersionRequest(kind=kind, number=number)
        case "find_times" | "hold_time" | "confirm_time" | "join_waiting" | "ask_counsellor":
            return booking_request(kind, step.about or BookingFacts(), session, library)
        case _:
            assert_never(kind)


def _correction(session: Session, library: Library, today: date) -> CorrectionRequest:
    """Return what is said to be wrong, without whose words they are; of distress nothing is kept."""
    told = [answer for answer in session.answers if answer.step == library.roles.correction.fact]
    words = str(told[-1].value or "") if told else ""
    if heed(library.distress, words, library.vocabulary) is not None:
        words = ""
    disputed = session.disputed
    return CorrectionRequest(
        card=disputed.card if disputed is not None else "",
        version=disputed.version if disputed is not None else "",
        words=library.without_person(words),
        language=session.language,
        on=today,
    )


def unserved(request: Request) -> Response:
    """Return the response where there is no service: nothing is given, nothing else is changed."""
    match request:
        case DataRequest():
            return DataResponse()
        case ErasureRequest():
            return ErasureResponse()
        case CarryLinkRequest():
            return CarryLinkResponse()
        case LinkDeviceRequest():
            return LinkDeviceResponse()
        case DeclineDeviceRequest():
            return DeclineDeviceResponse()
        case CorrectionRequest():
            return CorrectionResponse()
        case PlanFileRequest():
            return PlanFileResponse(kind=request.kind)
        case PlanImportRequest():
            return PlanImportResponse()
        case PlanHistoryRequest():
            return PlanHistoryResponse()
        case PlanVersionRequest():
            return PlanVersionResponse(kind=request.kind)
        case AboutMeetings():
            return BookingResponse(kind=request.kind)
        case _:
            assert_never(request)
