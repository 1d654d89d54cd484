"""What counsellors do about what was handed to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from bot.core.booking.appointment import Appointment
from bot.core.booking.handoff import Handoff
from bot.core.booking.handoff_orders import (
    AcceptHandoff,
    DeclineHandoff,
    FinishHandoff,
    GiveBack,
    HandoffOrder,
    HandoffRefused,
    PassOn,
    ProposeTimes,
    SpeakAsHuman,
    obey_handoff,
)
from bot.core.booking.order_forms import BookingRefused, DeclineBooking, MoveMeeting
from bot.core.booking.orders import obey_booking
from bot.core.booking.substitutes import in_place_of
from bot.core.dialogue.inputs import MeetingChanged
from bot.service.booking.acting import Acting, ActResult, ActsOfStaff, By
from bot.service.booking.handing import handoff_moment
from bot.service.booking.rows import read_handoff

Told = Literal["accepted", "proposed", "declined", "spoken", "given_back"]


class HandoffActs(ActsOfStaff):
    """The acts about handoffs, each named by the handoff's id."""

    def accept(self, handoff: str, by: By) -> ActResult:
        """Take a handoff on; the person hears of it."""
        return self._simply(handoff, by, AcceptHandoff(), "accepted")

    def propose(self, handoff: str, by: By, times: Sequence[datetime]) -> ActResult:
        """Propose other times to the person."""

        def work(acting: Acting) -> ActResult:
            if not times:
                raise HandoffRefused("past")
            order = ProposeTimes(times=tuple(times)[:5])
            return self._told(acting, self._obeyed(acting, handoff, by, order), "proposed")

        return self._act(work)

    def pass_on(self, handoff: str, by: By, to: str = "") -> ActResult:
        """Pass it on to a colleague, with the hour if one is agreed. to: their id, "" for the whole institution."""

        def work(acting: Acting) -> ActResult:
            before = self._found(acting, handoff, by)
            known = acting.desk.counsellors.named.get(to)
            if to and (known is None or not self._is_of(before, acting, to)):
                raise HandoffRefused("not_yours")
            passed = self._obeyed(acting, handoff, by, PassOn(to=to))
            result = ActResult("done", about=handoff)
            hour = self._hour(acting, passed)
            if hour is not None and to:
                counsellors = in_place_of(by.counsellor, to, hour.meeting.counsellors)
                c = acting.circumstances(hour, by)
                acting.desk.add(obey_booking(MoveMeeting(counsellors=counsellors), c))
                result = result.with_others(acting.tell_moved(hour, by))
            whose = acting.desk.decided.whose[handoff]
            acting.mails.handed(passed, whose, None if hour is None else hour.meeting)
            return result

        return self._act(work)

    def decline(self, handoff: str, by: By, reason: str) -> ActResult:
        """Say that this is nothing one can help with, and why; an hour that was agreed for it is ended."""

        def work(acting: Acting) -> ActResult:
            declined = self._obeyed(acting, handoff, by, DeclineHandoff(reason=reason))
            hour = self._hour(acting, declined)
            if hour is None:
                return self._told(acting, declined, "declined", reason)
            order = DeclineBooking(booking=declined.booking, reason=reason)
            acting.desk.add(obey_booking(order, acting.circumstances(hour, by)))
            ended = acting.tell_ended(hour, by, "declined", reason, handoff)
            return ended._replace(about=handoff)

        return self._act(work)

    def speak(self, handoff: str, by: By, text: str) -> ActResult:
        """Write to the person: from then on the bot is silent."""
        if not text.strip():
            return ActResult("unchanged", about=handoff)
        return self._simply(handoff, by, SpeakAsHuman(), "spoken", text)

    def give_back(self, handoff: str, by: By, summary: str, *, read: bool) -> ActResult:
        """Let the bot speak again, with a summary that the counsellor has read."""
        order = GiveBack(summary=summary, read=read)
        return self._simply(handoff, by, order, "given_back", summary)

    def finish(self, handoff: str, by: By) -> ActResult:
        """Say that it is done; the person hears nothing of that."""

        def work(acting: Acting) -> ActResult:
            self._obeyed(acting, handoff, by, FinishHandoff())
            return ActResult("done", about=handoff)

        return self._act(work)

    def _simply(
        self, handoff: str, by: By, order: HandoffOrder, what: Told, text: str = ""
    ) -> ActResult:
        return self._act(
            lambda acting: self._told(acting, self._obeyed(acting, handoff, by, order), what, text)
        )

    def _found(self, acting: Acting, id_: str, by: By) -> Handoff:
        """Return a handoff to act upon. Errors: HandoffRefused where there is none, or it is another institution's."""
        row = self._commits.store.handoffs.handoff(id_)
        handoff = None if row is None else read_handoff(row)
        if row is None or handoff is None:
            raise BookingRefused("gone")
        acting.desk.decided.whose[id_] = row.conversation
        if by.role == "counsellor" and not self._is_of(handoff, acting, by.counsellor):
            raise HandoffRefused("not_yours")
        if not handoff.may_be_read_at(acting.desk.now):
            raise HandoffRefused("ended")
        return handoff

    def _is_of(self, handoff: Handoff, acting: Acting, counsellor: str) -> bool:
        """Return whether a handoff is a counsellor's, or their institution's: no other one sees what was handed over."""
        profile = acting.desk.counsellors.named.get(counsellor)
        return handoff.to == counsellor or (
            profile is not None and handoff.institution in {profile.institution, *profile.serves}
        )

    def _obeyed(self, acting: Acting, id_: str, by: By, order: HandoffOrder) -> Handoff:
        """Return a handoff as an order leaves it, and note that it is to be kept. Errors: HandoffRefused."""
        before = self._found(acting, id_, by)
        after = obey_handoff(before, order, handoff_moment(acting.desk, before, by.counsellor))
        acting.desk.decided.hand(after)
        return after

    def _told(self, acting: Acting, handoff: Handoff, what: Told, text: str = "") -> ActResult:
        told = MeetingChanged(what=what, handoff=handoff.id, booking=handoff.booking, text=text)
        acting.desk.decided.tell(acting.desk.decided.whose[handoff.id], told)
        return ActResult("done", about=handoff.id, told=(handoff.booking,) * bool(handoff.booking))

    def _hour(self, acting: Acting, handoff: Handoff) -> Appointment | None:
        """Return the meeting of a handoff, if it still is to be."""
        row = self._commits.store.bookings.booking(handoff.booking) if handoff.booking else None
        found = None if row is None else acting.desk.appointment(row.meeting.id)
        if found is None or found.meeting.state == "cancelled":
            return None
        booking = found.find(handoff.booking)
        is_agreed = booking is not None and booking.state == "confirmed"
        return found if is_agreed and acting.desk.now < found.meeting.during.start else None
