"""The stems of all names by their letters: finds the stems that are written like a word.

Two stems are as alike as the cosine of the runs of letters in them, each run weighed by how rare
it is; a slip of the finger and a part of a compound are more alike than that says.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from heapq import nlargest
from itertools import chain
from math import log, sqrt
from operator import itemgetter

from rapidfuzz.distance import OSA

from bot.core.occupations.search.stemming import Script, kinds, pieces, stem

# The numbers, and why each is there. All were set by trial on the even half of ESCO's occupations
# and are measured on the other half by `tests/bench/search.py`; none follows from a theory.

# A run in more than one of 16 stems of its kind (an ending, say) tells next to nothing and is
# skipped, for its list of stems is long to look through …
COMMON_RUN_SHARE = 16
# … but in a small catalogue one of 16 is soon reached: a run in up to 40 stems is always looked at.
FEW_STEMS_WITH_RUN = 40
# Below this likeness two stems share a syllable by chance.
LEAST_LIKENESS = 0.25
# Stems with the most in common that are compared for one word; it bounds the work.
MOST_STEMS_LIKE_WORD = 50
# The first of those are also compared letter by letter, which is slower.
STEMS_COMPARED_BY_LETTER = 20
# A word with more slips than this is another word.
MOST_SLIPS = 2
# In a stem of five letters or more one slip hardly matters: it counts as nearly the stem itself.
LONG_STEM = 5
LIKENESS_AFTER_ONE_SLIP = 0.93
# In a shorter stem, or after two slips, this share of the letters must be right.
LEAST_LIKENESS_BY_LETTER = 0.7
# A part of a compound (zirgs, zirgkopis) is shorter than the whole, so the cosine is too strict: of
# the difference in length so much (an exponent) is made good …
PART_LENGTH_EXPONENT = 0.7
# … but a part is never as good as the word itself.
MOST_LIKENESS_OF_PART = 0.85
# Words whose stems are remembered, so that those of one query are looked up once; then from anew.
MOST_REMEMBERED_LIKENESSES = 2048

StemKey = tuple[Script, str]  # the kind of a stem, and the stem: ("lv", "zirg")
RunKey = tuple[Script, str]  # the same of a run of letters, for example ("lv", "^zi")


class SpellingIndex:
    """The stems by the runs of letters in them.

    numbers: the number of each stem, counted from 0 in the order of the mapping.
    """

    def __init__(self, numbers: Mapping[StemKey, int]) -> None:
        self._numbers = numbers
        self._stems = [short for _, short in numbers]
        stems_of_kind = Counter(kind for kind, _ in numbers)
        # what a run weighs that no stem has: more than any that some stem has
        self._unknown_run = {kind: log(1 + count) for kind, count in stems_of_kind.items()}
        self._run_weights = _weigh_runs(numbers, stems_of_kind)
        self._lengths: list[float] = []  # of each stem's vector
        self._stems_with: dict[RunKey, list[tuple[int, float]]] = {}
        self._add_stems()
        self._remembered: dict[str, dict[int, float]] = {}

    def _add_stems(self) -> None:
        """Note at each run the stems that have it, and its part of their vector of length 1."""
        stems_with: defaultdict[RunKey, list[tuple[int, float]]] = defaultdict(list)
        for (kind, short), number in self._numbers.items():
            vector, length = self._vector(short, kind)
            self._lengths.append(length)
            for run, weight in vector.items():
                stems_with[kind, run].append((number, weight / length))
        self._stems_with = dict(stems_with)

    def _vector(self, short: str, kind: Script) -> tuple[dict[str, float], float]:
        """Return what the runs of a stem weigh, and the length of that vector (1 if it is empty)."""
        unknown = self._unknown_run.get(kind, 1.0)
        vector = {}
        for run in pieces(short):
            weight = self._run_weights.get((kind, run), unknown)
            if weight:
                vector[run] = weight
        return vector, sqrt(sum(weight * weight for weight in vector.values())) or 1.0

    def stem_of(self, number: int) -> str:
        """Return the stem of a number."""
        return self._stems[number]

    def like(self, word: str) -> Mapping[int, float]:
        """Return the stems written like a word with their likeness, 0 to 1, the most alike first."""
        if word not in self._remembered:
            alike: dict[int, float] = {}
            # a word that names of one language have is no slip for one of another: "pavārs", "paver"
            known = [kind for kind in kinds(word) if (kind, stem(word, kind)) in self._numbers]
            for kind in known or kinds(word):
                alike |= self._like_stem(stem(word, kind), kind)
            if len(self._remembered) >= MOST_REMEMBERED_LIKENESSES:
                self._remembered = {}
            best = nlargest(MOST_STEMS_LIKE_WORD, alike.items(), key=itemgetter(1))
            self._remembered[word] = dict(best)
        return self._remembered[word]

    def _like_stem(self, short: str, kind: Script) -> dict[int, float]:
        """Return the stems of one kind that are like a stem; one that is the same comes first."""
        vector, length = self._vector(short, kind)
        products = self._products(vector, kind)
        same = self._numbers.get((kind, short))
        alike = {} if same is None else {same: 1.0}
        best = nlargest(MOST_STEMS_LIKE_WORD, products.items(), key=itemgetter(1))
        for rank, (number, product) in enumerate(best):
            cosine = product / length
            likeness = max(cosine, _likeness_of_part(cosine, length, self._lengths[number]))
            # a word that some name has is no slip for another
            if same is None and rank < STEMS_COMPARED_BY_LETTER:
                likeness = max(likeness, _likeness_by_letter(short, self._stems[number]))
            if likeness >= LEAST_LIKENESS and number != same:
                alike[number] = likeness
        return alike

    def _products(self, vector: Mapping[str, float], kind: Script) -> Mapping[int, float]:
        """Return the inner product of a vector with each stem that shares a run with it."""
        products: defaultdict[int, float] = defaultdict(float)
        for run, weight in vector.items():
            for number, part in self._stems_with.get((kind, run), ()):
                products[number] += weight * part
        return products


def _weigh_runs(
    numbers: Mapping[StemKey, int], stems_of_kind: Mapping[Script, int]
) -> dict[RunKey, float]:
    """Return what each run of letters weighs: the rarer the more, and nothing if it is common."""
    stems_with_run: Counter[RunKey] = Counter(
        chain.from_iterable(_runs(short, kind) for kind, short in numbers)
    )
    weights = {}
    for (kind, run), count in stems_with_run.items():
        stems = stems_of_kind[kind]
        common = count > max(FEW_STEMS_WITH_RUN, stems / COMMON_RUN_SHARE)
        weights[kind, run] = 0.0 if common else log(1 + stems / count)
    return weights


def _runs(short: str, kind: Script) -> list[RunKey]:
    return [(kind, run) for run in pieces(short)]


def _likeness_of_part(cosine: float, length: float, other_length: float) -> float:
    """Return how alike two stems are if the shorter is a part of the longer."""
    longer, shorter = max(length, other_length), min(length, other_length)
    made_good: float = (longer / shorter) ** PART_LENGTH_EXPONENT
    return min(MOST_LIKENESS_OF_PART, cosine * made_good)


def _likeness_by_letter(typed: str, short: str) -> float:
    """Return how alike two stems are if one is likely a slip for the other, else 0."""
    slips = OSA.distance(typed, short, score_cutoff=MOST_SLIPS)
    if slips > MOST_SLIPS:
        return 0.0
    if slips == 1 and len(typed) >= LONG_STEM:
        return LIKENESS_AFTER_ONE_SLIP
    likeness = 1 - slips / max(len(typed), len(short), 1)
    return likeness if likeness >= LEAST_LIKENESS_BY_LETTER else 0.0
