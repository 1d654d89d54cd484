"""What counsellors and coordinators do, each act whole or not at all, whichever door it comes by.

A mailed link, a button in Telegram and the command line all end here; whoever calls has made sure who acts. The people
it concerns hear of it in their conversation, and by mail where an address of theirs is confirmed.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bot.core.booking.absences import (
    AbsenceDecision,
    MeetingUnder,
    PhoneLine,
    settle_absence,
)
from bot.core.booking.counsellor import Absence
from bot.core.booking.groups import SeriesConflict, open_series
from bot.core.booking.order_forms import (
    BookingRefused,
    CallOff,
    MeetingResult,
    MoveMeeting,
    NoteResult,
    OpenGroup,
    TellArrived,
    WithdrawResult,
)
from bot.core.booking.orders import BookingOrder, obey_booking
from bot.service.booking.acting import Acting, ActResult, By
from bot.service.booking.desk import new_id, new_ids
from bot.service.booking.handoff_acts import HandoffActs
from bot.service.booking.mailing import BookingMails


class AbsenceResult(NamedTuple):
    """What came of an absence. phone: whom to call, the most urgent first; undecided: ids of meetings left as they are."""

    act: ActResult
    phone: tuple[PhoneLine, ...] = ()
    undecided: tuple[str, ...] = ()


class SeriesResult(NamedTuple):
    """What came of a series. meetings: ids of those that were opened; conflicts: weeks whose time cannot be had."""

    act: ActResult
    meetings: tuple[str, ...] = ()
    conflicts: tuple[SeriesConflict, ...] = ()


class CounsellorActs(HandoffActs):
    """The acts about handoffs, and these about meetings."""

    def move(self, meeting: str, by: By, order: MoveMeeting, reason: str = "") -> ActResult:
        """Move a meeting for everybody in it. order: where to, and with whom; reason: as they are told."""

        def work(acting: Acting) -> ActResult:
            before = acting.meeting(meeting, by)
            changes = obey_booking(order, acting.circumstances(before, by))
            acting.desk.add(changes)
            acting.guard(before)
            return acting.tell_moved(before, by, reason)

        return self._act(work)

    def call_off(self, meeting: str, by: By, reason: str, booking: str = "") -> ActResult:
        """Cancel a meeting for everybody, or one person's part in a group. booking: "": for everybody."""

        def work(acting: Acting) -> ActResult:
            before = acting.meeting(meeting, by)
            order = CallOff(booking=booking, reason=reason)
            changes = obey_booking(order, acting.circumstances(before, by))
            acting.desk.add(changes)
            if not booking:
                acting.guard(before)
            return acting.tell_ended(before, by, "called_off", reason)

        return self._act(work)

    def note_result(self, booking: str, by: By, result: MeetingResult) -> ActResult:
        """Say what came of somebody's meeting, or correct it."""
        return self._about_booking(booking, by, NoteResult(booking=booking, result=result))

    def withdraw_result(self, booking: str, by: By) -> ActResult:
        """Take back what was said to have come of a meeting."""
        return self._about_booking(booking, by, WithdrawResult(booking=booking))

    def arrived(self, booking: str, by: By) -> ActResult:
        """Say that somebody is there."""
        return self._about_booking(booking, by, TellArrived(booking=booking))

    def open_group(self, by: By, order: OpenGroup) -> ActResult:
        """Open a meeting with places. order: it, with any id; it is given one of its own."""

        def work(acting: Acting) -> ActResult:
            made = order.model_copy(update={"meeting": new_id()})
            acting.check_all(made.counsellors, by)
            c = acting.of_kind(made.meeting_kind, by)
            acting.desk.add(obey_booking(made, c))
            return ActResult("done", about=made.meeting)

        return self._act(work)

    def open_series(
        self, by: By, first: OpenGroup, weeks: int, *, in_full: bool = False
    ) -> SeriesResult:
        """Open a group meeting a week. weeks, in_full: as of `bot.core.booking.groups.open_series`."""
        found: list[SeriesResult] = []

        def work(acting: Acting) -> ActResult:
            acting.check_all(first.counsellors, by)
            c = acting.of_kind(first.meeting_kind, by)
            named = first.model_copy(update={"series": first.series or new_id()})
            series = open_series(named, new_ids(), c, weeks=weeks, in_full=in_full)
            acting.desk.add(series.changes)
            ids = tuple(one.id for one in series.changes.meetings)
            act = ActResult("done", about=named.series)
            found[:] = [SeriesResult(act, ids, series.conflicts)]
            return act

        act = self._act(work)
        return found[0] if act.state == "done" else SeriesResult(act)

    def under_absence(self, counsellor: str, absence: Absence) -> tuple[MeetingUnder, ...]:
        """Return the meetings that lie under an absence, the most urgent first, before anything is decided."""
        desk = self._commits.desk()
        mails = BookingMails(desk, lambda *_: None)
        return Acting(self._commits, desk, mails).under(counsellor, absence)

    def absence(
        self,
        counsellor: str,
        by: By,
        absence: Absence,
        decisions: Mapping[str, AbsenceDecision],
        *,
        knowingly: bool = False,
    ) -> AbsenceResult:
        """Enter an absence, and do about each meeting under it what was decided.

        decisions: by the meeting's id; knowingly: whether meetings may be left undecided.
        """
        found: list[AbsenceResult] = []

        def work(acting: Acting) -> ActResult:
            acting.check_all((counsellor,), by)
            under = acting.under(counsellor, absence)
            acting.enter(counsellor, absence)
            c = acting.of_meetings([one.appointment for one in under], by)
            settled = settle_absence(under, decisions, c, knowingly=knowingly)
            acting.desk.add(settled.changes)
            act = ActResult("done", about=counsellor)
            for one in under:
                whole = acting.desk.appointment(one.appointment.meeting.id)
                if whole is not None and whole.meeting.id in acting.desk.decided.changed_meetings:
                    acting.guard(whole)
                    act = act.with_others(acting.tell_absence(one, decisions, by))
            found[:] = [AbsenceResult(act, settled.phone, settled.undecided)]
            return act

        act = self._act(work)
        return found[0] if act.state == "done" else AbsenceResult(act)

    def _about_booking(self, booking: str, by: By, order: BookingOrder) -> ActResult:
        def work(acting: Acting) -> ActResult:
            row = self._commits.store.bookings.booking(booking)
            if row is None:
                raise BookingRefused("gone")
            before = acting.meeting(row.meeting.id, by)
            changes = obey_booking(order, acting.circumstances(before, by))
            acting.desk.add(changes)
            return ActResult("done", about=booking)

        return self._act(work)
