"""All words that the phrases of the content are made of, and the slips by which they are typed."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.core.nlu.normalize import SLIP_FROM

SHORTEST_HEAD = 3  # letters of a beginning ("mac*") by which a word counts as known
MOST_CORRECTIONS = 2  # more would mean that nothing is known of the word
MOST_REMEMBERED = 16_384
NEGATION = "ne"  # a slip may not bring it or take it away: it turns the sense round


class KnownWords:
    """Words, and beginnings of words ("strād*" is the beginning "strad"), folded."""

    def __init__(self, words: Iterable[str]) -> None:
        exact: set[str] = set()
        heads: set[str] = set()
        for word in words:
            (heads if word.endswith("*") else exact).add(word.rstrip("*"))
        self._exact = frozenset(exact)
        self._heads = frozenset(heads)
        self._by_first: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for known in sorted(exact | heads):
            if len(known) >= SLIP_FROM:
                self._by_first[known[0]].append((known, known in heads))
        self.corrections = lru_cache(maxsize=MOST_REMEMBERED)(self._corrections)

    def knows(self, word: str) -> bool:
        """Return whether a folded word is one of them, or begins as one."""
        if word in self._exact or word in self._heads:
            return True
        return any(word[:length] in self._heads for length in range(SHORTEST_HEAD, len(word)))

    def _corrections(self, word: str) -> tuple[str, ...]:
        """Return the words that may have been meant by one with a slip, at most two.

        Only long words are corrected, never their first letter, and never into or out of a negation.
        """
        if len(word) < SLIP_FROM or not word.isalpha():
            return ()
        found: list[str] = []
        for known, is_head in self._by_first[word[0]]:
            # of a beginning only the beginning is compared; the ending stays as it was typed
            typed = word[: len(known)] if is_head else word
            if abs(len(typed) - len(known)) > 1 or typed == known:
                continue
            if word.startswith(NEGATION) != known.startswith(NEGATION):
                continue
            if DamerauLevenshtein.distance(typed, known, score_cutoff=1) <= 1:
                found.append(known + word[len(known) :] if is_head else known)
        return tuple(dict.fromkeys(found)) if len(found) <= MOST_CORRECTIONS else ()
