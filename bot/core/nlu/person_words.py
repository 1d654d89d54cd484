"""Takes out of a question what could tell whose it is, so that it may be noted.

Rather too much than too little: a word with a capital letter that stands in none of our texts goes too,
though it may be the name of a town.
"""

import re
from collections.abc import Container, Iterator
from functools import cached_property
from itertools import chain
from typing import Final

from bot.core.base.frozen import Frozen
from bot.core.nlu.clean_text import clean_text
from bot.core.nlu.normalize import normalize
from bot.core.nlu.personal_data import MASK, mask_personal_data

LONGEST_NOTED: Final = 300  # characters of a question that are noted
NAME_PARTS: Final = 2  # words after "my name is" that are the name
LINK: Final = re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)
PART: Final = re.compile(r"•••|\d+|[^\W\d_]+(?:['’-][^\W\d_]+)*")
MASKS: Final = re.compile(r"•••(?:[\s.,;:/–-]*•••)+")
SENTENCE_END: Final = frozenset(".!?\n")
# what a first name may end in, folded; its own ending is taken off before
ENDINGS: Final = (
    *("", "s", "is", "us", "a", "e", "u", "i", "am", "im", "um", "ai", "ei", "as", "es", "os"),
    *(
        "а",
        "у",
        "е",
        "и",
        "і",
        "я",
        "ю",
        "ой",
        "ом",
        "ем",
        "ею",
        "ою",
        "еи",
        "еві",
        "ові",
        "й",
        "ь",
    ),
)
OWN_ENDING: Final = re.compile(r"(?:is|us|s|a|e|а|я|й|ь|о|и|і)$")
SHORTEST_STEM: Final = 3  # letters of a first name without its ending
FEW_FIGURES: Final = 2  # of a number that may stay: a grade, a share


class PersonWords(Frozen):
    """What names a person, by language: first names, what comes before a name, streets.

    counted: before these a short number stays, as in "9. klase".
    """

    introduced: dict[str, tuple[str, ...]]
    streets: dict[str, tuple[str, ...]]
    counted: dict[str, tuple[str, ...]]
    first_names: dict[str, tuple[str, ...]]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return every form of every first name, folded."""
        return frozenset(chain.from_iterable(map(_forms, chain(*self.first_names.values()))))

    @cached_property
    def _introductions(self) -> tuple[tuple[str, ...], ...]:
        said = chain.from_iterable(self.introduced.values())
        return tuple(tuple(_folded(word) for word in PART.findall(one)) for one in said)

    @cached_property
    def _streets(self) -> frozenset[str]:
        return frozenset(map(normalize, chain.from_iterable(self.streets.values())))

    @cached_property
    def _counted(self) -> tuple[frozenset[str], tuple[str, ...]]:
        words = tuple(chain.from_iterable(self.counted.values()))
        whole = frozenset(normalize(word) for word in words if not word.endswith("*"))
        return whole, tuple(normalize(word.rstrip("*")) for word in words if word.endswith("*"))

    def without_person(self, text: str, known: Container[str]) -> str:
        """Return a text in which what may name a person is masked.

        known: the words of our own texts, folded (`normalize`): they name nobody.
        """
        plain, _ = mask_personal_data(LINK.sub(MASK, clean_text(text)))
        parts = list(PART.finditer(plain))
        gone = {*self._after_introductions(parts), *self._of_addresses(plain, parts)}
        gone |= {at for at in range(len(parts)) if self._tells(plain, parts, at, known)}
        gone |= {at for at in range(1, len(parts)) if self._is_surname(parts, at, gone, known)}
        masked, end = "", 0
        for at in sorted(gone):
            masked += plain[end : parts[at].start()] + MASK
            end = parts[at].end()
        return MASKS.sub(MASK, masked + plain[end:]).strip()[:LONGEST_NOTED]

    def _after_introductions(self, parts: list[re.Match[str]]) -> Iterator[int]:
        folded = [_folded(part[0]) for part in parts]
        for words in self._introductions:
            for at in range(len(parts) - len(words)):
                if tuple(folded[at : at + len(words)]) == words:
                    first = at + len(words)
                    yield from range(first, min(first + NAME_PARTS, len(parts)))

    def _of_addresses(self, text: str, parts: list[re.Match[str]]) -> Iterator[int]:
        """Return the words of addresses: the street's name, a word before it that has a capital, a number."""
        for at, part in enumerate(parts):
            if _folded(part[0]) not in self._streets:
                continue
            yield from range(max(0, at - 1), at + 1)
            if at > 1 and parts[at - 2][0][:1].isupper() and not _begins(text, parts[at - 2]):
                yield at - 2
            yield from (after for after in (at + 1, at + 2) if _is_number(parts, after))

    def _tells(self, text: str, parts: list[re.Match[str]], at: int, known: Container[str]) -> bool:
        """Return whether a word tells somebody: a number, a first name, a name that we do not know."""
        word = parts[at][0]
        if word == MASK:
            return False
        if word.isdigit():
            return not self._is_counted(text, parts, at)
        folded = _folded(word)
        has_capital = word[0].isupper()
        if folded in self.names:
            return has_capital or folded not in known
        return has_capital and folded not in known and not word.isupper()

    def _is_counted(self, text: str, parts: list[re.Match[str]], at: int) -> bool:
        number = parts[at]
        if len(number[0]) > FEW_FIGURES:
            return False
        if text[number.end() :].lstrip().startswith("%"):
            return True
        following = _folded(parts[at + 1][0]) if at + 1 < len(parts) else ""
        whole, beginnings = self._counted
        return following in whole or following.startswith(beginnings)

    def _is_surname(
        self, parts: list[re.Match[str]], at: int, gone: set[int], known: Container[str]
    ) -> bool:
        """Return whether a word that we do not know follows a first name: "janis kalnins"."""
        before = _folded(parts[at - 1][0])
        return at - 1 in gone and before in self.names and _folded(parts[at][0]) not in known


def _forms(name: str) -> Iterator[str]:
    folded = normalize(name)
    stem = OWN_ENDING.sub("", folded)
    yield folded
    if len(stem) >= SHORTEST_STEM:
        yield from (stem + ending for ending in ENDINGS)


def _folded(word: str) -> str:
    return normalize(word) or word


def _begins(text: str, part: re.Match[str]) -> bool:
    """Return whether a word begins a sentence, so that its capital letter tells nothing."""
    before = text[: part.start()].rstrip()
    return not before or before[-1] in SENTENCE_END


def _is_number(parts: list[re.Match[str]], at: int) -> bool:
    return at < len(parts) and parts[at][0].isdigit()
