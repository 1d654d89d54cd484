"""Steps of a flow on meetings: what is asked of the service, and what is handed to a counsellor."""

from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.flows.step_base import Id, StepBase

# of what the service can be asked about meetings, what a flow asks
BookingStepKind = Literal[
    "find_times", "hold_time", "confirm_time", "join_waiting", "ask_counsellor"
]
OTHERS, NEAREST = (
    "other_times",
    "nearest_times",
)  # options of a `time` question that show other times
MOST_NEAR = 3  # times that are shown at once
MOST_DAYS = 14  # with times that are shown
HandedKind = Literal["interests", "paths", "plan", "about_me"]
SENSITIVE: frozenset[HandedKind] = frozenset({"about_me"})  # handed over only where it is ticked


class BookingFacts(Frozen):
    """The facts that a request about meetings reads.

    time: the chosen one; question: in own words; share: what was ticked. consent: whether anything more is handed over:
    by its option `allowed` all that is shown and not sensitive, by `ticked` what was ticked, by any other nothing.
    """

    time: Id | None = None
    question: Id | None = None
    consent: Id | None = None
    allowed: Id | None = None
    ticked: Id | None = None
    share: Id | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """Return those that are named."""
        named = (self.time, self.question, self.consent, self.share)
        return tuple(fact for fact in named if fact is not None)


class ShowHanded(StepBase):
    """Show what would be handed to a counsellor, thing by thing, as they will see it.

    question: the fact in own words. flows: those whose answers tell of the person.
    It gives the facts `<id>_<thing>`, "yes" or "no", for each thing there can be, and `<id>_any`.
    """

    kind: Literal["show_handed"]
    question: Id
    flows: tuple[Id, ...]

    @property
    def gives(self) -> tuple[str, ...]:
        """Return the facts that it gives."""
        return tuple(
            f"{self.id}_{name}" for name in ("any", "interests", "paths", "plan", "about_me")
        )
