"""Hears words of distress and of leaving school, in every language; fixed patterns, no judgement."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.nlu.normalize import SLIP_FROM, normalize, spelling_variants

SENTENCE = re.compile(r"[.!?…;\n\r,]+")
WIDEST_GAP = 2  # words that a `_` stands for at most
PIECE_LENGTH = 4000  # characters looked at together; a longer text is heard piece by piece


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other; each is a set of choices, "_" is a gap."""

    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Terms that must all stand in one sentence; `end` ties the last to its end."""

    terms: tuple[Term, ...]
    end: bool
    whole: bool
    keys: frozenset[str]

    @property
    def first(self) -> tuple[str, ...]:
        """Return the choices for the first word."""
        return self.terms[0].words[0]


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
        """Return by a word the patterns it may begin; they are few, and a text has many words."""

        def found(word: str) -> tuple[Pattern, ...]:
            return tuple(one for one in self.compiled if _any_same(one.first, word))

        return lru_cache(maxsize=65536)(found)


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
    return any(
        _pattern_matches(pattern, words, whole)
        for words, whole in _sentences(text)
        for word in set(words)
        for pattern in patterns.starting_with(word)
    )


def has_quiet_word(patterns: DistressPatterns, text: str) -> bool:
    """Return whether a message holds a word that calls for the helpline's number beside it."""
    return not patterns.quiet_words.isdisjoint(normalize(text[:PIECE_LENGTH]).split())


def _sentences(text: str) -> Iterator[tuple[list[str], bool]]:
    parts = SENTENCE.split(text)
    single = [part for part in parts if part.strip()]
    seen: set[str] = set()
    for part in (*single, *([" ".join(single)] if 1 < len(single) <= WIDEST_GAP + 1 else [])):
        for start in range(0, len(part), PIECE_LENGTH):
            for key in spelling_variants(part[start : start + PIECE_LENGTH])[:2]:
                if key not in seen:
                    seen.add(key)
                    yield key.split(), len(single) == 1 and len(text) <= PIECE_LENGTH


def _compiled(line: str) -> Pattern:
    whole = line.startswith("=")
    end = line.endswith("$")
    terms = tuple(
        Term(tuple(tuple(_choice(part) for part in word.split("|")) for word in term.split()))
        for term in line.strip("=$").split("&")
    )
    plain = frozenset(part for term in terms for word in term.words for part in word)
    return Pattern(terms, end, whole, plain)


def _choice(part: str) -> str:
    return "*".join(normalize(piece) for piece in part.split("*")) if part != "_" else part


def _pattern_matches(pattern: Pattern, words: list[str], whole: bool) -> bool:  # noqa: FBT001 - of the sentence
    if pattern.whole:
        return whole and _ends_from(pattern.terms[0].words, words, 0) == {len(words)}
    if len(pattern.terms) == 1:
        ends = _term_ends(pattern.terms[0], words)
        return (len(words) in ends) if pattern.end else bool(ends)
    found = [_term_ends(term, words) for term in pattern.terms]
    if not all(found):
        return False
    return not pattern.end or len(words) in found[-1]


def _term_ends(term: Term, words: list[str]) -> set[int]:
    """Find where in the words a term ends, from every place it may begin."""
    first = term.words[0]
    return {
        end
        for start, word in enumerate(words)
        if _any_same(first, word)
        for end in _ends_from(term.words, words, start)
    }


def _ends_from(term: tuple[tuple[str, ...], ...], words: list[str], start: int) -> set[int]:
    ends = {start}
    for choices in term:
        if choices == ("_",):
            ends = {end + gap for end in ends for gap in range(WIDEST_GAP + 1)}
        else:
            ends = {end + 1 for end in ends if end < len(words) and _any_same(choices, words[end])}
    return {end for end in ends if end <= len(words)}


def _any_same(choices: tuple[str, ...], word: str) -> bool:
    return any(_same(choice, word) for choice in choices)


def _same(choice: str, word: str) -> bool:
    if "*" in choice:
        head, _, tail = choice.partition("*")
        if word.startswith(head) and word.endswith(tail):
            return True
        long = len(head) >= SLIP_FROM and not tail
        return long and DamerauLevenshtein.distance(head, word[: len(head)], score_cutoff=1) <= 1
    if choice == word:
        return True
    return (
        len(choice) >= SLIP_FROM
        and abs(len(choice) - len(word)) <= 1
        and DamerauLevenshtein.distance(choice, word, score_cutoff=1) <= 1
    )
