"""Which question of ours somebody asks in words of their own: by concepts, by letters, by telling words.

Groups of concepts are precise and know what their author thought of; letters and single words find what
is said otherwise. A score does not tell what cannot be answered: that is for the entry to say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Literal, NamedTuple

from bot.core.knowledge.entry import Concepts, KnowledgeEntry, concept_phrases
from bot.core.nlu.ngrams import Likeness, NgramIndex
from bot.core.nlu.phrase_index import PhraseIndex, longest
from bot.core.nlu.telling_words import TellingWords
from bot.core.nlu.tokens import TokenizedText

FEWEST_WORDS = 2  # of a message that may be a question
MOST_NEAR = 3  # questions that are told of a message
UNLIKE = Likeness(0.0, "")


class KnowledgeLimits(NamedTuple):
    """What each kind of evidence weighs, and from which score a question counts.

    answer: from this score on the first is answered; near: from this score on it is offered.
    """

    concepts: float = 0.45
    letters: float = 0.35
    words: float = 0.20
    answer: float = 0.30
    near: float = 0.15


LIMITS_OF_KNOWLEDGE = KnowledgeLimits()


@dataclass(frozen=True, slots=True)
class KnowledgeReading:
    """What was read.

    kind: the first entry answers, or is only near, or nothing is like it. entries: the likeliest first.
    is_question: it is said as a question. why: the evidence, in words, for who writes the content.
    """

    kind: Literal["answer", "near", "none"]
    entries: tuple[str, ...] = ()
    is_question: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be meant. why: the evidence, in words."""

    entry: str
    score: float
    why: str


class KnowledgeReader:
    """Reads messages as questions that have an entry."""

    def __init__(
        self,
        entries: Mapping[str, KnowledgeEntry],
        concepts: Concepts,
        limits: KnowledgeLimits = LIMITS_OF_KNOWLEDGE,
        left_out: Iterable[str] = (),
    ) -> None:
        """Take the entries by id, and the words of each concept.

        left_out: phrasings that are not known, where it is measured how others are found.
        """
        self.limits = limits
        out = frozenset(left_out)
        asks = [
            (ask, id_)
            for id_, entry in entries.items()
            for ask in entry.every_ask
            if ask not in out
        ]
        self._asks = NgramIndex(asks)
        self._words = TellingWords((), asks)
        self._concepts = PhraseIndex(
            (phrase, concept)
            for concept in concepts
            for phrase in concept_phrases({concept: concepts[concept]})
        )
        self._groups = {
            id_: [frozenset(group) for group in entry.concepts] for id_, entry in entries.items()
        }
        having = defaultdict(set)
        for id_, groups in self._groups.items():
            for group in groups:
                for concept in group:
                    having[concept].add(id_)
        count = len(entries) + 1
        self._rarity = {concept: log(count / len(owners)) for concept, owners in having.items()}

    def read(self, text: TokenizedText) -> KnowledgeReading:
        """Return which question a message asks, with the next nearest after it."""
        if len(text.tokens) < FEWEST_WORDS:
            return KnowledgeReading("none")
        found = self.candidates(text)[:MOST_NEAR]
        near = [one for one in found if one.score >= self.limits.near]
        is_question = "?" in text.text
        if not near:
            return KnowledgeReading("none", is_question=is_question)
        entries = tuple(one.entry for one in near)
        sure = near[0].score >= self.limits.answer
        return KnowledgeReading("answer" if sure else "near", entries, is_question, near[0].why)

    def candidates(self, text: TokenizedText) -> list[Candidate]:
        """Return the questions a message may ask, the likeliest first."""
        said = {mention.owner for mention in longest(self._concepts.find(text))}
        letters = self._asks.likenesses(text)
        words = self._words.overlap(text)
        limits = self.limits
        found: list[Candidate] = []
        total = sum(self._rarity.get(concept, 0.0) for concept in said) or 1.0
        for id_ in self._groups:
            part, group = self._covered(id_, said, total)
            like = letters.get(id_, UNLIKE)
            shared = words.get(id_, 0.0)
            score = limits.concepts * part + limits.letters * like.score + limits.words * shared
            if score > 0:
                why = f"{' + '.join(sorted(group))}; {like.score:.2f} like „{like.example}”, {shared:.2f} of the words"
                found.append(Candidate(id_, score, why))
        return sorted(found, key=lambda one: -one.score)

    def _covered(self, id_: str, said: set[str], total: float) -> tuple[float, frozenset[str]]:
        """Return what part of what the concepts of a message tell the best group of an entry holds."""
        best, held = 0.0, frozenset[str]()
        for group in self._groups[id_]:
            if group <= said:
                part = sum(self._rarity[concept] for concept in group) / total
                if part > best:
                    best, held = part, group
        return best, held
