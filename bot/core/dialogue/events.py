"""What goes in and out of a turn: inputs, events, the session and the turn itself."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bot.core.base.frozen import Frozen
from bot.core.interests.profile import Profile
from bot.core.nlu.normalize import SpokenWord
from bot.core.rules.verdict import Verdict
from bot.core.skills.levels import Level

Value = str | int | tuple[str, ...] | None
FREE_TEXT = "="  # begins a person's own words among the options of an answer; no option's id does

CommandWord = Literal[SpokenWord, "resume", "look", "away"]


class World(Frozen):
    """The moment a turn happens in; the core never asks a clock."""

    now: datetime
    today: date


class Answer(Frozen):
    """One fact with the question it answered and what that question meant then.

    took: seconds it took, where that is read.
    """

    flow: str
    step: str
    value: Value
    meaning: int = 1
    took: float | None = None


class EarlierRound(Frozen):
    """What was answered in a flow before it was begun anew, and the day of that."""

    flow: str
    on: date
    answers: tuple[Answer, ...]


class LinkingDevice(Frozen):
    """Who asks to go on with a conversation, and the answers given at that door so far.

    former: the conversation that door had until now.
    """

    channel: str
    account: str
    former: str = ""
    answers: tuple[Answer, ...] = ()


# --- what a person or the world did


class Started(Frozen):
    """The conversation was opened, perhaps at a flow, by a school's own link, by a class's code."""

    kind: Literal["started"] = "started"
    flow: str | None = None
    school: str = ""
    class_code: str = ""


class Said(Frozen):
    """Something was typed, perhaps beside options that were ticked."""

    kind: Literal["said"] = "said"
    text: str
    ticked: tuple[str, ...] = ()


class Picked(Frozen):
    """Options were pressed; `ask` is the number of the question they were shown with."""

    kind: Literal["picked"] = "picked"
    options: tuple[str, ...]
    ask: int | None = None


class Commanded(Frozen):
    """A global word: what it is about, if anything (a fact to change, a language, an occupation)."""

    kind: Literal["commanded"] = "commanded"
    word: CommandWord
    about: str | None = None


class Found(Frozen):
    """The service answers a want."""

    kind: Literal["found"] = "found"
    want: str
    text: str


class Unread(Frozen):
    """Something came that is not read here: a picture, a voice, a message edited afterwards."""

    kind: Literal["unread"] = "unread"
    what: Literal["media", "edited"]


class TimedOut(Frozen):
    """Nothing came for a while."""

    kind: Literal["timed_out"] = "timed_out"


class Woken(Frozen):
    """The conversation was joined or went on at another door; here it is told how it stands."""

    kind: Literal["woken"] = "woken"


class LinkRequested(Frozen):
    """Somebody with a one-time link asks to go on with this conversation at another door."""

    kind: Literal["link_requested"] = "link_requested"
    device: LinkingDevice


Input = Annotated[
    Started | Said | Picked | Commanded | Found | Unread | TimedOut | Woken | LinkRequested,
    Field(discriminator="kind"),
]
Unasked = TimedOut | Woken  # what is said of these, nobody here has asked for


# --- what happened


class Told(Frozen):
    """A say step was told; answers: those it lists, by name."""

    kind: Literal["told"] = "told"
    flow: str
    step: str
    answers: tuple[str, ...] = ()


class Asked(Frozen):
    """A question or an offer is open; `options` are those to be shown now."""

    kind: Literal["asked"] = "asked"
    flow: str
    step: str
    ask: int
    options: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    again: bool = False


class Answered(Frozen):
    """A fact was given."""

    kind: Literal["answered"] = "answered"
    flow: str
    step: str
    value: Value


class Refused(Frozen):
    """What came was not an answer; `tries` counts them at this question."""

    kind: Literal["refused"] = "refused"
    flow: str
    step: str
    reason: Literal[
        "choice", "number", "least", "most", "date", "long", "empty", "few", "many", "back"
    ]
    tries: int = 1


class Remarked(Frozen):
    """Something to say beside the script: a digression that leaves the place as it is."""

    kind: Literal["remarked"] = "remarked"
    what: Literal[
        "distress", "quiet_word", "help", "why", "stale", "already", "language", "language_set",
        "stopped", "still_here", "resumed", "media", "edited", "class_joined",
    ]  # fmt: skip
    flow: str = ""
    step: str = ""


class Reviewed(Frozen):
    """The answers that can be changed, oldest first, as (flow, step, value)."""

    kind: Literal["reviewed"] = "reviewed"
    answers: tuple[tuple[str, str, Value], ...]


class Updated(Frozen):
    """The content changed meanwhile; these questions, as (flow, step), are asked again."""

    kind: Literal["updated"] = "updated"
    questions: tuple[tuple[str, str], ...]


class Judged(Frozen):
    """A rule was judged."""

    kind: Literal["judged"] = "judged"
    flow: str
    step: str
    rule: str
    verdict: Verdict


class Explained(Frozen):
    """What a verdict rests on is told: each claim with its source."""

    kind: Literal["explained"] = "explained"
    judged: Judged


class ProfileShown(Frozen):
    """What a measure found is shown; `before`: the same of an earlier round, and its day.

    away: families of work the person put aside; reach: the preparation seen ahead, as skill level.
    """

    kind: Literal["profile_shown"] = "profile_shown"
    flow: str
    step: str
    profile: Profile
    likes: tuple[tuple[str, int], ...]
    source: str
    skill_level: int | None = None
    hidden_families: tuple[str, ...] = ()
    before: tuple[date, Profile] | None = None


class RoundsCompared(Frozen):
    """Where a person stands is shown, area by area. before: the day of the round compared with."""

    kind: Literal["rounds_compared"] = "rounds_compared"
    flow: str
    step: str
    levels: tuple[Level, ...]
    before: date | None


class ClassEventRecorded(Frozen):
    """Something is noted of a class: that one more joined, or the letters that lead a profile."""

    kind: Literal["class_event_recorded"] = "class_event_recorded"
    class_code: str
    word: str


class OccupationShown(Frozen):
    """An occupation is told about, by its id; `others` may have been meant; none was found: ""."""

    kind: Literal["occupation_shown"] = "occupation_shown"
    flow: str
    step: str
    occupation: str
    others: tuple[str, ...] = ()


class Requested(Frozen):
    """Something is wanted of the service."""

    kind: Literal["requested"] = "requested"
    flow: str
    step: str
    want: str


class RequestAnswered(Frozen):
    """What the service found, to be read as it is."""

    kind: Literal["request_answered"] = "request_answered"
    want: str
    text: str


class Withheld(Frozen):
    """Nothing was said, since the person had said "stop". what: the input nobody had asked for."""

    kind: Literal["withheld"] = "withheld"
    what: str


class Ended(Frozen):
    """A flow was left."""

    kind: Literal["ended"] = "ended"
    flow: str


Event = Annotated[
    Told | Asked | Answered | Refused | Remarked | Reviewed | Updated | Judged | Explained | ProfileShown
    | RoundsCompared | ClassEventRecorded | OccupationShown | Requested | RequestAnswered | Withheld | Ended,
    Field(discriminator="kind"),
]  # fmt: skip


EARLIER_NAMES = {  # of a session's fields, in conversations kept by the release before 0.1
    "form": "schema_version", "told": "announced", "found": "answered_requests", "away": "hidden_families",
    "since": "asked_at", "last": "last_press", "visitor": "linking_device", "class_told": "class_reported",
}  # fmt: skip


class Session(Frozen):
    """Where a person is: facts by id and the open flows; the place itself is derived by walking.

    answers: in the order given; the step's name is the fact's.
    stack: the open flows, the present one last.
    announced: what has been told in the open flows, with a fingerprint of what it said.
    ask: the number of the open question, so that an old button is known; asked_at: when it was
    asked, where the time an answer takes is read; last_press: the number and the options pressed.
    answered_requests: those of the present flow that the service has answered.
    quiet: the person said "stop"; nothing is sent that was not asked for.
    school: whose link opened the conversation; linking_device: who waits to be let in.
    rounds: what was answered before a flow was restarted; hidden_families: put aside by the person.
    class_code: the class it belongs to; class_reported: its profile was noted there.
    """

    schema_version: Literal[1] = 1
    language: str = "lv"
    release: str = ""
    answers: tuple[Answer, ...] = ()
    stack: tuple[str, ...] = ()
    announced: tuple[tuple[str, str], ...] = ()
    ask: int = 0
    open: str = ""
    tries: int = 0
    guesses: tuple[str, ...] = ()
    changing: str | None = None
    last_press: tuple[int, tuple[str, ...]] | None = None
    answered_requests: tuple[str, ...] = ()
    quiet: bool = False
    school: str = ""
    linking_device: LinkingDevice | None = None
    rounds: tuple[EarlierRound, ...] = ()
    hidden_families: tuple[str, ...] = ()
    asked_at: datetime | None = None
    class_code: str = ""
    class_reported: bool = False

    @model_validator(mode="before")
    @classmethod
    def _read_earlier_names(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.keys().isdisjoint(EARLIER_NAMES):
            return data
        return {EARLIER_NAMES.get(name, name): value for name, value in data.items()}


class Turn(Frozen):
    """What a step gives back."""

    session: Session
    events: tuple[Event, ...]
