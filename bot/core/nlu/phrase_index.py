"""Phrases of many owners, found in a message in one pass.

A phrase is words with choices, endings and gaps: "mest|pamest _ skol*" is one of two words, a gap of
up to two other words, and a word that begins with "skol".
"""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.core.nlu.clean_text import clean_text
from bot.core.nlu.normalize import normalize
from bot.core.nlu.tokens import TOKEN, Token, TokenizedText

WIDEST_GAP = 2  # words that a `_` stands for at most
MOST_COMPILED = 32_768  # phrases remembered; the content has half as many, each read more than once

K = TypeVar("K", bound=Hashable)
Choices = tuple[str, ...]
GAP: Choices = ("_",)
MARKS = frozenset("*|_")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a phrase, folded; each with its choices."""

    words: tuple[Choices, ...]

    def is_within(self, beginnings: Container[str]) -> bool:
        """Return whether all its words are among some words, given with their beginnings."""
        return all(
            choices == GAP or any(choice in beginnings for choice in choices)
            for choices in self.words
        )

    @property
    def is_plain(self) -> bool:
        """Return whether it is words as they stand, without endings or gaps."""
        return not any(
            "*" in choice or choices == GAP for choices in self.words for choice in choices
        )


@dataclass(frozen=True, slots=True)
class Mention(Generic[K]):
    """A phrase found in a message. start, end: its first word and the one after its last.

    exact: its words stand there as they are written, without an ending added or a slip corrected.
    """

    owner: K
    start: int
    end: int
    exact: bool

    def holds(self, other: "Mention[K]") -> bool:
        """Return whether another one stands wholly within this longer one."""
        longer = self.end - self.start > other.end - other.start
        return longer and self.start <= other.start and other.end <= self.end


class PhraseIndex(Generic[K]):
    """Phrases by the words they may begin with, as they are written: with a star for any ending."""

    def __init__(self, phrases: Iterable[tuple[str, K]]) -> None:
        self._phrases: list[tuple[Phrase, K]] = []
        self._beginning_with: dict[str, list[int]] = defaultdict(list)
        for line, owner in phrases:
            phrase = compile_phrase(line)
            for choice in phrase.words[0] if phrase.words else ():
                self._beginning_with[choice].append(len(self._phrases))
            self._phrases.append((phrase, owner))

    def find(self, text: TokenizedText, *, corrected: bool = True) -> list[Mention[K]]:
        """Return every place where a phrase stands, the first first.

        corrected: also where a word of it was typed with a slip.
        """
        places = text.places(corrected=corrected)
        found: list[tuple[int, int, Mention[K]]] = []
        # only of what stands in the text is anything looked at, so a long list costs no more
        for beginning in self._beginning_with.keys() & places.keys():
            for number in self._beginning_with[beginning]:
                phrase, owner = self._phrases[number]
                if not phrase.is_within(places):
                    continue
                for start in places[beginning]:
                    for end, exact in _ends(phrase, text.tokens, start, corrected=corrected):
                        found.append((start, number, Mention(owner, start, end, exact)))
        found.sort(key=lambda one: one[:2])
        return list(dict.fromkeys(mention for _, _, mention in found))


def longest(mentions: Sequence[Mention[K]]) -> list[Mention[K]]:
    """Return the mentions that do not stand within a longer one."""
    return [one for one in mentions if not any(other.holds(one) for other in mentions)]


@lru_cache(maxsize=MOST_COMPILED)
def compile_phrase(line: str) -> Phrase:
    """Return a line of the content as a phrase; "9.b" is two words, as it is in a message."""
    words: list[Choices] = []
    for part in line.split():
        if MARKS.intersection(part):
            words.append(_choices(part))
        else:
            words += ((normalize(word) or word,) for word in TOKEN.findall(clean_text(part)))
    return Phrase(tuple(words))


def words_of(line: str) -> Iterator[str]:
    """Return the folded words that a phrase holds, with their stars."""
    for choices in compile_phrase(line).words:
        if choices != GAP:
            yield from choices


def _choices(word: str) -> Choices:
    return tuple(choice for part in word.split("|") if (choice := _folded(part)))


def _folded(choice: str) -> str:
    """Return a choice folded, but for "*" and "_", which folding would take away."""
    if choice == "_":
        return choice
    head = normalize(choice.rstrip("*")) or choice.rstrip("*")
    return f"{head}*" if choice.endswith("*") else head


def _ends(
    phrase: Phrase, tokens: Sequence[Token], start: int, *, corrected: bool
) -> Iterator[tuple[int, bool]]:
    """Return where a phrase that begins at a word may end, and whether it stands there exactly."""
    sentence = tokens[start].sentence
    ends: dict[int, bool] = {start: phrase.is_plain}
    for choices in phrase.words:
        nexts: dict[int, bool] = {}
        for end, exact in ends.items():
            if choices == GAP:
                for gap in range(WIDEST_GAP + 1):
                    nexts.setdefault(end + gap, exact)
            elif end < len(tokens) and tokens[end].sentence == sentence:
                same = _same(choices, tokens[end], corrected=corrected)
                if same is not None:
                    nexts[end + 1] = nexts.get(end + 1, False) or (exact and same)
        ends = nexts
    yield from ends.items()


def _same(choices: Choices, token: Token, *, corrected: bool) -> bool | None:
    """Return whether a word is one of the choices as typed (True) or with a slip; None: it is none."""
    for place, spelling in enumerate(token.forms(corrected=corrected)):
        for choice in choices:
            is_same = (
                spelling.startswith(choice[:-1]) if choice.endswith("*") else spelling == choice
            )
            if is_same:
                return place < len(token.spellings)
    return None
