"""Which option of a question typed words mean, and how sure that is.

An option's name in a sentence is not the option: what stands round it may deny it, tell of somebody
else, or of a wish. Then what the question's author says counts, or the person is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.nlu.guard import GuardedText, GuardKind
from bot.core.nlu.options import OptionNames, inflected
from bot.core.nlu.phrase_index import Mention, PhraseIndex, longest

ASK, SAME = "ask", "same"  # what a turned name may mean, besides another option
MOST_ASKED = 3  # options that are asked about; more would be the list over again
SHORTEST_INSIDE = 4  # letters of a name that counts wherever it stands in a message
MOST_UNKNOWN = 1  # words not known, up to which a decisive answer is taken without a question


class OptionPhrases(Frozen):
    """What people say for one option, by language.

    turned: what its name means where something turns it: another option, "same", or "ask".
    must, must_not: messages that mean it, and that do not; they are tried by the check.
    """

    phrases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    turned: dict[GuardKind, str] = Field(default_factory=dict)
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


class QuestionPhrases(Frozen):
    """What people say at one question.

    decides: consent or a rule's outcome hangs on it, so that what is only likely is asked.
    turned: for options that do not say so themselves.
    together: what two options mean that are said at once ("working+studying": ask, or an option).
    ask_if: phrases at which the person is asked whatever else they say.
    unsure_with: phrases in whose clause a name is only asked about ("pabeidzu vidusskolu").
    bands: options that a number means, with the least and the greatest of it.
    told: an answer is also taken where it is told beside another one ("esmu 38, strādāju").
    """

    options: dict[str, OptionPhrases] = Field(default_factory=dict)
    decides: bool = False
    told: bool = False
    turned: dict[GuardKind, str] = Field(default_factory=dict)
    together: dict[str, str] = Field(default_factory=dict)
    ask_if: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unsure_with: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    bands: dict[str, tuple[int, int]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptionReading:
    """What was read. why: the evidence, in words, for who writes the content."""

    kind: Literal["exact", "likely", "ask", "none"]
    options: tuple[str, ...] = ()
    why: str = ""


NOTHING_READ = OptionReading("none")


class OptionReader:
    """Reads messages as an answer to one question with options."""

    def __init__(
        self, names: Sequence[OptionNames], phrases: QuestionPhrases, fillers: Iterable[str]
    ) -> None:
        """Take what the options are called, and what people say for them.

        fillers: courtesy and words that add nothing ("labdien", "es domāju, ka").
        """
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
        self._fillers = PhraseIndex((filler, None) for filler in fillers)
        self._ask_if = _plain_index(phrases.ask_if)
        self._unsure_with = _plain_index(phrases.unsure_with)

    def read(self, guarded: GuardedText) -> OptionReading:
        """Return which option a message means."""
        found = longest(self._index.find(guarded.text))
        mentions = [one for one in found if self._counts(guarded, one)]
        if not mentions:
            return NOTHING_READ
        whole = self._whole(guarded, mentions)
        if len(whole) == 1:
            return OptionReading("exact", tuple(whole), "the message is its name")
        meant, turned, doubtful = self._weigh(guarded, mentions)
        if self._ask_if.find(guarded.text):
            return self._ask([*meant, *turned, *doubtful], "words at which it is always asked")
        if len(meant) > 1:
            return self._several(meant)
        if meant:
            return self._one(guarded, mentions, meant)
        if len(turned) == 1 and not self._phrases.decides:
            (option,) = turned
            return OptionReading("likely", (option,), turned[option])
        return self._ask([*turned, *doubtful], " · ".join((*turned.values(), *doubtful.values())))

    def _counts(self, guarded: GuardedText, mention: Mention[str]) -> bool:
        """Return whether a name counts where it stands: a short word ("jā", "ne") only at the beginning."""
        words = guarded.text.words[mention.start : mention.end]
        letters = "".join(words)
        if len(letters) >= SHORTEST_INSIDE or not letters.isalpha():
            return True
        return self._said(guarded).isdisjoint(range(mention.start))

    def _whole(self, guarded: GuardedText, mentions: Sequence[Mention[str]]) -> dict[str, None]:
        """Return the options whose name is all that the message says, courtesy apart."""
        said = self._said(guarded)
        whole: dict[str, None] = {}
        for mention in mentions:
            covered = set(range(mention.start, mention.end))
            if mention.exact and said and said <= covered:
                whole[mention.owner] = None
        return whole

    def _said(self, guarded: GuardedText) -> set[int]:
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
            words = " ".join(guarded.text.words[mention.start : mention.end])
            meanings = {kind: self._meaning(mention.owner, kind) for kind in sorted(kinds)}
            others = {kind: what for kind, what in meanings.items() if what != SAME}
            why = f"„{words}”" + "".join(f", {kind}" for kind in others)
            if tokens[mention.start].clause in unsure:
                doubtful.setdefault(mention.owner, f"{why}, beside words that leave it open")
            elif not others:
                meant.setdefault(mention.owner, why)
            elif ASK in others.values():
                doubtful.setdefault(mention.owner, why)
            else:
                for what in others.values():
                    turned.setdefault(what, f"{why}: {what}")
        return meant, turned, doubtful

    def _meaning(self, option: str, kind: GuardKind) -> str:
        own = self._phrases.options.get(option)
        if own is not None and kind in own.turned:
            return own.turned[kind]
        return self._phrases.turned.get(kind, ASK)

    def _several(self, meant: Mapping[str, str]) -> OptionReading:
        why = " · ".join(meant.values())
        together = self._phrases.together.get("+".join(sorted(meant)), ASK)
        if together != ASK:
            return OptionReading("likely", (together,), why)
        return self._ask(list(meant), why)

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
        unknown = {place for place in self._said(guarded) if tokens[place].clause in clauses}
        for mention in mentions:
            unknown -= set(range(mention.start, mention.end))
        for trigger in guarded.triggers:
            unknown -= set(range(trigger.start, trigger.end))
        return unknown

    def _ask(self, options: Iterable[str], why: str) -> OptionReading:
        unique = list(dict.fromkeys(options))
        # the one that was named first, then in the order of the question
        first, rest = unique[:1], [name for name in self._order if name in unique[1:]]
        return OptionReading("ask", tuple(first + rest)[:MOST_ASKED], why)


def _plain_index(lines: Mapping[str, Iterable[str]]) -> PhraseIndex[None]:
    return PhraseIndex((phrase, None) for phrases in lines.values() for phrase in phrases)
