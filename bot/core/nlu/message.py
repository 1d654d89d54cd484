"""A message read once for all readers: its words, its languages, what turns them, its numbers."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.core.base.frozen import Frozen
from bot.core.nlu.asking import AskingWords
from bot.core.nlu.guard import Guard, GuardedText
from bot.core.nlu.languages import languages_of, tells_language
from bot.core.nlu.normalize import normalize
from bot.core.nlu.numbers import NumberWords
from bot.core.nlu.option_phrases import CommonSpeech
from bot.core.nlu.phrase_index import PhraseIndex
from bot.core.nlu.spoken_numbers import AgeWords, SpokenNumber, spoken_numbers
from bot.core.nlu.tokens import MOST_REMEMBERED, TokenizedText, join_words, tokenize
from bot.core.nlu.vocabulary import KnownWords

CYRILLIC_BOTH = ("uk", "ru")


class ReadingWords(Frozen):
    """What every message is read by, whatever is asked.

    corrections: words by which an earlier answer is taken back, by language. places: what people say
    for the first option ("1"), the second, and the last one ("last").
    wondering: what somebody says who does not know what to do or become, by language.
    common: the commonest words of each language. fillers: words that add nothing, by language.
    """

    guard: Guard
    age: AgeWords
    common: dict[str, tuple[str, ...]]
    fillers: dict[str, tuple[str, ...]]
    corrections: dict[str, tuple[str, ...]]
    wondering: dict[str, tuple[str, ...]]
    places: dict[str, tuple[str, ...]]

    @property
    def phrases(self) -> Iterator[str]:
        """Return every phrase, for the vocabulary."""
        yield from self.guard.phrases
        yield from self.age.phrases
        yield from self.filler_phrases
        for said in self.wondering.values():
            yield from said
        for said in self.places.values():
            yield from said

    def correction_in(self, text: TokenizedText) -> str | None:
        """Return a message that takes something back, without the words that say so; None: it is none.

        Only at its beginning are they taken away: in "nē, man ir 17" the "nē" is no answer.
        """
        found = self._corrections.find(text, corrected=False)
        if not found:
            return None
        begin = 0
        while ends := [one.end for one in found if one.start == begin]:
            begin = max(ends)
        return join_words(text.tokens[begin:])

    def wondered(self, text: TokenizedText, own: AbstractSet[int]) -> frozenset[int]:
        """Return the places where somebody tells what they do not know, up to a word of the first person: "nezinu ko studēt".

        own: the places of words of the first person.
        """
        places: set[int] = set()
        for said in self._wondering.find(text, corrected=False):
            places |= set(range(said.start, said.end))
            for place in range(said.end, len(text.tokens)):
                if place in own or text.tokens[place].clause != text.tokens[said.end - 1].clause:
                    break
                places.add(place)
        return frozenset(places)

    def wonders(self, text: TokenizedText) -> bool:
        """Return whether somebody says that they do not know what to do or become."""
        return bool(self._wondering.find(text))

    @cached_property
    def _wondering(self) -> PhraseIndex[None]:
        return PhraseIndex((one, None) for said in self.wondering.values() for one in said)

    @cached_property
    def _corrections(self) -> PhraseIndex[None]:
        return PhraseIndex((one, None) for words in self.corrections.values() for one in words)

    def speech(self, *, places: bool) -> CommonSpeech:
        """Return what is said at any question. places: an option may be named by its place."""
        return self._common_speech if places else replace(self._common_speech, places={})

    @cached_property
    def _common_speech(self) -> CommonSpeech:
        common = frozenset(normalize(word) for words in self.common.values() for word in words)
        idle = (*self.filler_phrases, *self.age.years, *self.age.old, *self.age.self)
        return CommonSpeech(self.filler_phrases, common, self.places, idle)

    @cached_property
    def filler_phrases(self) -> tuple[str, ...]:
        """Return the fillers of all languages."""
        return tuple(filler for fillers in self.fillers.values() for filler in fillers)


@dataclass(frozen=True)
class HeardMessage:
    """A message as all readers see it.

    languages: the likeliest first. tells_language: whether anything in it tells which it is.
    """

    guarded: GuardedText
    languages: tuple[str, ...]
    tells_language: bool
    numbers: tuple[SpokenNumber, ...]

    @property
    def text(self) -> TokenizedText:
        """Return its words."""
        return self.guarded.text

    def written_in(self, usual: str) -> str:
        """Return the language it is in; `usual`, that of the conversation, where it may be that."""
        if usual in self.languages or not self.tells_language:
            return usual
        return self.languages[0]


class MessageReader:
    """Reads messages with the words of the content."""

    def __init__(
        self,
        words: ReadingWords,
        numbers: NumberWords,
        vocabulary: KnownWords,
        asking: Mapping[str, Sequence[str]],
    ) -> None:
        """Take what messages are read by.

        vocabulary: the words that slips are corrected to. asking: words that ask, by language.
        """
        self.words = words
        guards = words.guard.languages.values()
        self._asking = AskingWords(
            every=tuple(word for said in asking.values() for word in said),
            choosing=tuple(word for one in guards for word in one.choosing),
            joining=tuple(word for one in guards for word in one.joining),
            fillers=words.filler_phrases,
        )
        self._number_words = numbers
        self._vocabulary = vocabulary
        self._common = {
            code: frozenset(map(normalize, said)) for code, said in words.common.items()
        }

        # every reader of a turn reads the same message
        self.read = lru_cache(maxsize=MOST_REMEMBERED)(self._read)

    def _read(self, text: str) -> HeardMessage:
        """Return a message read."""
        tokens = tokenize(text, self._vocabulary)
        languages = languages_of(tokens, self._common)
        # Ukrainian and Russian are mixed in one breath, and their guard words agree
        either = tuple(dict.fromkeys((*languages, *(CYRILLIC_BOTH if tokens.is_cyrillic else ()))))
        beside = ("en",) if "lv" in either and "en" not in either else ()
        guarded = self.words.guard.read(tokens, either, beside)
        asked = self._asking.places(tokens, guarded.own)
        guarded = guarded._replace(asked=asked | self.words.wondered(tokens, guarded.own))
        return HeardMessage(
            guarded,
            languages,
            tells_language(tokens, self._common),
            spoken_numbers(tokens, self._number_words),
        )
