"""JSON from outside, read strictly: no key twice, nothing that is no number, no endless list; or where it is wrong."""

import json
import math
from collections import Counter
from collections.abc import Callable
from typing import Final, NoReturn

from bot.core.base.frozen import Frozen

BYTE_ORDER_MARK: Final = "\ufeff"  # some editors begin a file with it
NO_JSON: Final = "Invalid JSON, or in another coding than UTF-8"
TWICE: Final = "the key stands there twice"
MOST_KEYS: Final = 100  # of one object; no model of ours has as many


class FileFault(Frozen):
    """Why a file cannot be read: where in it, and what is there. place: keys and numbers, by dots; "" for all of it."""

    place: str
    what: str


class _DoubledKey(dict[str, object]):
    """An object in which a key stands twice."""

    key: str = ""


def read_strict_json(data: bytes | str, most: Callable[[str], int]) -> object:
    """Return the value that a text holds, or the `FileFault` that keeps it from being read.

    most: returns how long the list at a place may be; each fault of a million would be told otherwise.
    """
    try:
        text = data.decode() if isinstance(data, bytes) else data
        value: object = json.loads(
            text.removeprefix(BYTE_ORDER_MARK),
            object_pairs_hook=_object,
            parse_float=_finite,
            parse_constant=_refused,
        )
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        return FileFault(place="", what=NO_JSON)
    return _fault_within(value, most) or value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = _DoubledKey(found)
    times = Counter(key for key, _ in pairs)
    doubled.key = next(key for key, count in times.items() if count > 1)
    return doubled


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refused(text)


def _refused(text: str) -> NoReturn:
    message = f"{text} is no number in JSON"
    raise ValueError(message)


def _fault_within(value: object, most: Callable[[str], int]) -> FileFault | None:
    ahead: list[tuple[str, object]] = [("", value)]
    while ahead:
        place, part = ahead.pop()
        if isinstance(part, _DoubledKey):
            return FileFault(place=_within(place, part.key), what=TWICE)
        longest = most(place) if isinstance(part, list) else MOST_KEYS
        if isinstance(part, list | dict) and len(part) > longest:
            return FileFault(place=place, what=f"there is too much: at most {longest}")
        ahead += [
            (_within(place, name), one)
            for name, one in _named(part)
            if isinstance(one, dict | list)
        ]
    return None


def _named(part: object) -> list[tuple[object, object]]:
    match part:
        case dict():
            return list(part.items())
        case list():
            return list(enumerate(part))
        case _:
            return []


def _within(place: str, name: object) -> str:
    return f"{place}.{name}" if place else str(name)
