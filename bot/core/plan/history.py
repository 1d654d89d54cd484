"""Earlier versions of a plan: each as it is kept, and all of them as a file holds them."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.plan.items import PlanItem, PlanTime
from bot.core.plan.plan import MOST_ITEMS, LastChange

MOST_KEPT_VERSIONS: Final = 100  # of a plan, the latest; the storage keeps as many
MOST_STATES: Final = MOST_KEPT_VERSIONS * MOST_ITEMS  # of items, in a file


class KeptVersion(Frozen):
    """The items of a plan as they were.

    at: when it was made, None where that is kept beside it. last: the change that made it; None: it was made with it.
    imported: it came from a file, which alone says when it was made and by whom.
    """

    number: int
    at: PlanTime | None = None
    last: LastChange | None = None
    imported: bool = False
    items: tuple[PlanItem, ...] = Field(default=(), fail_fast=True)


class FiledVersion(Frozen):
    """A version in a file, with all that a `KeptVersion` says. items: their places among the states, from 0."""

    number: int
    at: PlanTime
    last: LastChange | None = None
    imported: bool = False
    items: tuple[Annotated[int, Field(ge=0, lt=MOST_STATES)], ...] = Field(max_length=MOST_ITEMS)


class FiledHistory(Frozen):
    """The earlier versions in a file, the first first, with what they share written once.

    states: items, each as it was in one version or in many. left_out: how many earlier ones had no room in the file.
    """

    states: tuple[PlanItem, ...] = Field(default=(), max_length=MOST_STATES, fail_fast=True)
    versions: tuple[FiledVersion, ...] = Field(
        default=(), max_length=MOST_KEPT_VERSIONS, fail_fast=True
    )
    left_out: int = Field(default=0, ge=0)

    def items(self, version: FiledVersion) -> tuple[PlanItem, ...]:
        """Return the items of one of the versions."""
        return tuple(self.states[place] for place in version.items)

    def unfolded(self) -> Iterator[KeptVersion]:
        """Return the versions, each with its items."""
        for one in self.versions:
            yield KeptVersion.model_construct(**{**dict(one), "items": self.items(one)})


def filed_history(versions: Sequence[KeptVersion], left_out: int = 0) -> FiledHistory:
    """Return versions as a file holds them; of each it is known when it was made."""
    places: dict[PlanItem, int] = {}
    filed = tuple(
        FiledVersion.model_validate(
            {
                **dict(one),
                "items": tuple(places.setdefault(item, len(places)) for item in one.items),
            }
        )
        for one in versions
    )
    return FiledHistory(states=tuple(places), versions=filed, left_out=left_out)
