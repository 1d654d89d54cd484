"""What a counsellor, the person and the clock do to a handoff; obeyed or refused whole."""

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, NamedTuple, assert_never

from pydantic import AwareDatetime, Field

from bot.core.base.tagged import Tagged
from bot.core.base.whole_text import WholeText
from bot.core.booking.handoff import BOT, Handoff
from bot.core.booking.meeting import Short
from bot.core.booking.working_time import WorkingTime

MOST_TIMES: Final = 5
SILENT_AFTER: Final = timedelta(hours=48)  # of a counsellor who speaks with somebody
LONGEST_HANDOFF: Final = timedelta(days=365)


class OpenHandoff(Tagged):
    """Hand a conversation over. handoff: as it is to be; its state, version and moments are set by the order."""

    kind: Literal["open"] = "open"
    handoff: Handoff


class AcceptHandoff(Tagged):
    """Take it on."""

    kind: Literal["accept"] = "accept"


class ProposeTimes(Tagged):
    """Propose other times to the person."""

    kind: Literal["propose"] = "propose"
    times: Annotated[tuple[AwareDatetime, ...], Field(min_length=1, max_length=MOST_TIMES)]


class AnswerTimes(Tagged):
    """Choose one of the times that were proposed. chosen: None: none of them."""

    kind: Literal["answer"] = "answer"
    chosen: AwareDatetime | None


class PassOn(Tagged):
    """Pass it on to a colleague. to: their id, "" for the whole institution."""

    kind: Literal["pass_on"] = "pass_on"
    to: str


class DeclineHandoff(Tagged):
    """Say that this is nothing one can help with, and why."""

    kind: Literal["decline"] = "decline"
    reason: Short


class SpeakAsHuman(Tagged):
    """Write to the person: from then on the bot is silent."""

    kind: Literal["speak"] = "speak"


class GiveBack(Tagged):
    """Let the bot speak again. summary: of what was said; read: whether the counsellor has read it as it is."""

    kind: Literal["give_back"] = "give_back"
    summary: Annotated[WholeText, Field(max_length=3000)]
    read: bool = False


class FinishHandoff(Tagged):
    """Say that it is done."""

    kind: Literal["finish"] = "finish"


class WithdrawHandoff(Tagged):
    """Take back, as the person, what was handed over."""

    kind: Literal["withdraw"] = "withdraw"


class Escalate(Tagged):
    """Tell the coordinator that nobody has answered in time."""

    kind: Literal["escalate"] = "escalate"


class AskAfter(Tagged):
    """Ask the person whether they were answered, as the counsellor has been silent for long."""

    kind: Literal["ask_after"] = "ask_after"


HandoffOrder = Annotated[
    OpenHandoff | AcceptHandoff | ProposeTimes | AnswerTimes | PassOn | DeclineHandoff | SpeakAsHuman | GiveBack
    | FinishHandoff | WithdrawHandoff | Escalate | AskAfter,
    Field(discriminator="kind"),
]  # fmt: skip
HandoffRefusal = Literal[
    "not_yours", "ended", "no_reason", "past", "until", "circle", "unchanged", "too_early", "unread", "human_speaks",
]  # fmt: skip


class HandoffRefused(Exception):
    """An order that cannot be obeyed, and so nothing is changed. reason: why not."""

    def __init__(self, reason: HandoffRefusal) -> None:
        super().__init__(reason)
        self.reason: HandoffRefusal = reason


class HandoffMoment(NamedTuple):
    """When an order is given, and by whom.

    by: a counsellor's id, or "person", or "program". working: the institution's hours; hours: of them, in which
    somebody is to answer.
    """

    now: datetime
    by: str
    working: WorkingTime
    hours: int

    @property
    def due(self) -> datetime | None:
        """Return by when a counsellor is to answer what comes now."""
        return self.working.after_hours(self.now, self.hours)


PERSON_ORDERS = OpenHandoff | AnswerTimes | WithdrawHandoff
PROGRAM_ORDERS = Escalate | AskAfter
# of whoever has it, once somebody has it; passing it on is a colleague's too, as long as nobody speaks
HOLDER_ORDERS = AcceptHandoff | ProposeTimes | DeclineHandoff | SpeakAsHuman | FinishHandoff


def obey_handoff(handoff: Handoff | None, order: HandoffOrder, moment: HandoffMoment) -> Handoff:
    """Return a handoff as an order leaves it.

    handoff: None only where it is opened; order: what is to be done; moment: when, by whom.
    Errors: HandoffRefused, and then nothing is changed.
    """
    if not _is_theirs(order, moment.by):
        raise HandoffRefused("not_yours")
    if isinstance(order, OpenHandoff):
        return _open(order.handoff, moment)
    if handoff is None or not handoff.is_open:
        raise HandoffRefused("ended")
    if isinstance(order, HOLDER_ORDERS) and _is_elsewhere(handoff, moment.by):
        raise HandoffRefused("not_yours")
    match order:
        case AcceptHandoff():
            return _accepted(handoff, moment)
        case ProposeTimes():
            return _propose(handoff, order, moment)
        case AnswerTimes():
            return _answer(handoff, order, moment)
        case PassOn():
            return _pass_on(handoff, order, moment)
        case DeclineHandoff():
            return _decline(handoff, order, moment)
        case SpeakAsHuman():
            return _speak(handoff, moment)
        case GiveBack():
            return _give_back(handoff, order, moment)
        case FinishHandoff():
            if handoff.owner != BOT:
                raise HandoffRefused("human_speaks")
            if handoff.state != "accepted":
                raise HandoffRefused("too_early")
            return handoff.changed(state="done", ended_at=moment.now)
        case WithdrawHandoff():
            gone = {"handed": (), "question": "", "unknown": (), "summary": "", "owner": BOT}
            return handoff.changed(**gone, state="withdrawn", ended_at=moment.now)
        case Escalate():
            if not is_answer_overdue(handoff, moment.now):
                raise HandoffRefused("too_early")
            return handoff.changed(escalated=moment.now)
        case AskAfter():
            if not is_human_silent(handoff, moment.now):
                raise HandoffRefused("too_early")
            return handoff.changed(asked_after=moment.now)
        case _:
            assert_never(order)


def is_answer_overdue(handoff: Handoff, now: datetime) -> bool:
    """Return whether the coordinator is to be told that nobody has answered."""
    is_waiting = handoff.state == "waiting" and handoff.escalated is None
    return is_waiting and handoff.due is not None and now >= handoff.due


def is_human_silent(handoff: Handoff, now: datetime) -> bool:
    """Return whether the person is to be asked, once, if they were answered: the one who speaks has long said nothing."""
    spoke = handoff.human_spoke
    is_theirs = handoff.is_open and handoff.owner != BOT and handoff.asked_after is None
    return is_theirs and spoke is not None and now - spoke >= SILENT_AFTER


def _is_theirs(order: HandoffOrder, by: str) -> bool:
    """Return whether an order is for the person, the program or a counsellor to give, as who gives it."""
    if isinstance(order, PERSON_ORDERS):
        return by == "person"
    if isinstance(order, PROGRAM_ORDERS):
        return by == "program"
    return by not in {"person", "program"}


def _is_elsewhere(handoff: Handoff, by: str) -> bool:
    """Return whether another counsellor has taken it on, or speaks with the person."""
    has_taken = handoff.state == "accepted" and handoff.to != by
    return has_taken or handoff.owner not in {BOT, by}


def _open(handoff: Handoff, moment: HandoffMoment) -> Handoff:
    if not moment.now < handoff.handed_until <= moment.now + LONGEST_HANDOFF:
        raise HandoffRefused("until")
    return Handoff(
        id=handoff.id,
        version=1,
        institution=handoff.institution,
        to=handoff.to,
        language=handoff.language,
        question=handoff.question,
        unknown=handoff.unknown,
        handed=handoff.handed,
        handed_until=handoff.handed_until,
        booking=handoff.booking,
        made=moment.now,
        due=moment.due,
        example=handoff.example,
    )


def _accepted(handoff: Handoff, moment: HandoffMoment) -> Handoff:
    if handoff.state == "accepted":
        raise HandoffRefused("unchanged")
    return handoff.changed(state="accepted", to=moment.by, due=None, proposed=())


def _propose(handoff: Handoff, order: ProposeTimes, moment: HandoffMoment) -> Handoff:
    if any(time <= moment.now for time in order.times):
        raise HandoffRefused("past")
    times = tuple(sorted(set(order.times)))
    return handoff.changed(state="proposed", to=moment.by, proposed=times, due=None)


def _answer(handoff: Handoff, order: AnswerTimes, moment: HandoffMoment) -> Handoff:
    if handoff.state != "proposed":
        raise HandoffRefused("unchanged")
    if order.chosen is None and handoff.owner != BOT:
        return handoff.changed(state="accepted", proposed=())
    if order.chosen is None:
        again = {"state": "waiting", "proposed": (), "due": moment.due, "escalated": None}
        return handoff.changed(**again)
    if order.chosen not in handoff.proposed or order.chosen <= moment.now:
        raise HandoffRefused("past")
    return handoff.changed(state="accepted", proposed=(order.chosen,))


def _pass_on(handoff: Handoff, order: PassOn, moment: HandoffMoment) -> Handoff:
    if handoff.owner not in {BOT, moment.by}:
        raise HandoffRefused("not_yours")
    if order.to and order.to in {moment.by, handoff.to}:
        raise HandoffRefused("unchanged")
    if order.to in handoff.passed_on:
        raise HandoffRefused("circle")
    return handoff.changed(
        state="waiting",
        to=order.to,
        passed_on=(*handoff.passed_on, moment.by),
        due=moment.due,
        escalated=None,
        proposed=(),
        owner=BOT,
        human_spoke=None,
        asked_after=None,
    )


def _decline(handoff: Handoff, order: DeclineHandoff, moment: HandoffMoment) -> Handoff:
    if not order.reason.strip():
        raise HandoffRefused("no_reason")
    return handoff.changed(
        state="declined", reason=order.reason, owner=BOT, ended_at=moment.now, due=None
    )


def _speak(handoff: Handoff, moment: HandoffMoment) -> Handoff:
    """Return it with one who speaks: whoever writes first, until they give it back or pass it on."""
    spoken = {"owner": moment.by, "to": moment.by, "human_spoke": moment.now, "asked_after": None}
    return handoff.changed(**spoken, state="accepted", due=None)


def _give_back(handoff: Handoff, order: GiveBack, moment: HandoffMoment) -> Handoff:
    if handoff.owner != moment.by:
        raise HandoffRefused("unchanged" if handoff.owner == BOT else "not_yours")
    if not order.read or not order.summary.strip():
        raise HandoffRefused("unread")
    return handoff.changed(owner=BOT, summary=order.summary, human_spoke=None, asked_after=None)
