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
        """Return all of them, folded."""
        return frozenset(map(normalize, chain(self.lv, self.en, self.uk, self.ru)))


class QueryWords(Frozen):
    """The words around what is asked of an occupation.

    joining: tell nothing within a name; greeting; wishing: for an occupation, or asking about it;
    talking: stand in no name; any_work: no matter at the end; short: for what names write out.
    """

    joining: WordList = WordList()
    greeting: WordList = WordList()
    wishing: WordList = WordList()
    talking: WordList = WordList()
    any_work: WordList = WordList()
    short: Mapping[str, str] = {}

    @cached_property
    def _beside(self) -> frozenset[str]:
        kinds = (self.joining, self.greeting, self.wishing, self.talking)
        return frozenset(chain.from_iterable(kind.folded for kind in kinds))

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        every = chain(self._beside, self.any_work.folded)
        found = sorted((word for word in every if " " in word), key=lambda one: (-len(one), one))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b" if found else r"(?!)")

    def spoken(self, text: str) -> list[str]:
        """Return the folded words of a name, without those that only join them."""
        words = [self.short.get(word, word) for word in normalize(text).split()]
        return [word for word in words if word not in self.joining.folded] or words

    def asked(self, text: str) -> list[str]:
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
