"""What a turn says happened, as events."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.dialogue.requests import Request, Response
from bot.core.dialogue.session import Session, Value
from bot.core.interests.profile import Profile
from bot.core.rules.verdict import Verdict
from bot.core.skills.levels import Level


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

    hidden_families: put aside by the person; skill_level: the preparation seen ahead, as ISCO's.
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
    request: Request


class RequestAnswered(Frozen):
    """What the service found, to be read as it is."""

    kind: Literal["request_answered"] = "request_answered"
    response: Response


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


class Turn(Frozen):
    """What a step gives back."""

    session: Session
    events: tuple[Event, ...]
