"""The command line. Exit status: 0 done, 1 the content or data is wrong, 2 wrong use."""

import os
import sys
from collections.abc import Sequence

from bot.cli.arguments import complain
from bot.cli.commands import chosen_in, make_parser
from bot.core.base.problems import ContentError
from bot.errors import CelvedisError, FileError, InputError, SettingsError
from bot.logs import conceal, redact, redact_uncaught
from bot.settings import secrets_in


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    conceal(secrets_in(os.environ))
    redact_uncaught()
    called = list(sys.argv[1:] if arguments is None else arguments)
    parser = make_parser(chosen_in(called))
    given = parser.parse_args(called)
    if not hasattr(given, "run"):
        complain(parser.format_help().rstrip())
        return 2
    try:
        return int(given.run(given))
    except (InputError, SettingsError) as error:
        _complain(error)
        return 2
    except ContentError as error:
        complain(error)
        return 1
    except FileError as error:
        complain(redact(str(error)))
        return 1
    except CelvedisError as error:
        _complain(error)
        return 1
    except BrokenPipeError:
        return 0


def _complain(error: CelvedisError) -> None:
    """Say what is wrong; a secret that stands in a wrong place is not shown for that."""
    complain(f"celvedis: {redact(str(error))}")
