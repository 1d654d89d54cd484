"""What follows for the session from an answer of the service about meetings."""

from typing import get_args

from bot.core.dialogue.booking_draft import BookingDraft
from bot.core.dialogue.booking_requests import BookingResponse, OfferedMeeting
from bot.core.dialogue.request_marks import mark_of_request
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.booking_steps import BookingStepKind
from bot.core.flows.steps import RequestStep

DONE = "done"
ASKED_WHILE_BOOKING: frozenset[str] = frozenset(get_args(BookingStepKind))
TAKEN_BACK = ("hold_time", "confirm_time")  # where these are refused, another time is chosen


def record_booking(turn: TurnBuilder, response: BookingResponse) -> None:
    """Note what was found, held or agreed. Where a time is gone the others are offered, and nothing else said so far is lost."""
    flow = turn.open_flow()
    draft = turn.session.booking
    if draft is None or draft.flow != flow:
        draft = BookingDraft(flow=flow)
    if response.kind in TAKEN_BACK and response.state != DONE:
        _choose_again(turn, draft, response)
        return
    marks = _marks(draft, response.kind, response.state)
    update: dict[str, object] = {"marks": marks}
    if response.kind == "find_times":
        update |= {"times": _in_order(response), "part": "near", "day": None}
    elif response.kind == "hold_time" and response.mine is not None:
        mine = response.mine.meetings
        about = [one for one in mine if one.booking.id == response.about]
        update["held"] = next(iter(about), None)
    turn.change(booking=draft.model_copy(update=update))


def _choose_again(turn: TurnBuilder, draft: BookingDraft, response: BookingResponse) -> None:
    """Ask for the time again, among what there is now; consent is given anew for the new time."""
    step = turn.path.open[1] if turn.path.open is not None else None
    about = step.about if isinstance(step, RequestStep) else None
    if about is not None:
        given = {fact for fact in (about.time, about.consent, about.share) if fact is not None}
        turn.drop_answers(given)
    times = _in_order(response)
    found = DONE if times else "full"
    marks = tuple(mark for mark in draft.marks if not mark.startswith(TAKEN_BACK))
    marks = _marks(draft.model_copy(update={"marks": marks}), "find_times", found)
    update = {"times": times, "part": "near", "day": None, "held": None, "marks": marks}
    turn.change(booking=draft.model_copy(update=update))


def _marks(draft: BookingDraft, kind: str, state: str) -> tuple[str, ...]:
    others = tuple(mark for mark in draft.marks if mark.partition("=")[0] != kind)
    return (*others, mark_of_request(kind, state))


def _in_order(response: BookingResponse) -> tuple[OfferedMeeting, ...]:
    return tuple(sorted(response.times, key=lambda one: one.start))
