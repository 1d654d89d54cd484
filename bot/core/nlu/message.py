"""A message read once for all readers: its words, its languages, what turns them, its numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.core.base.frozen import Frozen
from bot.core.nlu.guard import Guard, GuardedText, vocabulary_of
from bot.core.nlu.languages import CommonWords, languages_of
from bot.core.nlu.normalize import normalize
from bot.core.nlu.numbers import NumberWords
from bot.core.nlu.spoken_numbers import AgeWords, SpokenNumber, spoken_numbers
from bot.core.nlu.tokens import TokenizedText, tokenize
from bot.core.nlu.vocabulary import Vocabulary


class ReadingWords(Frozen):
    """What every message is read by, whatever is asked.

    fillers: words that add nothing, by language.
    """

    guard: Guard
    age: AgeWords
    common: CommonWords
    fillers: dict[str, tuple[str, ...]]

    @cached_property
    def filler_phrases(self) -> tuple[str, ...]:
        """Return the fillers of all languages."""
        return tuple(filler for fillers in self.fillers.values() for filler in fillers)


@dataclass(frozen=True)
class Message:
    """A message as all readers see it. languages: the likeliest first."""

    guarded: GuardedText
    languages: tuple[str, ...]
    numbers: tuple[SpokenNumber, ...]

    @property
    def text(self) -> TokenizedText:
        """Return its words."""
        return self.guarded.text


class MessageReader:
    """Reads messages with the words of the content."""

    def __init__(
        self, words: ReadingWords, numbers: NumberWords, phrases: Iterable[str] = ()
    ) -> None:
        """Take what messages are read by.

        phrases: of all other readers; slips are corrected to their words.
        """
        self.words = words
        self.number_words = numbers
        every = (*phrases, *words.guard.phrases, *words.age.phrases, *words.filler_phrases)
        self.vocabulary = Vocabulary(vocabulary_of(every))
        self._common = {
            code: frozenset(map(normalize, said)) for code, said in words.common.languages.items()
        }

    def read(self, text: str) -> Message:
        """Return a message read."""
        tokens = tokenize(text, self.vocabulary)
        languages = languages_of(tokens, self._common)
        guarded = self.words.guard.read(tokens, languages)
        return Message(guarded, languages, spoken_numbers(tokens, self.number_words))
