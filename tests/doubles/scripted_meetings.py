"""What the service answers about meetings, by a name: for scenes and tests of what is said."""

from datetime import datetime, timedelta

from bot.core.booking.meeting import Booking, Meeting
from bot.core.booking.spans import Span
from bot.core.dialogue.booking_requests import (
    BookingRequest,
    BookingResponse,
    HoldTimeRequest,
    MyMeeting,
    MyMeetings,
    OfferedMeeting,
)
from tests.doubles.clocks import NOON

BOOKING, MEETING = "b" * 32, "a" * 32
LASTS = timedelta(minutes=45)
TIMES_A_DAY = 3


def offered(many: int, after: int = 1) -> tuple[OfferedMeeting, ...]:
    """Return times, three a day, from so many days after noon of the tests on."""
    starts = [
        NOON + timedelta(days=after + number // TIMES_A_DAY, hours=number % TIMES_A_DAY)
        for number in range(many)
    ]
    return tuple(
        OfferedMeeting(
            start=start,
            end=start + LASTS,
            modes=("in_person", "video"),
            with_whom="Anna Paraudziņa",
            office="Paraugpils novada Izglītības pārvalde",
            example=True,
        )
        for start in starts
    )


class ScriptedMeetings:
    """Answers requests about meetings as a scene names them.

    "many", "few": times there are; "done"; "taken": the time is gone, and others are offered; any other name is the state.
    """

    def __init__(self) -> None:
        self._held: MyMeeting | None = None

    def answer(self, request: BookingRequest, name: str) -> BookingResponse:
        kind = request.kind
        match kind, name:
            case "find_times", "many":
                return BookingResponse(kind=kind, state="done", times=offered(12))
            case "find_times", "few":
                return BookingResponse(kind=kind, state="done", times=offered(2))
            case _, "taken":
                return BookingResponse(kind=kind, state="taken", times=offered(3, after=5))
            case "hold_time" | "confirm_time", "done":
                if isinstance(request, HoldTimeRequest):
                    self._held = held(request.start)
                mine = () if self._held is None else (self._held,)
                about = BOOKING if mine else ""
                return BookingResponse(
                    kind=kind, state="done", mine=MyMeetings(meetings=mine), about=about
                )
            case _:
                return BookingResponse(kind=kind, state=name or "not_here")


def held(start: datetime) -> MyMeeting:
    """Return a time that is kept for the person."""
    during = Span(start=start, end=start + LASTS)
    meeting = Meeting(
        id=MEETING, version=1, kind="talk", mode="in_person", counsellors=("anna",),
        institution="paraugpils/board", during=during, blocked=during, where="12. kabinets", example=True,
    )  # fmt: skip
    booking = Booking(
        id=BOOKING, version=1, meeting=MEETING, kind="talk", state="held", made=NOON,
        hold_until=NOON + timedelta(minutes=20),
    )  # fmt: skip
    return MyMeeting(
        booking=booking, meeting=meeting, with_whom="Anna Paraudziņa",
        office="Paraugpils novada Izglītības pārvalde", address="Parauga iela 1", code="KRASTS-42",
    )  # fmt: skip
