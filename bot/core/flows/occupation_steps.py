"""The step that tells of an occupation."""

from typing import Literal

from bot.core.flows.step_base import Id, StepBase


class ShowOccupation(StepBase):
    """Tell about the occupation that an answer names. fact: the one with the typed words.

    more: sources where to read more; imported, figures: where an imported one and its figures are from.
    """

    kind: Literal["show_occupation"]
    fact: Id
    more: tuple[Id, ...]
    imported: Id
    figures: Id
