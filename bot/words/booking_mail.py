"""Mails about meetings to the people who booked them, each in their language.

A subject, and what a phone shows of a mail beside it, tells of the time and nothing of the matter. No mail holds an
address that somebody lives at. Every link leads to a page where the act is confirmed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core.base.frozen import Frozen
from bot.core.booking.kinds import MeetingKind
from bot.core.booking.meeting import EndedBy, Meeting
from bot.core.booking.spans import Span
from bot.words.booking_calendar import MODE_PHRASES, CalendarFile
from bot.words.booking_times import time_by, time_from, time_from_to
from bot.words.i18n.formats import within_sentence
from bot.words.i18n.localizer import Localizer
from bot.words.mail import Mail, MailKind, MailLink, MailPart, as_html, as_text


class MailedMeeting(Frozen):
    """What a mail may tell of a meeting to one of its people.

    booking: its id. names: of the counsellors; none where they are not shown. institution: its name. whom: who it is
    for, as the person named them, or "self".
    """

    booking: str
    meeting: Meeting
    kind: MeetingKind
    names: tuple[str, ...] = ()
    institution: str = ""
    whom: str = "self"


class MailSettings(Frozen):
    """What is given with a mail. reply_to: who reads answers, if anybody. unsubscribe: a page that ends reminders."""

    reply_to: str | None = None
    calendar: CalendarFile | None = None
    unsubscribe: str = ""


NOTHING_GIVEN = MailSettings()


def confirmed(
    words: Localizer,
    told: MailedMeeting,
    *,
    change: str,
    code: str = "",
    given: MailSettings = NOTHING_GIVEN,
) -> Mail:
    """Return the mail that a time is agreed. change: where it is moved or cancelled. code: to find it by without the mail."""
    parts = [
        MailPart(text=words.phrase("mail_confirmed", when=_when(words, told))),
        _facts(words, told),
        MailPart(
            text=words.phrase("mail_confirmed_change"),
            links=named_links(words, ("mail_link_change", change)),
        ),
    ]
    if code:
        parts.append(MailPart(text=words.phrase("mail_code", code=code)))
    return _mail(words, "confirmed", told, parts, given)


def day_before(
    words: Localizer,
    told: MailedMeeting,
    *,
    come: str,
    move: str,
    cancel: str,
    given: MailSettings = NOTHING_GIVEN,
) -> Mail:
    """Return the reminder of a time, which is no use once that has begun. come, move, cancel: pages to say so."""
    acts = (("mail_link_come", come), ("mail_link_move", move), ("mail_link_cancel", cancel))
    parts = [
        MailPart(text=words.phrase("mail_day_before", when=_when(words, told))),
        _facts(words, told),
        MailPart(text=words.phrase("mail_day_before_ask"), links=named_links(words, *acts)),
    ]
    return _mail(words, "day_before", told, parts, given, until=told.meeting.during.start)


def moved(
    words: Localizer,
    told: MailedMeeting,
    *,
    was: Span,
    by: EndedBy,
    change: str,
    fits: str = "",
    reason: str = "",
    given: MailSettings = NOTHING_GIVEN,
) -> Mail:
    """Return the mail that a meeting has another time.

    was: the time before. by: who moved it. change: where it is moved or cancelled. fits: where the new time is agreed
    to, if that is asked.
    """
    who = "person" if by == "program" else by  # that nobody in particular did it is said in the same words
    asked = MailPart(
        text=words.phrase("mail_moved_ask"),
        links=named_links(words, ("mail_link_fits", fits), ("mail_link_not_fits", change)),
    )
    parts = [
        MailPart(
            text=words.phrase(f"mail_moved_{who}"),
            items=(
                words.phrase("mail_now", when=_when(words, told)),
                words.phrase("mail_was", when=time_from_to(words, was)),
                *_reason(words, reason),
            ),
        ),
        _facts(words, told),
        asked if fits else MailPart(links=named_links(words, ("mail_link_change", change))),
    ]
    return _mail(words, "moved", told, parts, given)


def cancelled(
    words: Localizer,
    told: MailedMeeting,
    *,
    by: EndedBy,
    again: str,
    reason: str = "",
    given: MailSettings = NOTHING_GIVEN,
) -> Mail:
    """Return the mail that a meeting will not be. by: who cancelled it. again: where another time is chosen."""
    parts = [
        MailPart(
            text=words.phrase(f"mail_cancelled_{by}"),
            items=(
                words.phrase("mail_was", when=_when(words, told)),
                *_for_whom(words, told),
                *_reason(words, reason),
            ),
        ),
        MailPart(
            text=words.phrase("mail_cancelled_next"),
            links=named_links(words, ("mail_link_other", again)),
        ),
    ]
    return _mail(words, "cancelled", told, parts, given)


def address_confirmation(
    words: Localizer, *, key: str, link: str, code: str, until: datetime
) -> Mail:
    """Return the mail that asks whether an address is the right one; it tells nothing of who gave it.

    key: of this question, so that a second one is another mail. code: to type in the chat.
    """
    parts = (
        MailPart(text=words.phrase("mail_address"), links=named_links(words, ("mail_link_address", link))),
        MailPart(
            items=(
                words.phrase("mail_address_code", code=code),
                words.phrase("mail_address_until", when=time_by(words, until)),
            )
        ),
        MailPart(text=words.phrase("mail_address_mistake")),
    )
    subject = words.phrase("mail_address_subject")
    return mail_of(words, "address", key, subject, parts, until)


def waiting_offer(
    words: Localizer,
    told: MailedMeeting,
    *,
    until: datetime,
    take: str,
    decline: str,
    leave: str,
    given: MailSettings = NOTHING_GIVEN,
) -> Mail:
    """Return the mail that a time has become free for somebody who waits. until: how long it is kept.

    take, decline, leave: pages to take it, to pass it on, and to wait no longer.
    """
    acts = (("mail_link_take", take), ("mail_link_decline", decline), ("mail_link_leave", leave))
    parts = [
        MailPart(text=words.phrase("mail_offer", when=_when(words, told))),
        _facts(words, told),
        MailPart(
            text="\n".join((
                words.phrase("mail_offer_until", when=time_by(words, until)),
                words.phrase("mail_offer_decline"),
            )),
            links=named_links(words, *acts),
        ),
    ]  # fmt: skip
    return _mail(words, "offer", told, parts, given, until=until)


def mail_of(
    words: Localizer,
    kind: MailKind,
    key: str,
    subject: str,
    parts: Iterable[MailPart],
    until: datetime,
    given: MailSettings = NOTHING_GIVEN,
) -> Mail:
    """Return a mail of some parts, with what stands below all of them. until: when it is no use any more."""
    shown = [*parts, *_below(words, given)]
    language = words.catalogue.language
    return Mail(
        kind=kind, key=f"{kind}/{key}", language=language, subject=subject, text=as_text(shown),
        html=as_html(subject, shown, language), expires=until, calendar=given.calendar,
        reply_to=given.reply_to, unsubscribe=given.unsubscribe,
        one_click=bool(given.unsubscribe),
    )  # fmt: skip


def _mail(
    words: Localizer,
    kind: MailKind,
    told: MailedMeeting,
    parts: Iterable[MailPart],
    given: MailSettings,
    until: datetime | None = None,
) -> Mail:
    """Return a mail about a meeting. until: when it is no use any more; the end of the meeting where nothing else is said."""
    outside = words.say(told.kind.outside)
    if kind != "confirmed":
        outside = within_sentence(outside)
    when = time_from(words, told.meeting.during.start)
    subject = words.phrase(f"mail_{kind}_subject", outside=outside, when=when)
    key = f"{told.booking}/{told.meeting.sequence}"
    return mail_of(words, kind, key, subject, parts, until or told.meeting.during.end, given)


def _when(words: Localizer, told: MailedMeeting) -> str:
    return time_from_to(words, told.meeting.during)


def _facts(words: Localizer, told: MailedMeeting) -> MailPart:
    """Return how, where, with whom and for whom; of an example also that it is one."""
    facts = (
        ("mail_how", "mode", words.phrase(MODE_PHRASES[told.meeting.mode])),
        ("mail_where", "where", told.meeting.where),
        ("mail_who", "names", ", ".join(told.names)),
        ("mail_institution", "name", told.institution),
    )
    example = words.phrase("mail_example") if told.meeting.example else ""
    items = tuple(words.phrase(key, **{name: value}) for key, name, value in facts if value)
    return MailPart(text=example, items=(*items, *_for_whom(words, told)))


def _for_whom(words: Localizer, told: MailedMeeting) -> Sequence[str]:
    return () if told.whom == "self" else (words.phrase("mail_for", name=told.whom),)


def _reason(words: Localizer, reason: str) -> Sequence[str]:
    return (words.phrase("mail_reason", reason=reason),) if reason.strip() else ()


def named_links(words: Localizer, *named: tuple[str, str]) -> tuple[MailLink, ...]:
    """Return links by the phrases they say; one without an address is left out."""
    return tuple(
        MailLink(label=words.phrase(phrase), address=address) for phrase, address in named if address
    )


def _below(words: Localizer, given: MailSettings) -> Iterable[MailPart]:
    lines = [words.phrase("mail_link_how")]
    if given.calendar is not None:
        gone = given.calendar.method == "CANCEL"
        lines.append(words.phrase("mail_calendar_gone" if gone else "mail_calendar"))
    lines.append(words.phrase("mail_reply" if given.reply_to else "mail_no_reply"))
    lines.append(words.phrase("mail_footer"))
    yield MailPart(
        text="\n".join(lines), links=named_links(words, ("mail_unsubscribe", given.unsubscribe))
    )
