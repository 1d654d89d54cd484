"""Answers from 1 to 5 become a profile; the order of answers, items and letters is of no account."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from statistics import median, pstdev
from typing import Final

from bot.core.interests.norms import PUBLISHED, TYPES, AnswerModel
from bot.core.interests.posterior import Posterior, posterior
from bot.core.interests.profile import Flag, Profile, certainty
from bot.errors import InputError

LEAST_SPREAD: Final = 0.5  # on the scale of answers; a flatter profile shows no occupations
LEAST_SECONDS: Final = 1.0  # an item, the median; below it the answers look unread
UNIFORM_SHARE: Final = 0.9  # of one and the same answer, from which the answers look unread
FEWEST_FOR_FLAGS: Final = 6  # answers below which nothing is said of how they were given
CLOSE_RACE_FACTOR: Final = 1 / 3  # the third type's chance to be above the second that brings it in
HIGHEST_ANSWER: Final = 5


def score(
    types: Mapping[str, str],
    answers: Mapping[str, int],
    seconds: Mapping[str, float] | None = None,
    model: AnswerModel = PUBLISHED,
) -> Profile:
    """Return the profile of some answers.

    types: the letter of each item; seconds: how long each answer took.
    Errors: InputError names an item that is not known and an answer that is not 1 to 5.
    """
    expected = posterior_of(types, answers, model)
    spread = pstdev(expected.means)
    asked = {types[item] for item in answers}
    # a type nothing was asked of cannot lead
    leading = [i for i in ranked(types, answers, expected) if TYPES[i] in asked]
    match leading:
        case [_, second, third, *_] if expected.beats(third, second) >= CLOSE_RACE_FACTOR:
            shown = leading[:3]
        case _:
            shown = leading[:2]
    return Profile(
        # answers from 1 to 5 become scores from 0 to 100
        scores={
            letter: (mean - 1) * 25 for letter, mean in zip(TYPES, expected.means, strict=True)
        },
        spread=spread,
        leading=tuple(TYPES[i] for i in shown),
        certainty=certainty(expected.first_probability[leading[0]] if leading else 0.0),
        flags=_flags(spread, answers, seconds or {}),
    )


def posterior_of(
    types: Mapping[str, str], answers: Mapping[str, int], model: AnswerModel = PUBLISHED
) -> Posterior:
    """Return what the answers, counted and summed by type, say of the full form.

    Errors: as `score`.
    """
    counts, sums = [0] * len(TYPES), [0] * len(TYPES)
    for item, value in answers.items():
        if item not in types:
            wrong = f'"{item}" is not an item of this list'
            raise InputError(wrong)
        # true is 1 in Python, but it is no answer
        if isinstance(value, bool) or value not in range(1, HIGHEST_ANSWER + 1):
            wrong = f"{item}: {value!r} is not an answer from 1 to {HIGHEST_ANSWER}"
            raise InputError(wrong)
        type_index = TYPES.index(types[item])
        counts[type_index] += 1
        sums[type_index] += value
    return posterior(model, counts, sums)


def ranked(types: Mapping[str, str], answers: Mapping[str, int], expected: Posterior) -> list[int]:
    """Return the types, as places in TYPES, by score, then by the chance of leading.

    What is still equal stands by a tie-break of the items answered, which knows no letter: R is
    not to stand before I only because it is first in TYPES.
    """
    tie_breaks = []
    for letter in TYPES:
        items = [item for item in answers if types[item] == letter]
        tie_breaks.append(tie_break(items))
    return sorted(
        range(len(TYPES)),
        key=lambda i: (-expected.means[i], -expected.first_probability[i], tie_breaks[i]),
    )


def tie_break(names: Iterable[str]) -> str:
    """Return what to sort by when all else is equal: no alphabet, and the same for names in any order."""
    return sha256("\n".join(sorted(names)).encode()).hexdigest()


def _flags(
    spread: float, answers: Mapping[str, int], seconds: Mapping[str, float]
) -> tuple[Flag, ...]:
    """Return what a profile is to be read with: flat, uniform, fast.

    uniform goes by shares and not by runs, so that the order of answering does not change a
    profile; items of one type never follow each other, so a long run of one answer has a large
    share as well.
    """
    flags: list[Flag] = []
    if spread < LEAST_SPREAD:
        flags.append("flat")
    if len(answers) >= FEWEST_FOR_FLAGS:
        [(_, most_given)] = Counter(answers.values()).most_common(1)
        if most_given >= UNIFORM_SHARE * len(answers):
            flags.append("uniform")
    durations = [seconds[item] for item in answers if item in seconds]
    if len(durations) >= FEWEST_FOR_FLAGS and median(durations) < LEAST_SECONDS:
        flags.append("fast")
    return tuple(flags)
