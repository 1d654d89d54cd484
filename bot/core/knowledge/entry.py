"""What people ask, and what is answered: a question in its own words, its answer, and where it is from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language, Pair, Text
from bot.core.flows.conditions import Condition, KnownValue, holds
from bot.core.flows.step_base import Id
from bot.core.nlu.normalize import normalize
from bot.core.nlu.phrase_text import PhraseText
from bot.core.nlu.tokens import TOKEN
from bot.core.nlu.wishes import spread

Known = Literal["yes", "partly", "no"]
Concepts = dict[str, dict[Language, tuple[PhraseText, ...]]]


class KnowledgeEntry(Frozen):
    """One question and its answer.

    topic: what it is about; several entries may share one. question: how it is said back.
    known: whether all of the answer is known, a part of it, or none; then the answer says who knows.
    answer: one sentence that answers. more: why, and how. sources: of what is stated, by id.
    checked, review: the day it was checked, and when to look again. human: whom to turn to.
    flow: where to go on; opens: at once, below the answer. card: a path told below it, whole.
    unless: of whom it is not the answer: then the next one goes first. asks: how people ask it, by language. concepts: groups of words that together
    mean this question; one group is enough.
    """

    topic: Id
    question: Text
    known: Known
    answer: Text
    more: Text | None = None
    sources: tuple[Id, ...] = ()
    checked: date
    review: date
    human: Id | None = None
    flow: Id | None = None
    opens: bool = False
    card: Id | None = None
    unless: Condition | None = None
    asks: dict[Language, tuple[str, ...]]
    concepts: tuple[tuple[Id, ...], ...] = Field(default=())

    @property
    def every_ask(self) -> Iterator[str]:
        """Return how people ask it, in all languages."""
        for of_language in self.asks.values():
            yield from of_language

    @property
    def said(self) -> Iterator[str]:
        """Return its question and its answer as they are written, to a pupil and to an adult."""
        for text in (self.question, self.answer, self.more):
            if isinstance(text, Pair):
                yield from (text.tu, text.jus)
            elif text is not None:
                yield text


def fitting_first(
    known: Mapping[str, KnowledgeEntry], entries: Sequence[str], facts: Mapping[str, KnownValue]
) -> tuple[str, ...]:
    """Return entries in their order, those that are certainly not for somebody of such facts last."""

    def is_for_others(id_: str) -> bool:
        unless = known[id_].unless if id_ in known else None
        return unless is not None and holds(unless, facts) is True

    return tuple(sorted(entries, key=is_for_others))


def words_of(entries: Iterable[KnowledgeEntry]) -> frozenset[str]:
    """Return every word of answers and of how they are asked for, folded."""
    texts = (one for entry in entries for one in (*entry.every_ask, *entry.said))
    return frozenset(normalize(word) for text in texts for word in TOKEN.findall(text))


def concept_phrases(concepts: Concepts) -> Iterator[str]:
    """Return every phrase of every concept, for a `PhraseIndex`."""
    for by_language in concepts.values():
        for phrases in by_language.values():
            for line in phrases:
                yield from spread(line)


ENTRIES: TypeAdapter[dict[str, KnowledgeEntry]] = TypeAdapter(dict[str, KnowledgeEntry])
CONCEPTS: TypeAdapter[Concepts] = TypeAdapter(Concepts)
