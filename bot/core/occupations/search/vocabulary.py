"""The stems of all names by number: how much each tells, and which mean the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain, islice
from math import log, sqrt
from operator import itemgetter

from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.spelling import SpellingIndex, StemKey
from bot.core.occupations.search.stemming import SCRIPTS, Script, kinds, stem
from bot.core.occupations.search.thesaurus import SynonymGroup

# The numbers, and why each is there. All were set by trial on the even half of ESCO's occupations
# and are measured on the other half by `tests/bench/search.py`; none follows from a theory.

# What was said is a stem for sure if it is so like it; only then do synonyms of the stem count,
# for a synonym of a doubtful word would be a guess on a guess.
LIKENESS_TO_BE_SURE = 0.6
# Stems looked at for one word, the most alike first; further ones are no longer sure.
MOST_SURE_STEMS = 5
# A synonym is worth less than the word itself, so that the word wins where both are found.
SYNONYM_WORTH = 0.85
# Stems that one stem is related to, the closest first; it bounds memory and time.
MOST_RELATED_STEMS = 20
# Below this share (1: the two never stand apart) stems came together by chance.
LEAST_RELATED_SHARE = 0.005
# A word that no name has tells nearly as much as the rarest: it may well be what matters.
UNSEEN_WORD_SHARE = 0.7

# What follows is of the languages, not set by trial.

# The parts of a compound have so many letters at least; shorter ones are endings and prefixes.
SHORTEST_FIRST_PART, SHORTEST_LAST_PART = 3, 4
# Who does it and what is done, in Latvian: metinātājs, metināšana (welder, welding), as stems.
DOER_ENDING, DOING_ENDING = "taj", "san"
# Vowels that may join the two parts and belong to neither, as in тепл-о-воз.
JOINING_VOWELS = {"cyrillic": "оеє"}

Member = tuple[int, ...]  # the stems of a word or phrase that stands for others
NameStems = Sequence[int]  # the stems of a name, in order
EntryStems = Sequence[NameStems]  # of all names of an entry


class Vocabulary:
    """Stems by number, and meanings by number below zero.

    A meaning is what several words or phrases stand for: mūrnieks, bricklayer, муляр. Names are
    taken in with `number` and synonyms with `relate`; `finish` weighs them all.
    """

    def __init__(self) -> None:
        self.numbers: dict[StemKey, int] = {}
        self.telling: list[float] = []  # by stem: how much it tells, the rarer the more
        self.related: dict[int, list[tuple[int, float]]] = {}  # by stem: others, how closely
        self._unseen = 1.0  # how much a stem tells that no name has
        # by the first stem of a member: the member, and what it means
        self._members: defaultdict[int, list[tuple[Member, int]]] = defaultdict(list)
        self._meanings = 0
        self._first_parts: set[int] = set()  # stems that stand before others in a name
        self._last_parts: set[int] = set()  # stems that end a name
        self._spelling = SpellingIndex({})

    def number(self, word: str, kind: Script) -> int:
        """Return the number of a word's stem, a new one if the stem is new."""
        return self.numbers.setdefault((kind, stem(word, kind)), len(self.numbers))

    def relate(self, groups: Iterable[SynonymGroup], asking: QueryWords) -> None:
        """Take in words that stand for one another."""
        for meaning in chain.from_iterable(group.meanings() for group in groups):
            members: list[Member] = []
            for language, text in meaning:
                words = asking.words_of_name(text)
                members.append(tuple(self.number(word, SCRIPTS[language]) for word in words))
            self._stand_together(members)
            for member in members:
                self._note_parts(member)

    def _stand_together(self, members: Iterable[Member]) -> None:
        """Make a new meaning of words and phrases; its number is below zero, as no stem's is."""
        self._meanings += 1
        for member in dict.fromkeys(members):
            self._members[member[0]].append((member, -self._meanings))

    def _note_parts(self, stems: NameStems) -> None:
        """Note which stems stand before others in a name, and which end one."""
        self._first_parts.update(stems[:-1] or stems)  # a name of one word may begin a compound
        self._last_parts.update(stems[-1:])

    def finish(self, entries: Sequence[EntryStems]) -> None:
        """Weigh the stems, once every name of every entry is known."""
        for names in entries:
            for stems in names:
                self._note_parts(stems)
        self._relate_compounds()
        self._relate_doers()
        entries_with = Counter(chain.from_iterable(map(_all_stems, entries)))
        self._unseen = log(1 + len(entries))
        self.telling = [
            log(1 + len(entries) / (entries_with[number] or 1))  # a synonym stands in no entry
            for number in range(len(self.numbers))
        ]
        self._spelling = SpellingIndex(self.numbers)
        self.related = _relate_stems(entries, entries_with)

    def _relate_compounds(self) -> None:
        """Let each compound stand for its parts, and they for it: zobārsts, zobu ārsts."""
        for (kind, short), number in self.numbers.items():
            parts = self._split(short, kind)
            if parts:
                self._stand_together([(number,), parts])

    def _relate_doers(self) -> None:
        """Let who does it stand for what is done, and the other way round."""
        for (kind, short), number in self.numbers.items():
            if not short.endswith(DOER_ENDING):
                continue
            doing = self.numbers.get((kind, short.removesuffix(DOER_ENDING) + DOING_ENDING))
            if doing is not None:
                self._stand_together([(number,), (doing,)])

    def _split(self, short: str, kind: Script) -> Member:
        """Return the two stems of a compound, or nothing.

        Both are known from names: the first stands before other words, the last ends a name.
        """
        for cut in range(SHORTEST_FIRST_PART, len(short) - SHORTEST_LAST_PART + 1):
            last = self.numbers.get((kind, short[cut:]))
            if last not in self._last_parts:
                continue
            for part in _without_joining_vowel(short[:cut], kind):
                first = self.numbers.get((kind, stem(part, kind)))
                if first in self._first_parts and len(part) >= SHORTEST_FIRST_PART:
                    return (first, last)
        return ()

    def apart(self, word: str) -> list[str]:
        """Return the two stems of a compound that no name has but whose parts names have.

        Any other word is returned whole.
        """
        for kind in kinds(word):
            if (kind, stem(word, kind)) in self.numbers:
                return [word]
        for kind in kinds(word):
            parts = self._split(stem(word, kind), kind)
            if parts:
                return [self._spelling.stem_of(number) for number in parts]
        return [word]

    def stood_for(self, stems: NameStems) -> dict[int, Member]:
        """Return the meanings that words and phrases of a name have, and the stems of each."""
        in_name = set(stems)
        return {
            meaning: member
            for number in in_name
            for member, meaning in self._members.get(number, ())
            if in_name.issuperset(member)
        }

    def near(self, word: str) -> Mapping[int, float]:
        """Return the stems written like a word with their likeness, 0 to 1, the most alike first."""
        return self._spelling.like(word)

    def meanings(self, near: Sequence[Mapping[int, float]]) -> list[dict[int, float]]:
        """Return, for each word of a query, the meanings it has part in, and how surely.

        near: for each word, the stems it is like, the most alike first.
        """
        sure = _sure_stems(near)
        by_word: list[dict[int, float]] = [{} for _ in near]
        for number in sure:
            for member, meaning in self._members.get(number, ()):
                said = [sure[part] for part in member if part in sure]
                if len(said) < len(member):
                    continue  # a phrase counts only if it was said whole
                worth = SYNONYM_WORTH * min(likeness for likeness, _ in said)
                for _, place in said:
                    word = by_word[place]
                    word[meaning] = max(word.get(meaning, 0.0), worth)
        return by_word

    def meant(self, near: Mapping[int, float]) -> dict[int, float]:
        """Return the stems a word is like, and those related to the ones it is surely like.

        near: the stems it is like, the most alike first.
        """
        # to the power of 1.5: half as like is worth about a third, not a half
        meant = {number: likeness * sqrt(likeness) for number, likeness in near.items()}
        for number, likeness in _sure(near):
            for other, closeness in self.related.get(number, ()):
                meant[other] = max(meant.get(other, 0.0), likeness * closeness)
        return meant

    def weigh(self, near: Mapping[int, float]) -> float:
        """Return how much a word of a query tells, by the stem it is most like.

        The less it is like that stem, the more it counts as a word that no name has.
        """
        unseen = self._unseen * UNSEEN_WORD_SHARE
        if not near:
            return unseen
        number, likeness = max(near.items(), key=itemgetter(1))
        return likeness * self.telling[number] + (1 - likeness) * unseen


def _without_joining_vowel(part: str, kind: Script) -> tuple[str, ...]:
    """Return the first part of a compound as it stands, and without the vowel that may join it."""
    if part[-1] in JOINING_VOWELS.get(kind, ""):
        return (part, part[:-1])
    return (part,)


def _sure(near: Mapping[int, float]) -> Iterator[tuple[int, float]]:
    """Return the stems that a word is for sure, and how like them it is."""
    for number, likeness in islice(near.items(), MOST_SURE_STEMS):
        if likeness >= LIKENESS_TO_BE_SURE:
            yield number, likeness


def _sure_stems(near: Sequence[Mapping[int, float]]) -> dict[int, tuple[float, int]]:
    """Return the stems a query says for sure, how like them, and the place of the word most like."""
    sure: dict[int, tuple[float, int]] = {}
    for place, stems in enumerate(near):
        for number, likeness in _sure(stems):
            if number not in sure or likeness >= sure[number][0]:
                sure[number] = (likeness, place)
    return sure


def _all_stems(names: Iterable[NameStems]) -> dict[int, None]:
    """Return the stems of several names, each once, in the order they first stand in."""
    return dict.fromkeys(chain.from_iterable(names))


def _relate_stems(
    entries: Sequence[EntryStems], entries_with: Mapping[int, int]
) -> dict[int, list[tuple[int, float]]]:
    """Relate stems that stand for one another: one in a name, one in another of the same entry.

    entries_with: how many entries have a stem in any name.
    """
    # by stem: in how many entries another stem stands in a name that has not this one
    together: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for names in entries:
        for number in _all_stems(names):
            others = _all_stems(name for name in names if number not in name)
            together[number].update(list(others))  # a list is counted, a dictionary would be added
    return {number: _closest(number, others, entries_with) for number, others in together.items()}


def _closest(
    number: int, others: Mapping[int, int], entries_with: Mapping[int, int]
) -> list[tuple[int, float]]:
    """Return the stems most related to one, and how closely, 0 to 1."""
    shares = []
    for other, both in others.items():
        if other != number:
            # 1 where neither stands without the other; less where that was seen but once or twice
            share = both * both / (entries_with[number] * entries_with[other]) * both / (both + 1)
            shares.append((other, share))
    best = nlargest(MOST_RELATED_STEMS, shares, key=itemgetter(1))
    return [(other, sqrt(share)) for other, share in best if share > LEAST_RELATED_SHARE]
