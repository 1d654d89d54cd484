"""What every step of a flow has, whatever its kind."""

from typing import Annotated

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.flows.conditions import Condition

StepId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Route(Frozen):
    """Where to go after a step: `to` a step of the same flow or `end`, when the condition holds."""

    to: StepId
    when: Condition | None = None


class StepBase(Frozen):
    """What every step has: its name, when it is on the path, and where the path goes next."""

    id: StepId
    when: Condition | None = None
    next: tuple[Route, ...] = ()
