"""What the commands about meetings share: the database they look at, whom and when they are asked about."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any

from bot.cli.arguments import settings_of
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.education.dates import RIGA
from bot.errors import InputError
from bot.service.booking.committing import BookingCommits
from bot.service.booking.desk import BookingDesk
from bot.wiring import make_commits, open_store

Run = Callable[[argparse.Namespace, BookingCommits], int]


def add_act(acts: Any, name: str, run: Run, told: str, example: str) -> Any:
    """Add one command on the database; return its parser. told: its help; example: how it is called."""
    parser = acts.add_parser(name, help=told, description=told, epilog=f"example: {example}")
    parser.add_argument(
        "--db",
        metavar="URL",
        help="the database; else CELVEDIS_DB, else sqlite:///var/celvedis.db",
    )
    parser.set_defaults(run=lambda given: _with_commits(given, run))
    return parser


@contextmanager
def _opened(given: argparse.Namespace) -> Iterator[BookingCommits]:
    settings = settings_of(given)
    with closing(open_store(settings)) as store:
        yield make_commits(settings, store)


def _with_commits(given: argparse.Namespace, run: Run) -> int:
    with _opened(given) as commits:
        return run(given, commits)


def counsellor_of(desk: BookingDesk, id_: str) -> CounsellorProfile:
    """Return a counsellor by their id. Errors: InputError."""
    profile = desk.counsellors.named.get(id_)
    if profile is None:
        message = f'{id_}: no counsellor has this id ("counsellors list" names them)'
        raise InputError(message)
    return profile


def kind_of(desk: BookingDesk, kind: str | None, profile: CounsellorProfile | None = None) -> str:
    """Return a kind of meeting that is known; of none, the counsellor's first, or the first of all. Errors: InputError."""
    found = kind or (profile.kinds[0] if profile else next(iter(desk.rules.kinds)))
    if found not in desk.rules.kinds:
        message = f"{found}: no kind of meeting; there are {', '.join(desk.rules.kinds)}"
        raise InputError(message)
    return found


def on_the_wall(moment: datetime) -> str:
    """Return a moment as the clocks in Riga show it."""
    return f"{moment.astimezone(RIGA):%Y-%m-%d %H:%M}"
