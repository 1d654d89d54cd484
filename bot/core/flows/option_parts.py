"""What belongs to the options of a question or an offer, beside the options themselves."""

from collections.abc import Mapping

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.flows.conditions import Condition
from bot.core.flows.step_base import Id

MOST_AT_ONCE = 5  # beside the one that shows the others, and those that go on


class KnownFrom(Frozen):
    """An answer that follows from a fact of another flow: of its options, which option each means.

    An option that is not named tells nothing, and the question is asked.
    """

    fact: Id
    answers: Mapping[Id, Id] = Field(min_length=1)


class OptionGroup(Frozen):
    """Options of an offer that stand together, under a title."""

    id: Id
    title: Text


class LikelyOption(Frozen):
    """An option that is likely to be taken, where its condition certainly holds or it has none."""

    id: Id
    when: Condition | None = None


class OptionsAtOnce(Frozen):
    """Which options of an offer are shown at once. many: how many at most; first: the likeliest first.

    The others wait until they are asked for; typed, each is heard all the same.
    """

    many: int = Field(ge=1, le=MOST_AT_ONCE)
    first: tuple[LikelyOption, ...] = Field(min_length=1)
