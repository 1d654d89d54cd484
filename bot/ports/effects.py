"""What a turn leaves to be done beside its session, kept with it in one transaction.

Some can turn out to be impossible by then, because another turn was quicker. The turn that left one
is computed again, and finds in its snapshot how things stand.
"""

from dataclasses import dataclass
from typing import Literal

from bot.ports.bookings import (
    KeptBooking,
    KeptHandoff,
    KeptInvitation,
    KeptMeeting,
    KeptProfile,
    KeptReferral,
    KeptWaiting,
)


@dataclass(frozen=True, slots=True)
class GiveCode:
    """A one-time code that opens this conversation, for one purpose, until a moment."""

    code: str
    purpose: str
    until: int


@dataclass(frozen=True, slots=True)
class LinkAccount:
    """A door that leads to this conversation from now on; what it led to before is forgotten.

    Impossible where it leads to yet another conversation by now.
    """

    channel: str
    account: str
    former: str


@dataclass(frozen=True, slots=True)
class WakeChat:
    """Tell an account's chat how the conversation stands, in a turn of its own."""

    channel: str
    account: str


@dataclass(frozen=True, slots=True)
class UseCode:
    """Let a code open nothing more. Impossible where another turn has used it."""

    code: str


@dataclass(frozen=True, slots=True)
class RecordClassEvent:
    """Note something of a class, with nothing in it of whose it is.

    letters: of a finished profile, the types that lead it; none while it is only begun.
    """

    class_code: str
    kind: Literal["begun", "finished"]
    letters: str = ""


@dataclass(frozen=True, slots=True)
class RecordQuestion:
    """Note a question without an answer, with nothing in it of whose it is. day: YYYY-MM-DD."""

    day: str
    language: str
    words: str


@dataclass(frozen=True, slots=True)
class RecordCorrection:
    """Keep that a card is said to be wrong, with nothing in it of who says so.

    day: YYYY-MM-DD. card: its kind and id. version: a mark of what was shown. words: "" where none were said.
    """

    day: str
    language: str
    card: str
    version: str
    words: str


@dataclass(frozen=True, slots=True)
class PlanJob:
    """Something to be done at a moment. key: what it is about; of the same there is one.

    conversation: whose it is, and erased with; None: the turn's own.
    """

    kind: str
    key: str
    due: int
    body: str
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Something planned that is not to be done any more; nothing where it was done."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class KeepPlanVersion:
    """A version of this conversation's plan, for the time after the next one. at: when it was made; None: now."""

    number: int
    body: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class OpenShare:
    """A link that shows some of this conversation's plan. share: which, by its id within the plan."""

    token: str
    share: str


@dataclass(frozen=True, slots=True)
class CloseShare:
    """A link that shows nothing any more."""

    token: str


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """Look at this conversation's plan when the content changes, or not any more."""

    on: bool


# What is kept of bookings is impossible where the row has another version by now than the one `expected`, which is 0
# of a new one. at: the moment by which it was decided; what was held until then has lapsed.


@dataclass(frozen=True, slots=True)
class KeepProfile:
    """A counsellor as people may meet them, from now on. One who was only invited is expected to have the version 0."""

    row: KeptProfile
    expected: int


@dataclass(frozen=True, slots=True)
class KeepMeeting:
    """A meeting as it is from now on. Impossible also where a counsellor's time is taken.

    bookings: the ids of all that have a place in it, as they were when it was decided, and impossible where they are
    others by now; None: whichever they are.
    """

    row: KeptMeeting
    expected: int
    at: int
    bookings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class KeepBooking:
    """A booking as it is from now on.

    Impossible also where its place is taken or its meeting not open, where somebody has another one of the kind, and
    where its code is another's.
    meeting_version: what its meeting has by now, and impossible where that is another; None: whichever it is.
    """

    row: KeptBooking
    expected: int
    at: int
    meeting_version: int | None = None


@dataclass(frozen=True, slots=True)
class KeepWaiting:
    """Somebody who waits, from now on."""

    row: KeptWaiting
    expected: int


@dataclass(frozen=True, slots=True)
class KeepHandoff:
    """What was handed to counsellors, from now on."""

    row: KeptHandoff
    expected: int


@dataclass(frozen=True, slots=True)
class KeepReferral:
    """What is handed to another institution, from now on."""

    row: KeptReferral
    expected: int


@dataclass(frozen=True, slots=True)
class KeepInvitation:
    """A code on paper, from now on."""

    row: KeptInvitation
    expected: int


@dataclass(frozen=True, slots=True)
class CountNoTime:
    """Count that this conversation has found no time, with nothing of it in the figure.

    day: YYYY-MM-DD. until: before that moment the same is not counted again for the same place and kind.
    """

    day: str
    place: str
    kind: str
    until: int


@dataclass(frozen=True, slots=True)
class SendMessage:
    """A message to send: to where the update came from, or to a channel and lane of its own.

    rank: 0 for replies, 1 for reminders, 2 for what can wait; within a lane the order is kept.
    at_most_once: it must never be sent twice.
    """

    kind: str
    body: str
    channel: str | None = None
    lane: str | None = None
    rank: int = 0
    at_most_once: bool = False


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Buttons as they were sent: what each stands for, resolved by a short opaque token.

    html: the message they stand under; answered: what is left of it once the question is answered,
    to show it with what was chosen. Its message may show the next question by then: closed.
    version: of the conversation, where its message was the last one of the chat.
    ask: the number of the question they belong to; several: they are ticked, then sent together.
    """

    token: str
    conversation: str
    html: str
    picks: tuple[str, ...]
    labels: tuple[str, ...]
    ask: int | None
    several: bool = False
    ticked: tuple[int, ...] = ()
    page: int = 0
    answered: str = ""
    version: int = 0
    closed: bool = False


BookingEffect = (
    KeepProfile
    | KeepMeeting
    | KeepBooking
    | KeepWaiting
    | KeepHandoff
    | KeepReferral
    | KeepInvitation
)
# a keyboard among the effects is kept, so that its presses can be read
Effect = (
    BookingEffect
    | CountNoTime
    | SendMessage
    | Keyboard
    | GiveCode
    | UseCode
    | LinkAccount
    | WakeChat
    | RecordClassEvent
    | RecordQuestion
    | RecordCorrection
    | PlanJob
    | CancelJob
    | KeepPlanVersion
    | OpenShare
    | CloseShare
    | WatchPlan
)
