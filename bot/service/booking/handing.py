"""Handing a question to counsellors: until when somebody answers, by the hours of whoever it is for."""

from datetime import date

from bot.core.booking.handoff import Handoff
from bot.core.booking.handoff_orders import HandoffMoment
from bot.core.booking.working_time import WorkingTime
from bot.service.booking.desk import BookingDesk


def handoff_moment(desk: BookingDesk, handoff: Handoff, by: str) -> HandoffMoment:
    """Return when an order about a handoff is given. by: a counsellor's id, or "person", or "program"."""
    working = working_time(desk, handoff.to, handoff.institution)
    return HandoffMoment(now=desk.now, by=by, working=working, hours=desk.bounds.answer_hours)


def working_time(desk: BookingDesk, counsellor: str, institution: str) -> WorkingTime:
    """Return when somebody answers: working days, but for holidays, breaks and what is closed for the counsellor."""
    known = desk.counsellors.named
    profile = known.get(counsellor)
    if profile is None:
        profile = next((one for one in known.values() if one.institution == institution), None)
    closures = desk.office.library.closures

    def is_closed(day: date) -> bool:
        return profile is not None and closures.on(day, profile) is not None

    return WorkingTime(is_closed)
