"""The base of what is told apart by its kind wherever it is kept."""

from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from bot.core.base.frozen import Frozen


class Tagged(Frozen):
    """A member of a union, which is written with its kind also where defaults are left out."""

    kind: str

    @model_serializer(mode="wrap")
    def _with_kind(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"kind": self.kind, **write(self)}
