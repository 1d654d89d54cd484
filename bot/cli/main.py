"""The command line. Exit status: 0 done, 1 the content or data is wrong, 2 wrong use."""

import argparse
import os
import sys
from collections.abc import Sequence

from bot.cli.access import add_access
from bot.cli.arguments import complain
from bot.cli.bookings import add_bookings
from bot.cli.chat import add_chat
from bot.cli.content import add_content
from bot.cli.counsellors import add_counsellors
from bot.cli.database import add_database
from bot.cli.feedback import add_feedback
from bot.cli.hearing import add_hearing
from bot.cli.hours import add_hours
from bot.cli.interests import add_interests
from bot.cli.mail import add_mail
from bot.cli.occupations import add_occupations
from bot.cli.pack import add_pack
from bot.cli.plan import add_plan
from bot.cli.serving import add_serving
from bot.cli.upkeep import add_upkeep
from bot.core.base.problems import ContentError
from bot.errors import CelvedisError, FileError, InputError
from bot.logs import conceal, redact, redact_uncaught
from bot.settings import secrets_in


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    conceal(secrets_in(os.environ))
    redact_uncaught()
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except InputError as error:
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("celvedis", description="Ceļvedis, a career guide.")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    add_serving(verbs)
    add_chat(verbs)
    add_hearing(verbs)
    add_content(verbs)
    add_upkeep(verbs)
    add_interests(verbs)
    add_occupations(verbs)
    add_feedback(verbs)
    add_database(verbs)
    add_access(verbs)
    add_mail(verbs)
    add_pack(verbs)
    add_plan(verbs)
    add_counsellors(verbs)
    add_hours(verbs)
    add_bookings(verbs)
    return parser
