"""Which question of ours somebody asks in words of their own: by concepts, by letters, by telling words.

Groups of concepts are precise and know what their author thought of; letters and single words find what
is said otherwise. A score does not tell what cannot be answered: that is for the entry to say. What is not
said as a question may be an answer of the person's own, and has to be clearer.

"Kur ir tuvākā aptieka" is like "kur ir tuvākā vakarskola" in everything but what it is about: so an answer
has to hold the most telling word of a question, or enough of its concepts, to be given.
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
MOST_NEAR = 3  # questions that are told of a message: the one that is answered, and two more
UNLIKE = Likeness(0.0, "")
ReadingKind = Literal["answer", "near", "none"]


class KnowledgeLimits(NamedTuple):
    """What each kind of evidence weighs, and from which score a question counts.

    answer: from this score on the first is answered; near: from this score on it is offered; beside: from
    this score on others are told with it. said_so, said_near: the same two of what is no question.
    held: from this part of what the concepts of a question tell on, an entry need not hold its most telling word;
    touched: the same of what is only offered, which from the score `offered` on needs neither. strange: where this
    part of a question is words of no asking, its concepts alone do not tell what it is about. All of this is asked of
    messages of so `few` words: in a story there is always a word that tells more than what is asked.
    """

    concepts: float = 0.45
    letters: float = 0.35
    words: float = 0.20
    answer: float = 0.30
    near: float = 0.20
    beside: float = 0.08
    said_so: float = 0.45
    said_near: float = 0.35
    held: float = 0.20
    touched: float = 0.10
    offered: float = 0.24
    strange: float = 0.70
    few: int = 7


LIMITS_OF_KNOWLEDGE = KnowledgeLimits()


@dataclass(frozen=True, slots=True)
class KnowledgeReading:
    """What was read.

    kind: the first entry answers, or is only near, or nothing is like it. entries: the likeliest first.
    is_question: it is said as a question; where nothing is like it, only if it begins as one.
    why: the evidence, in words, for who writes the content.
    """

    kind: ReadingKind
    entries: tuple[str, ...] = ()
    is_question: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be meant.

    part: of what the concepts of the message tell. is_about: it holds the most telling word. why: the evidence, in words.
    """

    entry: str
    score: float
    part: float
    is_about: bool
    why: str


class KnowledgeReader:
    """Reads messages as questions that have an entry."""

    def __init__(
        self,
        entries: Mapping[str, KnowledgeEntry],
        concepts: Concepts,
        question_words: Iterable[str],
        limits: KnowledgeLimits = LIMITS_OF_KNOWLEDGE,
        left_out: Iterable[str] = (),
    ) -> None:
        """Take the entries by id, the words of each concept, and words that ask ("cik", "how").

        left_out: phrasings that are not known, where it is measured how others are found.
        """
        self._question_words = PhraseIndex((word, None) for word in question_words)
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
        """Return which question a message asks, with the two next nearest after it."""
        asking = self._question_words.find(text, corrected=False)
        has_mark = "?" in text.text and bool(text.tokens)
        is_question = has_mark or bool(asking)
        begins_as_one = has_mark or any(mention.start == 0 for mention in asking)
        if len(text.tokens) < FEWEST_WORDS and not has_mark:
            return KnowledgeReading("none")
        limits = self.limits
        answer_from, near_from = limits.answer, limits.near
        if not is_question:
            answer_from, near_from = limits.said_so, limits.said_near
        likely = self.candidates(text)
        found = [one for one in likely[:MOST_NEAR] if one.score >= limits.beside]
        if found and found[0].score >= answer_from and self._holds(found[0], text):
            entries = tuple(one.entry for one in found)
            return KnowledgeReading("answer", entries, is_question, found[0].why)
        offered = [one for one in found if self._may_be_offered(one)]
        entries = tuple(one.entry for one in offered)
        if not offered or offered[0].score < near_from:
            return KnowledgeReading("none", entries if begins_as_one else (), begins_as_one)
        return KnowledgeReading("near", entries, is_question, offered[0].why)

    def _holds(self, one: Candidate, text: TokenizedText) -> bool:
        """Return whether an entry is about what a message is about, and not only put like it."""
        limits = self.limits
        if one.is_about or len(text.tokens) > limits.few:
            return True
        # as typed: "apgriezt" may be a slip for what is said of those who return, and is more likely none
        said = self._said(text, corrected=False)
        part, _ = self._covered(one.entry, said, self._total(said))
        return part > limits.held and self._words.strangeness(text) < limits.strange

    def _said(self, text: TokenizedText, *, corrected: bool = True) -> set[str]:
        """Return the concepts of a message. corrected: also those of which a word was typed with a slip."""
        return {
            mention.owner for mention in longest(self._concepts.find(text, corrected=corrected))
        }

    def _total(self, said: set[str]) -> float:
        """Return what some concepts tell together, never 0."""
        return sum(self._rarity.get(concept, 0.0) for concept in said) or 1.0

    def _may_be_offered(self, one: Candidate) -> bool:
        limits = self.limits
        return one.is_about or one.part > limits.touched or one.score >= limits.offered

    def is_question(self, text: TokenizedText) -> bool:
        """Return whether a message asks: by a mark, or by a word that does."""
        asking = self._question_words.find(text, corrected=False)
        return bool(asking) or ("?" in text.text and bool(text.tokens))

    def nearest(self, id_: str, question: TokenizedText) -> tuple[str, ...]:
        """Return the two entries nearest to one, by how its question is said."""
        found = (one.entry for one in self.candidates(question)[:MOST_NEAR])
        return tuple(entry for entry in found if entry != id_)[: MOST_NEAR - 1]

    def candidates(self, text: TokenizedText) -> list[Candidate]:
        """Return the questions a message may ask, the likeliest first."""
        said = self._said(text)
        letters = self._asks.likenesses(text)
        words = self._words.overlap(text)
        about = self._words.about(text)
        limits = self.limits
        found: list[Candidate] = []
        total = self._total(said)
        for id_ in self._groups:
            part, group = self._covered(id_, said, total)
            like = letters.get(id_, UNLIKE)
            shared = words.get(id_, 0.0)
            score = limits.concepts * part + limits.letters * like.score + limits.words * shared
            if score > 0:
                why = f"{' + '.join(sorted(group))}; {like.score:.2f} like „{like.example}”, {shared:.2f} of the words"
                found.append(Candidate(id_, score, part, id_ in about, why))
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
