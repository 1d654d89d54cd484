"""What every step of a flow has."""

from typing import Annotated

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.flows.conditions import Condition

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Route(Frozen):
    """Where to go after a step: `to` a step of the same flow or `end`, when the condition holds."""

    to: Id
    when: Condition | None = None


class StepBase(Frozen):
    """What every step has: its name, when it is on the path, and where the path goes next."""

    id: Id
    when: Condition | None = None
    next: tuple[Route, ...] = ()
