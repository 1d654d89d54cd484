"""The base of what is kept by compare-and-swap: each change makes one version more."""

from typing import Annotated, Self

from pydantic import Field

from bot.core.base.frozen import Frozen

HexId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Versioned(Frozen):
    """A value that is kept, and changed by orders. version: 0 before it is first kept, then one more with each change."""

    version: int = 0

    def changed(self, **update: object) -> Self:
        """Return it with other fields, one version later. update: values that fit their fields."""
        return self.model_copy(update={**update, "version": self.version + 1})
