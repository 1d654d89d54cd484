"""A plan as a file: all of it, with its earlier versions, in a published form that comes back in."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, Literal

from pydantic import Field, ValidationError
from pydantic_core import from_json

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.plan.items import ID_LETTERS, PlanItem
from bot.core.plan.plan import LastChange, Plan

FILE_FORMAT: Final = "celvedis-plan-1"
MOST_KEPT_VERSIONS = 200
LONGEST_LIST_IN_FILE = 1000
LARGEST_HISTORY = 3_000_000  # bytes of earlier versions in a file, so that it comes back in


class KeptVersion(Frozen):
    """The items of a plan as they were. last: the change that made it; None: it was made with it."""

    number: int
    last: LastChange | None = None
    items: tuple[PlanItem, ...] = ()


class PlanFile(Frozen):
    """What is in the file.

    format: of this file. written: the day. release: of the content it was made with.
    versions: the earlier ones, the first first. checksum: of all else, so that a slip of the copy is found; it is no
    signature, and says nothing of who made the file.
    """

    format: Literal["celvedis-plan-1"] = "celvedis-plan-1"
    written: date
    language: Language = "lv"
    release: str = Field(default="", max_length=64)
    plan: Plan
    versions: tuple[KeptVersion, ...] = Field(default=(), max_length=MOST_KEPT_VERSIONS)
    checksum: str = Field(default="", max_length=64)


class FileFault(Frozen):
    """Why a file cannot be read: where in it, and what is there. place: keys and numbers, by dots."""

    place: str
    what: str


def checksum(file: PlanFile) -> str:
    """Return the SHA-256 of what a file says, apart from the checksum itself."""
    return sha256(file.model_dump_json(exclude={"checksum"}).encode()).hexdigest()


def write_file(
    plan: Plan, versions: tuple[KeptVersion, ...], written: datetime, about: Mapping[str, str]
) -> PlanFile:
    """Return the file of a plan, without the secrets of its links.

    about: `language` and `release`.
    """
    shares = tuple(share.model_copy(update={"token": ""}) for share in plan.shares)
    file = PlanFile(
        written=written.date(),
        language=about["language"],
        release=about["release"],
        plan=plan.model_copy(update={"shares": shares}),
        versions=_latest(versions),
    )
    return file.model_copy(update={"checksum": checksum(file)})


def _latest(versions: tuple[KeptVersion, ...]) -> tuple[KeptVersion, ...]:
    """Return the latest versions, as many as a file holds that can be read again."""
    kept: list[KeptVersion] = []
    room = LARGEST_HISTORY
    for one in reversed(versions[-MOST_KEPT_VERSIONS:]):
        room -= len(one.model_dump_json().encode())
        if room < 0:
            break
        kept.append(one)
    return tuple(reversed(kept))


def read_file(data: bytes | str) -> PlanFile | tuple[FileFault, ...]:
    """Return what a file holds, or all that is wrong with it; nothing of its words is in that."""
    endless = _endless_list(data)
    if endless is not None:
        return (FileFault(place=endless, what="the list is longer than any of a plan"),)
    try:
        file = PlanFile.model_validate_json(data)
    except ValidationError as error:
        return tuple(
            FileFault(place=".".join(map(str, one["loc"])), what=one["msg"])
            for one in error.errors(include_input=False, include_url=False)
        )
    except ValueError:
        return (FileFault(place="", what="it is no text"),)
    if file.checksum != checksum(file):
        return (FileFault(place="checksum", what="something in it is not as it was written"),)
    return tuple(_ill_named(file.plan.items)) or file


def _endless_list(data: bytes | str) -> str | None:
    """Return where a list is too long to be of a plan; each fault of a million would be told otherwise."""
    try:
        value = from_json(data)
    except ValueError:
        return None  # what is wrong with it is told by who reads it
    ahead: list[tuple[str, object]] = [("", value)]
    while ahead:
        place, part = ahead.pop()
        if isinstance(part, list):
            if len(part) > LONGEST_LIST_IN_FILE:
                return place
            ahead += [(f"{place}.{number}".lstrip("."), one) for number, one in enumerate(part)]
        elif isinstance(part, dict):
            ahead += [(f"{place}.{key}".lstrip("."), one) for key, one in part.items()]
    return None


def _ill_named(items: tuple[PlanItem, ...]) -> Iterator[FileFault]:
    """Return the items that nothing could refer to: without an id of their kind, or with another's."""
    taken: set[str] = set()
    for place, item in enumerate(items):
        if item.id in taken or not item.id.startswith(ID_LETTERS[item.kind]):
            what = "its id is another's or none of its kind"
            yield FileFault(place=f"plan.items.{place}.id", what=what)
        taken.add(item.id)


def file_schema() -> dict[str, Any]:
    """Return the form of the file as a JSON schema."""
    schema = PlanFile.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FILE_FORMAT,
    } | schema
