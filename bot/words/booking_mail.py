"""Mails about meetings to the people who booked them, each in their language.

A subject, and what a locked phone shows of a mail below it, tells of the time and nothing of the matter: so each begins
with a sentence and with what is the same in all of them. No mail holds an address that somebody lives at. Every link
leads to a page where the act is confirmed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic import AwareDatetime

from bot.core.base.frozen import Frozen
from bot.core.booking.kinds import MeetingKind
from bot.core.booking.meeting import EndedBy, Meeting
from bot.core.booking.spans import Span
from bot.words.booking_calendar import MODE_PHRASES, MeetingInvitation
from bot.words.booking_times import time_by, time_from, time_from_to
from bot.words.i18n.formats import within_sentence
from bot.words.i18n.localizer import Localizer
from bot.words.mail import Mail, MailKind, MailLink, MailPart, as_html, as_text

UNASKED: frozenset[MailKind] = frozenset({"day_before"})  # nobody is told less by ending these


class MailedMeeting(Frozen):
    """What a mail may tell of a meeting to one of its people, and what goes with it.

    booking: its id; code: to find it by without the mail. names: of the counsellors; none where they are not shown.
    institution: its name. whom: who it is for, as the person named them, or "self". reply_to: who reads answers, if
    anybody. unsubscribe: a page that ends reminders.
    """

    booking: str
    meeting: Meeting
    kind: MeetingKind
    names: tuple[str, ...] = ()
    institution: str = ""
    whom: str = "self"
    code: str = ""
    reply_to: str | None = None
    calendar: MeetingInvitation | None = None
    unsubscribe: str = ""


class BookingPages(Frozen):
    """The pages that a person's mails lead to; a link without one is left out.

    change: to move or cancel. come, move, cancel: the day before. fits: to agree to a new time, where that is asked.
    again: to choose another time. take, decline, leave: of an offer to take it, to pass it on, to wait no longer.
    """

    change: str = ""
    come: str = ""
    move: str = ""
    cancel: str = ""
    fits: str = ""
    again: str = ""
    take: str = ""
    decline: str = ""
    leave: str = ""


class MovedFrom(Frozen):
    """The time that a meeting had before, who moved it, and why, where that was said."""

    was: Span
    by: EndedBy
    reason: str = ""


class MailDraft(Frozen):
    """A mail before it is laid out.

    key: of the same mail the same. lead: what it comes to; it is shown on a locked phone. expires: when it is no use any more.
    """

    kind: MailKind
    key: str
    subject: str
    lead: str
    parts: tuple[MailPart, ...]
    expires: AwareDatetime
    reply_to: str | None = None
    calendar: MeetingInvitation | None = None
    unsubscribe: str = ""


def confirmed(words: Localizer, told: MailedMeeting, pages: BookingPages) -> Mail:
    """Return the mail that a time is agreed."""
    parts = [
        _facts(words, told),
        act_part(words, "mail_confirmed_change", ("mail_link_change", pages.change)),
    ]
    if told.code:
        parts.append(MailPart(text=words.phrase("mail_code", code=told.code)))
    lead = words.phrase("mail_confirmed", when=_when(words, told))
    return _mail(words, _Gist("confirmed", lead), told, parts)


def day_before(words: Localizer, told: MailedMeeting, pages: BookingPages) -> Mail:
    """Return the reminder of a time, which is no use once that has begun."""
    acts = (
        ("mail_link_come", pages.come),
        ("mail_link_move", pages.move),
        ("mail_link_cancel", pages.cancel),
    )
    parts = (_facts(words, told), act_part(words, "mail_day_before_ask", *acts))
    lead = words.phrase("mail_day_before", when=_when(words, told))
    return _mail(words, _Gist("day_before", lead), told, parts, told.meeting.during.start)


def moved(words: Localizer, told: MailedMeeting, pages: BookingPages, before: MovedFrom) -> Mail:
    """Return the mail that a meeting has another time; where there is a page for it, whether that fits is asked."""
    # that nobody in particular did it is said in the same words
    who = "person" if before.by == "program" else before.by
    act = act_part(words, "", ("mail_link_change", pages.change))
    if pages.fits:
        links = (("mail_link_fits", pages.fits), ("mail_link_not_fits", pages.change))
        act = act_part(words, "mail_moved_ask", *links)
    times = (
        words.phrase("mail_now", when=_when(words, told)),
        words.phrase("mail_was", when=time_from_to(words, before.was)),
    )
    parts = (
        MailPart(items=(*times, *_reason(words, before.reason))),
        _facts(words, told),
        act,
    )
    return _mail(words, _Gist("moved", words.phrase(f"mail_moved_{who}")), told, parts)


def cancelled(
    words: Localizer, told: MailedMeeting, pages: BookingPages, by: EndedBy, reason: str = ""
) -> Mail:
    """Return the mail that a meeting will not be. by: who cancelled it."""
    parts = (
        MailPart(
            items=(
                words.phrase("mail_was", when=_when(words, told)),
                *_for_whom(words, told),
                *_reason(words, reason),
            ),
        ),
        act_part(words, "mail_cancelled_next", ("mail_link_other", pages.again)),
    )
    return _mail(words, _Gist("cancelled", words.phrase(f"mail_cancelled_{by}")), told, parts)


def waiting_offer(
    words: Localizer, told: MailedMeeting, pages: BookingPages, until: datetime
) -> Mail:
    """Return the mail that a time has become free for somebody who waits. until: how long it is kept."""
    acts = (
        ("mail_link_take", pages.take),
        ("mail_link_decline", pages.decline),
        ("mail_link_leave", pages.leave),
    )
    parts = (
        _facts(words, told),
        MailPart(text=words.phrase("mail_offer_until", when=time_by(words, until))),
        act_part(words, "mail_offer_decline", *acts),
    )
    lead = words.phrase("mail_offer", when=_when(words, told))
    return _mail(words, _Gist("offer", lead), told, parts, until)


def address_confirmation(
    words: Localizer, *, key: str, link: str, code: str, until: datetime
) -> Mail:
    """Return the mail that asks whether an address is the right one; it tells nothing of who gave it.

    key: of this question, so that a second one is another mail. code: to type in the chat.
    """
    terms = (
        words.phrase("mail_address_code", code=code),
        words.phrase("mail_address_until", when=time_by(words, until)),
    )
    parts = (
        act_part(words, "", ("mail_link_address", link)),
        MailPart(items=terms),
        MailPart(text=words.phrase("mail_address_mistake")),
    )
    draft = MailDraft(
        kind="address",
        key=key,
        subject=words.phrase("mail_address_subject"),
        lead=words.phrase("mail_address"),
        parts=parts,
        expires=until,
    )
    return mail_of(words, draft)


def mail_of(words: Localizer, draft: MailDraft) -> Mail:
    """Return a mail laid out, with what stands in all of them."""
    shown = (MailPart(text=draft.lead), *_in_all(words, draft), *draft.parts, _below(words, draft))
    language = words.catalogue.language
    return Mail(
        kind=draft.kind,
        key=f"{draft.kind}/{draft.key}",
        language=language,
        subject=draft.subject,
        text=as_text(shown),
        html=as_html(draft.subject, shown, language),
        expires=draft.expires,
        calendar=draft.calendar,
        reply_to=draft.reply_to,
        unsubscribe=draft.unsubscribe,
    )


def act_part(words: Localizer, phrase: str, *named: tuple[str, str]) -> MailPart:
    """Return a sentence with the links below it, each by its own phrase; nothing where no link has a page."""
    links = tuple(
        MailLink(label=words.phrase(label), address=address) for label, address in named if address
    )
    return (
        MailPart(text=words.phrase(phrase) if phrase else "", links=links) if links else MailPart()
    )


class _Gist(NamedTuple):
    """What kind of mail it is, and what it comes to."""

    kind: MailKind
    lead: str


def _mail(
    words: Localizer,
    about: _Gist,
    told: MailedMeeting,
    parts: Iterable[MailPart],
    until: datetime | None = None,
) -> Mail:
    """Return a mail about a meeting; one that is an example says so.

    until: when it is no use any more; the end of the meeting where nothing else is said.
    """
    outside = words.say(told.kind.outside)
    if about.kind != "confirmed":
        outside = within_sentence(outside)
    when = time_from(words, told.meeting.during.start)
    example = MailPart(text=words.phrase("mail_example") if told.meeting.example else "")
    draft = MailDraft(
        kind=about.kind,
        key=f"{told.booking}/{told.meeting.sequence}",
        subject=words.phrase(f"mail_{about.kind}_subject", outside=outside, when=when),
        lead=about.lead,
        parts=(example, *parts),
        expires=until or told.meeting.during.end,
        reply_to=told.reply_to,
        calendar=told.calendar,
        unsubscribe=told.unsubscribe if about.kind in UNASKED else "",
    )
    return mail_of(words, draft)


def _when(words: Localizer, told: MailedMeeting) -> str:
    return time_from_to(words, told.meeting.during)


def _facts(words: Localizer, told: MailedMeeting) -> MailPart:
    """Return how, where, with whom and for whom."""
    facts = (
        ("mail_how", "mode", words.phrase(MODE_PHRASES[told.meeting.mode])),
        ("mail_where", "where", told.meeting.where),
        ("mail_who", "names", ", ".join(told.names)),
        ("mail_institution", "name", told.institution),
    )
    items = tuple(words.phrase(key, **{name: value}) for key, name, value in facts if value)
    return MailPart(items=(*items, *_for_whom(words, told)))


def _for_whom(words: Localizer, told: MailedMeeting) -> Sequence[str]:
    return () if told.whom == "self" else (words.phrase("mail_for", name=told.whom),)


def _reason(words: Localizer, reason: str) -> Sequence[str]:
    return (words.phrase("mail_reason", reason=reason),) if reason.strip() else ()


def _in_all(words: Localizer, draft: MailDraft) -> Iterable[MailPart]:
    lines = [words.phrase("mail_from")]
    if any(part.links for part in draft.parts):
        lines.append(words.phrase("mail_link_how"))
    yield MailPart(text="\n".join(lines))


def _below(words: Localizer, draft: MailDraft) -> MailPart:
    lines = [words.phrase("mail_reply" if draft.reply_to else "mail_no_reply")]
    if draft.calendar is not None:
        gone = draft.calendar.method == "CANCEL"
        lines.append(words.phrase("mail_calendar_gone" if gone else "mail_calendar"))
    links = act_part(words, "", ("mail_unsubscribe", draft.unsubscribe)).links
    return MailPart(text="\n".join(lines), links=links)
