"""Meetings as calendar files: invitations with their changes, and a counsellor's feed.

A calendar knows a meeting by its UID and takes a file with a higher SEQUENCE in place of an earlier one. So the
UID never changes, whatever becomes of the meeting, and one and the same method leads it from its first file to its end: an
event that came as PUBLISH is cancelled by no mail in Google's calendar. In a file there is one attendee and nothing that
betrays what the meeting is about.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Annotated, Literal, Self
from urllib.parse import urlencode, urlsplit, urlunsplit

from icalendar import Calendar, Event, Timezone, vCalAddress, vText
from pydantic import AwareDatetime, Field, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.mail_address import MailAddress
from bot.core.base.texts import Language
from bot.core.booking.kinds import MeetingKind, MeetingMode
from bot.core.booking.meeting import Meeting
from bot.core.education.dates import RIGA
from bot.words.calendar_file import CALENDAR_ZONE
from bot.words.i18n.localizer import Localizer
from bot.words.plain_text import PlainLine, PlainLines, in_one_line

InvitationMethod = Literal["REQUEST", "CANCEL", "PUBLISH"]
# of every UID, so that it stays the same when the installation gets another name; ids of meetings are random
CALENDAR_HOST = "celvedis"
FEED_KEEPS_CANCELLED = timedelta(days=30)
FEED_REFRESH = timedelta(
    hours=1
)  # what calendars are asked for; Google's looks once or twice a day all the same
# Rules, not the dates that they lead to: Outlook heeds no RDATE, and shows UTC where no zone is told.
RIGA_ZONE = Timezone.from_ical("""\
BEGIN:VTIMEZONE
TZID:Europe/Riga
BEGIN:DAYLIGHT
TZNAME:EEST
DTSTART:20020331T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:EET
DTSTART:20021027T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
""")


MODE_PHRASES: dict[MeetingMode, str] = {
    "in_person": "meeting_in_person", "video": "meeting_video", "phone": "meeting_phone",
    "chat": "meeting_chat",
}  # fmt: skip


class CalendarParty(Frozen):
    """An address in a calendar file. name: of the house, never of a person."""

    address: MailAddress
    name: PlainLine = ""


class MeetingNote(Frozen):
    """What a calendar says of a meeting.

    title: the kind's text for outside. about: where it can be moved or cancelled. where: a room, an address, or how one meets.
    """

    language: Language
    title: PlainLine
    about: PlainLines = ""
    where: PlainLine = ""


class MeetingInvitation(Frozen):
    """What a file says to one person of a meeting.

    method: of mails REQUEST, and CANCEL at the end; PUBLISH of a file that is taken from a chat. sequence: higher than in
    any file before it. moment: when it is made. held: it is not agreed yet.
    """

    method: InvitationMethod
    meeting: Meeting
    note: MeetingNote
    sequence: Annotated[int, Field(ge=0)]
    moment: AwareDatetime
    held: bool = False

    @model_validator(mode="after")
    def _method_fits(self) -> Self:
        if self.method == "REQUEST" and self.meeting.state == "cancelled":
            message = "a cancelled meeting is not requested"
            raise ValueError(message)
        return self


class FeedMeeting(Frozen):
    """A meeting in a counsellor's feed. changed: when it last became as it is, also by being cancelled."""

    meeting: Meeting
    note: MeetingNote
    changed: AwareDatetime


class FeedAddresses(Frozen):
    """The two addresses of one feed: some calendars subscribe to the one, some to the other (`webcal:`)."""

    web: str
    webcal: str


def meeting_note(
    words: Localizer, meeting: Meeting, kind: MeetingKind, link: str, *, staff: bool = False
) -> MeetingNote:
    """Return what a calendar says of a meeting. link: the page of it, for who booked or, with staff, for who counsels."""
    about = words.phrase("calendar_about_staff" if staff else "calendar_about", link=link)
    where = meeting.where or words.phrase(MODE_PHRASES[meeting.mode])
    title = words.say(kind.outside)
    return MeetingNote(language=words.catalogue.language, title=title, about=about, where=where)


def invitation(
    given: MeetingInvitation,
    organizer: CalendarParty | None = None,
    attendee: CalendarParty | None = None,
) -> str:
    """Return the calendar file of an invitation.

    organizer: the address that our mails come from, in each file of a meeting the same. attendee: whose file it is.
    Errors: ValueError where a mail's file lacks one of the two, or one from a chat names an attendee.
    """
    if (given.method == "PUBLISH") != (attendee is None) or (attendee and organizer is None):
        message = "REQUEST and CANCEL name an organizer and an attendee, PUBLISH no attendee"
        raise ValueError(message)
    event = _event(given.meeting, given.note, given.sequence, given.moment)
    if given.method == "CANCEL":
        event.add("status", "CANCELLED")
    else:
        event.add("status", "TENTATIVE" if given.held else _status(given.meeting))
    if organizer is not None:
        event.add("organizer", _party(organizer))
    if attendee is not None:
        # what is agreed was agreed with us; answers of calendars are not read
        event.add("attendee", _party(attendee, agreed=not given.held))
    calendar = _calendar("Meeting", given.method)
    calendar.add_component(event)
    return _text(calendar)


def feed(name: str, meetings: Iterable[FeedMeeting], moment: datetime) -> str:
    """Return a counsellor's meetings for a calendar that subscribes to them.

    name: of the calendar. moment: now; what was cancelled stays for thirty days from its change, since a calendar that looks
    seldom has to hear of it. Nothing else depends on the moment: what has not changed is the same text.
    """
    calendar = _calendar("Feed", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(in_one_line(name)))
    calendar.add("x-wr-timezone", CALENDAR_ZONE)
    calendar.add("refresh-interval", FEED_REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in sorted(meetings, key=lambda one: (one.meeting.during.start, one.meeting.id)):
        if one.meeting.state == "cancelled" and one.changed + FEED_KEEPS_CANCELLED <= moment:
            continue
        event = _event(one.meeting, one.note, one.meeting.sequence, one.changed)
        event.add("status", _status(one.meeting))
        calendar.add_component(event)
    return _text(calendar)


def feed_tag(content: str) -> str:
    """Return the ETag of a feed."""
    return f'"{blake2b(content.encode(), digest_size=16).hexdigest()}"'


def feed_addresses(public: str, token: str) -> FeedAddresses:
    """Return where a feed is. public: the web's own address. token: the secret that opens it."""
    web = f"{public}/cal/{token}.ics"
    parts = urlsplit(web)
    return FeedAddresses(web=web, webcal=urlunsplit(parts._replace(scheme="webcal")))


def google_link(meeting: Meeting, note: MeetingNote) -> str:
    """Return the address at which Google's calendar offers to enter a meeting; nothing is sent there before it is opened."""
    start, end = (
        moment.strftime("%Y%m%dT%H%M%SZ") for moment in (meeting.during.start, meeting.during.end)
    )
    given = {
        "action": "TEMPLATE", "text": note.title, "dates": f"{start}/{end}", "ctz": CALENDAR_ZONE,
        "details": note.about, "location": note.where,
    }  # fmt: skip
    return f"https://calendar.google.com/calendar/render?{urlencode(given)}"


def _event(meeting: Meeting, note: MeetingNote, sequence: int, moment: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@{CALENDAR_HOST}")
    event.add("sequence", sequence)
    event.add("dtstamp", moment.astimezone(UTC))
    event.add("last-modified", moment.astimezone(UTC))
    event.add("dtstart", meeting.during.start.astimezone(RIGA))
    event.add("dtend", meeting.during.end.astimezone(RIGA))
    language: dict[str, str] = {"LANGUAGE": note.language}
    event.add("summary", note.title, parameters=language)
    if note.about:
        event.add("description", note.about, parameters=language)
    if note.where:
        event.add("location", note.where, parameters=language)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _status(meeting: Meeting) -> str:
    return "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED"


def _party(party: CalendarParty, *, agreed: bool | None = None) -> vCalAddress:
    """Return an address as a calendar has it. agreed: of an attendee, whether they have said yes."""
    address = vCalAddress(f"mailto:{party.address}")
    if party.name:
        address.params["CN"] = party.name.replace('"', "")
    if agreed is not None:
        address.params["ROLE"] = "REQ-PARTICIPANT"
        address.params["PARTSTAT"] = "ACCEPTED" if agreed else "NEEDS-ACTION"
        address.params["RSVP"] = "FALSE"
    return address


def _calendar(what: str, method: InvitationMethod) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Celvedis//{what}//LV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(RIGA_ZONE)
    return calendar


def _text(calendar: Calendar) -> str:
    content: bytes = calendar.to_ical()
    return content.decode()
