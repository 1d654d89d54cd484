"""Steps that tell of paths of education, and how a flow judges them."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.flows.step_base import Id, StepBase

Stage = Literal["grade_6", "grade_9", "grade_12", "adult"]  # of a life, from which a path starts


class StillAhead(Frozen):
    """What those who stand somewhere do not have yet, and what that means for the paths that need it."""

    standing: tuple[Id, ...]
    text: Text


class PathRules(Frozen):
    """How paths are judged by what was answered.

    standing: the fact that tells where somebody stands. stages: the stages of a life that each of its answers
    means; implied: facts that follow from it without being asked. also: other facts that tell of stages,
    as long as it is not known where somebody stands. follows: facts that follow from other
    answers, by question and answer; same: facts of the cards that a question of the flow asks under a name
    of its own. ahead: what is still ahead of whom; said once above the paths.
    """

    standing: Id
    stages: Mapping[Id, tuple[Stage, ...]]
    implied: Mapping[Id, Mapping[Id, str]] = Field(default_factory=dict)
    also: Mapping[Id, Mapping[Id, tuple[Stage, ...]]] = Field(default_factory=dict)
    follows: Mapping[Id, Mapping[Id, Mapping[Id, str]]] = Field(default_factory=dict)
    same: Mapping[Id, Id] = Field(default_factory=dict)
    ahead: tuple[StillAhead, ...] = ()

    def question_for(self, fact: str) -> str:
        """Return the question of the flow that gives a fact of the cards."""
        for question, answers in self.follows.items():
            if any(fact in facts for facts in answers.values()):
                return question
        return self.same.get(fact, fact)


class ShowClosedPaths(StepBase):
    """Tell which paths the answers so far have closed, where that was not told above."""

    kind: Literal["show_closed_paths"]


class ShowPaths(StepBase):
    """Show which paths stand open, which are closed and why, which are not judged and why; with a map.

    matters: the fact that names what is important to the person, if it is known.
    """

    kind: Literal["show_paths"]
    matters: Id | None = None


class ShowSavedPaths(StepBase):
    """Show the paths that the person has saved, and what has changed in each since."""

    kind: Literal["show_saved_paths"]


class ShowComparison(StepBase):
    """Show paths side by side. Each key but `interests` names a fact; all but `cards` may be unknown.

    cards: the paths; own: an option of the person's own; criterion: a criterion likewise; matters: what is
    important to the person; abilities: what the person is good at.
    interests: the flow that measures interests.
    """

    kind: Literal["show_comparison"]
    cards: Id
    own: Id
    criterion: Id
    matters: Id
    abilities: Id
    interests: Id

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that it shows."""
        return (self.cards, self.own, self.criterion, self.matters, self.abilities)


class ShowWays(StepBase):
    """Tell the ways on, in the order of their dates, and how each stands to the person."""

    kind: Literal["show_ways"]


class ShowPath(StepBase):
    """Tell about one path: the one named here, or the one that an answer names."""

    kind: Literal["show_path"]
    card: Id | None = None
    fact: Id | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.card is None) == (self.fact is None):
            message = "name a card, or the fact that names one"
            raise ValueError(message)
        return self
