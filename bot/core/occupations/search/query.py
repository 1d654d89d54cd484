"""Cuts what people type to the words that are asked of an occupation."""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import chain

from bot.core.base.frozen import Frozen
from bot.core.nlu.normalize import normalize


class WordList(Frozen):
    """Words and phrases in each language."""

    lv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    uk: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> frozenset[str]:
        """Return the words and phrases of all languages, folded."""
        return frozenset(map(normalize, chain(self.lv, self.en, self.uk, self.ru)))


class QueryWords(Frozen):
    """The words around what is asked of an occupation."""

    joining: WordList = WordList()  # they tell nothing within a name: "un", "of"
    greeting: WordList = WordList()
    wishing: WordList = WordList()  # for an occupation, or asking about it
    talking: WordList = WordList()  # they stand in no name
    any_work: WordList = WordList()  # at the end of a question they are said of any work: "darbs"
    short: Mapping[str, str] = {}  # what people shorten, by what names write out

    @cached_property
    def _beside(self) -> frozenset[str]:
        """Return what stands beside the matter of a question, words and phrases, folded."""
        kinds = (self.joining, self.greeting, self.wishing, self.talking)
        return frozenset(chain.from_iterable(kind.folded for kind in kinds))

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        """Return a pattern that finds each phrase of several words, the longest that fits."""
        every = chain(self._beside, self.any_work.folded)
        phrases = [text for text in every if " " in text]
        phrases.sort(key=lambda phrase: (-len(phrase), phrase))
        if not phrases:
            return re.compile(r"(?!)")  # finds nothing
        choices = "|".join(re.escape(phrase) for phrase in phrases)
        return re.compile(rf"\b(?:{choices})\b")

    def words_of_name(self, text: str) -> list[str]:
        """Return the folded words of a name, without those that only join them."""
        words = [self.short.get(word, word) for word in normalize(text).split()]
        return [word for word in words if word not in self.joining.folded] or words

    def words_of_query(self, text: str) -> list[str]:
        """Return the words a question is about, without greetings and what is said of any work."""
        words = self._phrases.sub(" ", normalize(text)).split()
        matter = [word for word in words if word not in self._beside]
        while len(matter) > 1 and matter[-1] in self.any_work.folded:
            matter.pop()
        return [self.short.get(word, word) for word in matter]

    def is_small_talk(self, text: str) -> bool:
        """Return whether somebody is talking, and wishes for no work."""
        words = frozenset(normalize(text).split())
        talks = self.talking.folded | self.greeting.folded
        wishes = self.wishing.folded | self.any_work.folded
        return not words.isdisjoint(talks) and words.isdisjoint(wishes)
