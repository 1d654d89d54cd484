"""What is told to everybody it is for, once, on some days: results come out, a term ends."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from pydantic import Field, TypeAdapter, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.flows.step_base import Id


class Announcement(Frozen):
    """A notice. from_, to: both days included; without them it is off and waits for its days.

    who: answers of the question of roles.audience that it is for. source: where it is from.
    """

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    who: tuple[Id, ...] = Field(min_length=1)
    text: Text
    source: Id

    @model_validator(mode="after")
    def _has_both_days(self) -> Self:
        if (self.from_ is None) != (self.to is None):
            message = "`from` and `to` go together"
            raise ValueError(message)
        return self

    def is_on(self, today: date) -> bool:
        """Return whether it is told on a day."""
        return self.from_ is not None and self.to is not None and self.from_ <= today <= self.to


def notices_for(notices: Mapping[str, Announcement], today: date, who: str) -> tuple[str, ...]:
    """Return the ids of the notices for somebody on a day."""
    return tuple(id_ for id_, one in notices.items() if who in one.who and one.is_on(today))


NOTICES: TypeAdapter[dict[Id, Announcement]] = TypeAdapter(dict[Id, Announcement])
