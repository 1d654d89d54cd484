"""Everyday words that name the same work or the same matter, in four languages at once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.catalogue import FOREIGN
from bot.core.data import Data
from bot.core.search.asking import Asking
from bot.core.texts import LANGUAGES

LONGEST = 4  # words of a member


class Group(Data):
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
        """Give each member with its language."""
        for language in LANGUAGES:
            for text in getattr(self, language):
                yield language, text

    def meanings(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """Give the members that stand for one another."""
        if not self.kinds:
            yield tuple(self.members())
            return
        whole = tuple((code, texts[0]) for code in LANGUAGES if (texts := getattr(self, code)))
        for one in self.members():
            if one not in whole:
                yield (*whole, one)


class Fault(NamedTuple):
    """A fault of one group, by the keys that lead to it."""

    keys: tuple[str | int, ...]
    code: str
    text: str
    remedy: str


def thesaurus_faults(groups: Sequence[Group], asking: Asking) -> Iterator[Fault]:
    """Find groups that relate nothing or stand twice, members that say nothing or are too long."""
    seen: dict[frozenset[tuple[str, ...]], int] = {}
    for at, group in enumerate(groups):
        members: set[tuple[str, ...]] = set()
        for language, text in group.members():
            keys = (at, language)
            words = (language, *asking.spoken(text))
            if not asking.asked(text):
                yield Fault(keys, "T001", f'"{text}" names nothing', "leave it out")
            if len(words) > 1 + LONGEST:
                yield Fault(keys, "T002", f'"{text}" is long', f"at most {LONGEST} words")
            if FOREIGN[language].search(text):
                yield Fault(
                    keys, "T003", f'letters of another alphabet in "{text}"', "type it anew"
                )
            if words in members:
                yield Fault(keys, "T004", f'"{text}" stands twice', "once is enough")
            members.add(words)
        if len(members) < 2:  # noqa: PLR2004 - one word stands for no other
            yield Fault((at,), "T005", "a group of one", "add what means the same")
        other = seen.setdefault(frozenset(members), at)
        if other != at:
            yield Fault((at,), "T006", f"the same as group {other + 1}", "leave one out")
