"""How long things are kept and a link is good for; `content/policy.yaml` says it."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen

PolicyNumber = Annotated[int, Field(ge=1, le=3650)]
PolicyName = Literal[
    "keep_days", "keep_hours_without_consent", "keep_update_days", "erase_every_minutes",
    "carry_minutes",
]  # fmt: skip


class Policy(Frozen):
    """Numbers that a municipality may want to change; the unit is in the name.

    keep_…: counted from the last word, or from when an update was taken.
    """

    keep_days: PolicyNumber
    keep_hours_without_consent: PolicyNumber
    keep_update_days: PolicyNumber
    erase_every_minutes: PolicyNumber
    carry_minutes: PolicyNumber

    def number(self, name: PolicyName) -> int:
        """Return a number by its name."""
        numbers: dict[str, int] = self.model_dump()
        return numbers[name]
