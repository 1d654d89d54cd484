"""What comes into a turn: what a person or the world did."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.strict_json import FileFault
from bot.core.base.whole_text import WholeText
from bot.core.booking.due import BookingMessage
from bot.core.dialogue.requests import Response
from bot.core.dialogue.session import LinkingDevice
from bot.core.nlu.commands import SpokenWord
from bot.core.plan.orders import PlanOrder, ReplacePlan
from bot.core.plan.plan import Actor

CommandWord = Literal[SpokenWord, "resume", "look", "away"]


class World(Frozen):
    """The moment of a turn. The core never asks a clock. today: the day in Riga."""

    now: datetime
    today: date


class Started(Frozen):
    """The conversation was opened, perhaps by a link that names a flow, a school or a class."""

    kind: Literal["started"] = "started"
    flow: WholeText | None = None
    school: WholeText = ""
    class_code: WholeText = ""


class Said(Frozen):
    """Something was typed. ticked: ids of options that were ticked beside it."""

    kind: Literal["said"] = "said"
    text: WholeText
    ticked: tuple[WholeText, ...] = ()


class Picked(Frozen):
    """Options were pressed. ask: the number of the question they stood at, where it is known."""

    kind: Literal["picked"] = "picked"
    options: tuple[WholeText, ...]
    ask: int | None = None


class Commanded(Frozen):
    """A global word was said or pressed. about: a fact to change, a language, an occupation."""

    kind: Literal["commanded"] = "commanded"
    word: CommandWord
    about: WholeText | None = None


class PageAnswered(Frozen):
    """A page of activities was sent. values: each with its answer, 1 to 5, or None where it is skipped."""

    kind: Literal["page_answered"] = "page_answered"
    values: tuple[tuple[WholeText, int | None], ...]


class Responded(Frozen):
    """The service answers the request of the turn before, within the same transaction."""

    kind: Literal["responded"] = "responded"
    response: Response


class Unread(Frozen):
    """Something came that is not read here: a picture, a voice, a message edited afterwards."""

    kind: Literal["unread"] = "unread"
    what: Literal["media", "edited"]


class TimedOut(Frozen):
    """Nothing came for a while."""

    kind: Literal["timed_out"] = "timed_out"


class Woken(Frozen):
    """The conversation went on in another channel; this one is told how it stands."""

    kind: Literal["woken"] = "woken"


class DateDue(Frozen):
    """The moment has come to remind of a date. entry: its id. on: the day it was to be then."""

    kind: Literal["date_due"] = "date_due"
    entry: WholeText
    on: date


class PlanOrdered(Frozen):
    """The person does something to their plan on a page."""

    kind: Literal["plan_ordered"] = "plan_ordered"
    orders: tuple[PlanOrder, ...]


class PlanFileSent(Frozen):
    """The person has sent a plan's file. order: that would put it in place; faults: why it cannot be read, and then there is none."""

    kind: Literal["plan_file_sent"] = "plan_file_sent"
    order: ReplacePlan | None = None
    faults: tuple[FileFault, ...] = ()


class PlanWorkedOn(Frozen):
    """Somebody else does something to the plan: proposes, confirms, writes what is theirs."""

    kind: Literal["plan_worked_on"] = "plan_worked_on"
    order: PlanOrder
    by: Actor


class PlanDue(Frozen):
    """The moment has come to say something of the plan.

    what: a step's day, the day to come back to it, whether it still fits, or that something behind it has changed.
    id: the step. on: the day it was planned for.
    """

    kind: Literal["plan_due"] = "plan_due"
    what: Literal["step", "review", "check_in", "watch"]
    id: WholeText = ""
    on: date


class MeetingChanged(Frozen):
    """A counsellor has done something to what was agreed or asked, or the waiting list has something.

    booking, handoff, entry: what it is about, by its id. text: what the counsellor said to the person.
    """

    kind: Literal["meeting_changed"] = "meeting_changed"
    what: Literal[
        "accepted", "proposed", "declined", "moved", "called_off", "offer", "still_wanted", "spoken", "given_back"
    ]  # fmt: skip
    booking: WholeText = ""
    handoff: WholeText = ""
    entry: WholeText = ""
    text: WholeText = ""


class MeetingDue(Frozen):
    """The moment has come to say something of a meeting. start: when it is. expires: from when it is not said any more."""

    kind: Literal["meeting_due"] = "meeting_due"
    what: BookingMessage
    booking: WholeText
    start: datetime
    expires: datetime


class LinkRequested(Frozen):
    """Somebody with a one-time link asks to go on with this conversation in another channel."""

    kind: Literal["link_requested"] = "link_requested"
    device: LinkingDevice


Input = Annotated[
    Started
    | Said
    | Picked
    | Commanded
    | PageAnswered
    | Responded
    | Unread
    | TimedOut
    | Woken
    | DateDue
    | PlanOrdered
    | PlanFileSent
    | PlanWorkedOn
    | PlanDue
    | MeetingChanged
    | MeetingDue
    | LinkRequested,
    Field(discriminator="kind"),
]
Unasked = (
    TimedOut | Woken | DateDue | PlanWorkedOn | PlanDue | MeetingChanged | MeetingDue
)  # what is said of these, nobody here has asked for
