"""Cuts words to what stays the same in every case and gender."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

Script = Literal["lv", "en", "cyrillic"]
SCRIPTS: Final[Mapping[str, Script]] = MappingProxyType(
    {"lv": "lv", "en": "en", "uk": "cyrillic", "ru": "cyrillic"}
)
SHORTEST_STEM = 3  # letters; an ending that would leave fewer is not cut
RUN_LENGTHS = (2, 3, 4)  # letters of the runs by which stems are compared
MOST_REMEMBERED_STEMS = 65536  # words, and stems

LATVIAN_ENDING = re.compile(r"(iem|ais|am|em|im|as|ai|os|es|is|us|ei|ie|um|u|a|e|i|s|o)$")
ENGLISH_ENDING = re.compile(r"(ings?|ies|es|s|y|e|ed)$")
CYRILLIC_ENDING = re.compile(
    r"(иями|ями|ами|ого|ому|ему|ыми|ими|его|іями|ією|ями|ові|еві|ой|ый|ий|ій|ая|яя|ое|ее|ые|ие|их|ых|"
    r"ую|юю|ом|ем|ем|ов|ев|ів|їв|ам|ям|ах|ях|ою|ею|ей|єю|єм|а|я|у|ю|и|ы|і|е|є|о|ь|й)$"
)
ADJECTIVE_ENDING = re.compile(
    r"(ый|ий|ой|ій|ая|яя|ська|цька|льна|ична|ена|ое|ее|не|ські)$"
)  # of an adjective, which says of what kind
# a woman's ending as a man's; the first that fits counts
WOMANS_ENDINGS: Final[Mapping[Script, tuple[tuple[str, str], ...]]] = MappingProxyType({
    "lv": (("niec", "niek"), ("rdz", "rg")),
    "en": (),
    "cyrillic": (
        ("тельниц", "тел"), ("тельк", "тел"), ("тель", "тел"), ("льниц", "льник"), ("ниц", "ник"),
        ("одавщиц", "одавец"), ("щиц", "щик"), ("чиц", "чик"), ("истк", "ист"), ("істк", "іст"),
        ("арк", "ар"), ("ерк", "ер"), ("орк", "ор"), ("ярк", "яр"), ("ирк", "ир"), ("ірк", "ір"),
        ("вчин", "вец"), ("івц", "вец"), ("авц", "авец"), ("евц", "вец"),
    ),
})  # fmt: skip
SOFTENED = re.compile(r"(?<=[bpmvf])j$")  # zirgkopja, zirgkopis
ENGLISH_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("sch", "s"), ("tch", "c"), ("ch", "h"), ("sh", "s"), ("th", "t"),
    ("qu", "kv"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("x", "ks"), ("w", "v"),
    ("y", "i"), ("oo", "u"), ("ee", "i"), ("ou", "u"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1")
CYRILLIC_LETTER = re.compile(r"[а-яіїєґ]")


def doer(words: Sequence[str], kind: Script) -> int:
    """Return the place of the word that says who does it: -1, the last, but in Cyrillic the first noun.

    For example kravas automobiļa *vadītājs*, but *водитель* грузовика.
    """
    if kind != "cyrillic":
        return -1
    return next(
        (place for place, word in enumerate(words) if not ADJECTIVE_ENDING.search(word)), -1
    )


def kinds(word: str) -> tuple[Script, ...]:
    """Return which kinds of stem a word may have: its letters tell Cyrillic from Latin only."""
    return ("cyrillic",) if CYRILLIC_LETTER.search(word) else ("lv", "en")


@lru_cache(maxsize=MOST_REMEMBERED_STEMS)
def stem(word: str, kind: Script) -> str:
    """Return the stem of a folded word; an English one is spelt as it sounds to a Latvian.

    A woman's form has the stem of a man's: frizieris and friziere are frizier.
    """
    short = CUTS[kind](word) if len(word) > SHORTEST_STEM else word
    for woman, man in WOMANS_ENDINGS[kind]:
        if short.endswith(woman) and len(short) > len(woman):
            short = short.removesuffix(woman) + man
            break
    return short


def _cut(ending: re.Pattern[str], word: str) -> str:
    short = ending.sub("", word)
    return short if len(short) >= SHORTEST_STEM else word


def _latvian(word: str) -> str:
    return SOFTENED.sub("", _cut(LATVIAN_ENDING, word))


def _english(word: str) -> str:
    short = _cut(ENGLISH_ENDING, word)
    for letters, sound in ENGLISH_SOUNDS:
        short = short.replace(letters, sound)
    return DOUBLED.sub(r"\1", short)


def _cyrillic(word: str) -> str:
    return _cut(CYRILLIC_ENDING, word)


CUTS: Final[Mapping[Script, Callable[[str], str]]] = MappingProxyType(
    {"lv": _latvian, "en": _english, "cyrillic": _cyrillic}
)


@lru_cache(maxsize=MOST_REMEMBERED_STEMS)
def pieces(short: str) -> tuple[str, ...]:
    """Return the runs of two to four letters of a stem, its ends marked: "^z", "zi", … "rg$"."""
    marked = f"^{short}$"
    runs: dict[str, None] = {}  # each once, in order
    for size in RUN_LENGTHS:
        for start in range(len(marked) - size + 1):
            runs[marked[start : start + size]] = None
    return tuple(runs)
