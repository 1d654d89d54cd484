"""The step that tells what happens when."""

from typing import Literal

from bot.core.flows.step_base import Id, StepBase


class ShowDates(StepBase):
    """Tell what is coming, what nobody has published yet, and what is over, for whom asks.

    fact: the question whose answer says what about. all: its answer that means everything.
    """

    kind: Literal["show_dates"]
    fact: Id
    all: Id | None = None
