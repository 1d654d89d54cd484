"""Answers from 1 to 5 become a profile; the order of answers, items and letters is of no account."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from statistics import median, pstdev
from typing import Final

from bot.core.interests.norms import PUBLISHED, Model
from bot.core.interests.posterior import Posterior, posterior
from bot.core.interests.profile import TYPES, Flag, Profile, certainty
from bot.errors import InputError

FLATTEST: Final = 0.5  # a spread below it shows no occupations
QUICKEST: Final = 1.0  # seconds an item, the median
SAME: Final = 0.9  # the share of one answer from which answers look unread
FEWEST_FOR_FLAGS: Final = 6  # answers below which nothing is said of how they were given
CLOSE: Final = 1 / 3  # the chance of a third type to be above the second that brings it in
MOST_LEADING: Final = 5


def score(
    types: Mapping[str, str],
    answers: Mapping[str, int],
    seconds: Mapping[str, float] | None = None,
    model: Model = PUBLISHED,
) -> Profile:
    """Score what was answered: `types` gives each item's letter, `seconds` what each answer took.

    Errors: InputError names an item that is not known and an answer that is not 1 to 5.
    """
    found = posterior_of(types, answers, model)
    spread = pstdev(found.means)
    order = ranked(types, answers, found)
    asked = {types[item] for item in answers}
    leading = [at for at in order if TYPES[at] in asked]
    count = 3 if len(leading) > 2 and found.beats(leading[2], leading[1]) >= CLOSE else 2  # noqa: PLR2004
    return Profile(
        scores={letter: (mean - 1) * 25 for letter, mean in zip(TYPES, found.means, strict=True)},
        spread=spread,
        leading=tuple(TYPES[at] for at in leading[:count]),
        certainty=certainty(found.first_probability[leading[0]] if leading else 0.0),
        flags=_flags(spread, answers, seconds or {}),
    )


def posterior_of(
    types: Mapping[str, str], answers: Mapping[str, int], model: Model = PUBLISHED
) -> Posterior:
    """Take the answers together by type and say what they make of the full form."""
    counts, sums = [0] * len(TYPES), [0] * len(TYPES)
    for item, value in answers.items():
        if item not in types:
            wrong = f'"{item}" is not an item of this list'
            raise InputError(wrong)
        if isinstance(value, bool) or value not in range(1, MOST_LEADING + 1):
            wrong = f"{item}: {value!r} is not an answer from 1 to {MOST_LEADING}"
            raise InputError(wrong)
        at = TYPES.index(types[item])
        counts[at] += 1
        sums[at] += value
    return posterior(model, counts, sums)


def ranked(types: Mapping[str, str], answers: Mapping[str, int], found: Posterior) -> list[int]:
    """Order the types by score, then by the chance of leading, then by a mark of their items."""
    marks = [
        tie_break(item for item in answers if types[item] == letter) for letter in TYPES
    ]  # a mark knows no letter
    return sorted(
        range(len(TYPES)),
        key=lambda at: (-found.means[at], -found.first_probability[at], marks[at]),
    )


def tie_break(names: Iterable[str]) -> str:
    """Return names a number that follows no alphabet: what must stand first when all is equal."""
    return sha256("\n".join(sorted(names)).encode()).hexdigest()


def _flags(
    spread: float, answers: Mapping[str, int], seconds: Mapping[str, float]
) -> tuple[Flag, ...]:
    """Tell what a result is to be read with.

    uniform is told by shares and not by runs, so that the order of answering does not change a
    profile; items of one type never follow each other, so a long run of honest answers has a large
    share as well.
    """
    flags: list[Flag] = []
    if spread < FLATTEST:
        flags.append("flat")
    if len(answers) >= FEWEST_FOR_FLAGS and max(Counter(answers.values()).values()) >= SAME * len(
        answers
    ):
        flags.append("uniform")
    taken = [seconds[item] for item in answers if item in seconds]
    if len(taken) >= FEWEST_FOR_FLAGS and median(taken) < QUICKEST:
        flags.append("fast")
    return tuple(flags)
