"""What an answer about meetings is worked out from, and a booking as its person may know it."""

from typing import NamedTuple

from bot.core.booking.appointment import Appointment, BookingChanges, OwnPart
from bot.core.booking.meeting import Booking
from bot.core.booking.order_forms import BookingRefused, Circumstances
from bot.core.booking.orders import BookingOrder, obey_booking
from bot.core.dialogue.booking_requests import BookingResponse, MyMeeting, MyMeetings
from bot.service.booking.desk import BookingDesk
from bot.service.booking.finding import name_of
from bot.service.booking.mailing import BookingMails


class BookingAsked(NamedTuple):
    """What an answer is worked out from."""

    desk: BookingDesk
    mails: BookingMails

    def part(self, booking: str) -> OwnPart:
        """Return one of the person's bookings. Errors: BookingRefused where they have no such one."""
        found = next((one for one in self.desk.parts() if one.booking.id == booking), None)
        if found is None:
            raise BookingRefused("gone")
        return found

    def appointment(self, part: OwnPart) -> Appointment:
        """Return the whole meeting of a booking. Errors: BookingRefused."""
        found = self.desk.appointment(part.meeting.id)
        if found is None:
            raise BookingRefused("gone")
        return found

    def circumstances(self, kind: str, appointment: Appointment | None = None) -> Circumstances:
        """Return how things stand for an order of the person. Errors: BookingRefused for a kind that is none."""
        if kind not in self.desk.rules.kinds:
            raise BookingRefused("kind")
        parts, entries = self.desk.parts(), self.desk.entries()
        c = self.desk.circumstances(kind, "person", appointment)
        return c._replace(parts=parts, entries=entries)

    def obey(self, booking: str, order: BookingOrder) -> tuple[OwnPart, BookingChanges]:
        """Obey an order about one of the person's bookings; return it as it was. Errors: BookingRefused."""
        part = self.part(booking)
        c = self.circumstances(part.meeting.kind, self.appointment(part))
        changes = obey_booking(order, c)
        self.desk.add(changes)
        return part, changes


def my_meeting(desk: BookingDesk, part: OwnPart) -> MyMeeting:
    """Return one of the person's bookings as they may know it."""
    meeting = part.meeting
    undo = Appointment(meeting, (part.booking,)).undo_until(part.booking, desk.bounds)
    contact = desk.office.contact(meeting.institution)
    address = (contact.address if contact is not None else None) or ""
    return MyMeeting(
        booking=part.booking,
        meeting=meeting,
        with_whom=name_of(desk, meeting),
        office=desk.office.office_name(meeting.institution),
        address=address if meeting.mode == "in_person" else "",
        undo_until=undo if undo is not None and desk.now < undo else None,
    )


def about_booking(kind: str, booking: Booking, asked: BookingAsked) -> BookingResponse:
    """Return that something was done to a booking, with how it stands now."""
    meeting = asked.desk.decided.meetings[booking.meeting]
    mine = MyMeetings(meetings=(my_meeting(asked.desk, OwnPart(booking, meeting)),))
    answered = BookingResponse.model_validate({"kind": kind, "state": "done"})
    return answered.model_copy(update={"about": booking.id, "mine": mine})
