"""What the commands share: how they read files and days, and speak."""

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.base.texts import LANGUAGES
from bot.errors import InputError
from bot.settings import HIGHEST_PORT, Settings, database_address, is_whole, read_settings

MOST_DAYS = 36_500  # a hundred years
MOST_SHOWN = 1000  # things of a list
# what a terminal obeys instead of showing it, and what turns the direction of a line; within a JSON text it is an escape too
COMMANDING = re.compile("[\0-\b\v-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def say(*lines: object) -> None:
    """Print lines of a result, at once: somebody may be reading them as they come."""
    for line in lines:
        print(harmless(str(line)), flush=True)  # noqa: T201 - a command line speaks


def complain(*lines: object) -> None:
    """Print lines of what is wrong, to standard error."""
    for line in lines:
        print(harmless(str(line)), file=sys.stderr)  # noqa: T201


def harmless(text: str) -> str:
    """Return a text in which signs that would command a terminal are written out, as JSON writes them."""
    return COMMANDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def in_one_line(text: str) -> str:
    """Return a text that cannot look like more than one line of a result."""
    return text.replace("\n", "\\n").replace("\t", "\\t")


def day(text: str) -> date:
    """Return the day a text names, as YYYY-MM-DD. Errors: ArgumentTypeError."""
    try:
        return date.fromisoformat(text if text.isascii() else "")
    except ValueError as error:
        message = "a day like 2027-02-01"
        raise argparse.ArgumentTypeError(message) from error


def add_database_address(parser: argparse.ArgumentParser) -> None:
    """Add `--db`."""
    parser.add_argument(
        "--db",
        type=database,
        metavar="DATABASE",
        help="a path, sqlite:///FILE or postgresql://USER@HOST/NAME (default: CELVEDIS_DB, else var/celvedis.db)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="JSON, for programs")


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add `--lang`."""
    parser.add_argument(
        "--lang", choices=LANGUAGES, default="lv", help="the language that is spoken (default: lv)"
    )


def add_day(parser: argparse.ArgumentParser) -> None:
    """Add `--on`."""
    parser.add_argument(
        "--on", type=day, metavar="DAY", help="as of a day like 2027-02-01 (default: today in Riga)"
    )


def database(text: str) -> str:
    """Return the address of a database; a path is one of SQLite. Errors: ArgumentTypeError where there is nothing."""
    if not text.strip():
        message = "a path, sqlite:///FILE or postgresql://USER@HOST/NAME"
        raise argparse.ArgumentTypeError(message)
    return database_address(text)


def days(text: str) -> int:
    """Return a number of days from now. Errors: ArgumentTypeError for none, or for centuries."""
    if not is_whole(text, 1, MOST_DAYS):
        message = f"a number of days from 1 to {MOST_DAYS}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def few(text: str) -> int:
    """Return how many things are to be shown. Errors: ArgumentTypeError."""
    if not is_whole(text, 1, MOST_SHOWN):
        message = f"a number from 1 to {MOST_SHOWN}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def port(text: str) -> int:
    """Return the number of a port. Errors: ArgumentTypeError."""
    if not is_whole(text, 0, HIGHEST_PORT):
        message = f"a number from 0 to {HIGHEST_PORT}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def name(text: str) -> str:
    """Return a name in one line. Errors: ArgumentTypeError for what cannot be printed or read."""
    if not text.isprintable():
        message = "a name is one line of letters"
        raise argparse.ArgumentTypeError(message)
    return text


def settings_of(given: argparse.Namespace) -> Settings:
    """Return the settings, as the arguments of one call change them."""
    named = {"host": "host", "port": "port", "db": "database"}
    change = {
        field: getattr(given, name)
        for name, field in named.items()
        if getattr(given, name, None) is not None
    }
    return read_settings().model_copy(update=change)


def read_text(path: str) -> str:
    """Return what a file holds, or standard input for "-". Errors: InputError."""
    if not path:
        message = "no file is named"
        raise InputError(message)
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
    except ValueError as error:
        message = f"{path}: not UTF-8"
        raise InputError(message) from error


def read_lines(path: str) -> list[str]:
    """Return the lines of a file; other separators than a line's end are part of what was typed."""
    lines = read_text(path).removeprefix("\ufeff").split("\n")
    return lines if lines[-1] else lines[:-1]


def read_json(path: str) -> Any:
    """Return the JSON value a file holds. Errors: InputError."""
    text = read_text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{path}: not JSON: {error}"
        raise InputError(message) from error
    except (ValueError, RecursionError) as error:  # what Python says of these is for programmers
        message = f"{path}: a number is too long, or too much stands within each other"
        raise InputError(message) from error


def need_folder(path: Path) -> None:
    """See to it, before anything is made, that a file can stand where it is to. Errors: InputError."""
    if not path.parent.is_dir():
        message = f"{path.parent}: there is no such folder"
        raise InputError(message)


def write_files(made: dict[Path, bytes]) -> None:
    """Write files, and say which. Errors: InputError."""
    try:
        for path, data in made.items():
            path.write_bytes(data)
            say(f"written: {path}")
    except OSError as error:
        message = f"{error.filename}: {error.strerror}"
        raise InputError(message) from error
