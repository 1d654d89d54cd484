"""Hears words of distress and of leaving school, in every language; fixed patterns, no judgement."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.nlu.normalize import SLIP_FROM, normalize, spelling_variants

SENTENCE_END = re.compile(r"[.!?…;\n\r,]+")
WIDEST_GAP = 2  # words that a `_` stands for at most
MOST_PARTS_JOINED = WIDEST_GAP + 1  # parts of a text that are also read as one sentence
PIECE_LENGTH = 4000  # characters looked at together; a longer text is heard piece by piece
MOST_REMEMBERED_WORDS = 65536  # whose patterns are remembered; a few MB

# A word of a pattern is a set of choices: a word, the beginning and end of one ("slikt*"), or a gap.
Choices = tuple[str, ...]
GAP: Choices = ("_",)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other: "mest|pamest _ skolu" is two words with a gap between."""

    words: tuple[Choices, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Terms that must all stand in one sentence, in any order."""

    terms: tuple[Term, ...]
    end: bool  # the last term stands at the end of the sentence ("$")
    whole: bool  # the first term is all that is said ("=")

    @property
    def first(self) -> Choices:
        """Return the choices for the first word."""
        return self.terms[0].words[0]


class Sentence(NamedTuple):
    """The folded words of a sentence, and whether the sentence is the whole message."""

    words: list[str]
    is_all: bool


class TriggerPhrases(Frozen):
    """What is heard at any step, and what must not be."""

    patterns: dict[str, tuple[str, ...]]
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    @cached_property
    def compiled(self) -> tuple[Pattern, ...]:
        """Return the patterns as they are matched."""
        return tuple(_compiled(line) for lines in self.patterns.values() for line in lines)

    @cached_property
    def starting_with(self) -> Callable[[str], tuple[Pattern, ...]]:
        """Return a function from a word to the patterns it may begin.

        They are few, and a text has many words, so what was found is remembered.
        """

        def patterns_of(word: str) -> tuple[Pattern, ...]:
            return tuple(pattern for pattern in self.compiled if _any_same(pattern.first, word))

        return lru_cache(maxsize=MOST_REMEMBERED_WORDS)(patterns_of)


class DistressPatterns(TriggerPhrases):
    """Words of distress and the fixed answer; quiet: words that call for no more than a pointer."""

    quiet: tuple[str, ...]
    text: Text
    pointer: Text
    source: str

    @cached_property
    def quiet_words(self) -> frozenset[str]:
        """Return the quiet words, folded."""
        return frozenset(normalize(word) for word in self.quiet)


class LeavingPatterns(TriggerPhrases):
    """Words of leaving school; flow: what is talked of then, before going on."""

    flow: str


def matches(patterns: TriggerPhrases, text: str) -> bool:
    """Return whether a message holds words that are to be heeded."""
    for sentence in _sentences(text):
        for word in set(sentence.words):
            for pattern in patterns.starting_with(word):
                if _pattern_matches(pattern, sentence):
                    return True
    return False


def has_quiet_word(patterns: DistressPatterns, text: str) -> bool:
    """Return whether a message holds a word that calls for the helpline's number beside it."""
    return not patterns.quiet_words.isdisjoint(normalize(text[:PIECE_LENGTH]).split())


def _sentences(text: str) -> Iterator[Sentence]:
    """Return each sentence of a text in each spelling, and a short text also as one sentence."""
    parts = [part for part in SENTENCE_END.split(text) if part.strip()]
    # "gribu. pamest. skolu" is one sentence with a mark after every word
    joined = [" ".join(parts)] if 1 < len(parts) <= MOST_PARTS_JOINED else []
    is_all = len(parts) == 1 and len(text) <= PIECE_LENGTH
    seen: set[str] = set()
    for part in (*parts, *joined):
        for start in range(0, len(part), PIECE_LENGTH):
            piece = part[start : start + PIECE_LENGTH]
            # as it stands and in old chat spelling; the others would read one language as another
            for spelling in spelling_variants(piece)[:2]:
                if spelling not in seen:
                    seen.add(spelling)
                    yield Sentence(spelling.split(), is_all)


def _compiled(line: str) -> Pattern:
    """Return the pattern of a line such as "mest|pamest _ skolu" or "gribu & skolu$"."""
    terms = tuple(_term(part) for part in line.strip("=$").split("&"))
    return Pattern(terms, end=line.endswith("$"), whole=line.startswith("="))


def _term(text: str) -> Term:
    return Term(tuple(_choices(word) for word in text.split()))


def _choices(word: str) -> Choices:
    return tuple(_folded(choice) for choice in word.split("|"))


def _folded(choice: str) -> str:
    """Return a choice folded, but for the marks "*" and "_", which folding would take away."""
    if choice == "_":
        return choice
    return "*".join(normalize(piece) for piece in choice.split("*"))


def _pattern_matches(pattern: Pattern, sentence: Sentence) -> bool:
    words = sentence.words
    if pattern.whole:
        return sentence.is_all and _ends_from(pattern.terms[0], words, 0) == {len(words)}
    ends: set[int] = set()
    for term in pattern.terms:
        ends = _term_ends(term, words)
        if not ends:
            return False
    return not pattern.end or len(words) in ends  # of the last term


def _term_ends(term: Term, words: list[str]) -> set[int]:
    """Return the places in the words where a term ends, from every place it may begin.

    A place is the number of words before it.
    """
    first = term.words[0]
    ends: set[int] = set()
    for start, word in enumerate(words):
        if _any_same(first, word):
            ends |= _ends_from(term, words, start)
    return ends


def _ends_from(term: Term, words: list[str], start: int) -> set[int]:
    """Return the places where a term that begins at one place may end; several if it has gaps."""
    ends = {start}
    for choices in term.words:
        if choices == GAP:
            ends = {end + gap for end in ends for gap in range(WIDEST_GAP + 1)}
        else:
            ends = {end + 1 for end in ends if end < len(words) and _any_same(choices, words[end])}
    return {end for end in ends if end <= len(words)}


def _any_same(choices: Choices, word: str) -> bool:
    return any(_same(choice, word) for choice in choices)


def _same(choice: str, word: str) -> bool:
    """Return whether a word is one of a pattern's; in a long one, one slip is forgiven."""
    if "*" in choice:
        head, _, tail = choice.partition("*")
        if word.startswith(head) and word.endswith(tail):
            return True
        if tail or len(head) < SLIP_FROM:
            return False
        return DamerauLevenshtein.distance(head, word[: len(head)], score_cutoff=1) <= 1
    if choice == word:
        return True
    return (
        len(choice) >= SLIP_FROM
        and abs(len(choice) - len(word)) <= 1
        and DamerauLevenshtein.distance(choice, word, score_cutoff=1) <= 1
    )
