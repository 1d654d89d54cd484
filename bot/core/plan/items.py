"""What stands in a plan: entries, paths, goals, steps, what a goal asks, what a rule said, the portrait."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.core.base.frozen import Frozen
from bot.core.base.tagged import Tagged
from bot.core.education.judging import CardState
from bot.core.education.saved_path import SavedPath
from bot.core.interests.profile import Profile
from bot.core.plan.wording import OwnWords, Wording
from bot.core.rules.verdict import Verdict

Role = Literal["person", "counsellor", "school"]
Owner = Literal["person", "counsellor", "school", "imported"]
OriginKind = Literal[
    "said", "answer", "path", "interests", "skills", "occupation", "rule", "date", "gap", "counsellor", "school", "imported",
]  # fmt: skip
ItemId = Annotated[str, Field(pattern=r"^([a-z][0-9]{1,4})?$")]  # "" until the plan gives one
# what a step is: the kinds of the founding documents
Activity = Literal[
    "try", "visit", "shadow", "talk", "apply", "learn", "olympiad", "competition", "find_out", "papers", "other",
]  # fmt: skip
StepState = Literal["planned", "done", "dropped"]
LearningPhase = Literal["before", "during", "after"]
LearningKind = Literal["formal", "non_formal", "informal"]
MOST_DAYS_BEFORE = 30  # that a step was planned for, which it remembers
MOST_SURENESS = 100
# a day that a calendar can hold
PlanDay = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
# a moment at which something was done to a plan
PlanTime = Annotated[
    AwareDatetime,
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(2199, 12, 31, tzinfo=UTC)),
]
Sure = Annotated[int, Field(ge=1, le=5)]


class Origin(Frozen):
    """Where an item comes from. ref: the question, card or rule; on: the day it was taken."""

    kind: OriginKind
    ref: str = Field(default="", max_length=200)
    on: PlanDay


class PlanItemBase(Tagged):
    """What every item has.

    id: within the plan. owner: whose it is to change; others read it or propose.
    sensitive: shared only where it is ticked by itself. needs_school: the school has to decide.
    """

    id: ItemId = ""
    origin: Origin
    owner: Owner = "person"
    sensitive: bool = False
    needs_school: bool = False


class PlanEntry(PlanItemBase):
    """Something in a section.

    document: the name of a paper that shows it. learning: of what kind it was; years: when, as it was said.
    """

    kind: Literal["entry"] = "entry"
    section: str = Field(max_length=40)
    wording: Wording
    document: str = Field(default="", max_length=300)
    learning: LearningKind | None = None
    years: str = Field(default="", max_length=60)


class PlanPath(PlanItemBase):
    """A path of education that is thought about, with what its card said the day it was taken."""

    kind: Literal["path"] = "path"
    saved: SavedPath


class Sureness(Frozen):
    """How sure a person was on a day, 1 to 5. after: the step that was tried before, "" for none."""

    value: Sure
    on: PlanDay
    after: ItemId = ""


class PlanGoal(PlanItemBase):
    """Something to be reached. by: the day; sure: how sure the person was, the earliest first.

    occupation, path: what it leads to, where it is one that is known.
    """

    kind: Literal["goal"] = "goal"
    wording: Wording
    by: PlanDay | None = None
    sure: tuple[Sureness, ...] = Field(default=(), max_length=MOST_SURENESS)
    occupation: str = Field(default="", max_length=200)
    path: str = Field(default="", max_length=200)


class Trial(Frozen):
    """What was found by trying. as_thought: was it as the person thought. surprise: in own words."""

    on: PlanDay
    as_thought: Literal["yes", "partly", "no"]
    surprise: OwnWords | None = None


class PlanStep(PlanItemBase):
    """Something to do.

    goal: the one it serves. on: the day; moved_from: the days it was planned for before.
    remind: whether to be reminded, as the person agreed. done_on: the day it was done.
    phase: before, during or after learning. trial: what was found where something was tried; sure: how sure
    the person is of it, where it serves no goal. document: the name of a paper that shows it was done.
    date_entry: the date of the content that it keeps to.
    """

    kind: Literal["step"] = "step"
    activity: Activity = "other"
    wording: Wording
    goal: ItemId = ""
    on: PlanDay | None = None
    moved_from: tuple[PlanDay, ...] = Field(default=(), max_length=MOST_DAYS_BEFORE)
    state: StepState = "planned"
    remind: bool = False
    done_on: PlanDay | None = None
    phase: LearningPhase | None = None
    learning: LearningKind | None = None
    trial: Trial | None = None
    sure: tuple[Sureness, ...] = Field(default=(), max_length=MOST_SURENESS)
    document: str = Field(default="", max_length=300)
    date_entry: str = Field(default="", max_length=100)


class GapRow(PlanItemBase):
    """One thing that a goal asks: what there is of it, how it can be shown, how it will be got.

    goal: the one that asks. have: items that the person says answer it. step: the one it has become.
    """

    kind: Literal["gap"] = "gap"
    goal: ItemId
    asks: Wording
    have: tuple[ItemId, ...] = Field(default=(), max_length=200)
    show: OwnWords | None = None
    get: OwnWords | None = None
    step: ItemId = ""


class PlanDecision(PlanItemBase):
    """What a rule said on a day.

    verdict: with the facts it was judged by. mark: of the rule as it was written then.
    release: of the content.
    """

    kind: Literal["decision"] = "decision"
    rule: str = Field(max_length=100)
    on: PlanDay
    verdict: Verdict
    mark: str = Field(max_length=64)
    release: str = Field(default="", max_length=64)
    sensitive: bool = True


class PlanPortrait(PlanItemBase):
    """The interests as they were found. answered: how many activities; on: the day."""

    kind: Literal["portrait"] = "portrait"
    profile: Profile
    answered: int = Field(ge=0, le=200)
    on: PlanDay


class PlanMap(PlanItemBase):
    """How the paths stood. standing: the answer that says where the person is."""

    kind: Literal["map"] = "map"
    standing: str = Field(max_length=100)
    states: tuple[CardState, ...] = Field(max_length=200)
    on: PlanDay


PlanItem = Annotated[
    PlanEntry | PlanPath | PlanGoal | PlanStep | GapRow | PlanDecision | PlanPortrait | PlanMap,
    Field(discriminator="kind"),
]
# the letter that an item's id begins with
ID_LETTERS = {
    "entry": "e", "path": "p", "goal": "g", "step": "s", "gap": "r", "decision": "d", "portrait": "i", "map": "m",
}  # fmt: skip


def day_of_item(item: PlanItem) -> date | None:
    """Return the day a step is planned for, or a goal is to be reached by; None for what has none."""
    return item.on if item.kind == "step" else item.by if item.kind == "goal" else None
