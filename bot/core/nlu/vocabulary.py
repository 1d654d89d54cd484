"""All words that the phrases of the content are made of, and the slips by which they are typed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

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
        # the long ones, by first letter and length: what a word may have been meant for
        self._long_words: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._long_heads: dict[tuple[str, int], list[str]] = defaultdict(list)
        for known in sorted(exact | heads):
            if len(known) >= SLIP_FROM:
                table = self._long_heads if known in heads else self._long_words
                table[known[0], len(known)].append(known)
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
        for length in range(len(word) - 1, len(word) + 2):
            found += _one_slip_away(word, self._long_words.get((word[0], length), ()))
        for length in range(SLIP_FROM, len(word) + 2):
            # of a beginning only the beginning is compared; the ending stays as it was typed
            heads = self._long_heads.get((word[0], length), ())
            found += (known + word[length:] for known in _one_slip_away(word[:length], heads))
        found = [
            known for known in found if word.startswith(NEGATION) == known.startswith(NEGATION)
        ]
        return tuple(dict.fromkeys(found)) if len(found) <= MOST_CORRECTIONS else ()


def _one_slip_away(typed: str, words: Sequence[str]) -> Iterator[str]:
    """Return those of some words that differ by just one letter, or two that changed places."""
    if not words:
        return iter(())
    near = process.extract(typed, words, scorer=OSA.distance, score_cutoff=1, limit=None)
    return (known for known, distance, _ in near if distance)
