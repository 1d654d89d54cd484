"""Somebody referred to another institution: what goes there, why, to whom, by their consent, and until when."""

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, assert_never

from pydantic import AwareDatetime, Field

from bot.core.base.tagged import Tagged
from bot.core.booking.meeting import HandedItem, Short
from bot.core.booking.versioned import HexId, Versioned

LONGEST_REFERRAL: Final = timedelta(days=365)
SILENCE_AFTER: Final = timedelta(days=7)  # then the sender hears that nobody has answered

# asked: the person is asked. open: they agreed, and it was sent. not_done: taken on, and nothing came of it.
ReferralState = Literal["asked", "open", "accepted", "declined", "done", "not_done", "withdrawn"]
ReferralReason = Literal[
    "refused", "no_capacity", "no_longer_needed", "unreachable", "not_ours", "other"
]
ToldOfReferral = Literal["person", "sender", "receiver"]


class Referral(Versioned):
    """One referral. what: goes along, item by item; why: in words the person sees as well.

    sender: a counsellor's id; receiver: whom it goes to, in words; email: where the link is sent.
    made: when it was prepared; agreed: when the person consented; until: when it ends whatever has come of it.
    reason, note: why it was declined, or nothing came of it. silence_told: when the sender heard that nobody answers.
    """

    id: HexId
    state: ReferralState = "asked"
    what: tuple[HandedItem, ...] = ()
    why: Short
    sender: str
    receiver: Annotated[str, Field(min_length=1, max_length=160)]
    email: str = ""
    made: AwareDatetime
    agreed: AwareDatetime | None = None
    until: AwareDatetime
    reason: ReferralReason | None = None
    note: Short = ""
    silence_told: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    example: bool = False

    def is_seen_at(self, now: AwareDatetime) -> bool:
        """Return whether its link shows anything to the receiver; else it is gone (410)."""
        return self.state in {"open", "accepted"} and now < self.until


class PrepareReferral(Tagged):
    """Prepare one, for the person to consent to. referral: its state, version and moments are set by the order."""

    kind: Literal["prepare"] = "prepare"
    referral: Referral


class ConsentToReferral(Tagged):
    """Consent to exactly this, or not."""

    kind: Literal["consent"] = "consent"
    agreed: bool


class AcceptReferral(Tagged):
    """Take it on."""

    kind: Literal["accept"] = "accept"


class DeclineReferral(Tagged):
    """Say that one cannot, and why."""

    kind: Literal["decline"] = "decline"
    reason: ReferralReason
    note: Short = ""


class FinishReferral(Tagged):
    """Say whether anything came of it. reason: why not; None where it did."""

    kind: Literal["finish"] = "finish"
    reason: ReferralReason | None = None
    note: Short = ""


class WithdrawReferral(Tagged):
    """Take it back, as the person."""

    kind: Literal["withdraw"] = "withdraw"


class TellSilence(Tagged):
    """Tell the sender that nobody has answered."""

    kind: Literal["tell_silence"] = "tell_silence"


ReferralOrder = Annotated[
    PrepareReferral | ConsentToReferral | AcceptReferral | DeclineReferral | FinishReferral | WithdrawReferral | TellSilence,
    Field(discriminator="kind"),
]  # fmt: skip
ReferralRefusal = Literal["not_yours", "ended", "until", "no_consent", "unchanged", "too_early"]
ReferralRole = Literal["person", "sender", "receiver", "program"]


class ReferralRefused(Exception):
    """An order that cannot be obeyed, and so nothing is changed. reason: why not."""

    def __init__(self, reason: ReferralRefusal) -> None:
        super().__init__(reason)
        self.reason: ReferralRefusal = reason


def obey_referral(
    referral: Referral | None, order: ReferralOrder, role: ReferralRole, now: datetime
) -> Referral:
    """Return a referral as an order leaves it.

    referral: None only where it is prepared; order: what is to be done; role: by whom; now: the moment.
    Errors: ReferralRefused, and then nothing is changed.
    """
    if role != _whose(order):
        raise ReferralRefused("not_yours")
    if isinstance(order, PrepareReferral):
        return _prepare(order.referral, now)
    if referral is None or referral.ended_at is not None or now >= referral.until:
        raise ReferralRefused("ended")
    if referral.state == "asked" and role in {"receiver", "program"}:
        raise ReferralRefused("no_consent")
    match order:
        case ConsentToReferral():
            if referral.state != "asked":
                raise ReferralRefused("unchanged")
            if not order.agreed:
                return _over(referral, "withdrawn", now)
            return referral.changed(state="open", agreed=now)
        case AcceptReferral():
            if referral.state == "accepted":
                raise ReferralRefused("unchanged")
            return referral.changed(state="accepted")
        case DeclineReferral():
            if referral.state != "open":
                raise ReferralRefused("unchanged")
            return _over(referral, "declined", now, reason=order.reason, note=order.note)
        case FinishReferral():
            if referral.state != "accepted":
                raise ReferralRefused("too_early")
            state: ReferralState = "done" if order.reason is None else "not_done"
            return _over(referral, state, now, reason=order.reason, note=order.note)
        case WithdrawReferral():
            return _over(referral, "withdrawn", now)
        case TellSilence():
            if not is_silence_due(referral, now):
                raise ReferralRefused("too_early")
            return referral.changed(silence_told=now)
        case _:
            assert_never(order)


def told_of(referral: Referral) -> frozenset[ToldOfReferral]:
    """Return who hears how a referral stands when it has come to its state."""
    match referral.state:
        case "asked":
            return frozenset({"person"})
        case "open":
            return frozenset({"sender", "receiver"})
        case "withdrawn":
            was_sent = referral.agreed is not None
            return frozenset({"sender", "receiver"}) if was_sent else frozenset({"sender"})
        case "accepted" | "declined" | "done" | "not_done":
            return frozenset({"sender", "person"})
        case _:
            assert_never(referral.state)


def is_silence_due(referral: Referral, now: datetime) -> bool:
    """Return whether the sender is to hear, once, that the receiver has not answered."""
    is_unanswered = referral.state == "open" and referral.silence_told is None
    return is_unanswered and referral.agreed is not None and now - referral.agreed >= SILENCE_AFTER


def _whose(order: ReferralOrder) -> ReferralRole:
    match order:
        case PrepareReferral():
            return "sender"
        case ConsentToReferral() | WithdrawReferral():
            return "person"
        case AcceptReferral() | DeclineReferral() | FinishReferral():
            return "receiver"
        case TellSilence():
            return "program"
        case _:
            assert_never(order)


def _prepare(referral: Referral, now: datetime) -> Referral:
    if not now < referral.until <= now + LONGEST_REFERRAL:
        raise ReferralRefused("until")
    return Referral(
        id=referral.id,
        version=1,
        what=referral.what,
        why=referral.why,
        sender=referral.sender,
        receiver=referral.receiver,
        email=referral.email,
        made=now,
        until=referral.until,
        example=referral.example,
    )


def _over(referral: Referral, state: ReferralState, now: datetime, **told: object) -> Referral:
    return referral.changed(**told, state=state, ended_at=now)
