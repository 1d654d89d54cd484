"""Orders about bookings and meetings, obeyed or refused whole by one pure function, whoever gives them."""

from collections.abc import Mapping
from typing import Annotated, Final, assert_never

from pydantic import Field

from bot.core.booking.appointment import BookingChanges
from bot.core.booking.attending import (
    note_result,
    say_coming,
    tell_arrived,
    tell_late,
    withdraw_result,
)
from bot.core.booking.ending import call_off, cancel, decline, undo_cancel
from bot.core.booking.for_others import forget_booker, pass_right, take_over
from bot.core.booking.groups import open_group
from bot.core.booking.holding import confirm, hold_seat, hold_time, keep_longer, let_go, release
from bot.core.booking.meeting import EndedBy
from bot.core.booking.moving import move_booking, move_meeting, move_seat
from bot.core.booking.order_forms import (
    BookingRefused,
    CallOff,
    CancelBooking,
    Circumstances,
    ConfirmBooking,
    DeclineBooking,
    ForgetBooker,
    HoldSeat,
    HoldTime,
    KeepLonger,
    LetGo,
    MoveBooking,
    MoveMeeting,
    MoveSeat,
    NoteResult,
    OpenGroup,
    PassRight,
    ReleaseHold,
    SayComing,
    TakeOver,
    TellArrived,
    TellLate,
    UndoCancel,
    WithdrawResult,
)

BookingOrder = Annotated[
    HoldTime | HoldSeat | KeepLonger | ConfirmBooking | ReleaseHold | CancelBooking | UndoCancel | CallOff | DeclineBooking
    | MoveBooking | MoveSeat | MoveMeeting | SayComing | TellArrived | TellLate | NoteResult | WithdrawResult | TakeOver
    | PassRight | ForgetBooker | OpenGroup | LetGo,
    Field(discriminator="kind"),
]  # fmt: skip

STAFF: Final[frozenset[EndedBy]] = frozenset({"counsellor", "coordinator"})
PROGRAM: Final[frozenset[EndedBy]] = frozenset({"program"})
ANYBODY: Final[frozenset[EndedBy]] = STAFF | {"person"}
# what is not named here the person may do, and a counsellor for them
ONLY: Final[Mapping[type, frozenset[EndedBy]]] = {
    CallOff: STAFF,
    DeclineBooking: STAFF,
    MoveMeeting: STAFF,
    NoteResult: STAFF,
    WithdrawResult: STAFF,
    OpenGroup: STAFF,
    PassRight: STAFF | PROGRAM,
    ForgetBooker: ANYBODY | PROGRAM,
    LetGo: PROGRAM,
}


def obey_booking(order: BookingOrder, c: Circumstances) -> BookingChanges:
    """Return what an order leaves, each value one version later; nothing where there was nothing to do.

    order: what is to be done; c: how things stand. Errors: BookingRefused, and then nothing is changed.
    """
    if c.role not in ONLY.get(type(order), ANYBODY):
        raise BookingRefused("not_yours")
    match order:
        case HoldTime():
            return hold_time(order, c)
        case HoldSeat():
            return hold_seat(order, c)
        case KeepLonger():
            return keep_longer(order, c)
        case ConfirmBooking():
            return confirm(order, c)
        case ReleaseHold():
            return release(order, c)
        case CancelBooking():
            return cancel(order, c)
        case UndoCancel():
            return undo_cancel(order, c)
        case CallOff():
            return call_off(order, c)
        case DeclineBooking():
            return decline(order, c)
        case MoveBooking():
            return move_booking(order, c)
        case MoveSeat():
            return move_seat(order, c)
        case MoveMeeting():
            return move_meeting(order, c)
        case SayComing():
            return say_coming(order, c)
        case TellArrived():
            return tell_arrived(order, c)
        case TellLate():
            return tell_late(order, c)
        case NoteResult():
            return note_result(order, c)
        case WithdrawResult():
            return withdraw_result(order, c)
        case TakeOver():
            return take_over(order, c)
        case PassRight():
            return pass_right(order, c)
        case ForgetBooker():
            return forget_booker(order, c)
        case OpenGroup():
            return open_group(order, c)
        case LetGo():
            return let_go(c)
        case _:
            assert_never(order)
