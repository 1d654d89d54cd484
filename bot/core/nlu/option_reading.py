"""Which option of a question typed words mean, and how sure that is.

An option's name in a sentence is not the option: what stands round it may deny it, tell of somebody
else, or of a wish. Then what the question's author says counts, or the person is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

from bot.core.nlu.guard import NUMBER_LIMITS, GuardedText, GuardKind
from bot.core.nlu.ngrams import NgramIndex
from bot.core.nlu.option_indexes import by_place, is_inside, plain_index
from bot.core.nlu.option_phrases import ASK, SAME, CommonSpeech, QuestionPhrases
from bot.core.nlu.options import OptionNames, inflected
from bot.core.nlu.phrase_index import MARKS, Mention, PhraseIndex, longest
from bot.core.nlu.tokens import TokenizedText

MOST_ASKED = 3  # options that are asked about; more would be the list over again
SHORTEST_INSIDE = 4  # letters of a name that counts wherever it stands in a message
MOST_UNKNOWN = 1  # words not known, up to which a decisive answer is taken without a question
MOST_WORDS_ALIKE = 12  # of a message that is compared by its letters; a longer one is like nothing
NEAR = 0.4  # how alike a message must be to a phrase for its option to be asked about
DENIED: frozenset[GuardKind] = frozenset({"denied"})
PAST_LIMITS: frozenset[GuardKind] = frozenset({"above", "about"})


@dataclass(frozen=True, slots=True)
class OptionReading:
    """What was read. why: the evidence, in words, for who writes the content.

    options: of "exact" and "likely" the first is meant; the others were named with it, and are meant where it cannot be.
    """

    kind: Literal["exact", "likely", "ask", "none"]
    options: tuple[str, ...] = ()
    why: str = ""


NOTHING_READ = OptionReading("none")


class OptionReader:
    """Reads messages as an answer to one question with options."""

    def __init__(
        self,
        names: Sequence[OptionNames],
        phrases: QuestionPhrases,
        words: CommonSpeech,
        *,
        is_choice: bool = True,
    ) -> None:
        """Take what the options are called, and what people say for them.

        words: what is said at any question. is_choice: an option is told, so that what is asked about
        is none; an offer may well be taken by a question.
        """
        self._is_choice = is_choice
        self._order = [option.id for option in names]
        self._phrases = phrases
        said = [
            (phrase, option)
            for option, of_option in phrases.options.items()
            for of_language in of_option.phrases.values()
            for phrase in of_language
        ]
        named = [
            (form, option.id)
            for option in names
            for name in (option.label, *option.synonyms)
            for form in (name, inflected(name))
        ]
        self._index = PhraseIndex([*named, *said])
        plain = [(name, one.id) for one in names for name in (one.label, *one.synonyms)]
        self._tellable = [pair for pair in (*plain, *said) if not pair[1].startswith("@")]
        self._told_with = plain_index(phrases.told_with)
        self._alike = [(line, option) for line, option in (*named, *said) if not MARKS & set(line)]
        self._place_words = words.places
        self._places = PhraseIndex(by_place(self._order, words.places))
        self._fillers = PhraseIndex((filler, None) for filler in words.fillers)
        self._idle = PhraseIndex((phrase, None) for phrase in words.idle)
        self._common = words.common
        self._ask_if = plain_index(phrases.ask_if)
        self._unsure_with = plain_index(phrases.unsure_with)

    def in_order(self, order: list[str]) -> Self:
        """Return who reads the same options where they stand in another order: "the second" is another one."""
        if order == self._order:
            return self
        other = copy(self)
        other._order = order  # noqa: SLF001 - it is one of ours
        other._places = PhraseIndex(by_place(order, self._place_words))  # noqa: SLF001
        return other

    @cached_property
    def _told(self) -> PhraseIndex[str]:
        return PhraseIndex(self._tellable)

    @cached_property
    def _likenesses(self) -> NgramIndex[str]:
        return NgramIndex(self._alike)

    def read(self, guarded: GuardedText) -> OptionReading:
        """Return which option a message means."""
        found = longest(self._index.find(guarded.text))
        mentions = [one for one in found if self._counts(guarded, one)]
        if not mentions:
            placed = self._whole(guarded, self._places.find(guarded.text, corrected=False))
            return OptionReading("likely", tuple(placed), "its place") if placed else NOTHING_READ
        whole = self._whole(guarded, mentions)
        if len(whole) == 1:
            return OptionReading("exact", tuple(whole), "the message is its name")
        mentions = [one for one in mentions if self._is_told(guarded, one)]
        if not mentions:
            return NOTHING_READ
        meant, turned, doubtful = self._weigh(guarded, mentions)
        if any(not is_inside(one, mentions) for one in self._ask_if.find(guarded.text)):
            return self._ask([*meant, *turned, *doubtful], "words at which it is always asked")
        if len(meant) > 1:
            return self._several(meant)
        if meant:
            return self._one(guarded, mentions, meant)
        if len(turned) == 1 and not (self._phrases.decides and doubtful):
            return self._one(guarded, mentions, turned)
        return self._ask([*turned, *doubtful], " · ".join((*turned.values(), *doubtful.values())))

    def told(self, guarded: GuardedText) -> OptionReading:
        """Return which option a long message tells of who writes; nothing where it is open."""
        mentions = self._told_mentions(guarded)
        meant, turned, doubtful = self._weigh(guarded, mentions)
        tokens = guarded.text.tokens
        sentences = {tokens[one.start].sentence for one in mentions if one.owner in meant}
        if any(
            tokens[one.start].sentence in sentences
            and one.start not in guarded.of_another
            and not is_inside(one, mentions)
            for one in self._ask_if.find(guarded.text)
        ):
            return NOTHING_READ
        if len(meant) > 1 and not self._phrases.first:
            several = self._several(meant)
            return several if several.kind == "likely" else NOTHING_READ
        told = meant or ({} if doubtful else turned)
        if not told or (len(told) > 1 and not self._phrases.first):
            return NOTHING_READ
        option, why = next(iter(told.items()))
        return OptionReading("likely", (option,), why)

    def all_told(self, guarded: GuardedText) -> tuple[str, ...]:
        """Return all options that a long message tells of who writes, in the order of the question."""
        meant, _, _ = self._weigh(guarded, self._told_mentions(guarded))
        return tuple(option for option in self._order if option in meant)

    def _told_mentions(self, guarded: GuardedText) -> list[Mention[str]]:
        """Return the names that count in a long message: "man nav" tells nothing there."""
        words, tokens = guarded.text.words, guarded.text.tokens
        fewest = 2 if self._phrases.firm else 1
        with_them = self._told_with.find(guarded.text, corrected=False)
        sentences = {tokens[one.start].sentence for one in with_them}
        return [
            one
            for one in longest(self._told.find(guarded.text, corrected=False))
            if one.end - one.start >= fewest
            and max(map(len, words[one.start : one.end])) >= SHORTEST_INSIDE
            and (not self._phrases.told_with or tokens[one.start].sentence in sentences)
            and self._is_told(guarded, one)
        ]

    def _is_told(self, guarded: GuardedText, mention: Mention[str]) -> bool:
        """Return whether a name is told: not asked about, nor only the word for another person."""
        is_asked = self._is_choice and mention.start in guarded.asked
        return not is_asked and not guarded.is_only_another(mention.start, mention.end)

    def tells_beside(self, guarded: GuardedText) -> bool:
        """Return whether a message beside another question tells enough for an answer to this one."""
        if not self._phrases.firm and not self._phrases.told_with:
            return True
        return bool(self._told_mentions(guarded))

    def only_denies(self, guarded: GuardedText) -> bool:
        """Return whether a message names options only to deny them: who will be no cook may well work."""
        mentions = [
            one for one in longest(self._index.find(guarded.text)) if self._is_told(guarded, one)
        ]
        meant, turned, _ = self._weigh(guarded, mentions)
        return (
            bool(turned)
            and not meant
            and not any("denied" not in guarded.guards(one.start, one.end) for one in mentions)
        )

    def beside(self, guarded: GuardedText) -> int:
        """Return how many words a message says beside the names of options in it."""
        names = longest(self._index.find(guarded.text))
        words = set(range(len(guarded.text.tokens))) & self.said(guarded)
        for name in names:
            words -= set(range(name.start, name.end))
        for trigger in guarded.triggers:
            words -= set(range(trigger.start, trigger.end))
        return sum(not guarded.text.tokens[place].is_number for place in words)

    def is_named(self, guarded: GuardedText) -> bool:
        """Return whether the name of an option is told in a message, whatever turns it."""
        return any(self._is_told(guarded, one) for one in self._index.find(guarded.text))

    def near(self, text: TokenizedText) -> tuple[str, ...]:
        """Return the options of which a phrase is much like a message, the likest first."""
        if len(text.tokens) > MOST_WORDS_ALIKE or not self._tells_something(text):
            return ()
        found = self._likenesses.likenesses(text)
        near = [option for option, one in found.items() if one.score >= NEAR]
        return tuple(sorted(near, key=lambda option: -found[option].score)[:MOST_ASKED])

    def _tells_something(self, text: TokenizedText) -> bool:
        """Return whether anything is said but courtesy, numbers and ages: "man ir 14 gadi" is like no option."""
        idle = {place for place, token in enumerate(text.tokens) if token.is_number}
        for said in self._idle.find(text, corrected=False):
            idle |= set(range(said.start, said.end))
        return len(idle) < len(text.tokens)

    def _counts(self, guarded: GuardedText, mention: Mention[str]) -> bool:
        """Return whether a name counts where it stands: a short word ("jā", "ne") only at the beginning."""
        words = guarded.text.words[mention.start : mention.end]
        letters = "".join(words)
        if len(letters) >= SHORTEST_INSIDE or not letters.isalpha():
            return True
        return self.said(guarded).isdisjoint(range(mention.start))

    def _whole(self, guarded: GuardedText, mentions: Sequence[Mention[str]]) -> dict[str, None]:
        """Return the options whose name is all that the message says, courtesy apart."""
        said = self.said(guarded)
        whole: dict[str, None] = {}
        for mention in mentions:
            covered = set(range(mention.start, mention.end))
            if mention.exact and said and said <= covered:
                whole[mention.owner] = None
        return whole

    def said(self, guarded: GuardedText) -> set[int]:
        """Return the places of the words that say something."""
        every = set(range(len(guarded.text.tokens)))
        for filler in self._fillers.find(guarded.text, corrected=False):
            every -= set(range(filler.start, filler.end))
        return every or set(range(len(guarded.text.tokens)))

    def _weigh(
        self, guarded: GuardedText, mentions: Iterable[Mention[str]]
    ) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        """Return the options that are meant, those that a turned name means, and those to ask about.

        Each with the reason.
        """
        meant: dict[str, str] = {}
        turned: dict[str, str] = {}
        doubtful: dict[str, str] = {}
        tokens = guarded.text.tokens
        unsure = {tokens[one.start].clause for one in self._unsure_with.find(guarded.text)}
        for mention in mentions:
            kinds = guarded.guards(mention.start, mention.end)
            # a limit turns a number; of a name it says at most that it is not yet so ("drīz"), and
            # "nav", a limit before a number, denies
            kinds -= NUMBER_LIMITS if "denied" in kinds or guarded.is_story else PAST_LIMITS
            words = " ".join(guarded.text.words[mention.start : mention.end])
            meanings = {kind: self._meaning(mention.owner, kind) for kind in sorted(kinds)}
            others = {kind: what for kind, what in meanings.items() if what != SAME}
            why = f"„{words}”" + "".join(f", {kind}" for kind in others)
            of_child = meanings.get("of_child", ASK)
            names_child = guarded.names_child(mention.start, mention.end)
            if of_child not in {ASK, SAME}:  # whatever else is said of a child, it is a child's
                turned.setdefault(of_child, f"{why}: {of_child}")
            elif tokens[mention.start].clause in unsure and not names_child:
                doubtful.setdefault(mention.owner, f"{why}, beside words that leave it open")
            elif not others:
                meant.setdefault(mention.owner, why)
            elif ASK in others.values():
                doubtful.setdefault(mention.owner, why)
            elif self._phrases.decides and not others.keys() <= DENIED:
                doubtful |= dict.fromkeys(others.values(), why)
            else:
                for what in others.values():
                    turned.setdefault(what, f"{why}: {what}")
        return meant, turned, doubtful

    def _meaning(self, option: str, kind: GuardKind) -> str:
        own = self._phrases.options.get(option)
        # what is said of a child is said of another, where nothing else is known of it
        kinds: tuple[GuardKind, ...] = (kind, "of_another") if kind == "of_child" else (kind,)
        for said in (own.turned if own is not None else {}, self._phrases.turned):
            for one in kinds:
                if one in said:
                    return said[one]
        return ASK

    def _several(self, meant: Mapping[str, str]) -> OptionReading:
        why = " · ".join(meant.values())
        named = [option for option in meant if not option.startswith("@")]
        if not named or self._phrases.decides:  # else "mācos 9. klasē un nezinu" is that grade
            named = list(meant)
        if len(named) == 1:
            return OptionReading("likely", tuple(named), why)
        together = self._phrases.together.get("+".join(sorted(named)), ASK)
        if together != ASK:
            others = (option for option in named if option != together)
            return OptionReading("likely", (together, *others), why)
        return self._ask(named, why)

    def _one(
        self, guarded: GuardedText, mentions: Iterable[Mention[str]], meant: Mapping[str, str]
    ) -> OptionReading:
        ((option, why),) = meant.items()
        if self._phrases.decides and len(self._unknown(guarded, mentions)) > MOST_UNKNOWN:
            return self._ask([option], f"{why}, among words that are not known")
        return OptionReading("likely", (option,), why)

    def _unknown(self, guarded: GuardedText, mentions: Iterable[Mention[str]]) -> set[int]:
        """Return the places of words that are neither a name, nor courtesy, nor a guard word.

        Only in the clauses of the names: another clause may well tell of something else.
        """
        tokens = guarded.text.tokens
        mentions = list(mentions)
        clauses = {tokens[mention.start].clause for mention in mentions}
        unknown = {place for place in self.said(guarded) if tokens[place].clause in clauses}
        for mention in mentions:
            unknown -= set(range(mention.start, mention.end))
        for trigger in guarded.triggers:
            unknown -= set(range(trigger.start, trigger.end))
        return {
            place
            for place in unknown
            if tokens[place].word not in self._common and not tokens[place].is_number
        }

    def _ask(self, options: Iterable[str], why: str) -> OptionReading:
        unique = list(dict.fromkeys(options))
        # the one that was named first, then in the order of the question
        first, rest = unique[:1], [name for name in self._order if name in unique[1:]]
        return OptionReading("ask", tuple(first + rest)[:MOST_ASKED], why)
