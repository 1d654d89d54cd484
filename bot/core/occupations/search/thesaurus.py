"""Everyday words that name the same work or the same matter, in four languages at once."""

from collections.abc import Iterator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import LANGUAGES


class SynonymGroup(Frozen):
    """Words and short phrases, any of which may stand for any other.

    kinds: the first of each language names the whole, and the others kinds of it, which stand for
    the whole and not for one another.
    """

    kinds: bool = False
    lv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    uk: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()

    def members(self) -> Iterator[tuple[str, str]]:
        """Return each word or phrase as (language, text)."""
        for language in LANGUAGES:
            for text in getattr(self, language):
                yield language, text

    def meanings(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """Return, for each meaning, the members that stand for one another, as (language, text)."""
        if not self.kinds:
            yield tuple(self.members())
            return
        texts_by_language = [(language, getattr(self, language)) for language in LANGUAGES]
        whole = tuple((language, texts[0]) for language, texts in texts_by_language if texts)
        for member in self.members():
            if member not in whole:
                yield (*whole, member)
