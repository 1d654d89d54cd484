"""How a time is chosen: which are shown, what is pressed beside them, and by what number each is called."""

from datetime import date

from bot.core.dialogue.booking_draft import DAY_BUTTON, BookingDraft
from bot.core.dialogue.session import Value
from bot.core.dialogue.session_draft import SessionDraft
from bot.core.flows.booking_steps import MOST_NEAR, NEAREST, OTHERS
from bot.core.flows.steps import Ask, Choice, Offer
from bot.core.nlu.options import OptionNames


def with_times(
    step: Ask | Offer, options: tuple[str, ...], booking: BookingDraft | None
) -> tuple[str, ...]:
    """Return what can be pressed at a question: of one for a time, the times that are shown before the options beside them."""
    if not asks_time(step) or booking is None:
        return options
    idle = {NEAREST} if booking.part == "near" else {OTHERS} if booking.part == "days" else set()
    if len(booking.ids) <= MOST_NEAR:
        idle.add(OTHERS)
    return (*booking.shown, *(option for option in options if option not in idle))


def with_named_times(
    step: Ask | Offer | None, names: tuple[OptionNames, ...], booking: BookingDraft | None
) -> tuple[OptionNames, ...]:
    """Return the options of a question with the times, in the order they are seen; those that are not shown come last."""
    if step is None or not asks_time(step) or booking is None:
        return names
    known = {one.id: one for one in names}
    seen = with_times(step, tuple(known), booking)
    order = dict.fromkeys((*seen, *known, *booking.ids))
    return tuple(known.get(id_) or OptionNames(id_, id_) for id_ in order)


def asks_time(step: Ask | Offer) -> bool:
    """Return whether a question asks for a time."""
    return isinstance(step, Choice) and step.kind == "time"


def is_of_times(turn: SessionDraft, step: Ask | Offer, picked: tuple[str, ...]) -> bool:
    """Return whether what was pressed is a time that can be booked, or a day that has some."""
    booking = turn.session.booking
    if not asks_time(step) or booking is None or len(picked) != 1:
        return False
    return picked[0] in {*booking.ids, *booking.shown}


def shows_times(turn: SessionDraft, step: Ask | Offer, value: Value) -> bool:
    """Show other times where these are asked for; return whether they were."""
    booking, asked = turn.session.booking, str(value)
    if not asks_time(step) or booking is None:
        return False
    update: dict[str, object]
    if asked == OTHERS:
        update = {"part": "days", "day": None}
    elif asked == NEAREST:
        update = {"part": "near", "day": None}
    elif asked.startswith(DAY_BUTTON):
        update = {"part": "day", "day": date.fromisoformat(asked.removeprefix(DAY_BUTTON))}
    else:
        return False
    turn.change(booking=booking.model_copy(update=update), guesses=())
    return True
