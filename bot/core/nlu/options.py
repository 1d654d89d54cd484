"""Which of a step's options typed words mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import WRatio, ratio

from bot.core.nlu.normalize import LONGEST_COMMAND, SLIP_FROM, normalize, spelling_variants

# Likeness out of 100 from which "did you mean" is worth asking.
LIKENESS_FOR_GUESS = 72
# Guesses that are told: more would be the list of options over again.
MOST_GUESSES = 3
# Names that are compared for a guess, the most alike first.
MOST_NAMES_FOR_GUESS = 12
# Of the longer of two texts, so much may be missing in the other: WRatio finds any short name in a
# long message.
MOST_DIFFERENCE_IN_LENGTH = 0.6
# Letters of what was said from which a guess is tried; less is too little to guess from.
SHORTEST_GUESSED = 3
# Letters of a name from which it is looked for inside what was said, or guessed: shorter ones stand
# in too many other words, and WRatio overrates them.
SHORTEST_NAME_INSIDE = 4
# Letters from which a word is cut to its stem: all of a shorter one may be stem.
SHORTEST_WORD_CUT = 5
# the endings of cases, Latvian, then Ukrainian and Russian
ENDING = re.compile(
    r"(iem|iet|ajam|ajai|ais|am|as|ai|ām|us|os|es|is|u|a|e|i|s|ами|ями|ого|ому|ой|ий|ый|ая|ом|ем|"
    r"ів|ов|ам|ям|ах|а|я|у|ю|и|і|ы|е|о)$"
)

FIGURE = re.compile("[0-9]")
# between two things that are named: in Latvian, English, Ukrainian and Russian
AND = re.compile(r"\s+(?:un|and|та|і|й|и)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OptionNames:
    """An option with everything people call it."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionMatch:
    """Which options were meant: one for sure, nearly up to three, or none."""

    kind: Literal["sure", "nearly", "none"]
    ids: tuple[str, ...] = ()


def listed_parts(options: Sequence[OptionNames], text: str, *, whole: bool) -> list[str]:
    """Return the parts of a list as typed: at commas, and at an "and" where each side names an option.

    whole: a side must be an option's name, not hold one.
    """
    parts: list[str] = []
    for part in re.split(r"[;,]", text):
        sides = AND.split(part)
        named = len(sides) > 1 and all(
            match_option(options, side, numbered=True, whole=whole).kind == "sure" for side in sides
        )
        parts += sides if named else [part]
    return [part.strip() for part in parts if part.strip()]


def match_option(
    options: Sequence[OptionNames], text: str, *, numbered: bool, whole: bool = False
) -> OptionMatch:
    """Return the options meant: sure when one is, nearly when up to three may be.

    numbered: a number stands for an option. whole: the words must be an option's, not hold them.
    """
    if len(text) > LONGEST_COMMAND:
        return OptionMatch("none")
    readings = spelling_variants(text)
    said = readings[0]
    owners = _owners_of_names(options)
    for reading in readings:
        if reading in owners:
            return OptionMatch("sure", (owners[reading],))
    by_number = _by_number(options, text) if numbered else None
    if by_number is not None:
        return OptionMatch("sure", (by_number,))
    if whole:
        slips = _with_one_slip(owners, said) if len(said) >= SLIP_FROM else set()
        return OptionMatch("sure", tuple(slips)) if len(slips) == 1 else OptionMatch("none")
    inside = {owners[name] for name in owners if _is_inside(name, said)}
    if len(inside) == 1:
        return OptionMatch("sure", tuple(inside))
    if inside:
        return OptionMatch("nearly", _in_order(options, inside))
    return _by_likeness(owners, said)


def inflected(name: str) -> str:
    """Return a name as a phrase that is found whatever the endings of its long words."""
    words = normalize(name).split()
    return " ".join(f"{stem}*" if (stem := _stem(word)) != word else word for word in words)


def _owners_of_names(options: Sequence[OptionNames]) -> dict[str, str]:
    """Return the id of the option that each folded name is of.

    Where options share a name it is the first one's: the last to be set stays, so all goes backwards.
    """
    owners = {}
    for option in reversed(options):
        for name in (*reversed(option.synonyms), option.label):
            # as it stands and in old chat spelling; an alphabet or layout is not mistaken in a file
            for form in spelling_variants(name)[:2]:
                owners[form] = option.id
    return owners


def _by_number(options: Sequence[OptionNames], text: str) -> str | None:
    """Return the option whose number a text is ("2", "2." or "2)"), counted from 1."""
    number = re.fullmatch(r"([0-9]{1,2})[.)]?", text.strip())
    if number is None:
        return None
    # what every step offers beside its own options ("@why") has no number
    own = [option for option in options if not option.id.startswith("@")]
    place = int(number[1])
    return own[place - 1].id if 1 <= place <= len(own) else None


def _is_inside(name: str, said: str) -> bool:
    """Return whether all words of a name stand in what was said, whatever their endings."""
    if len(name) < SHORTEST_NAME_INSIDE:
        return False
    stems = {_stem(word) for word in said.split()}
    return all(_stem(word) in stems for word in name.split())


def _stem(word: str) -> str:
    return ENDING.sub("", word) if len(word) >= SHORTEST_WORD_CUT else word


def _by_likeness(owners: dict[str, str], said: str) -> OptionMatch:
    """Return the option whose name was typed with a slip, else those with a name much like it."""
    if len(said) < SHORTEST_GUESSED:
        return OptionMatch("none")
    slips = _with_one_slip(owners, said)
    if len(slips) == 1 and len(said) >= SLIP_FROM:
        return OptionMatch("sure", tuple(slips))
    likeness = _likeness(owners, said)
    best = sorted(likeness, key=lambda id_: -likeness[id_])[:MOST_GUESSES]
    return OptionMatch("nearly", tuple(best)) if best else OptionMatch("none")


def _with_one_slip(owners: dict[str, str], said: str) -> set[str]:
    """Return the options that have a long name that is one slip away from what was said."""
    # a figure is no slip: "10 klases" is not "12 klases"
    figures = FIGURE.findall(said)
    long_names = [
        name for name in owners if len(name) >= SLIP_FROM and FIGURE.findall(name) == figures
    ]
    alike = process.extract(
        said, long_names, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None
    )
    return {owners[name] for name, _, _ in alike}


def _likeness(owners: dict[str, str], said: str) -> dict[str, float]:
    """Return the options that may have been meant, and how like their best name is, out of 200."""
    names = [name for name in owners if len(name) >= SHORTEST_NAME_INSIDE]
    alike = process.extract(
        said, names, scorer=WRatio, score_cutoff=LIKENESS_FOR_GUESS, limit=MOST_NAMES_FOR_GUESS
    )
    likeness: dict[str, float] = {}
    for name, score, _ in alike:
        longer = max(len(name), len(said))
        if abs(len(name) - len(said)) <= longer * MOST_DIFFERENCE_IN_LENGTH:
            # WRatio forgives other words around the name; the plain ratio breaks its many ties
            id_ = owners[name]
            likeness[id_] = max(likeness.get(id_, 0), score + ratio(said, name))
    return likeness


def _in_order(options: Sequence[OptionNames], ids: set[str]) -> tuple[str, ...]:
    return tuple(option.id for option in options if option.id in ids)[:MOST_GUESSES]
