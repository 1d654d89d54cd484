"""Tables as others publish them: files and zip archives, CSV or tab-separated, read whole or not at all.

What a cut-off file shows is looked for here: a broken archive, half a letter, an open quote, a last
row that is too short. A file that ends exactly with a row cannot be told from a whole one.
"""

import csv
import io
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from bot.core.base.problems import ContentError, Problem
from bot.errors import InputError

# Bounds, so that no file, and no archive that unpacks to much more, fills the memory.
LARGEST_TABLE = 64 * 2**20  # bytes of a file or of a member of an archive, unpacked
LARGEST_ARCHIVE = 256 * 2**20  # bytes of an archive, and of all that is unpacked of it
MOST_MEMBERS = 2000  # files in an archive
LONGEST_FIELD = 2**20  # characters
HEAD_BYTES = 64 * 2**10  # bytes in which the header is looked for
HEADER_ROWS = 40  # the crosswalk begins with sixteen rows about itself
DELIMITERS = (",", "\t", ";")
TABLE_SUFFIXES = (".csv", ".txt", ".tsv")
REMEDY_DOWNLOAD = "download it again"
csv.field_size_limit(LONGEST_FIELD)


class TableRow(NamedTuple):
    """A row by the names of its columns, and the line it begins on."""

    line: int
    fields: dict[str, str]


class ShortRow(NamedTuple):
    """A row that has not as many fields as the header."""

    line: int
    has: int


@dataclass(frozen=True)
class PublishedFile:
    """A file as it came: path (archive.zip/member), its bytes, and whether it was in an archive.

    Of a member that is not wanted only the beginning is read.
    """

    path: str
    data: bytes
    packed: bool = False


@dataclass(frozen=True)
class TableHeader:
    """Where a table begins: its columns, the row they stand in, what parts them."""

    columns: tuple[str, ...]
    row: int
    line: int
    delimiter: str


@dataclass(frozen=True)
class PublishedTable:
    """A table read whole. unended: the last line has no end, so its last field may be cut."""

    path: str
    header: TableHeader
    lines: tuple[TableRow, ...]
    short: tuple[ShortRow, ...]
    unended: bool


class BrokenFile(ContentError):
    """A file that cannot be taken: nothing of the import is kept."""

    def __init__(self, code: str, path: str, line: int, text: str, remedy: str = "") -> None:
        super().__init__([Problem(code=code, path=path, line=line, text=text, remedy=remedy)])


def cut_off(path: str, line: int, text: str) -> BrokenFile:
    """Return the error of a file that is cut off. text: what shows it."""
    return BrokenFile("I001", path, line, f"the file is cut off: {text}", REMEDY_DOWNLOAD)


IsWanted = Callable[[PublishedFile], bool]


def open_published(path: str, wanted: IsWanted) -> Iterator[PublishedFile]:
    """Return a file, or the tables of a zip archive.

    wanted: tells from a beginning whether a member is to be unpacked whole.
    Errors: InputError where there is no such file; Broken where it cannot be read.
    """
    file = Path(path)
    try:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):
            message = f"{path}: not a file; name the files themselves"
            raise InputError(message)
        if state.st_size > LARGEST_ARCHIVE:
            raise BrokenFile("I004", path, 1, f"larger than {LARGEST_ARCHIVE >> 20} MB")
        data = file.read_bytes()
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
    except ValueError as error:  # a NUL in the name
        message = f"{path!r}: not a file name"
        raise InputError(message) from error
    if not data:
        raise BrokenFile("I001", path, 1, "the file is empty", REMEDY_DOWNLOAD)
    if data.startswith(b"PK"):
        yield from _unpacked(path, data, wanted)
    elif len(data) > LARGEST_TABLE:
        raise BrokenFile("I004", path, 1, f"larger than {LARGEST_TABLE >> 20} MB")
    else:
        yield PublishedFile(path, data)


def _unpacked(path: str, data: bytes, wanted: IsWanted) -> Iterator[PublishedFile]:
    """Return the tables of an archive."""
    left = LARGEST_ARCHIVE  # bytes that may still be unpacked
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.filename == "[Content_Types].xml" for member in members):
                text = "a workbook, not a table in text"
                raise BrokenFile("I004", path, 1, text, "take the text (.txt) or CSV edition")
            if len(members) > MOST_MEMBERS:
                raise BrokenFile("I004", path, 1, f"more than {MOST_MEMBERS} files in the archive")
            for member in members:
                if not _is_table(member):
                    continue
                name = f"{path}/{member.filename}"
                with archive.open(member) as stream:
                    table = PublishedFile(name, stream.read(HEAD_BYTES), packed=True)
                    if wanted(table):
                        table = replace(table, data=table.data + _rest(stream, name, left))
                left -= len(table.data)
                yield table
    except (zipfile.BadZipFile, EOFError, zlib.error, ValueError) as error:
        # ValueError: the archive names a place before its own start
        text = f"the archive is broken or cut off: {error}"
        raise BrokenFile("I001", path, 1, text, REMEDY_DOWNLOAD) from error
    except (NotImplementedError, RuntimeError) as error:  # encrypted, or an unknown packing
        raise BrokenFile("I004", path, 1, f"the archive cannot be unpacked: {error}") from error


def _is_table(member: zipfile.ZipInfo) -> bool:
    """Return whether a member is called as a table is; hidden files are macOS's own."""
    hidden = Path(member.filename).name.startswith(".")
    is_named = member.filename.lower().endswith(TABLE_SUFFIXES)
    return (
        is_named and not hidden and not member.is_dir()
    )  # which fails for a member without a name


def _rest(stream: IO[bytes], name: str, left: int) -> bytes:
    """Return the rest of a member, counted: what the archive says of its size may be wrong.

    left: bytes that may still be unpacked, its beginning among them.
    """
    most = max(min(LARGEST_TABLE, left) - HEAD_BYTES, 0)
    data = stream.read(most + 1)
    if len(data) > most:
        raise BrokenFile(
            "I004", name, 1, f"larger than {min(LARGEST_TABLE, left) >> 20} MB when unpacked"
        )
    return data


def find_header(data: bytes, known: Sequence[frozenset[str]]) -> TableHeader | None:
    """Return the first row that holds all columns of something known, whatever parts them.

    known: for each kind of table, the columns it must have. None: no row is one's header.
    """
    text = data[:HEAD_BYTES].decode("utf-8-sig", "ignore")
    for delimiter in DELIMITERS:
        reader = _reader(text, delimiter, strict=False)
        line = 1
        try:
            for row, fields in zip(range(HEADER_ROWS), reader, strict=False):
                columns = tuple(field.strip() for field in fields)
                if any(needed <= set(columns) for needed in known):
                    return TableHeader(columns, row, line, delimiter)
                line = reader.line_num + 1
        except csv.Error:
            continue
    return None


def _reader(text: str, delimiter: str, *, strict: bool) -> Any:
    stream = io.StringIO(text, newline="")
    if delimiter == "\t":  # O*NET's tables are not quoted
        return csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
    return csv.reader(stream, delimiter=delimiter, strict=strict)


def read_table(published: PublishedFile, header: TableHeader) -> PublishedTable:
    """Return a table, read to its end.

    Errors: BrokenFile where it is cut off, not UTF-8, or not a table.
    """
    path, columns = published.path, header.columns
    for name, count in Counter(columns).items():
        if name and count > 1:
            raise BrokenFile("I003", path, header.line, f"two columns are called {name}")
    text = decoded(published)
    reader = _reader(text, header.delimiter, strict=True)
    lines: list[TableRow] = []
    short: list[ShortRow] = []
    line = 1
    try:
        for row, fields in enumerate(reader):
            if row > header.row and any(fields):
                if len(fields) == len(columns):
                    lines.append(TableRow(line, dict(zip(columns, fields, strict=True))))
                else:
                    short.append(ShortRow(line, len(fields)))
            line = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise cut_off(path, line, "a quote opened in this row is never closed") from error
        raise BrokenFile("I008", path, line, f"not a table: {error}", REMEDY_DOWNLOAD) from error
    last_line = lines[-1].line if lines else 0
    last_short = short[-1] if short else None
    if last_short and last_short.line > last_line and last_short.has < len(columns):
        text = f"the last row has {last_short.has} fields, the header {len(columns)}"
        raise cut_off(path, last_short.line, text)
    if not lines:
        raise BrokenFile("I007", path, header.line, "no rows below the header", REMEDY_DOWNLOAD)
    return PublishedTable(path, header, tuple(lines), tuple(short), not text.endswith(("\n", "\r")))


def decoded(published: PublishedFile) -> str:
    """Return a file's text. Errors: BrokenFile with the line that is not UTF-8."""
    data = published.data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if error.reason == "unexpected end of data":
            raise cut_off(published.path, line, "it ends within a letter") from error
        text, remedy = "not UTF-8", "take the file as published, without saving it in between"
        raise BrokenFile("I002", published.path, line, text, remedy) from error


CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\u2028\u2029]")


def tidy(text: str) -> str:
    """Return a name without blanks around it, every run of blanks within it made one."""
    return " ".join(text.split())
