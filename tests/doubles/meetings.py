"""Meetings, and what is said of them in mails and calendars, as the tests want them."""

from datetime import datetime, time, timedelta
from functools import cache

from bot.core.booking.kinds import MeetingKind
from bot.core.booking.meeting import Meeting
from bot.core.booking.spans import Span
from bot.core.education.dates import RIGA
from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.words.booking_calendar import MeetingInvitation, MeetingNote
from bot.words.booking_mail import BookingPages, MailedMeeting
from bot.words.i18n.localizer import Localizer
from tests.doubles.clocks import NOON, TODAY

KIND = MeetingKind(
    title="Individuāla karjeras konsultācija", outside="Konsultācija", minutes=45, every=15,
    notice=24, horizon=30, cancel_notice=24, move_notice=12, moves=2, modes=("in_person", "video"),
)  # fmt: skip
NOTE = MeetingNote(
    language="lv", title="Konsultācija", about="Pārcelt vai atcelt: https://a.example/b/1"
)
PAGES = BookingPages(**{
    name: f"https://guide.example/m/{name}-Aa0_-Aa0_-Aa0_-Aa0_-Aa0_-Aa0_-Aa0_-Aa0_-"
    for name in BookingPages.model_fields
})  # fmt: skip


def from_to(day=TODAY, hour=15, minute=0, minutes=45):
    """A span of a day, by the clock in Riga."""
    start = datetime.combine(day, time(hour, minute), RIGA)
    return Span(
        start=start.astimezone(NOON.tzinfo),
        end=(start + timedelta(minutes=minutes)).astimezone(NOON.tzinfo),
    )


def a_meeting(during=None, **change):
    """A meeting of one counsellor."""
    during = during or from_to()
    given = {
        "id": "0123456789abcdef" * 2, "kind": "individual", "mode": "in_person", "counsellors": ("anna-berzina",),
        "institution": "paraugpils/centrs", "during": during, "blocked": during, "where": "12. kabinets",
    }  # fmt: skip
    return Meeting.model_validate(given | change)


def told(meeting=None, **change):
    """What a mail is told of a meeting."""
    given = {"booking": "b" * 32, "meeting": meeting or a_meeting(), "kind": KIND}
    given |= {"names": ("Anna Paraudziņa",), "institution": "Paraugpils karjeras centrs"}
    return MailedMeeting.model_validate(given | change)


def invited(method="REQUEST", meeting=None, **change):
    """An invitation as a mail has it."""
    given = {"method": method, "meeting": meeting or a_meeting(), "note": NOTE}
    return MeetingInvitation.model_validate(given | {"sequence": 0, "moment": NOON} | change)


@cache
def speak(language="lv", register="jus"):
    """What says things in a language."""
    return Localizer(library(), load_words(find_data())[language], register, TODAY)


@cache
def library():
    return load(find_data()).library
