"""Which wish a message tells: by phrases in it, by its letters and by its telling words.

Phrases are precise and blind, letters and single words see and err; together they make up for each
other. What counts is where a wish leads: two wishes with the same door are no doubt.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from bot.core.nlu.ngrams import Likeness, NgramIndex
from bot.core.nlu.phrase_index import Mention, PhraseIndex, longest
from bot.core.nlu.telling_words import TellingWords
from bot.core.nlu.tokens import TokenizedText
from bot.core.nlu.wishes import SmallTalk, Wish

MOST_ASKED = 3  # wishes that are asked about
# a wish is looked for first, then what somebody tells, then small talk: "labdien, gribu studēt"
RANKS = ("wish", "told", "small_talk")
# words that are read of a long message: what people come with they say first, or after their story
FIRST_READ, LAST_READ = 30, 50
WORD_FOR_WORD = 0.999  # how alike the letters of a message and of an example are that are the same
MOST_WORDS_ALONE = 4  # of a message that may be a greeting by its letters, and nothing else


class WishLimits(NamedTuple):
    """By what a wish is taken; set by leaving examples out (`tests/bench/wishes.py`).

    phrase, letters, words: what each kind of evidence weighs, together 1. take: the score from which
    a wish is taken, if it leads by `margin` before every one with another door. ask: the score from
    which it is asked about.
    """

    phrase: float = 0.60
    letters: float = 0.20
    words: float = 0.20
    take: float = 0.30
    margin: float = 0.15
    ask: float = 0.15


LIMITS = WishLimits()


@dataclass(frozen=True, slots=True)
class WishReading:
    """What was read.

    kind: whether the first wish is taken, or asked about, or there is none.
    wishes: taken, the first is meant, and any others were told beside it and deserve their line;
    asked about, one of them may be meant, the likeliest first, each with another door.
    why: the evidence, in words, for who writes the content.
    word_for_word: the first is taken, and the message is one of its examples.
    """

    kind: Literal["take", "ask", "none"]
    wishes: tuple[str, ...] = ()
    why: str = ""
    word_for_word: bool = False


NO_WISH = WishReading("none")
UNLIKE = Likeness(0.0, "")


class Evidence(NamedTuple):
    """What speaks for a wish.

    phrase: of the words that the phrases of any wish cover, those that its own cover. letters: how
    alike the nearest of its examples is, which is `example`. words: what part of the telling words it
    has. All from 0 to 1.
    """

    phrase: float
    letters: float
    example: str
    words: float

    def score(self, limits: WishLimits) -> float:
        """Return what it comes to."""
        return (
            limits.phrase * self.phrase + limits.letters * self.letters + limits.words * self.words
        )


class WishReader:
    """Reads messages as wishes."""

    def __init__(
        self,
        wishes: Mapping[str, Wish | SmallTalk],
        fillers: Iterable[str] = (),
        limits: WishLimits = LIMITS,
    ) -> None:
        """Take the wishes by id.

        fillers: courtesy and words that add nothing; beside them small talk still stands alone.
        """
        self._limits = limits
        self._ranks = {id_: _rank(wish) for id_, wish in wishes.items()}
        self._chatter = {id_ for id_, wish in wishes.items() if isinstance(wish, SmallTalk)}
        self._alone = {
            id_ for id_, wish in wishes.items() if isinstance(wish, SmallTalk) and wish.alone
        }
        self._doors = {id_: door_key(id_, wish) for id_, wish in wishes.items()}
        phrases = [(phrase, id_) for id_, wish in wishes.items() for phrase in wish.found_by]
        examples = [
            (example, id_)
            for id_, wish in wishes.items()
            for of_language in wish.examples.values()
            for example in of_language
        ]
        self._phrases = PhraseIndex(phrases)
        self._examples = NgramIndex(examples)
        self._words = TellingWords(phrases, examples)
        self._unless = PhraseIndex(
            (phrase, id_) for id_, wish in wishes.items() for phrase in wish.silenced_by
        )
        self._fillers = PhraseIndex((filler, None) for filler in fillers)

    def read(self, text: TokenizedText) -> WishReading:
        """Return which wish a message tells."""
        text = _first_and_last(text)
        found = self._found(text)
        evidence = self._weigh(text, found)
        limits = self._limits
        scores = {id_: one.score(limits) for id_, one in evidence.items()}
        leading = self._leading(scores)
        if not leading or scores[leading[0]] < limits.ask:
            return NO_WISH
        first = leading[0]
        rival = scores[leading[1]] if len(leading) > 1 else 0.0
        if scores[first] >= limits.take and scores[first] - rival >= limits.margin:
            told = [id_ for id_ in found if id_ != first and self._ranks[id_] == "told"]
            why = _why(text, found, evidence, [first])
            alike = evidence[first].letters >= WORD_FOR_WORD
            return WishReading("take", (first, *told), why, word_for_word=alike)
        near = [id_ for id_ in leading if scores[id_] >= limits.ask][:MOST_ASKED]
        return WishReading("ask", tuple(near), _why(text, found, evidence, near))

    def evidence(self, text: TokenizedText) -> dict[str, Evidence]:
        """Return what speaks for each wish; of those with a phrase only the kind that goes first."""
        text = _first_and_last(text)
        return self._weigh(text, self._found(text))

    def _found(self, text: TokenizedText) -> dict[str, set[int]]:
        """Return the wishes of which a phrase stands in a message, with the places of its words."""
        silenced = {mention.owner for mention in self._unless.find(text)}
        mentions = longest(
            [mention for mention in self._mentions(text) if mention.owner not in silenced]
        )
        chatter = self._is_all_chatter(text, mentions)
        places: dict[str, set[int]] = defaultdict(set)
        for mention in mentions:
            owner = mention.owner
            if (chatter and owner in self._chatter) or (not chatter and owner not in self._alone):
                places[owner] |= self._own_places(text, mention)
        return places

    def _mentions(self, text: TokenizedText) -> list[Mention[str]]:
        """Return where phrases stand; a slip is corrected only in phrases of several words.

        One word alone, corrected, would be another word: "broker" is not "broken".
        """
        typed = self._phrases.find(text, corrected=False)
        if not any(token.corrected for token in text.tokens):
            return typed
        several = [one for one in self._phrases.find(text) if one.end - one.start > 1]
        return list(dict.fromkeys((*typed, *several)))

    def _own_places(self, text: TokenizedText, mention: Mention[str]) -> set[int]:
        """Return where the words of a phrase stand, without those that only fill its gaps."""
        return {
            place
            for place in range(mention.start, mention.end)
            if mention.owner in self._words.owners(text.tokens[place])
        }

    def _is_all_chatter(self, text: TokenizedText, mentions: Iterable[Mention[str]]) -> bool:
        """Return whether a message says nothing but small talk, courtesy apart."""
        covered: set[int] = set()
        for mention in mentions:
            if mention.owner in self._chatter:
                covered |= set(range(mention.start, mention.end))
        for filler in self._fillers.find(text, corrected=False):
            covered |= set(range(filler.start, filler.end))
        return len(covered) == len(text.tokens)

    def _weigh(self, text: TokenizedText, found: Mapping[str, set[int]]) -> dict[str, Evidence]:
        ranks = {self._ranks[id_] for id_ in found}
        rank = next((rank for rank in RANKS if rank in ranks), None)
        is_short = len(text.tokens) <= MOST_WORDS_ALONE
        letters = self._examples.likenesses(text)
        words = self._words.overlap(text)
        competing = [
            id_
            for id_ in {**found, **letters, **words}
            if (rank is None or self._ranks[id_] == rank) and (is_short or id_ not in self._alone)
        ]
        parts = self._parts(text, {id_: found[id_] for id_ in competing if id_ in found})
        return {
            id_: Evidence(parts.get(id_, 0.0), *letters.get(id_, UNLIKE), words.get(id_, 0.0))
            for id_ in competing
        }

    def _parts(self, text: TokenizedText, found: Mapping[str, set[int]]) -> dict[str, float]:
        """Return for each wish the part that its phrases cover of all words that any covers.

        A word counts as it is telling.
        """
        places: set[int] = set().union(*found.values())
        rarity = {place: self._words.rarity(text.tokens[place]) for place in places}
        total = sum(rarity.values())
        return {
            id_: sum(rarity[place] for place in covered) / total for id_, covered in found.items()
        }

    def _leading(self, scores: Mapping[str, float]) -> list[str]:
        """Return the best wish of each door, the best first."""
        best: dict[Hashable, str] = {}
        for id_ in sorted(scores, key=lambda id_: -scores[id_]):
            best.setdefault(self._doors[id_], id_)
        return list(best.values())


def door_key(id_: str, wish: Wish | SmallTalk) -> Hashable:
    """Return what two wishes have in common that lead to the same place; small talk leads nowhere."""
    return id_ if isinstance(wish, SmallTalk) else repr(wish.leads_to)


def _first_and_last(text: TokenizedText) -> TokenizedText:
    """Return a message without the middle of a long story."""
    if len(text.tokens) <= FIRST_READ + LAST_READ:
        return text
    return replace(text, tokens=text.tokens[:FIRST_READ] + text.tokens[-LAST_READ:])


def _rank(wish: Wish | SmallTalk) -> str:
    if isinstance(wish, SmallTalk):
        return "wish" if wish.topic else "small_talk"
    return wish.kind


def _why(
    text: TokenizedText,
    found: Mapping[str, set[int]],
    evidence: Mapping[str, Evidence],
    ids: Iterable[str],
) -> str:
    """Return the evidence for some wishes in words."""
    return " · ".join(
        f"{id_}: „{' '.join(text.words[place] for place in sorted(found.get(id_, ())))}”, "
        f"{evidence[id_].letters:.2f} like „{evidence[id_].example}”, "
        f"{evidence[id_].words:.2f} of the words"
        for id_ in ids
    )
