"""Numbers of the house that people are told, and may want changed; `content/policy.yaml` says them."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen

PolicyNumber = Annotated[int, Field(ge=1, le=3650)]
PolicyName = Literal[
    "keep_days", "keep_hours_without_consent", "keep_update_days", "erase_every_minutes",
    "carry_minutes", "invitation_days", "class_days", "school_link_days", "usual_items", "noted_questions",
]  # fmt: skip


class Policy(Frozen):
    """Numbers that a municipality may want to change; the unit is in the name.

    keep_…: counted from the last word, or from when an update was taken.
    usual_items: how many questions of the interest form are mostly asked. noted_questions: of a conversation, how many
    without an answer are noted, apart from whose they are.
    """

    keep_days: PolicyNumber
    keep_hours_without_consent: PolicyNumber
    keep_update_days: PolicyNumber
    erase_every_minutes: PolicyNumber
    carry_minutes: PolicyNumber
    invitation_days: PolicyNumber
    class_days: PolicyNumber
    school_link_days: PolicyNumber
    usual_items: PolicyNumber
    noted_questions: PolicyNumber

    def number(self, name: PolicyName) -> int:
        """Return a number by its name."""
        numbers: dict[str, int] = self.model_dump()
        return numbers[name]
