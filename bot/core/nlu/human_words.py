"""Whether a message asks for a human, in any words.

Not phrases but frames: parts of a sentence, each a list of words in all languages, that stand near
each other in any order ("gribu" … "ar cilvēku" … "parunāt"). One new word in a part widens every
frame that uses it. What only looks like a part ("strādāt ar cilvēkiem") is passed over.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.nlu.phrase_index import Mention, PhraseIndex
from bot.core.nlu.phrase_text import PhraseText
from bot.core.nlu.tokens import TokenizedText

MOST_WORDS_READ = (
    40  # words that are read, the last ones: people tell a story first and ask at its end
)
WIDEST_FRAME = 8  # words that a frame spans, where it says nothing else


class HumanFrame(Frozen):
    """Parts that must stand in one sentence, in any order.

    within: how many words they span at most. longest: how many words the message may have.
    """

    parts: tuple[str, ...] = Field(min_length=1)
    within: int = WIDEST_FRAME
    longest: int = MOST_WORDS_READ


class HumanWords(Frozen):
    """How people ask for a human.

    parts: the words of each part, by language. passed_over: phrases within which no part counts.
    must, must_not: messages that ask for a human, and that do not; they are tried by the check.
    """

    parts: dict[str, dict[Language, tuple[PhraseText, ...]]]
    frames: tuple[HumanFrame, ...]
    passed_over: dict[Language, tuple[PhraseText, ...]]
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    @property
    def phrases(self) -> Iterator[str]:
        """Return every phrase, for the vocabulary."""
        for lists in (*self.parts.values(), self.passed_over):
            for phrases in lists.values():
                yield from phrases


class HumanReading(NamedTuple):
    """Whether a human is asked for, and the evidence, in words."""

    heard: bool
    why: str = ""


class HumanReader:
    """Reads messages as asking for a human."""

    def __init__(self, words: HumanWords) -> None:
        self._frames = words.frames
        self._parts = PhraseIndex(
            (phrase, part)
            for part, languages in words.parts.items()
            for phrases in languages.values()
            for phrase in phrases
        )
        self._passed_over = PhraseIndex(
            (phrase, None) for phrases in words.passed_over.values() for phrase in phrases
        )

    def read(self, text: TokenizedText) -> HumanReading:
        """Return whether a message asks for a human."""
        if len(text.tokens) > MOST_WORDS_READ:
            text = replace(text, tokens=text.tokens[-MOST_WORDS_READ:])
        parts = self._parts_found(text)
        for frame in self._frames:
            if len(text.tokens) > frame.longest:
                continue
            span = _span(frame, parts, text)
            if span is not None:
                words = " ".join(text.words[slice(*span)])
                return HumanReading(heard=True, why=f"{' + '.join(frame.parts)}: „{words}”")
        return HumanReading(heard=False)

    def _parts_found(self, text: TokenizedText) -> Mapping[str, Sequence[Mention[str]]]:
        """Return where each part stands, but for what stands within words that are passed over."""
        over = self._passed_over.find(text)
        found: dict[str, list[Mention[str]]] = defaultdict(list)
        for mention in self._parts.find(text):
            within = any(one.start <= mention.start and mention.end <= one.end for one in over)
            if not within:
                found[mention.owner].append(mention)
        return found


def _span(
    frame: HumanFrame, parts: Mapping[str, Sequence[Mention[str]]], text: TokenizedText
) -> tuple[int, int] | None:
    """Return from where to where a frame's parts stand, or None where one of them is missing."""
    places = [parts.get(part, ()) for part in frame.parts]
    for mentions in product(*places):
        start = min(mention.start for mention in mentions)
        end = max(mention.end for mention in mentions)
        if end - start <= frame.within and text.same_sentence(start, end):
            return start, end
    return None
