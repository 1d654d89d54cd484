"""How figures are taken together and shown."""

import statistics
from collections.abc import Callable

ROUNDS, MANY = 3, 7  # many: of what is short, and differs from one moment to the next


def spread(values: list[float]) -> str:
    """Show the median and the 99th percentile."""
    ordered = sorted(values)
    return f"p50 {statistics.median(ordered):.3g}, p99 {ordered[len(ordered) * 99 // 100]:.3g}"


def rounds(*measured: Callable[[int], float], count: int = ROUNDS) -> list[list[float]]:
    """Measure each in turn, round after round, so that a busy moment hits them all."""
    found: list[list[float]] = [[] for _ in measured]
    for number in range(count):
        for at, one in enumerate(measured):
            found[at].append(one(number))
    return found


def ratio(ours: list[float], base: list[float]) -> float:
    """Give the median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(ours, base, strict=True))


def show(what: str, figure: str, aim: str = "") -> None:
    """Print one line."""
    print(f"{what:<72} {figure:<34} {aim}")
