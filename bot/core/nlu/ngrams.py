"""How alike a message is to examples, by the runs of letters they share.

Words of a language with many endings are rarely typed as they were written down; runs of two to
four letters are. A run that few examples hold tells more than a common one (TF-IDF), and the measure
is the cosine, from 0 to 1.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import Generic, NamedTuple, TypeVar

from bot.core.nlu.clean_text import clean_text
from bot.core.nlu.normalize import CHAT_SPELLING, normalize
from bot.core.nlu.tokens import TOKEN, TokenizedText

SHORTEST_RUN, LONGEST_RUN = 2, 4  # letters
# a run that more than this part of the examples hold tells next to nothing, and costs the most time
MOST_COMMON = 0.03
LONGEST_COMPARED = 100  # characters of a sentence; the examples are shorter by far
MOST_SENTENCES = 5  # that are compared, the last ones: people tell a story first and ask at its end

K = TypeVar("K", bound=Hashable)


class Likeness(NamedTuple):
    """How alike the nearest example is, from 0 to 1, and that example."""

    score: float
    example: str


class NgramIndex(Generic[K]):
    """Examples of many owners, by the runs of letters they hold."""

    def __init__(self, examples: Iterable[tuple[str, K]]) -> None:
        """Take examples as they are typed, each with its owner."""
        self._examples = list(examples)
        runs = [_runs(_comparable(TOKEN.findall(clean_text(text)))) for text, _ in self._examples]
        holders = Counter(chain.from_iterable(runs))
        count = max(2, len(runs))
        common = max(2.0, MOST_COMMON * count)
        # by run: the square of its weight, and the places of the examples that hold it
        self._squares = {
            run: log(count / number) ** 2 if number <= common else 0.0
            for run, number in holders.items()
        }
        self._rarest = log(count) ** 2  # of a run that no example holds
        self._lengths = [self._length(found) for found in runs]
        self._holding: dict[str, list[int]] = {
            run: [] for run, square in self._squares.items() if square
        }
        for place, found in enumerate(runs):
            for run in self._holding.keys() & found:
                self._holding[run].append(place)

    def likenesses(self, text: TokenizedText) -> dict[K, Likeness]:
        """Return for each owner how alike the nearest of its examples is to a sentence of a message."""
        found: dict[K, Likeness] = {}
        for sentence in _sentences(text):
            for owner, likeness in self._of(sentence).items():
                if owner not in found or found[owner].score < likeness.score:
                    found[owner] = likeness
        return found

    def _of(self, sentence: str) -> dict[K, Likeness]:
        runs = _runs(sentence)
        products: dict[int, float] = {}
        for run in self._holding.keys() & runs:
            square = self._squares[run]
            for place in self._holding[run]:
                products[place] = products.get(place, 0.0) + square
        length = self._length(runs)
        best: dict[K, Likeness] = {}
        for place, product in products.items():
            text, owner = self._examples[place]
            score = product / (length * self._lengths[place])
            if owner not in best or best[owner].score < score:
                best[owner] = Likeness(score, text)
        return best

    def _length(self, runs: Iterable[str]) -> float:
        """Return the length of a text as a vector, never 0."""
        return sqrt(sum(self._squares.get(run, self._rarest) for run in runs)) or 1.0


def _sentences(text: TokenizedText) -> list[str]:
    """Return the last sentences of a message, folded."""
    words: dict[int, list[str]] = defaultdict(list)
    for token in text.tokens:
        words[token.sentence].append(token.raw)
    last = list(words.values())[-MOST_SENTENCES:]
    return list(dict.fromkeys(_comparable(sentence) for sentence in last))


def _comparable(words: Iterable[str]) -> str:
    """Return words folded as they are compared: "Mācīties" and "maaciities" are alike."""
    return " ".join(map(_folded, words))[:LONGEST_COMPARED]


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    folded = normalize(word) or word
    for old, new in CHAT_SPELLING:
        folded = folded.replace(old, new)
    return folded


def _runs(text: str) -> frozenset[str]:
    """Return the runs of letters of a text, its beginning and end marked by a space."""
    marked = f" {text} "
    return frozenset(
        marked[start : start + length]
        for length in range(SHORTEST_RUN, LONGEST_RUN + 1)
        for start in range(len(marked) - length + 1)
    )
