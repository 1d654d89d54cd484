"""Every way the thesaurus can be wrong."""

from collections.abc import Iterator, Sequence

from bot.core.base.texts import FOREIGN
from bot.core.checks.finding import Finding, fault
from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.thesaurus import SynonymGroup

THESAURUS_FILE = "content/thesaurus.yaml"
MOST_WORDS_OF_MEMBER = 4  # words of a member


def thesaurus_faults(groups: Sequence[SynonymGroup], asking: QueryWords) -> Iterator[Finding]:
    """Find groups that relate nothing or stand twice, members that say nothing or are too long."""
    seen: dict[frozenset[tuple[str, ...]], int] = {}
    for at, group in enumerate(groups):
        members: set[tuple[str, ...]] = set()
        for language, text in group.members():
            keys = (at, language)
            words = (language, *asking.words_of_name(text))
            if not asking.words_of_query(text):
                yield fault("T001", THESAURUS_FILE, keys, f'"{text}" names nothing', "leave it out")
            if len(words) > 1 + MOST_WORDS_OF_MEMBER:
                remedy = f"at most {MOST_WORDS_OF_MEMBER} words"
                yield fault("T002", THESAURUS_FILE, keys, f'"{text}" is long', remedy)
            if FOREIGN[language].search(text):
                foreign = f'letters of another alphabet in "{text}"'
                yield fault("T003", THESAURUS_FILE, keys, foreign, "type it anew")
            if words in members:
                yield fault(
                    "T004", THESAURUS_FILE, keys, f'"{text}" stands twice', "once is enough"
                )
            members.add(words)
        if len(members) < 2:  # noqa: PLR2004 - one word stands for no other
            yield fault("T005", THESAURUS_FILE, (at,), "a group of one", "add what means the same")
        other = seen.setdefault(frozenset(members), at)
        if other != at:
            yield fault(
                "T006", THESAURUS_FILE, (at,), f"the same as group {other + 1}", "leave one out"
            )
