"""Supply against demand: free hours against people who wait or were invited, and who found no time at all."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import AwareDatetime, Field

from bot.core.base.texts import Language
from bot.core.booking.versioned import Versioned
from bot.core.flows.step_base import Id

SOON_DAYS, LATER_DAYS = 14, 30
TOLD_EVERY: Final = timedelta(days=7)
COUNTED_EVERY: Final = timedelta(days=LATER_DAYS)
SHORTEST_KEY: Final = 16

# one: within 14 days not everybody finds a time; two: not within 30 either
SupplyLevel = Literal["none", "one", "two"]


class SupplyOf(NamedTuple):
    """What supply and demand are compared for. place: a municipality's id; kind: of meeting."""

    place: str
    kind: str
    language: Language


class Supply(NamedTuple):
    """How many places are free, and how many people look for one. soon, later: within 14 and 30 days."""

    soon: int
    later: int
    waiting: int
    invited: int

    @property
    def level(self) -> SupplyLevel:
        """Return how far the free places are from enough."""
        demand = self.waiting + self.invited
        return "two" if demand > self.later else "one" if demand > self.soon else "none"

    @property
    def missing(self) -> int:
        """Return how many places are missing, within the time its level is about; 0 where there are enough."""
        counted = {"two": self.later, "one": self.soon, "none": self.waiting + self.invited}
        return self.waiting + self.invited - counted[self.level]


class SupplyAlarm(Versioned):
    """How an alarm stands for a place, a kind and a language.

    level, missing: as last seen; told: when the coordinator was last told of what is missing.
    """

    place: Id
    kind: Id
    language: Language
    level: SupplyLevel = "none"
    missing: Annotated[int, Field(ge=0)] = 0
    told: AwareDatetime | None = None


class SupplySeen(NamedTuple):
    """What came of a look at supply and demand. alarm: as it stands now. is_told: whether the coordinator is to be told now."""

    alarm: SupplyAlarm
    is_told: bool


def supply_seen(
    of: SupplyOf, supply: Supply, before: SupplyAlarm | None, now: datetime
) -> SupplySeen:
    """Return the alarm after a look: told at most once a week, also where it ended meanwhile and began anew.

    of: what was looked at; supply: the numbers; before: the alarm as it stood, None where there was none yet.
    """
    standing = before or SupplyAlarm(place=of.place, kind=of.kind, language=of.language)
    last = standing.told
    is_told = supply.level != "none" and (last is None or now - last >= TOLD_EVERY)
    if not is_told and (standing.level, standing.missing) == (supply.level, supply.missing):
        return SupplySeen(standing, is_told=False)
    told = now if is_told else last
    seen = standing.changed(level=supply.level, missing=supply.missing, told=told)
    return SupplySeen(seen, is_told)


def no_time_mark(key: bytes, person: str, place: str, kind: str) -> str:
    """Return a mark by which it is known that the same person found no time before, and not who it was.

    key: known to nobody who sees the marks, and forgotten with them; person: their conversation; place, kind: as looked for.
    Errors: ValueError for a key that could be guessed.
    """
    if len(key) < SHORTEST_KEY:
        message = f"a key of fewer than {SHORTEST_KEY} bytes"
        raise ValueError(message)
    digest = blake2b(key=key, digest_size=16)
    for part in (person, place, kind):
        written = part.encode()
        digest.update(len(written).to_bytes(4, "big") + written)
    return digest.hexdigest()


def is_newly_without_time(mark: str, seen: Mapping[str, datetime], now: datetime) -> bool:
    """Return whether somebody who found no time is to be counted: once in 30 days. seen: marks, with when they were counted."""
    last = seen.get(mark)
    return last is None or now - last >= COUNTED_EVERY


def marks_still_needed(seen: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    """Return the marks that are not forgotten yet."""
    return {mark: at for mark, at in seen.items() if now - at < COUNTED_EVERY}
