"""A plan as a file: all of it, with its earlier versions, in a published form that comes back in."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any, Final, Literal

from pydantic import Field, ValidationError
from pydantic_core import to_json

from bot.core.base.frozen import Frozen
from bot.core.base.strict_json import FileFault, read_strict_json
from bot.core.base.texts import Language
from bot.core.plan.history import (
    MOST_KEPT_VERSIONS,
    MOST_STATES,
    FiledHistory,
    KeptVersion,
    filed_history,
)
from bot.core.plan.items import ID_LETTERS, PlanDay, PlanItem
from bot.core.plan.plan import Plan

FILE_FORMAT: Final = "celvedis-plan-2"
FIRST_FORMAT: Final = (
    "celvedis-plan-1"  # its versions stood there one by one, each with all its items
)
FORMAT_NAME: Final = "celvedis-plan-"
LARGEST_FILE: Final = 12_000_000  # bytes, written and read; versions that have no room are left out
LARGEST_PLAN: Final = (
    8_000_000  # bytes of a file without its versions; the largest made by hand stays below
)
LONGEST_LIST_IN_FILE: Final = 1000  # but of the states of all versions
CHANGED: Final = "something in it is not as it was written"
NEWER: Final = "it was written by a newer program"
TOO_LARGE: Final = FileFault(place="", what=f"larger than any plan: at most {LARGEST_FILE} bytes")
CHECKSUM_OF: Final = "SHA-256 of the file as JSON without this field: keys sorted, no spaces between, in UTF-8, nothing escaped that need not be."


class PlanFile(Frozen):
    """What is in the file.

    format: of this file. written: the day. release: of the content it was made with.
    history: the earlier versions. checksum: of all else as it stands there, so that a slip of the copy is found; it is no
    signature, and says nothing of who made the file.
    """

    format: Literal["celvedis-plan-2"] = FILE_FORMAT
    written: PlanDay
    language: Language = "lv"
    release: str = Field(default="", max_length=64)
    plan: Plan
    history: FiledHistory = FiledHistory()
    checksum: str = Field(default="", max_length=64, description=CHECKSUM_OF)


class FirstPlanFile(Frozen):
    """What was in the file at first. versions: the earlier ones, the first first. checksum: of the keys in their order."""

    format: Literal["celvedis-plan-1"]
    written: PlanDay
    language: Language = "lv"
    release: str = Field(default="", max_length=64)
    plan: Plan
    versions: tuple[KeptVersion, ...] = Field(default=(), max_length=200, fail_fast=True)
    checksum: str = Field(default="", max_length=64)

    def as_now(self) -> PlanFile:
        """Return the same as it is written now; of many versions the latest."""
        kept, latest = (
            self.versions[-MOST_KEPT_VERSIONS:],
            datetime.combine(self.written, time(), UTC),
        )
        dated = [
            one.model_copy(update={"at": latest if one.last is None else one.last.at})
            for one in kept
        ]
        left_out = len(self.versions) - len(kept)
        return PlanFile(
            written=self.written,
            language=self.language,
            release=self.release,
            plan=self.plan,
            history=filed_history(dated, left_out),
            checksum=self.checksum,
        )


def write_file(
    plan: Plan, versions: Sequence[KeptVersion], written: datetime, about: Mapping[str, str]
) -> PlanFile:
    """Return the file of a plan, without the secrets of its links, with as many of the latest versions as have room.

    about: `language` and `release`.
    """
    shares = tuple(share.model_copy(update={"token": ""}) for share in plan.shares)
    file = PlanFile(
        written=written.date(),
        language=about["language"],
        release=about["release"],
        plan=plan.model_copy(update={"shares": shares}),
        checksum=sha256().hexdigest(),  # as long as it will be
    )

    def holding(left_out: int) -> PlanFile:
        history = filed_history(versions[left_out:], left_out)
        return file.model_copy(update={"history": history})

    def has_room(left_out: int) -> bool:
        return len(file_text(holding(left_out)).encode()) <= LARGEST_FILE

    at_least = max(0, len(versions) - MOST_KEPT_VERSIONS)
    if has_room(at_least):
        return sealed(holding(at_least))
    return sealed(holding(bisect_left(range(len(versions)), x=True, lo=at_least, key=has_room)))


def sealed(file: PlanFile) -> PlanFile:
    """Return a file with the checksum of what is in it."""
    return file.model_copy(update={"checksum": checksum(json.loads(file.model_dump_json()))})


def file_text(file: PlanFile) -> str:
    """Return a file as it is given to people."""
    return file.model_dump_json(indent=1)


def checksum(raw: Mapping[str, object]) -> str:
    """Return the checksum of a file as its JSON stands there, whatever fields it has; of what is said in `CHECKSUM_OF`."""
    rest = {key: value for key, value in raw.items() if key != "checksum"}
    if raw.get("format") == FIRST_FORMAT:
        return sha256(to_json(rest)).hexdigest()
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def read_file(data: bytes | str) -> PlanFile | tuple[FileFault, ...]:
    """Return what a file holds, or what is wrong with it; nothing of its words is in that.

    Of each list of items the first bad one is told: a hostile file would have millions.
    """
    if len(data) > LARGEST_FILE:
        return (TOO_LARGE,)
    raw = read_strict_json(data, _longest_list)
    if isinstance(raw, FileFault):
        return (raw,)
    if _is_newer(raw):
        return (FileFault(place="format", what=NEWER),)
    faults: list[FileFault] = []
    file: PlanFile | None = None
    try:
        file = _of_raw(raw)
    except ValidationError as error:
        faults += (
            FileFault(place=".".join(map(str, one["loc"])), what=one["msg"])
            for one in error.errors(include_input=False, include_url=False)
        )
    else:
        faults += _unfit(file)
    if isinstance(raw, dict) and raw.get("checksum") != checksum(raw):
        faults.append(FileFault(place="checksum", what=CHANGED))
    return tuple(faults) or file or ()


def _longest_list(place: str) -> int:
    return MOST_STATES if place == "history.states" else LONGEST_LIST_IN_FILE


def _is_newer(raw: object) -> bool:
    """Return whether a file says of itself that its format is one to come."""
    told = str(raw.get("format")) if isinstance(raw, dict) else ""
    number = told.removeprefix(FORMAT_NAME)
    is_format = told.startswith(FORMAT_NAME) and number.isascii() and number.isdecimal()
    return is_format and (len(number), number) > (1, FILE_FORMAT[-1])


def _of_raw(raw: object) -> PlanFile:
    """Return what a file holds, as it is written now. Errors: ValidationError."""
    if isinstance(raw, dict) and raw.get("format") == FIRST_FORMAT:
        return FirstPlanFile.model_validate_json(to_json(raw)).as_now()
    return PlanFile.model_validate_json(to_json(raw))


def _unfit(file: PlanFile) -> Iterator[FileFault]:
    """Return what no plan could be or go on with."""
    size = len(file.plan.model_dump_json(indent=1).encode())
    if size > LARGEST_PLAN:
        what = f"it is larger than any plan: at most {LARGEST_PLAN} bytes"
        yield FileFault(place="plan", what=what)
    yield from _ill_named("plan.items", file.plan.items)
    known, number = len(file.history.states), 0
    for place, version in enumerate(file.history.versions):
        here = f"history.versions.{place}"
        if version.number <= number:
            yield FileFault(place=f"{here}.number", what="it does not follow the one before it")
        if any(one >= known for one in version.items):
            yield FileFault(place=f"{here}.items", what="there is no such state")
            continue
        number = version.number
        yield from _ill_named(f"{here}.items", file.history.items(version))


def _ill_named(where: str, items: tuple[PlanItem, ...]) -> Iterator[FileFault]:
    """Return the items that nothing could refer to: without an id of their kind, or with another's."""
    times = Counter[str]()
    for place, item in enumerate(items):
        times[item.id] += 1
        if times[item.id] > 1 or not item.id.startswith(ID_LETTERS[item.kind]):
            what = "its id is another's or none of its kind"
            yield FileFault(place=f"{where}.{place}.id", what=what)


def file_schema() -> dict[str, Any]:
    """Return the form of the file as a JSON schema."""
    schema = PlanFile.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FILE_FORMAT,
    } | schema
