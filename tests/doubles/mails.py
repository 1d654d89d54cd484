"""One mail of every kind."""

from datetime import timedelta

from bot.words import booking_mail, booking_staff_mail
from bot.words.booking_mail import MovedFrom
from bot.words.booking_staff_mail import (
    HandoffPages,
    MailedHandoff,
    SupplyTold,
    UnansweredHandoff,
)
from tests.doubles.clocks import NOON
from tests.doubles.meetings import KIND, PAGES, from_to, invited, told

QUESTION = "Vai es varu mācīties tālāk,\nja <matemātikā> man ir 4 & slimības dēļ kavēju?"
HANDOFF = MailedHandoff(
    id="f" * 32, version=1, question=QUESTION, language="uk",
    profile=("Grade 12", "Likes: people"), unknown=("Vai der dienesta viesnīca",),
    consent_until=NOON + timedelta(days=30), during=from_to(), beside=("14.00–14.45 aizņemts",),
)  # fmt: skip
HANDOFF_PAGES = HandoffPages(**{
    name: f"https://guide.example/h/{name}?t=1&u=2" for name in HandoffPages.model_fields
})  # fmt: skip
UNANSWERED = UnansweredHandoff(
    key="f/1", names=("Anna Paraudziņa",), since=NOON, hours=9, during=from_to()
)
SUPPLY = SupplyTold(
    key="s", place="Paraugpils", kind=KIND.title, language="lv", free=((14, 3), (30, 9)),
    waiting=30, missing=27, level="now",
)  # fmt: skip


def every_mail(words, **change):
    """One mail of every kind, by its kind. change: of what is told of the meeting."""
    one = told(
        whom="Anna",
        code="ABCD-EFGH",
        unsubscribe="https://guide.example/u/1",
        calendar=invited(),
        **change,
    )
    soon = NOON + timedelta(hours=2)
    before = MovedFrom(was=from_to(hour=9), by="counsellor", reason="Slimība")
    link = "https://guide.example/d/1"
    mails = (
        booking_mail.confirmed(words, one, PAGES),
        booking_mail.day_before(words, one, PAGES),
        booking_mail.moved(words, one, PAGES, before),
        booking_mail.cancelled(words, one, PAGES, "counsellor", "Slimība"),
        booking_mail.waiting_offer(words, one, PAGES, soon),
        booking_mail.address_confirmation(words, key="1", link=link, code="123456", until=soon),
        booking_staff_mail.handoff(words, HANDOFF, HANDOFF_PAGES, answer_by=soon),
        booking_staff_mail.nobody_answered(words, UNANSWERED, link, soon),
        booking_staff_mail.supply_alarm(words, SUPPLY, link, soon),
    )
    return {mail.kind: mail for mail in mails}
