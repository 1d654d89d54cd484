"""Mails about meetings: to whom, with which links and which calendar file.

An address counts once somebody has opened the link that was sent there; before, it gets that one mail and no other.
A link holds a code that opens the person's conversation, and the page behind it asks once more before anything is done.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.core.booking.appointment import OwnPart
from bot.core.booking.handoff import Handoff
from bot.core.booking.meeting import Booking, EndedBy, Meeting
from bot.core.booking.spans import Span
from bot.core.booking.supply import LATER_DAYS, SOON_DAYS, Supply
from bot.ports.effects import GiveCode
from bot.ports.protocols import millis
from bot.service.booking.codes import code_digest, new_code
from bot.service.booking.desk import BookingDesk
from bot.service.booking.finding import name_of
from bot.service.mails import mail_to_send
from bot.words.booking_calendar import InvitationMethod, MeetingInvitation, meeting_note
from bot.words.booking_mail import (
    BookingPages,
    MailedMeeting,
    MovedFrom,
    address_confirmation,
    cancelled,
    confirmed,
    day_before,
    moved,
)
from bot.words.booking_staff_mail import (
    HandoffPages,
    MailedHandoff,
    SupplyTold,
    UnansweredHandoff,
    nobody_answered,
    supply_alarm,
)
from bot.words.booking_staff_mail import handoff as handoff_mail
from bot.words.i18n.localizer import Localizer
from bot.words.mail import Mail

MEETING_LINK: Final = "meeting_link"  # purposes of codes: each opens the person's conversation
HANDOFF_LINK: Final = "handoff_link"
ADDRESS_CODE: Final = "mail_address"
ADDRESS_KEPT: Final = timedelta(days=2)
MOST_ASKED_ADDRESSES: Final = 3  # of one conversation a day
COORDINATING: Final = frozenset({"municipality", "education_board", "career_centre"})
NOBODY_TOLD: Final = timedelta(days=3)  # for which it is of use that nobody has answered
LINKS_AFTER: Final = timedelta(days=7)  # after a meeting its links lead somewhere for so long


class BookingMails:
    """Writes the mails of one turn or act.

    give: keeps a code for a conversation, as (code, conversation). register: how the person is addressed.
    """

    def __init__(
        self, desk: BookingDesk, give: Callable[[GiveCode, str], None], register: str = "jus"
    ) -> None:
        self._desk = desk
        self._give = give
        self._register = register

    def agreed(self, part: OwnPart, code: str, conversation: str) -> None:
        """Tell that a time is agreed, or ask first whether the address is right. code: the short one."""
        booking = part.booking
        if not booking.email:
            return
        words = self._words(booking)
        if booking.email_confirmed:
            told, pages = self._told(words, part, conversation, "REQUEST", code)
            self._send(confirmed(words, told, pages), booking.email, conversation)
            return
        day_ago = self._desk.now - timedelta(days=1)
        asked = [
            one
            for one in self._desk.parts(conversation)
            if one.booking.email and not one.booking.email_confirmed and one.booking.made > day_ago
        ]
        if len(asked) > MOST_ASKED_ADDRESSES:
            return
        code, until = new_code(), self._desk.now + ADDRESS_KEPT
        web = self._desk.office.links.web
        link = f"{web}/meetings/{code}/{booking.id}/address" if web else ""
        digest = code_digest(code, booking.email)
        self._give(GiveCode(digest, ADDRESS_CODE, millis(until)), conversation)
        mail = address_confirmation(words, key=booking.id, link=link, code=code, until=until)
        self._send(mail, booking.email, conversation)

    def reminded(self, part: OwnPart, conversation: str) -> None:
        """Remind of a time the day before."""
        if part.booking.email_confirmed:
            words = self._words(part.booking)
            told, pages = self._told(words, part, conversation, None)
            self._send(day_before(words, told, pages), part.booking.email, conversation)

    def moved(
        self, part: OwnPart, was: Span, conversation: str, by: EndedBy, reason: str = ""
    ) -> None:
        """Tell that a meeting has another time."""
        if part.booking.email_confirmed:
            words = self._words(part.booking)
            told, pages = self._told(words, part, conversation, "REQUEST")
            if not part.booking.awaits_yes:
                pages = pages.model_copy(update={"fits": ""})
            before = MovedFrom(was=was, by=by, reason=reason)
            self._send(moved(words, told, pages, before), part.booking.email, conversation)

    def ended(self, part: OwnPart, conversation: str, by: EndedBy, reason: str = "") -> None:
        """Tell that a meeting will not be, for this person."""
        if part.booking.email_confirmed:
            words = self._words(part.booking)
            told, pages = self._told(words, part, conversation, "CANCEL")
            self._send(cancelled(words, told, pages, by, reason), part.booking.email, conversation)

    def handed(self, handoff: Handoff, conversation: str, meeting: Meeting | None = None) -> None:
        """Tell the counsellor that somebody asks for them. meeting: the time asked for, if one is."""
        desk, web = self._desk, self._desk.office.links.web
        profile = desk.counsellors.named.get(handoff.to)
        if profile is None or not profile.email or not web:
            return
        token = secrets.token_urlsafe(18)
        self._give(GiveCode(token, HANDOFF_LINK, millis(handoff.handed_until)), conversation)
        base = f"{web}/handoffs/{token}/{handoff.id}/{profile.id}"
        pages = HandoffPages(
            accept=f"{base}/accept",
            other_time=f"{base}/other_time",
            pass_on=f"{base}/pass_on",
            refuse=f"{base}/decline",
        )
        told = MailedHandoff(
            id=handoff.id,
            version=handoff.version,
            question=handoff.question,
            language=handoff.language,
            profile=tuple(line for item in handoff.handed for line in item.lines)[:5],
            unknown=handoff.unknown,
            consent_until=handoff.handed_until,
            during=None if meeting is None else meeting.during,
        )
        words = desk.office.words("lv", desk.now)
        mail = handoff_mail(words, told, pages, answer_by=handoff.due)
        self._send(mail, profile.email, conversation)

    def unanswered(self, handoff: Handoff, conversation: str) -> None:
        """Tell the coordinator of an institution that nobody has answered; they are written to at its own address."""
        desk = self._desk
        contact = desk.office.contact(handoff.institution)
        if contact is None or not contact.email or handoff.example:
            return
        known = desk.counsellors.named
        asked = (*handoff.passed_on, handoff.to)
        told = UnansweredHandoff(
            key=f"{handoff.id}/{handoff.version}",
            names=tuple(known[id_].name for id_ in asked if id_ in known),
            since=handoff.made,
            hours=desk.bounds.answer_hours,
        )
        until = desk.now + NOBODY_TOLD
        mail = nobody_answered(desk.office.words("lv", desk.now), told, "", until)
        self._send(mail, contact.email, conversation)

    def too_few(self, place: str, kind: str, supply: Supply) -> None:
        """Tell the coordinators of a municipality that more look for a time than there are."""
        desk, known = self._desk, self._desk.office.library.places.get(place)
        institutions = known.institutions.values() if known is not None else ()
        offices = [one for one in institutions if one.kind in COORDINATING and one.email]
        if known is None or known.example or not offices or offices[0].email is None:
            return
        told = SupplyTold(
            key=f"{place}/{kind}/{desk.now.date().isoformat()}",
            place=known.name,
            kind=desk.rules.kinds[kind].title,
            language="lv",
            free=((SOON_DAYS, supply.soon), (LATER_DAYS, supply.later)),
            waiting=supply.waiting + supply.invited,
            missing=supply.missing,
            level="now" if supply.level == "two" else "soon",
        )
        until = desk.now + LINKS_AFTER
        mail = supply_alarm(desk.office.words("lv", desk.now), told, "", until)
        self._send(mail, offices[0].email, "")

    def _told(
        self,
        words: Localizer,
        part: OwnPart,
        conversation: str,
        method: InvitationMethod | None,
        code: str = "",
    ) -> tuple[MailedMeeting, BookingPages]:
        """Return what a mail may tell of a meeting, and the pages it leads to."""
        desk, (booking, meeting) = self._desk, part
        kind = desk.rules.kinds[meeting.kind]
        web, pages = desk.office.links.web, BookingPages()
        if web:
            token = secrets.token_urlsafe(18)
            until = meeting.during.end + LINKS_AFTER
            self._give(GiveCode(token, MEETING_LINK, millis(until)), conversation)
            base = f"{web}/meetings/{token}/{booking.id}"
            pages = BookingPages(
                change=base,
                come=f"{base}/come",
                move=f"{base}/move",
                cancel=f"{base}/cancel",
                fits=f"{base}/come",
                again=f"{base}/again",
            )
        calendar = None
        if method is not None:
            note = meeting_note(words, meeting, kind, pages.change)
            calendar = MeetingInvitation(
                method=method,
                meeting=meeting,
                note=note,
                sequence=meeting.sequence,
                moment=desk.now,
            )
        told = MailedMeeting(
            booking=booking.id,
            meeting=meeting,
            kind=kind,
            names=tuple(filter(None, (name_of(desk, meeting),))),
            institution=desk.office.office_name(meeting.institution),
            whom=booking.whom,
            code=code,
            calendar=calendar,
        )
        return told, pages

    def _words(self, booking: Booking) -> Localizer:
        return self._desk.office.words(booking.language, self._desk.now, self._register)

    def _send(self, mail: Mail, to: str, conversation: str) -> None:
        self._desk.decided.mail(mail_to_send(mail, to), conversation)
