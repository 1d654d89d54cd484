"""The path through a flow as values: the steps passed, what came of each, and the open one."""

from dataclasses import dataclass, field

from bot.core.dialogue.course_facts import SetsFound
from bot.core.dialogue.measured import MeasureResult, RoundsComparison
from bot.core.dialogue.session import Value
from bot.core.education.comparison import ComparedThings
from bot.core.education.dates import DateList
from bot.core.education.judging import CardState
from bot.core.education.ways import WayState
from bot.core.flows.plan_steps import ActingStep
from bot.core.flows.steps import (
    QUESTIONS,
    Ask,
    Offer,
    RequestStep,
    Step,
)
from bot.core.plan.items import PlanItem
from bot.core.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PathEntry:
    """A step that the path has passed, with what came of it.

    value: the answer to a question; of a `Say` that lists answers, the names of those to list;
    of a `ShowOccupation` and a `ShowPlace`, the words that name it; of a `ShowPath`, the card.
    cards: of steps on paths of education, how these stand; things: of a `ShowComparison`, what is compared;
    ways: of a `ShowWays`, how the ways on do. offers: of a `ShowPlan`, what can come in; keys: its things by number; of a `ShowHanded`,
    what there is to hand over.
    """

    flow: str
    step: Step
    value: Value = None
    verdict: Verdict | None = None
    measured: MeasureResult | None = None
    compared: RoundsComparison | None = None
    dates: DateList | None = None
    sets: SetsFound | None = None
    cards: tuple[CardState, ...] = ()
    things: ComparedThings | None = None
    ways: tuple[WayState, ...] = ()
    offers: tuple[PlanItem, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Path:
    """The path through a flow as far as it goes.

    facts: what is known on it, by the question's id; what other flows share is among it.
    invalid_answers: (flow, question) of answers that the question takes no longer.
    open: the flow and the step that waits; None where the flow is over.
    """

    entries: list[PathEntry] = field(default_factory=list)
    facts: dict[str, Value] = field(default_factory=dict)
    invalid_answers: list[tuple[str, str]] = field(default_factory=list)
    open: tuple[str, Ask | Offer | RequestStep | ActingStep] | None = None

    def answered(self) -> list[PathEntry]:
        """Return the questions on the path that have an answer, in the order asked."""
        return [entry for entry in self.entries if isinstance(entry.step, QUESTIONS)]
