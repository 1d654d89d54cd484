"""Mails about meetings to counsellors and coordinators."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language, Text
from bot.core.booking.spans import Span
from bot.core.education.dates import RIGA
from bot.words.booking_mail import MailDraft, act_part, mail_of
from bot.words.booking_times import time_by, time_from, time_from_to
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer
from bot.words.mail import Mail, MailPart


class MailedHandoff(Frozen):
    """What a counsellor is told of somebody who asks for them, by consent.

    id, version: of the handoff. question: in the person's own words; language: theirs, which the meeting is in. profile:
    in a few lines. unknown: what is still to be found out. consent_until: how long all of this may be seen. during: the time
    asked for, if one is. beside: what the counsellor has that day.
    """

    id: str
    version: int
    question: str
    language: Language
    profile: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    consent_until: AwareDatetime
    during: Span | None = None
    beside: tuple[str, ...] = ()


class HandoffPages(Frozen):
    """The pages of the four acts of a counsellor; on each it is confirmed."""

    accept: str
    other_time: str
    pass_on: str
    refuse: str


class UnansweredHandoff(Frozen):
    """A handoff that nobody has answered.

    key: of the handoff, and of how often it was told. names: of the counsellors who were asked; since when, and how many
    working hours ago. during: the time asked for.
    """

    key: str
    names: tuple[str, ...]
    since: AwareDatetime
    hours: int
    during: Span | None = None


class SupplyTold(Frozen):
    """Free times of one kind in one place against who waits for them.

    key: of this alarm, so that the next one is another mail. kind: its title. free: (days ahead, times). missing: how many times more would be enough. level: whether they soon run
    out, or are too few by now.
    """

    key: str
    place: str
    kind: Text
    language: Language
    free: tuple[tuple[int, int], ...]
    waiting: int
    missing: int
    level: Literal["soon", "now"]


def handoff(
    words: Localizer, told: MailedHandoff, pages: HandoffPages, *, answer_by: datetime | None = None
) -> Mail:
    """Return the mail to a counsellor that somebody asks for them; it is not sent once the consent has ended.

    answer_by: when the coordinator is told that nobody has answered.
    """
    asked = MailPart(
        title=words.phrase("mail_handoff_question"),
        text=told.question,
        language=told.language,
    )
    if not told.question.strip():
        asked = MailPart(text=words.phrase("mail_handoff_no_question"))
    day = show_date(told.consent_until.astimezone(RIGA).date(), words.catalogue.language)
    terms = [words.phrase("mail_handoff_until", date=day)]
    if answer_by is not None:
        terms.append(words.phrase("mail_handoff_answer_by", when=time_by(words, answer_by)))
    when: tuple[str, ...] = ()
    subject, expires = words.phrase("mail_handoff_subject"), told.consent_until
    if told.during is not None:
        start = told.during.start
        when = (words.phrase("mail_when", when=time_from_to(words, told.during)),)
        subject = words.phrase("mail_handoff_subject_when", when=time_from(words, start))
        expires = min(expires, start)
    acts = act_part(
        words,
        "",
        ("mail_link_accept", pages.accept),
        ("mail_link_other_time", pages.other_time),
        ("mail_link_pass_on", pages.pass_on),
        ("mail_link_refuse", pages.refuse),
    )
    speaks = words.phrase(f"speaks_{told.language}")
    facts = (*when, words.phrase("mail_handoff_language", language=speaks))
    parts = (
        MailPart(items=facts),
        asked,
        _listed(words, "mail_handoff_profile", told.profile),
        _listed(words, "mail_handoff_unknown", told.unknown),
        _listed(words, "mail_handoff_beside", told.beside),
        MailPart(title=words.phrase("mail_handoff_answer"), items=tuple(terms), links=acts.links),
    )
    draft = MailDraft(
        kind="handoff",
        key=f"{told.id}/{told.version}",
        subject=subject,
        lead=words.phrase("mail_handoff"),
        parts=parts,
        expires=expires,
    )
    return mail_of(words, draft)


def nobody_answered(words: Localizer, told: UnansweredHandoff, link: str, until: datetime) -> Mail:
    """Return the mail to a coordinator that nobody has answered somebody; it tells nothing of who asks.

    link: where it is seen. until: when the mail is no use any more.
    """
    items = [
        words.phrase("mail_nobody_names", names=", ".join(told.names)),
        words.phrase("mail_nobody_since", when=time_by(words, told.since)),
        words.phrase("mail_nobody_hours", hours=str(told.hours)),
    ]
    if told.during is not None:
        items.append(words.phrase("mail_when", when=time_from_to(words, told.during)))
    parts = (
        MailPart(items=tuple(items)),
        act_part(words, "", ("mail_link_request", link)),
    )
    draft = MailDraft(
        kind="nobody",
        key=told.key,
        subject=words.phrase("mail_nobody_subject"),
        lead=words.phrase("mail_nobody"),
        parts=parts,
        expires=until,
    )
    return mail_of(words, draft)


def supply_alarm(words: Localizer, told: SupplyTold, link: str, until: datetime) -> Mail:
    """Return the mail to a coordinator that there are too few times. link: where times are added. until: when it is no use."""
    subject = words.phrase(f"mail_supply_subject_{told.level}", place=told.place)
    items = (
        words.phrase("mail_supply_kind", kind=words.say(told.kind)),
        words.phrase("mail_supply_language", language=words.phrase(f"speaks_{told.language}")),
        *(
            words.phrase("mail_supply_free", days=str(days), count=str(count))
            for days, count in told.free
        ),
        words.phrase("mail_supply_waiting", count=str(told.waiting)),
        words.phrase("mail_supply_missing", count=str(told.missing)),
    )
    parts = (
        MailPart(items=items),
        act_part(words, "mail_supply_ends", ("mail_link_hours", link)),
    )
    draft = MailDraft(
        kind="supply",
        key=told.key,
        subject=subject,
        lead=f"{subject}.",
        parts=parts,
        expires=until,
    )
    return mail_of(words, draft)


def _listed(words: Localizer, title: str, items: tuple[str, ...]) -> MailPart:
    """Return a titled list; nothing where there is nothing in it."""
    return MailPart(title=words.phrase(title), items=items) if items else MailPart()
