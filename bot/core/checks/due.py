"""What has to be looked at again by a day: everything that bears such a day, most used first."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from bot.core.base.frozen import Frozen
from bot.core.base.problems import Keys
from bot.core.base.texts import Pair, Text
from bot.core.checks.dates import DATES_FILE
from bot.core.library import Library

SOURCES_FILE = "content/sources.yaml"
# the keys under which the content names sources
NAMING_KEYS = frozenset({"source", "sources", "also", "more", "imported", "figures"})


class DueItem(Frozen):
    """Something to look at again.

    file: a folder where only the loader knows in which of its files the id stands. keys: of its review day.
    used: how many cards, rules, answers, dates and flows rest on it; of a card or a date, that it is told
    and how many lead to it; 0 where it is not told.
    """

    kind: Literal["source", "path", "knowledge", "date"]
    id: str
    title: str
    review: date
    used: int
    file: str
    keys: Keys


def due_by(library: Library, day: date) -> list[DueItem]:
    """Return what is to be looked at again on a day or before it, the most used first."""
    found = [one for one in _everything(library) if one.review <= day]
    return sorted(found, key=lambda one: (-one.used, one.review, one.kind, one.id))


def source_uses(library: Library) -> Counter[str]:
    """Return for each source how many rules, cards, answers, dates, notices and flows rest on it."""
    owners: tuple[Mapping[str, Any], ...] = (
        library.flows,
        library.rules,
        library.paths,
        library.knowledge,
        library.dates,
        library.notices,
    )
    uses: Counter[str] = Counter()
    for parts in owners:
        for part in parts.values():
            uses.update(set(_sources_named(part.model_dump())) & library.sources.keys())
    return uses


def _everything(library: Library) -> Iterator[DueItem]:
    uses = source_uses(library)
    for id_, source in library.sources.items():
        yield DueItem(
            kind="source", id=id_, title=_plain(source.title), review=source.review,
            used=uses[id_] + source.listed, file=SOURCES_FILE, keys=(id_, "review"),
        )  # fmt: skip
    leading = Counter(other for card in library.paths.values() for other in card.leads_to)
    for id_, card in library.paths.items():
        for part, facts in (("facts", card.facts), ("withheld", card.withheld)):
            for field, fact in facts.items():
                yield DueItem(
                    kind="path", id=f"{id_}.{field}", title=_plain(card.title), review=fact.review,
                    used=1 + leading[id_] if part == "facts" else 0,
                    file="content/paths", keys=(id_, part, field, "review"),
                )  # fmt: skip
    for id_, entry in library.knowledge.items():
        yield DueItem(
            kind="knowledge", id=id_, title=_plain(entry.question),
            review=entry.review, used=1,
            file="content/knowledge", keys=(id_, "review"),
        )  # fmt: skip
    for id_, dated in library.dates.items():
        yield DueItem(
            kind="date", id=id_, title=_plain(dated.title), review=dated.review,
            used=int(dated.said), file=DATES_FILE, keys=(id_, "review"),
        )  # fmt: skip


def _sources_named(part: Any, key: str = "") -> Iterator[str]:
    """Return the sources that a part of the content names, wherever in it."""
    if isinstance(part, str):
        if key in NAMING_KEYS:
            yield part
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from _sources_named(value, str(name))
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _sources_named(value, key)


def _plain(text: Text) -> str:
    return text.jus if isinstance(text, Pair) else text
