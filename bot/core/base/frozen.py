"""The frozen base that every value of the core shares."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value: whatever is read from YAML or kept in the store is one of these."""

    # what does not fit may be somebody's own words: an error names the place and never the value
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
