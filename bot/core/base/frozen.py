"""The frozen base that every value of the core shares."""

from pydantic import BaseModel, ConfigDict


class Data(BaseModel):
    """An immutable value: whatever is read from YAML or kept in the store is one of these."""

    model_config = ConfigDict(frozen=True, extra="forbid")
