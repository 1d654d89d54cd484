"""Every way the places can be wrong: neighbours and institutions that are not there, names that clash."""

import re
from collections.abc import Iterator
from datetime import date

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.library import Library
from bot.core.nlu.normalize import normalize
from bot.core.places.place import OfficeContact, Place

PERSONAL_EMAIL = re.compile(r"[a-z]{2,}[._][a-z]{2,}@.*", re.IGNORECASE)  # name.surname@…


def place_structure_faults(library: Library) -> Iterator[Finding]:
    """Find what would fail where a place is told: institutions that a counsellor serves and that are not there."""
    for id_, place in library.places.items():
        for name, institution in place.institutions.items():
            for number, counsellor in enumerate(institution.counsellors):
                keys: Keys = ("institutions", name, "counsellors", number, "serves")
                for served in counsellor.serves:
                    if served not in place.institutions or served == name:
                        text = f'no other institution "{served}" in this place'
                        yield fault("M002", file_of(id_), keys, text, "correct its name")


def place_faults(library: Library, today: date) -> Iterator[Finding]:
    """Find what is wrong with the places on a day."""
    called = {
        normalize(name): id_ for id_, names in library.known_places.names.items() for name in names
    }
    for id_, place in library.places.items():
        yield from _neighbour_faults(library, id_, place)
        yield from _name_faults(library, id_, place, called)
        for keys, contact in _contacts(place):
            if contact.email is not None and PERSONAL_EMAIL.fullmatch(contact.email):
                text = f'"{contact.email}" looks like the address of one person'
                remedy = "give the office's address, or leave it out"
                yield fault("M004", file_of(id_), (*keys, "email"), text, remedy)
        if today > place.review:
            text = f"{id_}: to be checked again by {place.review}"
            yield fault("S001", file_of(id_), ("review",), text, "look, and set both")


def file_of(id_: str) -> str:
    """Return the file of a place."""
    return f"content/places/{id_}.yaml"


def _neighbour_faults(library: Library, id_: str, place: Place) -> Iterator[Finding]:
    for number, other in enumerate(place.neighbours):
        keys = ("neighbours", number)
        if other == id_ or (
            other not in library.places and other not in library.known_places.names
        ):
            text = f'no other place "{other}"'
            yield fault("M001", file_of(id_), keys, text, "name a file of content/places/")
        elif other in library.places and library.places[other].example != place.example:
            text = (
                f'"{other}" is made up, and a real place is not'
                if not place.example
                else f'"{other}" is real'
            )
            yield fault(
                "M005", file_of(id_), keys, text, "made-up places are next to each other only"
            )


def _name_faults(
    library: Library, id_: str, place: Place, called: dict[str, str]
) -> Iterator[Finding]:
    """Find names that two places have, and a made-up place that is called as a real one."""
    names: list[tuple[Keys, str]] = [(("name",), place.name)]
    names += [(("also", number), name) for number, name in enumerate(place.also)]
    real = {normalize(name) for known in library.known_places.names.values() for name in known}
    for keys, name in names:
        other = called.setdefault(normalize(name), id_)
        if place.example and (id_ in library.known_places.names or normalize(name) in real):
            text = f'the made-up place is called "{name}", as a real one'
            yield fault("M005", file_of(id_), keys, text, "make up another name")
        elif other != id_:
            text = f'"{name}" is also a name of {other}'
            yield fault("M003", file_of(id_), keys, text, "leave one of them out")


def _contacts(place: Place) -> Iterator[tuple[Keys, OfficeContact]]:
    for id_, institution in place.institutions.items():
        keys: Keys = ("institutions", id_)
        yield keys, institution
        for number, counsellor in enumerate(institution.counsellors):
            yield (*keys, "counsellors", number), counsellor
    if place.nva is not None:
        yield ("nva",), place.nva
    if place.remote is not None:
        yield ("remote",), place.remote
