"""Words beside numbers: for days that are ahead, and for the things of a list."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.nlu.normalize import normalize
from bot.core.nlu.phrase_index import PhraseIndex, words_of
from bot.core.nlu.vocabulary import KnownWords

DayUnit = Literal["day", "week", "month", "year", "half_year", "weekend", "school_year"]
StretchPart = Literal["start", "middle", "end"]
Which = Literal["this", "next"]
DaySignName = Literal[
    "until", "before", "after", "in", "within", "later", "ago", "this", "next", "minus", "of_month", "idle", "other", "never",
]  # fmt: skip
Phrases = Mapping[str, tuple[str, ...]]
# of what stands in one word with which one it is: "šovasar"
JOINED_TABLES = frozenset({"units", "weekdays", "seasons", "months"})


class DayMeaning(NamedTuple):
    """What a phrase means where a day is said. table: of `DayWords`, or "months"; key: in that table."""

    table: str
    key: str


class DayWords(Frozen):
    """Words for days that are ahead, in four languages; a star stands for any ending.

    days: by how many days from today. weekdays: by their number, 1 for Monday. seasons: by the month they begin with.
    feasts: by their day ("12-25"); one with two days stands at both. counts: words for a number that is none elsewhere, "a couple".
    units: of time. parts: of a month, a season, a year. joined: beginnings of a word that say which one: "šovasar".
    signs: until ("līdz jūnijam"), before, after ("pēc"; also before a span), in and within (before or behind a span), later ("from
    now"), ago, this, next, minus; of_month ("20. datumā", "20th"); idle, which say nothing; other, between two days; never, which
    turn the sense round, or lead back.
    """

    days: Phrases = Field(default_factory=dict)
    weekdays: Phrases = Field(default_factory=dict)
    seasons: Phrases = Field(default_factory=dict)
    feasts: Phrases = Field(default_factory=dict)
    counts: Phrases = Field(default_factory=dict)
    units: Mapping[DayUnit, tuple[str, ...]] = Field(default_factory=dict)
    parts: Mapping[StretchPart, tuple[str, ...]] = Field(default_factory=dict)
    signs: Mapping[DaySignName, tuple[str, ...]] = Field(default_factory=dict)
    joined: Mapping[Which, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def phrases(self) -> Iterator[tuple[str, DayMeaning]]:
        """Return every phrase with what it means, but for beginnings of words."""
        for table in DayWords.model_fields:
            if table != "joined":
                for key, phrases in getattr(self, table).items():
                    yield from ((phrase, DayMeaning(table, key)) for phrase in phrases)


class DayPhrases:
    """How the words for days are looked for: their phrases, what slips are corrected to, and beginnings that say which one."""

    index: PhraseIndex[DayMeaning]
    vocabulary: KnownWords
    joined: tuple[tuple[str, Which], ...]

    def __init__(self, words: DayWords, months: Phrases, number_stems: Iterable[str]) -> None:
        """Take the words. number_stems: folded, of the words for numbers."""
        phrases = list(words.phrases)
        for month, names in months.items():
            phrases += ((name, DayMeaning("months", month)) for name in names)
        self.index = PhraseIndex(phrases)
        self.joined = tuple(
            (normalize(beginning), which)
            for which, beginnings in words.joined.items()
            for beginning in beginnings
        )
        known = [word for phrase, _ in phrases for word in words_of(phrase)]
        named = [phrase for phrase, meaning in phrases if meaning.table in JOINED_TABLES]
        rests = [word for phrase in named for word in words_of(phrase)]
        joined = (beginning + rest for beginning, _ in self.joined for rest in rests)
        self.vocabulary = KnownWords((*known, *joined, *(f"{stem}*" for stem in number_stems)))


class ListWords(Frozen):
    """Words that name the things of a list beside their numbers: all of them, none, all but some."""

    every: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
