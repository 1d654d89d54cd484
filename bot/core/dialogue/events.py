"""What a turn says happened, as events."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.dialogue.course_events import CourseSetsShown, SetChangesShown
from bot.core.dialogue.date_events import DateEvent
from bot.core.dialogue.path_events import (
    ComparisonShown,
    PathsShown,
    PathTold,
    SavedPathsShown,
    WaysShown,
)
from bot.core.dialogue.plan_events import PlanEvent
from bot.core.dialogue.readings import RefusalReason
from bot.core.dialogue.requests import Request, Response
from bot.core.dialogue.session import Session, Value
from bot.core.flows.preparation import Preparation
from bot.core.interests.profile import Profile
from bot.core.nlu.distress import DistressKind, QuietReplyName
from bot.core.rules.verdict import Verdict
from bot.core.skills.levels import Level


class Told(Frozen):
    """A `Say` step was told. answers: the questions whose answers it lists."""

    kind: Literal["told"] = "told"
    flow: str
    step: str
    answers: tuple[str, ...] = ()


FlowState = Literal["new", "begun", "done"]


class Asked(Frozen):
    """A question or an offer is open.

    ask: its number. options: the ids of those to be shown now. guesses: of those that may have been
    meant by what was said; at a question for a day, days in ISO form. again: it was asked before under the same number.
    states: of an offer in groups, how far the person is in what an option opens, by its id.
    """

    kind: Literal["asked"] = "asked"
    flow: str
    step: str
    ask: int
    options: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    again: bool = False
    states: tuple[tuple[str, FlowState], ...] = ()


class Answered(Frozen):
    """A question was answered. value: None where it was skipped.

    said_back: it was read from a sentence, so the person is told what was taken.
    """

    kind: Literal["answered"] = "answered"
    flow: str
    step: str
    value: Value
    said_back: bool = False


class FactsTold(Frozen):
    """Answers that were not asked for are kept, as (flow, question, value).

    follow: they follow from what was answered before; otherwise they were told beside the open question.
    """

    kind: Literal["facts_told"] = "facts_told"
    answers: tuple[tuple[str, str, Value], ...]
    follow: bool = False


class Refused(Frozen):
    """What came was not an answer.

    tries: how often that was so at this question; a slip of the form does not count. example: an option
    that would have been one. among: of "either", the numbers that may be meant.
    """

    kind: Literal["refused"] = "refused"
    flow: str
    step: str
    reason: Literal[RefusalReason, "back"]
    among: tuple[int, ...] = ()
    tries: int = 1
    example: str = ""


class Remarked(Frozen):
    """Something to say beside the script, while the same step stays open.

    about: of words of distress, their kind. reply: of the quiet step, what is answered.
    language: what it is said in; "" for the session's. example: of "meaning", an option that would answer.
    """

    kind: Literal["remarked"] = "remarked"
    what: Literal[
        "distress", "quiet_word", "help", "why", "meaning", "paused", "stale", "already", "language", "language_set",
        "stopped", "still_here", "resumed", "media", "edited", "class_joined", "quiet_reply", "masked", "taken_back",
        "path_saved", "path_saved_before", "path_unsaved", "saved_paths_full",
    ]  # fmt: skip
    flow: str = ""
    step: str = ""
    about: DistressKind | None = None
    reply: QuietReplyName | None = None
    language: str = ""
    example: str = ""


class WishHeard(Frozen):
    """What somebody comes with, tells of themselves, or small talk, is answered by a line.

    asked: it is not sure, and may be any of these. offered: its door is offered, not opened.
    turn: of several lines, which one comes.
    """

    kind: Literal["wish_heard"] = "wish_heard"
    wishes: tuple[str, ...]
    asked: bool = False
    offered: bool = False
    turn: int = 0


class KnowledgeTold(Frozen):
    """A question in somebody's own words is answered; or the nearest questions of ours are told.

    entries: of the content, the likeliest first. sure: the first is answered, and the others only told.
    """

    kind: Literal["knowledge_told"] = "knowledge_told"
    entries: tuple[str, ...]
    sure: bool


class QuestionNoted(Frozen):
    """A question without an answer is noted, apart from whose it is.

    words: without what could tell who asks. language: they are written in.
    """

    kind: Literal["question_noted"] = "question_noted"
    words: str
    language: str
    on: date


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


class ResultKept(Frozen):
    """An answer was changed, and a rule comes to the same. value: the answer now."""

    kind: Literal["result_kept"] = "result_kept"
    flow: str
    step: str
    rule: str
    fact: str
    value: Value


class Explained(Frozen):
    """What a verdict rests on is to be told: each claim with its source."""

    kind: Literal["explained"] = "explained"
    judged: Judged


class ProfileShown(Frozen):
    """What a measure found is shown.

    part: the first families with all else, or the families after them.
    likes: each item and its answer, 1-5. source: of the instrument.
    preparation: the most that occupations shown may need; None: any. chosen: the fact that says so.
    hidden_families: of work, that the person put aside.
    before: the day and the profile of an earlier round.
    """

    kind: Literal["profile_shown"] = "profile_shown"
    flow: str
    step: str
    profile: Profile
    likes: tuple[tuple[str, int], ...]
    source: str
    part: Literal["first", "more"] = "first"
    preparation: Preparation | None = None
    chosen: str = ""
    hidden_families: tuple[str, ...] = ()
    before: tuple[date, Profile] | None = None


class RoundsCompared(Frozen):
    """The level of each area is shown. before: the day of the round it is compared with."""

    kind: Literal["rounds_compared"] = "rounds_compared"
    flow: str
    step: str
    levels: tuple[Level, ...]
    before: date | None


class ClassEventRecorded(Frozen):
    """Something is noted of a class. word: BEGUN, or the letters that lead a profile ("SA")."""

    kind: Literal["class_event_recorded"] = "class_event_recorded"
    class_code: str
    word: str


class OccupationShown(Frozen):
    """An occupation is told about. occupation: its id, or "" where none was found.

    others: ids of those that may have been meant instead.
    """

    kind: Literal["occupation_shown"] = "occupation_shown"
    flow: str
    step: str
    occupation: str
    others: tuple[str, ...] = ()


class PlaceShown(Frozen):
    """Who helps in a place is told. words: what named it, "" where it was not said.

    place: its id, or "" where the words name none that we know. nearest: ids of places with data, where
    it has none. others: ids of those that may have been meant instead.
    """

    kind: Literal["place_shown"] = "place_shown"
    flow: str
    step: str
    words: str
    place: str
    nearest: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Requested(Frozen):
    """A step asks something of the service."""

    kind: Literal["requested"] = "requested"
    flow: str
    step: str
    request: Request


class HandedShown(Frozen):
    """What would be handed to a counsellor is shown. question: in the person's own words, "" where none was put."""

    kind: Literal["handed_shown"] = "handed_shown"
    flow: str
    step: str
    question: str = ""


class RequestAnswered(Frozen):
    """The service has answered, and what it says is to be told."""

    kind: Literal["request_answered"] = "request_answered"
    response: Response


class Withheld(Frozen):
    """Nothing was said, since the person had said "stop". what: the kind of input that came."""

    kind: Literal["withheld"] = "withheld"
    what: str


class Ended(Frozen):
    """A flow was left."""

    kind: Literal["ended"] = "ended"
    flow: str


Event = Annotated[
    Told | Asked | Answered | FactsTold | Refused | Remarked | WishHeard | KnowledgeTold | QuestionNoted | Reviewed | Updated | Judged | ResultKept | Explained
    | ProfileShown | RoundsCompared | PathsShown | PathTold | SavedPathsShown | ComparisonShown | WaysShown | ClassEventRecorded | OccupationShown | CourseSetsShown | SetChangesShown | PlaceShown | DateEvent | PlanEvent | HandedShown | Requested | RequestAnswered | Withheld | Ended,
    Field(discriminator="kind"),
]  # fmt: skip


class Turn(Frozen):
    """What one input comes to: the session after it, and what happened."""

    session: Session
    events: tuple[Event, ...]
