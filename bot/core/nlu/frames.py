"""What is to be heeded in a message: frames over named parts, and what silences a frame.

A part is a list of words in four languages ("want": gribu, хочу …). A frame names one to three parts
that stand near each other in a sentence, in any order, mixed languages or not: want + die. A
silencer is a list of words that turn some frames into everyday speech: "no smiekliem". So a new word
widens every frame that uses its part.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import LANGUAGES
from bot.core.nlu.phrase_index import PhraseIndex

K = TypeVar("K", bound=str)
Tier = Literal["sure", "perhaps"]


class PhrasesByLanguage(Frozen):
    """Phrases by language, written as `PhraseIndex` reads them."""

    lv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    uk: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """Return the phrases of all languages."""
        return (*self.lv, *self.en, *self.uk, *self.ru)

    def of(self, language: str) -> tuple[str, ...]:
        """Return the phrases of one of the four languages."""
        return dict(zip(LANGUAGES, (self.lv, self.en, self.uk, self.ru), strict=True))[language]


class Silencer(Frozen):
    """Words that make everyday speech of a frame.

    near: how many words may stand between them and the frame.
    before: if given, they count only directly before a part of it, with fewer words between: "не хочу".
    quiet: said of oneself, what is silenced still counts as perhaps.
    """

    words: PhrasesByLanguage
    near: int = Field(default=6, ge=0)
    before: int | None = Field(default=None, ge=1)
    quiet: bool = True


class Frame(Frozen, Generic[K]):
    """One way of saying something of a kind.

    parts: their names, one to three. within: how many words they take at most, from first to last.
    unless: the silencers that count for it. tier: how sure it is when nothing silences it.
    ordered: the parts stand as they are written.
    closes: after it nothing but fillers comes in its clause: "negribu dzīvot", not "… laukos".
    whole: nothing but fillers stands in the whole message beside it.
    """

    kind: K
    parts: tuple[str, ...] = Field(min_length=1, max_length=3)
    within: int = Field(default=7, ge=1, le=11)
    unless: tuple[str, ...] = ()
    tier: Tier = "sure"
    ordered: bool = False
    closes: bool = False
    whole: bool = False


class Examples(Frozen):
    """Messages of a kind, tried by the check.

    must: surely of the kind. must_not: not surely of any kind. perhaps: heard, but not surely.
    """

    must: PhrasesByLanguage
    must_not: PhrasesByLanguage
    perhaps: PhrasesByLanguage = PhrasesByLanguage()


class FrameWords(Frozen, Generic[K]):
    """All frames of one matter, the kinds by weight: of two that are found the first leads.

    tells_of: kinds that are another's once a longer frame of this kind holds them ("draugs" + "grib
    mirt" is a friend's). own: words for oneself ("mani"). fillers: words that add nothing. turns:
    words at which a frame breaks off ("bet"). joins: words that begin another clause ("un").
    other: words that mean something else and are one slip away from a word of ours.
    """

    kinds: tuple[K, ...]
    tells_of: Mapping[K, tuple[K, ...]] = {}
    own: PhrasesByLanguage
    fillers: PhrasesByLanguage
    turns: PhrasesByLanguage
    joins: PhrasesByLanguage
    other: PhrasesByLanguage = PhrasesByLanguage()
    parts: Mapping[str, PhrasesByLanguage]
    silencers: Mapping[str, Silencer]
    frames: tuple[Frame[K], ...]
    examples: Mapping[K, Examples]

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Return every phrase, for the vocabulary."""
        lists = (self.own, self.fillers, self.turns, self.joins, self.other, *self.parts.values())
        silencing = (silencer.words for silencer in self.silencers.values())
        return tuple(phrase for words in (*lists, *silencing) for phrase in words.every)

    @cached_property
    def heard(self) -> PhraseIndex[str]:
        """Return the parts, by their words."""
        return _index(self.parts)

    @cached_property
    def beginning_with(self) -> Mapping[str, tuple[Frame[K], ...]]:
        """Return the frames by the name of their first part."""
        found: dict[str, list[Frame[K]]] = {}
        for frame in self.frames:
            found.setdefault(frame.parts[0], []).append(frame)
        return {part: tuple(frames) for part, frames in found.items()}

    @cached_property
    def around(self) -> PhraseIndex[str]:
        """Return what may stand round a frame, by its words: silencers, fillers, turns."""
        silencing = {name: silencer.words for name, silencer in self.silencers.items()}
        marks = {OWN: self.own, FILLER: self.fillers, TURN: self.turns, JOIN: self.joins}
        return _index(silencing | marks)


class Heeded(NamedTuple, Generic[K]):
    """What was found in a message. start, end: its first word and the one after its last.

    why: the evidence in words, for who writes the content.
    """

    kind: K
    tier: Tier
    why: str
    start: int
    end: int


OWN, FILLER, TURN, JOIN = "(own)", "(filler)", "(turn)", "(join)"  # no part bears such a name


def _index(lists: Mapping[str, PhrasesByLanguage]) -> PhraseIndex[str]:
    def phrases() -> Iterator[tuple[str, str]]:
        for name, words in lists.items():
            for phrase in words.every:
                yield phrase, name

    return PhraseIndex(phrases())
