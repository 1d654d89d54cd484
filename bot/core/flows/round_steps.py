"""Steps that compare what was answered in rounds of a flow."""

from typing import Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.flows.step_base import Id, StepBase


class Area(Frozen):
    """Statements of the same flow that are looked at together."""

    id: Id
    name: Text
    asks: tuple[Id, ...] = Field(min_length=2)


class CompareRounds(StepBase):
    """Show where a person stands by the person's own statements, area by area, now and before.

    Before: the first round of the flow, if it was begun anew since.
    """

    kind: Literal["compare_rounds"]
    areas: tuple[Area, ...] = Field(min_length=1)
