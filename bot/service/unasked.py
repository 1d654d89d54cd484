"""Inputs that nobody brings: they come of themselves, at their time or because of another door.

In the inbox they stand in the lane of a chat, among what people write there, so that they are taken
in order and once. Whether anything is said of one is decided where every input is: by the step.
"""

from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter

from bot.core.dialogue.inputs import Unasked, Woken
from bot.ports.records import InboxItem

UNASKED: TypeAdapter[Unasked] = TypeAdapter(
    Annotated[Unasked, Field(discriminator="kind")], config=ConfigDict(hide_input_in_errors=True)
)
UNASKED_INPUT = "unasked_input"  # the kind of job that brings one
JOB_PREFIX = "job:"  # how the update of a job begins; no other does


def read_unasked(received: InboxItem) -> Unasked | None:
    """Return the input an update stands for that no person has brought; None where one has."""
    if not received.raw:
        return Woken()
    return UNASKED.validate_json(received.raw) if received.update.startswith(JOB_PREFIX) else None
