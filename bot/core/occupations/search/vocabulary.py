"""The stems of all names: how much each tells, which are written alike, which mean the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import chain, islice
from math import log, sqrt
from operator import itemgetter

from rapidfuzz.distance import OSA

from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.stemming import KINDS, Kind, kinds, pieces, stem
from bot.core.occupations.search.thesaurus import SynonymGroup

COMMON = 16  # a run of letters in more than one stem of so many finds nothing
FEW = 40  # … unless it is in no more than so many
LIKE = 0.25  # likeness below which stems are strangers
MOST = 50  # stems looked at for one word
CLOSE = 20  # … of them, compared letter by letter
SLIPPED = 0.7  # likeness, letter by letter, from which slips are likely
MOST_SLIPS = 2
LONG = 5  # letters of a stem from which one slip hardly matters …
ONE_SLIP = 0.93  # … so like its stem it is
PARTLY = 0.7  # how much a part of a compound is made of being shorter
PART = 0.85  # the most a part can be like its whole
REMEMBERED = 2048  # words
RELATED = 20  # stems a stem is related to
KIN = 0.005  # how related at least
SURELY = 5  # stems like a word whose relations are looked at
SURE = 0.6  # how like a stem must be for its relations to count
SYNONYM = 0.85  # what a synonym is worth
FORE, REAR = 3, 4  # letters that the parts of a compound have at least
DOER, DOING = "taj", "san"  # metinātājs, metināšana
LINKS = {"cyrillic": "оеє"}  # vowels that may join them

Member = tuple[int, ...]  # the stems of a word or phrase that stands for others


class Vocabulary:
    """Stems by number."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[Kind, str], int] = {}
        self.telling: list[float] = []
        self.kin: dict[int, tuple[tuple[int, float], ...]] = {}
        self._posts: dict[tuple[Kind, str], list[tuple[int, float]]] = {}
        self._telling: dict[tuple[Kind, str], float] = {}
        self._sizes: list[float] = []
        self._stems: list[str] = []
        self._rare: dict[Kind, float] = {}
        self._unseen = 1.0
        self._nearby: dict[str, dict[int, float]] = {}  # as found before
        self._members: defaultdict[int, list[tuple[Member, int]]] = defaultdict(list)
        self._meanings = 0
        self._compounds: dict[int, Member] = {}
        self._fore: set[int] = set()
        self._rear: set[int] = set()

    def number(self, word: str, kind: Kind) -> int:
        """Take in a word of a name."""
        return self.numbers.setdefault((kind, stem(word, kind)), len(self.numbers))

    def relate(self, groups: Iterable[SynonymGroup], asking: QueryWords) -> None:
        """Take in words that stand for one another."""
        for meaning in chain.from_iterable(group.meanings() for group in groups):
            members = [
                tuple(self.number(word, KINDS[language]) for word in asking.spoken(text))
                for language, text in meaning
            ]
            self._stand_together(members)
            for member in members:
                self._know_parts(member)

    def _stand_together(self, members: Iterable[Member]) -> None:
        self._meanings += 1
        for member in dict.fromkeys(members):
            self._members[member[0]].append((member, -self._meanings))

    def _know_parts(self, numbers: Sequence[int]) -> None:
        """Note which stems stand before others in a name, and which end one."""
        self._fore.update(numbers[:-1] or numbers)
        self._rear.update(numbers[-1:])

    def finish(self, entries: Sequence[Sequence[Sequence[int]]]) -> None:
        """Weigh the stems, once every name of every entry is known."""
        within = Counter(one for names in entries for one in _all(names))
        self._unseen = log(1 + len(entries))
        for names in entries:
            for numbers in names:
                self._know_parts(numbers)
        self._compounds = {
            number: parts
            for (kind, short), number in self.numbers.items()
            if (parts := self._split(short, kind))
        }
        for number, parts in self._compounds.items():
            self._stand_together([(number,), parts])
        for (kind, short), number in list(self.numbers.items()):
            done = self.numbers.get((kind, short.removesuffix(DOER) + DOING))
            if short.endswith(DOER) and done is not None:
                self._stand_together([(number,), (done,)])
        self.telling = [
            log(1 + len(entries) / (within[at] or 1)) for at in range(len(self.numbers))
        ]
        self._stems = [short for _, short in self.numbers]
        runs = Counter((kind, run) for kind, short in self.numbers for run in pieces(short))
        among = Counter(kind for kind, _ in self.numbers)
        self._telling = {
            (kind, run): 0.0
            if count > max(FEW, among[kind] / COMMON)
            else log(1 + among[kind] / count)
            for (kind, run), count in runs.items()
        }
        self._rare = {kind: log(1 + count) for kind, count in among.items()}
        posts = defaultdict(list)
        for (kind, short), number in self.numbers.items():
            own, size = self._weights(short, kind)
            self._sizes.append(size)
            for run, weight in own.items():
                posts[kind, run].append((number, weight / size))
        self._posts = dict(posts)
        self.kin = _kin(entries, within)

    def _weights(self, short: str, kind: Kind) -> tuple[dict[str, float], float]:
        rare = self._rare.get(kind, 1.0)
        found = {run: self._telling.get((kind, run), rare) for run in pieces(short)}
        found = {run: weight for run, weight in found.items() if weight}
        return found, sqrt(sum(weight * weight for weight in found.values())) or 1.0

    def _split(self, short: str, kind: Kind) -> Member:
        """Take a compound apart, where both parts are known, one before others and one at the end."""
        for at in range(FORE, len(short) - REAR + 1):
            rear = self.numbers.get((kind, short[at:]))
            if rear not in self._rear:
                continue
            first = short[:at]
            joined = (first, first[:-1]) if first[-1] in LINKS.get(kind, "") else (first,)
            for one in joined:
                fore = self.numbers.get((kind, stem(one, kind)))
                if fore in self._fore and len(one) >= FORE:
                    return (fore, rear)
        return ()

    def apart(self, word: str) -> list[str]:
        """Take a word that no name has apart into two that names have, or leave it whole."""
        for kind in kinds(word):
            short = stem(word, kind)
            if (kind, short) in self.numbers:
                return [word]
        for kind in kinds(word):
            parts = self._split(stem(word, kind), kind)
            if parts:
                return [self._stems[number] for number in parts]
        return [word]

    def stood_for(self, numbers: Sequence[int]) -> dict[int, Member]:
        """Return the meanings that words and phrases of a name have, and the words of each."""
        here = set(numbers)
        return {
            meaning: member
            for number in here
            for member, meaning in self._members.get(number, ())
            if here.issuperset(member)
        }

    def meanings(self, near: Sequence[Mapping[int, float]]) -> list[dict[int, float]]:
        """Return the meanings of a query's words and phrases, word by word."""
        sure: dict[int, tuple[float, int]] = {}
        for at, words in enumerate(near):
            for number, like in islice(words.items(), SURELY):
                if like >= max(SURE, sure.get(number, (0.0, 0))[0]):
                    sure[number] = (like, at)
        found: list[dict[int, float]] = [{} for _ in near]
        for number in sure:
            for member, meaning in self._members.get(number, ()):
                places = [sure[one] for one in member if one in sure]
                if len(places) < len(member):
                    continue
                worth = SYNONYM * min(places)[0]
                for _, at in places:
                    found[at][meaning] = max(found[at].get(meaning, 0.0), worth)
        return found

    def near(self, word: str) -> Mapping[int, float]:
        """Find the stems written like a word, and how like they are, the most alike first."""
        if word not in self._nearby:
            found: dict[int, float] = {}
            for kind in kinds(word):
                found |= self._near(stem(word, kind), kind)
            if len(self._nearby) >= REMEMBERED:
                self._nearby = {}
            self._nearby[word] = dict(nlargest(MOST, found.items(), key=itemgetter(1)))
        return self._nearby[word]

    def _near(self, short: str, kind: Kind) -> dict[int, float]:
        weights, size = self._weights(short, kind)
        sums: defaultdict[int, float] = defaultdict(float)
        for run, weight in weights.items():
            for number, other in self._posts.get((kind, run), ()):
                sums[number] += weight * other
        best = nlargest(MOST, sums.items(), key=itemgetter(1))
        exact = self.numbers.get((kind, short))
        found = {} if exact is None else {exact: 1.0}
        for place, (number, total) in enumerate(best):
            like = total / size
            longer, shorter = max(size, self._sizes[number]), min(size, self._sizes[number])
            like = max(like, min(PART, like * (longer / shorter) ** PARTLY))
            if place < CLOSE and exact is None:
                like = max(like, _slip(short, self._stems[number]))
            if like >= LIKE and number != exact:
                found[number] = like
        return found

    def meant(self, near: Mapping[int, float]) -> dict[int, float]:
        """Add the stems that stand for the same things as the stems a word is surely like."""
        found = {number: like * sqrt(like) for number, like in near.items()}
        sure = [(number, like) for number, like in islice(near.items(), SURELY) if like >= SURE]
        for number, like in sure:
            for other, kin in self.kin.get(number, ()):
                found[other] = max(found.get(other, 0.0), like * kin)
        return found

    def weigh(self, near: Mapping[int, float]) -> float:
        """Tell how much a word of a query tells, by the stem it is most like."""
        rare = self._unseen * 0.7
        if not near:
            return rare
        number, like = max(near.items(), key=itemgetter(1))
        return like * self.telling[number] + (1 - like) * rare


def _slip(said: str, short: str) -> float:
    """Tell how like stems are, letter by letter, if one is likely a slip for the other."""
    slips = OSA.distance(said, short, score_cutoff=MOST_SLIPS)
    if slips > MOST_SLIPS:
        return 0.0
    if slips == 1 and len(said) >= LONG:
        return ONE_SLIP
    like = 1 - slips / max(len(said), len(short), 1)
    return like if like >= SLIPPED else 0.0


def _all(names: Iterable[Iterable[int]]) -> dict[int, None]:
    return dict.fromkeys(number for name in names for number in name)


def _together(names: Iterable[Sequence[int]], number: int) -> list[int]:
    return list(_all(name for name in names if number not in name))


def _kin(
    entries: Sequence[Sequence[Sequence[int]]], within: Mapping[int, int]
) -> dict[int, tuple[tuple[int, float], ...]]:
    """Relate stems that stand for one another: one in a name, one in another of the same entry."""
    together: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for names in entries:
        for number in _all(names):
            together[number].update(_together(names, number))
    kin = {}
    for number, others in together.items():
        shares = (
            (other, both * both / (within[number] * within[other]) * both / (both + 1))
            for other, both in others.items()
            if other != number
        )
        best = nlargest(RELATED, shares, key=itemgetter(1))
        kin[number] = tuple((other, sqrt(share)) for other, share in best if share > KIN)
    return kin
