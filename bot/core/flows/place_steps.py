"""The step that tells of a place."""

from typing import Literal

from bot.core.flows.step_base import Id, StepBase


class ShowPlace(StepBase):
    """Tell who helps in the place that an answer names. fact: the one with the typed words.

    Gives the fact `<id>_found`: `data`, or `none` where nothing is known of the place or none was named.
    if_known: tell only where there is data; else pass it over.
    """

    kind: Literal["show_place"]
    fact: Id
    if_known: bool = False
