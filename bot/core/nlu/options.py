"""Which of a step's options typed words mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import WRatio, ratio

from bot.core.nlu.normalize import LONGEST_COMMAND, SLIP_FROM, spelling_variants

GUESS_FROM = 72  # likeness out of 100 from which "did you mean" is worth asking
MOST_GUESSES = 3
CUT = re.compile(
    r"(iem|iet|ajam|ajai|ais|am|as|ai|ām|us|os|es|is|u|a|e|i|s|ами|ями|ого|ому|ой|ий|ый|ая|ом|ем|"
    r"ів|ов|ам|ям|ах|а|я|у|ю|и|і|ы|е|о)$"
)


@dataclass(frozen=True, slots=True)
class OptionNames:
    """An option with everything people call it."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionMatch:
    """Which options were meant."""

    kind: Literal["sure", "nearly", "none"]
    ids: tuple[str, ...] = ()


def match_option(
    options: Sequence[OptionNames], text: str, *, numbered: bool, whole: bool = False
) -> OptionMatch:
    """Find the options meant: sure when one is, nearly when up to three may be.

    numbered: a number stands for an option. whole: the words must be an option's, not hold them.
    """
    if len(text) > LONGEST_COMMAND:
        return OptionMatch("none")
    said = spelling_variants(text)
    forms = {
        form: option.id
        for option in reversed(options)
        for name in (*reversed(option.synonyms), option.label)
        for form in spelling_variants(name)[:2]
    }
    for key in said:
        if key in forms:
            return OptionMatch("sure", (forms[key],))
    if numbered and (number := re.fullmatch(r"([0-9]{1,2})[.)]?", text.strip())):
        at = int(number[1])
        plain = [option for option in options if not option.id.startswith("@")]
        if 1 <= at <= len(plain):
            return OptionMatch("sure", (plain[at - 1].id,))
    if whole:
        slip = _alike(forms, said[0])
        return slip if slip.kind == "sure" else OptionMatch("none")
    inside = {forms[form] for form in forms if _within(form, said[0])}
    if len(inside) == 1:
        return OptionMatch("sure", tuple(inside))
    if inside:
        return OptionMatch("nearly", _in_order(options, inside))
    return _alike(forms, said[0])


def _within(form: str, said: str) -> bool:
    """Return whether all words of a form stand in what was said, whatever their endings."""
    if len(form) < 4:  # noqa: PLR2004 - shorter words stand inside too many others
        return False
    stems = {_stem(word) for word in said.split()}
    return all(_stem(word) in stems for word in form.split())


def _stem(word: str) -> str:
    return CUT.sub("", word) if len(word) > 4 else word  # noqa: PLR2004 - short words keep their end


def _alike(forms: dict[str, str], said: str) -> OptionMatch:
    if len(said) < 3:  # noqa: PLR2004 - too little to guess from
        return OptionMatch("none")
    long = [form for form in forms if len(form) >= SLIP_FROM]
    slips = {
        forms[form]
        for form, _, _ in process.extract(
            said, long, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None
        )
    }
    if len(slips) == 1 and len(said) >= SLIP_FROM:
        return OptionMatch("sure", tuple(slips))
    near: dict[str, float] = {}
    wide = [form for form in forms if len(form) >= 4]  # noqa: PLR2004 - WRatio overrates short ones
    for form, score, _ in process.extract(
        said, wide, scorer=WRatio, score_cutoff=GUESS_FROM, limit=12
    ):
        if abs(len(form) - len(said)) <= max(len(form), len(said)) * 0.6:
            near[forms[form]] = max(near.get(forms[form], 0), score + ratio(said, form))
    best = sorted(near, key=lambda name: -near[name])[:MOST_GUESSES]
    return OptionMatch("nearly", tuple(best)) if best else OptionMatch("none")


def _in_order(options: Sequence[OptionNames], ids: set[str]) -> tuple[str, ...]:
    return tuple(option.id for option in options if option.id in ids)[:MOST_GUESSES]
