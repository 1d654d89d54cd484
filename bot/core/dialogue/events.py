"""What goes in and out of a turn: inputs, events, the session and the turn itself."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Data
from bot.core.interests.profile import Profile
from bot.core.nlu.normalize import SpokenWord
from bot.core.rules.verdict import Verdict
from bot.core.skills.levels import Level

Value = str | int | tuple[str, ...] | None
OWN = "="  # begins a person's own words among the options of an answer; no option's id does

Word = Literal[SpokenWord, "resume", "look", "away"]


class World(Data):
    """The moment a turn happens in; the core never asks a clock."""

    now: datetime
    today: date


class Answer(Data):
    """One fact with the question it answered and what that question meant then.

    took: seconds it took, where that is read.
    """

    flow: str
    step: str
    value: Value
    meaning: int = 1
    took: float | None = None


class Round(Data):
    """What was answered in a flow before it was begun anew, and the day of that."""

    flow: str
    on: date
    answers: tuple[Answer, ...]


class Visitor(Data):
    """Who asks to go on with a conversation, and the answers given at that door so far.

    former: the conversation that door had until now.
    """

    channel: str
    account: str
    former: str = ""
    answers: tuple[Answer, ...] = ()


# --- what a person or the world did


class Started(Data):
    """The conversation was opened, perhaps at a flow, by a school's own link, by a class's code."""

    kind: Literal["started"] = "started"
    flow: str | None = None
    school: str = ""
    class_code: str = ""


class Said(Data):
    """Something was typed, perhaps beside options that were ticked."""

    kind: Literal["said"] = "said"
    text: str
    ticked: tuple[str, ...] = ()


class Picked(Data):
    """Options were pressed; `ask` is the number of the question they were shown with."""

    kind: Literal["picked"] = "picked"
    options: tuple[str, ...]
    ask: int | None = None


class Commanded(Data):
    """A global word: what it is about, if anything (a fact to change, a language, an occupation)."""

    kind: Literal["commanded"] = "commanded"
    word: Word
    about: str | None = None


class Found(Data):
    """The service answers a want."""

    kind: Literal["found"] = "found"
    want: str
    text: str


class Unread(Data):
    """Something came that is not read here: a picture, a voice, a message edited afterwards."""

    kind: Literal["unread"] = "unread"
    what: Literal["media", "edited"]


class TimedOut(Data):
    """Nothing came for a while."""

    kind: Literal["timed_out"] = "timed_out"


class Woken(Data):
    """The conversation was joined or went on at another door; here it is told how it stands."""

    kind: Literal["woken"] = "woken"


class Knocked(Data):
    """Somebody with a one-time link asks to go on with this conversation at another door."""

    kind: Literal["knocked"] = "knocked"
    visitor: Visitor


Input = Annotated[
    Started | Said | Picked | Commanded | Found | Unread | TimedOut | Woken | Knocked,
    Field(discriminator="kind"),
]
Unasked = TimedOut | Woken  # what is said of these, nobody here has asked for


# --- what happened


class Told(Data):
    """A say step was told; answers: those it lists, by name."""

    kind: Literal["told"] = "told"
    flow: str
    step: str
    answers: tuple[str, ...] = ()


class Asked(Data):
    """A question or an offer is open; `options` are those to be shown now."""

    kind: Literal["asked"] = "asked"
    flow: str
    step: str
    ask: int
    options: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    again: bool = False


class Answered(Data):
    """A fact was given."""

    kind: Literal["answered"] = "answered"
    flow: str
    step: str
    value: Value


class Refused(Data):
    """What came was not an answer; `tries` counts them at this question."""

    kind: Literal["refused"] = "refused"
    flow: str
    step: str
    reason: Literal[
        "choice", "number", "least", "most", "date", "long", "empty", "few", "many", "back"
    ]
    tries: int = 1


class Noted(Data):
    """Something to say beside the script: a digression that leaves the place as it is."""

    kind: Literal["noted"] = "noted"
    what: Literal[
        "distress", "quiet_word", "help", "why", "stale", "already", "language", "language_set",
        "stopped", "still_here", "resumed", "media", "edited", "class_joined",
    ]  # fmt: skip
    flow: str = ""
    step: str = ""


class Reviewed(Data):
    """The answers that can be changed, oldest first, as (flow, step, value)."""

    kind: Literal["reviewed"] = "reviewed"
    answers: tuple[tuple[str, str, Value], ...]


class Updated(Data):
    """The content changed meanwhile; these questions, as (flow, step), are asked again."""

    kind: Literal["updated"] = "updated"
    questions: tuple[tuple[str, str], ...]


class Judged(Data):
    """A rule was judged."""

    kind: Literal["judged"] = "judged"
    flow: str
    step: str
    rule: str
    verdict: Verdict


class Explained(Data):
    """What a verdict rests on is told: each claim with its source."""

    kind: Literal["explained"] = "explained"
    judged: Judged


class Portrayed(Data):
    """What a measure found is shown; `before`: the same of an earlier round, and its day.

    away: families of work the person put aside; reach: the preparation seen ahead, as skill level.
    """

    kind: Literal["portrayed"] = "portrayed"
    flow: str
    step: str
    profile: Profile
    likes: tuple[tuple[str, int], ...]
    source: str
    reach: int | None = None
    away: tuple[str, ...] = ()
    before: tuple[date, Profile] | None = None


class Compared(Data):
    """Where a person stands is shown, area by area. before: the day of the round compared with."""

    kind: Literal["compared"] = "compared"
    flow: str
    step: str
    levels: tuple[Level, ...]
    before: date | None


class ClassNoted(Data):
    """Something is noted of a class: that one more joined, or the letters that lead a profile."""

    kind: Literal["class_noted"] = "class_noted"
    class_code: str
    word: str


class Described(Data):
    """An occupation is told about, by its id; `others` may have been meant; none was found: ""."""

    kind: Literal["described"] = "described"
    flow: str
    step: str
    occupation: str
    others: tuple[str, ...] = ()


class Wanted(Data):
    """Something is wanted of the service."""

    kind: Literal["wanted"] = "wanted"
    flow: str
    step: str
    want: str


class Shown(Data):
    """What the service found, to be read as it is."""

    kind: Literal["shown"] = "shown"
    want: str
    text: str


class Withheld(Data):
    """Nothing was said, since the person had said "stop". what: the input nobody had asked for."""

    kind: Literal["withheld"] = "withheld"
    what: str


class Ended(Data):
    """A flow was left."""

    kind: Literal["ended"] = "ended"
    flow: str


Event = Annotated[
    Told | Asked | Answered | Refused | Noted | Reviewed | Updated | Judged | Explained | Portrayed
    | Compared | ClassNoted | Described | Wanted | Shown | Withheld | Ended,
    Field(discriminator="kind"),
]  # fmt: skip


class Session(Data):
    """Where a person is: facts by id and the open flows; the place itself is derived by walking.

    answers: in the order given; the step's name is the fact's.
    school: whose link opened the conversation; visitor: who waits to be let in.
    rounds: what was answered before a flow was begun anew; away: families of work put aside.
    since: when the open question was asked, where the time an answer takes is read.
    class_code: the class it belongs to; class_told: its profile was noted there.
    stack: the open flows, the present one last.
    told: what has been told in the open flows, with a mark of what it said.
    ask: the number of the open question, so that an old button is known.
    quiet: the person said "stop" and has not taken up the conversation again since.
    """

    form: Literal[1] = 1
    language: str = "lv"
    release: str = ""
    answers: tuple[Answer, ...] = ()
    stack: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    ask: int = 0
    open: str = ""
    tries: int = 0
    guesses: tuple[str, ...] = ()
    changing: str | None = None
    last: tuple[int, tuple[str, ...]] | None = None
    found: tuple[str, ...] = ()
    quiet: bool = False
    school: str = ""
    visitor: Visitor | None = None
    rounds: tuple[Round, ...] = ()
    away: tuple[str, ...] = ()
    since: datetime | None = None
    class_code: str = ""
    class_told: bool = False


class Turn(Data):
    """What a step gives back."""

    session: Session
    events: tuple[Event, ...]
