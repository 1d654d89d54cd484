"""Which place somebody means: a name in any case, without diacritics, with a slip, within a sentence."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.core.nlu.normalize import SLIP_FROM, normalize
from bot.core.places.place import KnownPlaces, Place

SHORTEST_STEM = 3  # letters
MOST_REMEMBERED = 1024  # words whose place was found before
MOST_WORDS = 30  # of a message, in which a place is looked for
# the endings of a name in its cases, without diacritics: Rīga, Rīgas, Rīgai; Cēsis, Cēsu, Cēsīm
LATIN_ENDING = re.compile(r"(iem|ij|am|as|ai|es|ei|em|is|im|os|us|um|a|e|i|o|u|s)$")
CYRILLIC_ENDING = re.compile(r"(ами|ах|ою|ой|ом|ам|ов|ы|и|і|а|у|ю|е|я|о)$")
CYRILLIC_LETTER = re.compile(r"[а-яієґ]")


@dataclass(frozen=True)
class FoundPlace:
    """The place that words name. id: of a place with or without data; "" where they name none.

    others: ids of places that may have been meant as well. exactly: its name stands in the words without a slip.
    """

    id: str = ""
    others: tuple[str, ...] = ()
    exactly: bool = False


@dataclass(frozen=True)
class _Name:
    id: str
    stems: tuple[str, ...]
    county: bool


class PlaceFinder:
    """Finds places by what people type, and the nearest place of which something is known.

    known: names of places of which there may be no data, so that they are understood too.
    """

    def __init__(self, places: Mapping[str, Place], known: KnownPlaces) -> None:
        self._places = places
        self._known = known.names
        self._county = frozenset(map(normalize, known.county))
        self._town = frozenset(map(normalize, known.town))
        self._names = tuple(self._all_names())
        self._found: dict[str, FoundPlace] = {}

    @property
    def places(self) -> Mapping[str, Place]:
        """The places that have told of themselves, by id."""
        return self._places

    def find(self, words: str) -> FoundPlace:
        """Return the place that words name; an id means itself."""
        if words not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            found = self._find(words)
            if words in self._places or words in self._known:
                others = tuple(id_ for id_ in (found.id, *found.others) if id_ not in ("", words))
                found = FoundPlace(words, others, exactly=True)
            self._found[words] = found
        return self._found[words]

    def has_data(self, words: str) -> bool:
        """Return whether anything is known of the place that words name."""
        place = self._places.get(self.find(words).id)
        return place is not None and place.has_data

    def name(self, id_: str) -> str:
        """Return how a place is called; its id where it is gone from the content."""
        if id_ in self._places:
            return self._places[id_].name
        return self._known[id_][0] if id_ in self._known else id_

    def nearest(self, id_: str) -> tuple[str, ...]:
        """Return the places with data that are next to one without: the nearest first."""
        found: list[tuple[int, str]] = []
        for steps, other in self.by_distance(id_):
            if found and steps > found[0][0]:
                break
            if other in self._places and self._places[other].has_data:
                found.append((steps, other))
        return tuple(other for _, other in found)

    def by_distance(self, id_: str) -> Iterator[tuple[int, str]]:
        """Return all other places that can be reached from neighbour to neighbour, with the steps to them, nearest first.

        Neighbours are told by either of two places; those of neighbours come after them.
        """
        seen, ahead = {id_}, deque([(id_, 0)])
        while ahead:
            here, steps = ahead.popleft()
            for other in self._next_to(here):
                if other not in seen:
                    seen.add(other)
                    yield steps + 1, other
                    ahead.append((other, steps + 1))

    def of_institution(self, name: str) -> str:
        """Return the place of an institution by its whole name; "" where none or several are called so."""
        wanted = normalize(name)
        found = {
            id_
            for id_, place in self._places.items()
            for institution in place.institutions.values()
            if wanted and normalize(institution.name) == wanted
        }
        return found.pop() if len(found) == 1 else ""

    def _next_to(self, id_: str) -> Iterator[str]:
        """Return the neighbours that a place names itself, then those that name it."""
        if id_ in self._places:
            yield from self._places[id_].neighbours
        naming = [
            (place.neighbours.index(id_), other)
            for other, place in self._places.items()
            if id_ in place.neighbours
        ]
        yield from (other for _, other in sorted(naming))

    def _all_names(self) -> Iterator[_Name]:
        for id_, place in self._places.items():
            for name in (place.name, *place.also, *self._known.get(id_, ())):
                yield from self._named(id_, name)
        for id_, names in self._known.items():
            if id_ not in self._places:
                for name in names:
                    yield from self._named(id_, name)

    def _named(self, id_: str, name: str) -> Iterator[_Name]:
        words = normalize(name).split()
        bare = [word for word in words if word not in self._county | self._town]
        if bare:
            county = not self._county.isdisjoint(words)
            yield _Name(id_, tuple(_stem(word) for word in bare), county)

    def _find(self, words: str) -> FoundPlace:
        typed = normalize(words).split()[:MOST_WORDS]
        stems = tuple(_stem(word) for word in typed)
        found = [name for name in self._names if _stands_in(name.stems, stems)]
        exactly = bool(found)
        if not found:
            found = [name for name in self._names if _nearly(name.stems, stems)]
        if not found:
            return FoundPlace()
        longest = max(len(name.stems) for name in found)
        found = [name for name in found if len(name.stems) == longest]
        wants_county, wants_town = bool(self._county & set(typed)), bool(self._town & set(typed))
        if wants_county or wants_town:
            fitting = [name for name in found if name.county == wants_county]
            found = fitting or found
        # a bare name is a town's before it is a county's, where both are called so
        found.sort(key=lambda name: name.county)
        ids = tuple(dict.fromkeys(name.id for name in found))
        return FoundPlace(ids[0], ids[1:], exactly)


def _stem(word: str) -> str:
    ending = CYRILLIC_ENDING if CYRILLIC_LETTER.search(word) else LATIN_ENDING
    short = ending.sub("", word)
    return short if len(short) >= SHORTEST_STEM else word


def _stands_in(name: Sequence[str], typed: Sequence[str]) -> bool:
    size = len(name)
    return any(tuple(typed[at : at + size]) == tuple(name) for at in range(len(typed) - size + 1))


def _nearly(name: Sequence[str], typed: Sequence[str]) -> bool:
    """Return whether a name of one word stands there with one slip; short names allow none."""
    if len(name) != 1 or len(name[0]) < SLIP_FROM - 1:
        return False
    long_enough = (word for word in typed if len(word) >= SLIP_FROM - 1)
    return any(OSA.distance(name[0], word, score_cutoff=1) <= 1 for word in long_enough)
