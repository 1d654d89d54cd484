"""The command that makes the papers a school prints."""

import argparse
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.cli.arguments import (
    add_database_address,
    add_language,
    complain,
    days,
    name,
    need_folder,
    say,
    settings_of,
    write_files,
)
from bot.cli.commands import add_command
from bot.errors import InputError
from bot.ports.protocols import millis
from bot.service.class_runs import LONGEST_CLASS_NAME
from bot.service.conversations import RIGA
from bot.service.device_links import LinkKind, create_school_link
from bot.service.documents import set_pdf
from bot.wiring import SystemClock, make_dialogue, open_store, read_content, web_address
from bot.words.documents.printable import make_printable
from bot.words.documents.school_pack import SchoolPackOrder, bind_papers, make_school_pack


def add_pack(verbs: Any) -> None:
    """Add the command."""
    pack = add_command(
        verbs, "pack", 'celvedis pack --school "Paraugpils vidusskola" -o papers.pdf'
    )
    pack.add_argument(
        "--school", required=True, type=name, metavar="NAME", help="as people know it"
    )
    pack.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar="FILE.pdf|FOLDER",
        help="one file, or a folder of a file each",
    )
    pack.add_argument("--place", metavar="ID", help="else that of the school, if it is known")
    add_language(pack)
    pack.add_argument("--days", type=days, help="that the link is good; else as the policy says")
    add_database_address(pack)
    pack.set_defaults(run=_pack)


def _pack(given: argparse.Namespace) -> int:
    school = given.school.strip()
    if not 0 < len(school) <= LONGEST_CLASS_NAME:
        message = f"a school's name has 1 to {LONGEST_CLASS_NAME} characters"
        raise InputError(message)
    need_folder(given.output)
    dialogue = make_dialogue(read_content().library)
    library = dialogue.library
    place = given.place or library.place_finder.of_institution(school)
    if place and (place not in library.places or not library.places[place].has_data):
        known = ", ".join(id_ for id_, one in library.places.items() if one.has_data)
        message = f"nothing is known of the place {place!r}; known: {known}"
        raise InputError(message)
    settings, now = settings_of(given), SystemClock().now()
    lifetime = given.days or library.policy.school_link_days
    with closing(open_store(settings)) as store:
        code = create_school_link(store, school, millis(now), lifetime)
    address = f"{web_address(settings)}/{LinkKind.SCHOOL}/{code}"
    today = now.astimezone(RIGA).date()
    order = SchoolPackOrder(school, address, today + timedelta(days=lifetime), place)
    papers = make_school_pack(library, dialogue.catalogues, order, given.lang, today)
    if given.output.suffix.casefold() == ".pdf":
        made = {given.output: set_pdf(bind_papers(papers))}
    else:
        _make_folder(given.output)
        made = {given.output / f"{name}.pdf": set_pdf(paper) for name, paper in papers.items()}
    write_files(made)
    replaced = make_printable(school).replaced
    if replaced:
        complain(f"celvedis: {replaced} signs of the name cannot be printed")
    say(address)
    return 0


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
