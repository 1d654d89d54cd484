"""How figures are taken together, judged by their aims and shown."""

import statistics
from collections.abc import Callable
from typing import NamedTuple

ROUNDS, MANY = 3, 5  # many: of what is short, and differs from one moment to the next


class Aim(NamedTuple):
    """What a figure is to be at most, or at least, and what would be better still."""

    limit: float
    at_most: bool
    stretch: float | None = None

    def __str__(self) -> str:
        """Return the aim in words."""
        words = f"{'at most' if self.at_most else 'at least'} {self.limit:g}"
        return words if self.stretch is None else f"{words}, stretch {self.stretch:g}"

    def verdict(self, value: float) -> str:
        """Return whether a value reaches the aim."""
        if not self._reached(value, self.limit):
            return "MISSED"
        beyond = self.stretch is not None and self._reached(value, self.stretch)
        return "stretch" if beyond else "reached"

    def _reached(self, value: float, limit: float) -> bool:
        return value <= limit if self.at_most else value >= limit


class Judged(NamedTuple):
    """A figure, and the aim it is judged by."""

    value: float
    aim: Aim


def at_most(limit: float, stretch: float | None = None) -> Aim:
    """Return the aim of a figure that is good where it is small."""
    return Aim(limit, at_most=True, stretch=stretch)


def at_least(limit: float, stretch: float | None = None) -> Aim:
    """Return the aim of a figure that is good where it is large."""
    return Aim(limit, at_most=False, stretch=stretch)


def p99(values: list[float]) -> float:
    """Return the 99th percentile."""
    return sorted(values)[len(values) * 99 // 100]


def spread(values: list[float]) -> str:
    """Return the median and the 99th percentile in words."""
    return f"p50 {statistics.median(values):.3g}, p99 {p99(values):.3g}"


def rounds(*measured: Callable[[int], float], count: int = ROUNDS) -> list[list[float]]:
    """Measure each in turn, round after round, so that a busy moment hits them all."""
    found: list[list[float]] = [[] for _ in measured]
    for number in range(count):
        for at, one in enumerate(measured):
            found[at].append(one(number))
    return found


def ratio(ours: list[float], base: list[float]) -> float:
    """Return the median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(ours, base, strict=True))


_reached, _missed = [], []  # the rows that have an aim


def show(what: str, figure: str, *judged: tuple[float, Aim]) -> None:
    """Print one row: what was measured, the figure, its aims, and whether each is reached."""
    aims = "; ".join(str(aim) for _, aim in judged)
    verdicts = [aim.verdict(value) for value, aim in judged]
    if judged:
        (_missed if "MISSED" in verdicts else _reached).append((what, figure, aims))
    print(f"{what:<78} {figure:<30} {aims:<28} {'; '.join(verdicts)}".rstrip(), flush=True)


def show_missed() -> None:
    """Print how many rows reach their aims, and the others once more."""
    print(f"\n{len(_reached)} rows reach their aims, {len(_missed)} do not:")
    for what, figure, aims in _missed:
        print(f"{what:<78} {figure:<30} {aims}")
