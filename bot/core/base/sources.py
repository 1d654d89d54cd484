"""Where a statement comes from, and until when it may be trusted."""

from datetime import date

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text


class Source(Frozen):
    """A publication or a contact we rely on.

    year: when it was published, where it says so; checked: the day a person looked; review: the day by which to look again.
    listed: it stands in the list of sources; one that a single answer rests on stands below that only.
    """

    title: Text
    publisher: str
    year: int | None = None
    url: str = ""
    checked: date
    review: date
    listed: bool = True
