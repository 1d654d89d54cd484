"""How telling a word is: the fewer of those who have phrases and examples have it, the more."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from math import log
from typing import Generic, TypeVar

from bot.core.nlu.clean_text import clean_text
from bot.core.nlu.normalize import normalize
from bot.core.nlu.phrase_index import words_of
from bot.core.nlu.tokens import SHORTEST_HEAD, TOKEN, Token, TokenizedText

STEM = 5  # letters by which words are the same: "darbu", "darbs" and "darba" are "darb…"
UNKNOWN = 0.7  # of the rarest word, what a word tells that nobody has
MOST_REMEMBERED = 16_384

K = TypeVar("K", bound=Hashable)


class TellingWords(Generic[K]):
    """The words of phrases and of examples, with those who have them."""

    def __init__(self, phrases: Iterable[tuple[str, K]], examples: Iterable[tuple[str, K]]) -> None:
        """Take phrases (`phrase_index`) and whole messages, each with its owner."""
        self._stems: dict[str, set[K]] = defaultdict(set)
        self._heads: dict[str, set[K]] = defaultdict(set)
        everybody: set[K] = set()
        for phrase, owner in phrases:
            everybody.add(owner)
            for word in words_of(phrase):
                if word.endswith("*"):
                    self._heads[word.rstrip("*")].add(owner)
                else:
                    self._stems[word[:STEM]].add(owner)
        for example, owner in examples:
            everybody.add(owner)
            for word in TOKEN.findall(clean_text(example)):
                self._stems[(normalize(word) or word)[:STEM]].add(owner)
        self._everybody = len(everybody)
        self._owners_of = lru_cache(maxsize=MOST_REMEMBERED)(self._find_owners)

    def owners(self, token: Token) -> frozenset[K]:
        """Return those who have a word of a message, in any of its spellings."""
        found: frozenset[K] = frozenset()
        for spelling in (*token.spellings, *token.corrected):
            found |= self._owners_of(spelling)
        return found

    def rarity(self, token: Token) -> float:
        """Return how telling a word is, from about 0 for one that everybody has."""
        count = len(self.owners(token))
        if count == 0:
            return UNKNOWN * log(self._everybody + 1)
        return log((self._everybody + 1) / count)

    def overlap(self, text: TokenizedText) -> dict[K, float]:
        """Return for each who has words of a message what part of what it tells they have, up to 1."""
        shared: dict[K, float] = defaultdict(float)
        told = 0.0
        for token in text.tokens:
            rarity = self.rarity(token)
            told += rarity
            for owner in self.owners(token):
                shared[owner] += rarity
        return {owner: part / told for owner, part in shared.items()} if told else {}

    def about(self, text: TokenizedText) -> frozenset[K]:
        """Return those who have the most telling word of a message: what it is about."""
        most = max(text.tokens, key=self.rarity, default=None)
        return frozenset() if most is None else self.owners(most)

    def strangeness(self, text: TokenizedText) -> float:
        """Return what part of what a message tells is told by words that nobody has, from 0 to 1."""
        told = {place: self.rarity(token) for place, token in enumerate(text.tokens)}
        total = sum(told.values())
        strange = sum(told[place] for place, one in enumerate(text.tokens) if not self.owners(one))
        return strange / total if total else 0.0

    def _find_owners(self, word: str) -> frozenset[K]:
        found = set(self._stems.get(word[:STEM], ()))
        for length in range(SHORTEST_HEAD, len(word) + 1):
            found |= self._heads.get(word[:length], set())
        return frozenset(found)
