"""The commands about counsellors: who they are, and who would be offered to whom, and why."""

import argparse
from datetime import timedelta
from typing import Any, get_args

from pydantic import ValidationError

from bot.cli.arguments import in_one_line, read_text, say
from bot.cli.booking_commands import add_act, counsellor_of, kind_of, on_the_wall
from bot.cli.commands import add_command
from bot.core.base.problems import ContentError, Problem
from bot.core.base.texts import LANGUAGES
from bot.core.booking.counsellor import Audience, CounsellorProfile, OpenHours
from bot.core.booking.meeting_rules import COUNSELLORS
from bot.core.booking.need import MeetingNeed
from bot.core.booking.routing import Routed, route
from bot.core.checks.meetings import profile_faults
from bot.core.library import Library
from bot.errors import InputError
from bot.load.library import explain
from bot.load.yaml_reader import read_yaml
from bot.ports.protocols import millis
from bot.service.booking.committing import BookingCommits
from bot.service.booking.desk import BookingDesk

LONGEST_ID = 32  # characters that the database keeps
AHEAD = timedelta(days=730)
OLDEST = 120  # years


def add_counsellors(verbs: Any) -> None:
    """Add the commands."""
    parser = add_command(verbs, "counsellors", "celvedis counsellors list")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    add_act(acts, "list", _list, "all counsellors, a line each", "celvedis counsellors list")
    add = add_act(
        acts,
        "add",
        _add,
        "keep the counsellors of a file, new or changed; nothing is kept where anything is wrong",
        "celvedis counsellors add anna.yaml",
    )
    add.add_argument(
        "file", metavar="FILE.yaml", help="written as in content/counsellors/; - for standard input"
    )
    show = add_act(
        acts, "show", _show, "all about one", "celvedis counsellors show paraugpils_board"
    )
    off = add_act(
        acts,
        "off",
        _off,
        "offer a counsellor's time no longer; what is booked stays",
        "celvedis counsellors off paraugpils_board",
    )
    for one in (show, off):
        one.add_argument("id", metavar="ID", help="as counsellors list names it")
    who = add_act(
        acts,
        "who",
        _who,
        "who would be offered and why, and who would not",
        "celvedis counsellors who --place paraugpils --language ru --audience adult",
    )
    who.add_argument("--place", default="", help="a municipality's id or name; unknown by itself")
    who.add_argument(
        "--institution", default="", metavar="PLACE/ID", help="the person's own; none by itself"
    )
    who.add_argument("--language", choices=LANGUAGES, default="lv", help="spoken; lv by itself")
    who.add_argument("--need", metavar="KIND", help="kind of meeting; the first of the content")
    who.add_argument(
        "--audience", choices=get_args(Audience), default="adult", help="who asks; adult by itself"
    )
    who.add_argument("--age", type=_age, metavar="YEARS", help="unknown by itself")


def _age(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(OLDEST))):
        message = f"a number of years from 0 to {OLDEST}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _list(_given: argparse.Namespace, commits: BookingCommits) -> int:
    known = commits.desk().counsellors
    for id_, one in sorted(known.named.items()):
        say(in_one_line(f"{id_}  {one.name}  {one.institution}  {', '.join(_marks(one))}".rstrip()))
        if id_ not in known.offered:
            say("  not offered: made-up counsellors are offered only while there is no real one")
    return 0


def _marks(one: CounsellorProfile) -> list[str]:
    return [
        *(["made up"] if one.example else []),
        *([] if one.active else ["off"]),
        *([] if one.qualification else ["not qualified"]),
    ]


def read_counsellors(path: str, library: Library) -> dict[str, CounsellorProfile]:
    """Return the counsellors of a file by their ids.

    Errors: InputError where it cannot be read; ContentError with file and line of all that is wrong.
    """
    document = read_yaml(read_text(path), path)
    try:
        found = COUNSELLORS.validate_python(document.value)
    except ValidationError as error:
        raise ContentError(explain(error, path, document)) from error
    problems = [
        Problem(
            code=one.code, path=path, line=document.line(one.keys), text=one.text, remedy=one.remedy
        )
        for id_, profile in found.items()
        for one in profile_faults(library, id_, profile)
    ]
    problems += [
        Problem(
            code="C005",
            path=path,
            line=document.line((id_,)),
            text=f"an id has at most {LONGEST_ID} characters",
        )
        for id_ in found
        if len(id_) > LONGEST_ID
    ]
    if problems:
        raise ContentError(problems)
    return found


def _add(given: argparse.Namespace, commits: BookingCommits) -> int:
    found = read_counsellors(given.file, commits.office.library)

    def work(desk: BookingDesk, _mails: object) -> list[str]:
        kept = desk.counsellors.kept
        for profile in found.values():
            desk.change_counsellor(profile)
        return [f"{'changed' if id_ in kept else 'added'}: {id_}" for id_ in found]

    say(*commits.decide(work))
    return 0


def _show(given: argparse.Namespace, commits: BookingCommits) -> int:
    one = counsellor_of(commits.desk(), given.id)
    told = one.model_dump(mode="json", exclude={"schedule", "id"})
    for name, value in {"id": one.id, **told}.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        if shown not in {None, ""}:
            say(in_one_line(f"{name}: {shown}"))
    say(*(f"weekday {row.weekday}: {hours_line(row)}" for row in one.schedule.weekly))
    say(*(f"every day a break: {hours_line(row)}" for row in one.schedule.breaks))
    return 0


def hours_line(row: OpenHours) -> str:
    """Return hours in one line, with where and how if that is said."""
    parts = (f"{row.start}-{row.end}", row.place, row.room, " ".join((*row.modes, *row.kinds)))
    return in_one_line("  ".join(part for part in parts if part))


def _off(given: argparse.Namespace, commits: BookingCommits) -> int:
    def work(desk: BookingDesk, _mails: object) -> None:
        profile = counsellor_of(desk, given.id)
        desk.change_counsellor(profile.model_copy(update={"active": False}))

    commits.decide(work)
    now = commits.desk().now
    ahead = commits.store.bookings.meetings_with([given.id], millis(now), millis(now + AHEAD))
    standing = [one for one in ahead if one.meeting.open]
    say(f"{given.id}: offered no longer; meetings that stand: {len(standing)}")
    return 0


def _who(given: argparse.Namespace, commits: BookingCommits) -> int:
    desk = commits.desk()
    finder = desk.office.library.place_finder
    place = given.place if given.place in finder.places else finder.find(given.place).id
    if given.place and not place:
        message = f"{given.place}: no such place is known"
        raise InputError(message)
    if given.institution and desk.office.contact(given.institution) is None:
        message = (
            f"{given.institution}: no such institution is known; it is written place/institution"
        )
        raise InputError(message)
    need = MeetingNeed(
        audience=given.audience,
        kind=kind_of(desk, given.need),
        place=place,
        institution=given.institution,
        language=given.language,
        age=given.age,
    )
    say(
        *_routed_lines(
            route(need, [*desk.counsellors.offered.values()], finder, desk.rules, desk.now)
        )
    )
    return 0


def _routed_lines(routed: Routed) -> list[str]:
    lines = [] if routed.offered else ["nobody would be offered"]
    for number, one in enumerate(routed.offered, 1):
        made_up = "  made up" if one.profile.example else ""
        lines.append(f"{number}. {one.profile.id}  {one.reason}  in {one.language}{made_up}")
        if one.instead_of:
            lines.append(f"   in place of {one.instead_of}")
        lines += [f"   {on_the_wall(s.start)} to {on_the_wall(s.end)}" for s in one.only]
    return lines + [f"left out: {one.counsellor}  {one.why}" for one in routed.left_out]
