"""A person's own set of courses, typed in own words, to stand beside those of a school."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Final

from bot.core.base.texts import Language
from bot.core.education.set_weighing import ComparedSet
from bot.core.nlu.phrase_index import PhraseIndex, longest
from bot.core.nlu.tokens import Token, TokenizedText

BETWEEN_COURSES: Final = re.compile(r"[,;\n\r+/&]|\s[-–—]\s")
MOST_UNREAD: Final = 6  # own words of one set that are shown

Tokenize = Callable[[str], TokenizedText]


def read_own_set(
    id_: str, words: str, names: PhraseIndex[str], tokenize: Tokenize, passed_over: Container[str]
) -> ComparedSet:
    """Return a set as somebody typed it; what names no course we know of stays as it was typed.

    names: what people call courses, with their ids. passed_over: folded words that name nothing.
    """
    courses: list[str] = []
    unread: list[str] = []
    for part in BETWEEN_COURSES.split(words):
        text = tokenize(part)
        mentions = longest(names.find(text))
        courses += (mention.owner for mention in mentions)
        covered = {at for one in mentions for at in range(one.start, one.end)}
        unread += _left(text.tokens, covered, passed_over)
    return ComparedSet(
        id=id_,
        courses=tuple(dict.fromkeys(courses)),
        unread=tuple(dict.fromkeys(unread))[:MOST_UNREAD],
        own=True,
    )


def passed_over_words(
    words: Mapping[Language, tuple[str, ...]], tokenize: Tokenize
) -> frozenset[str]:
    """Return words of every language folded, as the words of a message are."""
    return frozenset(
        token.word for said in words.values() for word in said for token in tokenize(word).tokens
    )


def _left(
    tokens: tuple[Token, ...], covered: Container[int], passed_over: Container[str]
) -> Iterator[str]:
    """Return what stands between the courses that were read, without words that name nothing."""
    run: list[Token] = []
    for at, token in enumerate(tokens):
        if at not in covered:
            run.append(token)
        elif run:
            yield from _named(run, passed_over)
            run = []
    yield from _named(run, passed_over)


def _named(run: list[Token], passed_over: Container[str]) -> Iterator[str]:
    telling = [at for at, token in enumerate(run) if token.word not in passed_over]
    if telling:
        yield " ".join(token.raw for token in run[telling[0] : telling[-1] + 1])
