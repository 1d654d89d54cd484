"""How much preparation the occupations that are shown may need."""

from pydantic import Field

from bot.core.base.frozen import Frozen


class Preparation(Frozen):
    """How much preparation the occupations shown may need.

    level: the highest skill level of ISCO-08, 1 to 4. also: beginnings of ISCO codes that are shown
    although their level is higher; without: of those among them that are not.
    elementary: elementary work (major group 9) is shown too.
    """

    level: int = Field(ge=1, le=4)
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    elementary: bool = False
