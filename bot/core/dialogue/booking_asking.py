"""What a step of a flow asks of the service about meetings, with what it needs of the session."""

from datetime import datetime
from typing import assert_never, get_args

from bot.core.base.texts import Language
from bot.core.booking.counsellor import Audience
from bot.core.booking.need import MeetingNeed
from bot.core.dialogue.booking_handing import handed_items
from bot.core.dialogue.booking_requests import (
    AskCounsellorRequest,
    BookingRequest,
    ConfirmTimeRequest,
    FindTimesRequest,
    HoldTimeRequest,
    JoinWaitingRequest,
)
from bot.core.dialogue.session import Session, Value
from bot.core.flows.booking_steps import BookingFacts, BookingStepKind
from bot.core.library import Library

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def booking_request(
    kind: BookingStepKind, about: BookingFacts, session: Session, library: Library
) -> BookingRequest:
    """Return the request. about: the facts it reads."""
    facts: dict[str, Value] = {answer.step: answer.value for answer in session.answers}
    need = need_of(session, library)
    question = str(facts.get(about.question or "") or "")
    booking = session.booking
    consent = facts.get(about.consent or "")
    share = facts.get(about.share or "")
    ticked = share if consent == about.ticked and isinstance(share, tuple) else ()
    handed = handed_items(
        library, session, None if about.allowed is not None and consent == about.allowed else ticked
    )
    match kind:
        case "find_times":
            return FindTimesRequest(need=need)
        case "join_waiting":
            return JoinWaitingRequest(need=need)
        case "ask_counsellor":
            return AskCounsellorRequest(need=need, question=question, handed=handed)
        case "hold_time":
            time = str(facts.get(about.time or "") or "")
            offered = None if booking is None else booking.by_id.get(time)
            start = offered.start if offered is not None else datetime.fromisoformat(time)
            modes = offered.modes if offered is not None else need.modes
            return HoldTimeRequest(
                need=need,
                start=start,
                mode=modes[0] if modes else "in_person",
                group=offered.group if offered is not None else "",
                language=need.language,
            )
        case "confirm_time":
            held = None if booking is None else booking.held
            return ConfirmTimeRequest(
                booking="" if held is None else held.booking.id, question=question, handed=handed
            )
        case _:
            assert_never(kind)


def need_of(session: Session, library: Library) -> MeetingNeed:
    """Return what somebody needs of a meeting, as far as it was said."""
    roles = library.roles
    facts = {answer.step: answer.value for answer in session.answers}
    who = str(facts.get(roles.audience.fact) or "")
    named = str(facts.get(roles.place.fact) or "")
    finder = library.place_finder
    place = finder.find(named).id if named else finder.of_institution(session.school) or ""
    return MeetingNeed(
        audience=next((one for one in AUDIENCES if one == who), "adult"),
        kind=next(iter(library.meetings.kinds)),
        place=place,
        institution=session.school,
        language=_language(session.language),
    )


def _language(language: str) -> Language:
    match language:
        case "en" | "uk" | "ru":
            return language
        case _:
            return "lv"
