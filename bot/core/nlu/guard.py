"""What stands round a name in a sentence and turns it: denied, unfinished, of somebody else.

"vidusskolu nepabeidzu" names a school and denies it. The way is that of ConText (Harkema, Chapman and
others, 2009): a trigger has a direction and a reach, its reach ends at certain words, and what only
looks like a trigger is passed over.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.nlu.focus import FEWEST_WORDS_OF_STORY, places_of_another
from bot.core.nlu.phrase_index import Mention, PhraseIndex, words_of
from bot.core.nlu.tokens import TokenizedText, join_words

GuardKind = Literal[
    "denied", "unfinished", "past", "of_another", "of_child", "wished", "doubted", "below", "above",
    "about",
]  # fmt: skip
# of_child: of one's own child or grandchild, so that who writes is a parent; of_another: of anybody else
OTHERS: frozenset[GuardKind] = frozenset({"of_another", "of_child"})
NOT_BACK: frozenset[GuardKind] = frozenset({"doubted", "wished"})  # over a word that joins
SHORTEST_BESIDE = 4  # letters of a trigger in a language that the message is not in
NUMBER_LIMITS: frozenset[GuardKind] = frozenset({"below", "above", "about"})


class Trigger(Frozen):
    """Words that turn what stands near them.

    forward: how many words after the trigger a name may begin; back: how many before it a name may
    end. ne: the words are stems of verbs, and the trigger is the verb denied ("strād" → "nestrād*").
    concord: beside a name that holds its own denial it denies no more ("nekur nestrādāju").
    """

    words: tuple[str, ...] = Field(min_length=1)
    forward: int = 0
    back: int = 0
    ne: bool = False
    concord: bool = False

    @property
    def phrases(self) -> Iterator[str]:
        """Return the phrases it is found by."""
        yield from (f"ne{word}*" for word in self.words) if self.ne else self.words


class GuardWords(Frozen):
    """The guard words of one language.

    passed_over: phrases that hold a trigger and are none ("ne tikai"). ends: words at which a reach
    ends. own: words of the first person, which end what is said of somebody else. others, oneself: by
    which a long message turns to somebody else, and back to who writes. adding: words that join, over
    which a wish or a doubt does not reach back. choosing, joining: words that
    ask only at the beginning of a clause ("vai"), or of a sentence ("ka"), and join further on.
    """

    triggers: dict[GuardKind, tuple[Trigger, ...]]
    passed_over: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    oneself: tuple[str, ...] = ()
    adding: tuple[str, ...] = ()
    choosing: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()


class _Reach(NamedTuple):
    """A trigger as the index knows it."""

    kind: GuardKind
    forward: int
    back: int
    concord: bool


class Guard(Frozen):
    """The guard words of all languages."""

    languages: dict[str, GuardWords]

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Return every phrase, for the vocabulary."""
        every: list[str] = []
        for words in self.languages.values():
            for triggers in words.triggers.values():
                for trigger in triggers:
                    every += trigger.phrases
            every += (*words.passed_over, *words.ends, *words.own)
            every += (*words.others, *words.oneself)
        return tuple(every)

    @cached_property
    def _triggers(self) -> Mapping[str, PhraseIndex[_Reach]]:
        return {language: _index(words) for language, words in self.languages.items()}

    @cached_property
    def _passed_over(self) -> Mapping[str, PhraseIndex[None]]:
        return _plain_indexes((code, words.passed_over) for code, words in self.languages.items())

    @cached_property
    def _ends(self) -> Mapping[str, PhraseIndex[None]]:
        return _plain_indexes((code, words.ends) for code, words in self.languages.items())

    @cached_property
    def _own(self) -> Mapping[str, PhraseIndex[None]]:
        return _plain_indexes((code, words.own) for code, words in self.languages.items())

    @cached_property
    def _adding(self) -> Mapping[str, PhraseIndex[None]]:
        return _plain_indexes((code, words.adding) for code, words in self.languages.items())

    @cached_property
    def _others(self) -> Mapping[str, PhraseIndex[None]]:
        return _plain_indexes((code, words.others) for code, words in self.languages.items())

    @cached_property
    def _oneself(self) -> Mapping[str, PhraseIndex[None]]:
        return _plain_indexes((code, words.oneself) for code, words in self.languages.items())

    def read(
        self, text: TokenizedText, languages: Iterable[str], beside: Iterable[str] = ()
    ) -> "GuardedText":
        """Return where a message of these languages has its triggers.

        beside: languages that it may hold single words of; of these only the long triggers count,
        since a short one is a word of another language too ("no").
        """
        triggers: list[Mention[_Reach]] = []
        ends: set[int] = set()
        own: set[int] = set()
        others: set[int] = set()
        oneself: set[int] = set()
        adding: set[int] = set()
        for language in languages:
            if language not in self.languages:
                continue
            passed = self._passed_over[language].find(text, corrected=False)
            over = {place for mention in passed for place in range(mention.start, mention.end)}
            found = self._triggers[language].find(text, corrected=False)
            triggers += (mention for mention in found if mention.start not in over)
            ends |= {mention.start for mention in self._ends[language].find(text, corrected=False)}
            own |= {mention.start for mention in self._own[language].find(text, corrected=False)}
            adding |= {one.start for one in self._adding[language].find(text, corrected=False)}
            turning = self._others[language].find(text, corrected=False)
            others |= {one.start for one in turning if one.start not in over}
            oneself |= {one.start for one in self._oneself[language].find(text, corrected=False)}
        for language in (one for one in beside if one in self.languages):
            found = self._triggers[language].find(text, corrected=False)
            passed = self._passed_over[language].find(text, corrected=False)
            over = {place for mention in passed for place in range(mention.start, mention.end)}
            triggers += (
                one
                for one in found
                if one.start not in over
                and sum(map(len, text.words[one.start : one.end])) >= SHORTEST_BESIDE
            )
        if len(text.tokens) < FEWEST_WORDS_OF_STORY:
            return GuardedText(
                text, tuple(triggers), frozenset(ends), frozenset(own), adding=frozenset(adding)
            )
        of_another = places_of_another(text, others, oneself)
        kept = (one for one in triggers if one.owner.kind not in OTHERS)
        return GuardedText(text, tuple(kept), frozenset(ends), frozenset(own), of_another)


class GuardedText(NamedTuple):
    """A message with its triggers, asked what stands round a name in it.

    of_another: the places of a long message that tell of somebody else. asked: the places of the words
    that are asked about. adding: those of words that join.
    """

    text: TokenizedText
    triggers: tuple[Mention[_Reach], ...]
    ends: frozenset[int]
    own: frozenset[int]
    of_another: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    adding: frozenset[int] = frozenset()

    @property
    def is_story(self) -> bool:
        """Return whether a message is long enough to tell of several persons."""
        return len(self.text.tokens) >= FEWEST_WORDS_OF_STORY

    @property
    def without_others(self) -> str:
        """Return what it says without the words for other persons: of „meita 9. klasē” the grade."""
        others = [one for one in self.triggers if one.owner.kind in OTHERS]
        named = {place for one in others for place in range(one.start, one.end)}
        tokens = enumerate(self.text.tokens)
        return join_words([token for place, token in tokens if place not in named])

    @property
    def tells_only_of_another(self) -> bool:
        """Return whether another person is named, no child, and oneself only as whose they are: "mana māsa"."""
        named = {one.owner.kind: one.start for one in self.triggers if one.owner.kind in OTHERS}
        before = {one.start - 1 for one in self.triggers if one.owner.kind == "of_another"}
        return named.keys() == {"of_another"} and self.own <= before

    def number_guards(self, start: int, end: int) -> frozenset[GuardKind]:
        """Return what turns a number: right before it "virs" without its mark is a limit, no husband."""
        limits = {(one.start, one.end) for one in self.triggers if one.owner.kind in NUMBER_LIMITS}
        kept = tuple(
            one
            for one in self.triggers
            if one.owner.kind not in OTHERS
            or one.end != start
            or (one.start, one.end) not in limits
        )
        return self._replace(triggers=kept).guards(start, end)

    def denies_limit(self, start: int, end: int) -> bool:
        """Return whether a limit of a number is itself denied: "not under 13"."""
        reaching = [one for one in self.triggers if self._reaches(one, start, end)]
        denials = [one for one in reaching if one.owner.kind == "denied"]
        limits = [one for one in reaching if one.owner.kind in {"below", "above"}]
        return bool(denials) and any(
            all(one.end <= limit.start or limit.end <= one.start for one in denials)
            for limit in limits
        )

    def guards(self, start: int, end: int) -> frozenset[GuardKind]:
        """Return what turns the words from `start` to before `end`; a trigger among them is theirs."""
        denied = any(_is_denial(one) and _is_within(one, start, end) for one in self.triggers)
        kinds = {
            trigger.owner.kind
            for trigger in self.triggers
            if not _is_within(trigger, start, end)
            and not (denied and trigger.owner.concord)
            and self._reaches(trigger, start, end)
        }
        place = range(start, end)
        if self.own.isdisjoint(place) and not self.of_another.isdisjoint(place):
            kinds.add("of_another")
        return frozenset(kinds)

    def is_only_another(self, start: int, end: int) -> bool:
        """Return whether some words are only the word for another person: "vecāki"."""
        return any(
            one.owner.kind == "of_another" and (one.start, one.end) == (start, end)
            for one in self.triggers
        )

    def names_child(self, start: int, end: int) -> bool:
        """Return whether a child of who writes is named in some words: "my daughter"."""
        return any(
            one.owner.kind == "of_child" and _is_within(one, start, end) for one in self.triggers
        )

    def turning(self, start: int, end: int) -> frozenset[int]:
        """Return the places of the words that turn it."""
        places: set[int] = set()
        for trigger in self.triggers:
            if self._reaches(trigger, start, end):
                places |= set(range(trigger.start, trigger.end))
        return frozenset(places)

    def _reaches(self, trigger: Mention[_Reach], start: int, end: int) -> bool:
        """Return whether a trigger reaches a name, within its sentence and up to a word that ends it."""
        tokens = self.text.tokens
        if tokens[trigger.start].sentence != tokens[start].sentence:
            return False
        if trigger.owner.kind in OTHERS and not self.own.isdisjoint(range(start, end)):
            return False  # "vīrs strādā, es ne": the name says itself whose it is
        if trigger.end <= start:
            return start - trigger.end < trigger.owner.forward and self._open(
                trigger, trigger.end, start
            )
        if end <= trigger.start:
            between = range(end, trigger.start)
            if trigger.owner.kind in NOT_BACK and not self.adding.isdisjoint(between):
                return False
            return len(between) < trigger.owner.back and self._open(trigger, end, trigger.start)
        return True  # it stands within the name, and begins before it or ends after it

    def _open(self, trigger: Mention[_Reach], begin: int, stop: int) -> bool:
        """Return whether nothing ends a reach between two places.

        A comma ends it, unless what is said of somebody else goes on: "dēls, kas mācās …", or a doubt
        stands right before it: "varbūt, tehnikums".
        """
        between = range(begin, stop)
        if trigger.owner.kind == "doubted" and not between:
            return True
        if trigger.owner.kind in OTHERS and trigger.end <= begin:
            return self.own.isdisjoint(between)
        same_clause = (
            self.text.tokens[max(begin - 1, 0)].clause
            == self.text.tokens[min(stop, len(self.text.tokens) - 1)].clause
        )
        return same_clause and self.ends.isdisjoint(between)


def _is_denial(trigger: Mention[_Reach]) -> bool:
    return trigger.owner.kind == "denied" and not trigger.owner.concord


def _is_within(trigger: Mention[_Reach], start: int, end: int) -> bool:
    return start <= trigger.start and trigger.end <= end


def _index(words: GuardWords) -> PhraseIndex[_Reach]:
    return PhraseIndex(
        (phrase, _Reach(kind, trigger.forward, trigger.back, trigger.concord))
        for kind, triggers in words.triggers.items()
        for trigger in triggers
        for phrase in trigger.phrases
    )


def _plain_indexes(
    lists: Iterable[tuple[str, Iterable[str]]],
) -> Mapping[str, PhraseIndex[None]]:
    return {code: PhraseIndex((phrase, None) for phrase in phrases) for code, phrases in lists}


def vocabulary_of(lines: Iterable[str]) -> Iterator[str]:
    """Return every word of some phrases."""
    for line in lines:
        yield from words_of(line)
