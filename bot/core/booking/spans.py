"""Stretches of time, half open, in UTC."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import AwareDatetime

from bot.core.base.frozen import Frozen


class Span(Frozen):
    """From a moment until before another one."""

    start: AwareDatetime
    end: AwareDatetime

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two have a moment in common."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Return whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


def without(spans: Iterable[Span], taken: Iterable[Span]) -> Iterator[Span]:
    """Return what is left of spans where some time is taken, in their order."""
    cuts = sorted(taken, key=lambda span: span.start)
    for span in spans:
        at: datetime = span.start
        for cut in cuts:
            if cut.end <= at or cut.start >= span.end:
                continue
            if cut.start > at:
                yield Span(start=at, end=cut.start)
            at = max(at, cut.end)
        if at < span.end:
            yield Span(start=at, end=span.end)
