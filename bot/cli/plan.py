"""The commands about plans: a plan's file in other forms, the empty form, and its decisions judged again."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from bot.channels.web.pages import Pages
from bot.channels.web.plan.pages import PlanPages
from bot.cli.arguments import add_json, complain, day, in_one_line, need_folder, say, write_files
from bot.cli.commands import add_command
from bot.core.base.texts import LANGUAGES
from bot.core.plan.exchange import LARGEST_FILE, PlanFile, file_schema, file_text, read_file, sealed
from bot.core.plan.verifying import FiledDecision, Verified, decisions_of, verify
from bot.errors import FileError, InputError
from bot.service.conversations import RIGA, Dialogue
from bot.service.documents import set_pdf
from bot.wiring import SystemClock, make_dialogue, read_content
from bot.words.europass import europass_file
from bot.words.i18n.localizer import Localizer
from bot.words.plan_calendar import plan_calendar
from bot.words.plan_document import plan_document
from bot.words.plan_form_paper import plan_form_paper
from bot.words.plan_words import PlanWords

REGISTERS = {"pupil": "tu", "adult": "jus"}
MOST_FAULTS = 20  # of a file, told one a line
MEANING = {  # of what came of a decision
    "same": "the same",
    "different": "different",
    "unknown_rule": "there is no such rule here",
    "unreadable": "it cannot be judged by such facts",
}


def add_plan(verbs: Any) -> None:
    """Add the commands."""
    plan = add_command(verbs, "plan", "celvedis plan render plans.json -o plans.pdf")
    acts = plan.add_subparsers(required=True, metavar="ACT")
    render = acts.add_parser("render", help="a plan's file as a document, page, calendar or CV")
    render.add_argument(
        "file", metavar="F.json", help="as a plan is taken away; - for standard input"
    )
    render.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar="FILE",
        help=f"what is made, by the end of its name: {', '.join(FORMS)}",
    )
    render.add_argument("--lang", choices=LANGUAGES, help="else the language of the file")
    render.add_argument(
        "--on", type=day, metavar="DAY", help="the day it is made, YYYY-MM-DD; else today"
    )
    render.set_defaults(run=_render)
    form = acts.add_parser("form", help="the empty form on two pages, to write on by hand")
    form.add_argument(
        "--for", dest="audience", choices=tuple(REGISTERS), required=True, help="whose form"
    )
    form.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE.pdf", help="what is made"
    )
    form.add_argument(
        "--lang", choices=LANGUAGES, default="lv", help="of the form; Latvian by itself"
    )
    form.set_defaults(run=_form)
    schema = acts.add_parser("schema", help="the JSON schema of a plan's file")
    schema.set_defaults(run=_schema)
    checking = add_command(verbs, "verify", "celvedis verify plans.json")
    checking.add_argument("file", metavar="FILE", help="a plan's file; - for standard input")
    add_json(checking)
    checking.add_argument(
        "--on", type=day, metavar="DAY", help="as of a day, YYYY-MM-DD; else that of each decision"
    )
    checking.set_defaults(run=_verify)


# --- a plan's file in other forms


def _render(given: argparse.Namespace) -> int:
    make = FORMS.get(given.output.suffix.casefold())
    if make is None:
        message = f"{given.output}: the name ends in none of {', '.join(FORMS)}"
        raise InputError(message)
    need_folder(given.output)
    file = read_plan(given.file)
    dialogue = make_dialogue(read_content().library)
    now = SystemClock().now()
    today = given.on or now.astimezone(RIGA).date()
    if given.on is not None:
        now = datetime.combine(given.on, time(), UTC)
    catalogue = dialogue.catalogues[given.lang or file.language]
    words = PlanWords(dialogue.library, catalogue, REGISTERS[file.plan.audience], today)
    write_files({given.output: make(Rendering(given.file, dialogue, words, file, now))})
    return 0


class Rendering(NamedTuple):
    """What a plan's file is made into something else with. words: in the language it is made in."""

    path: str
    dialogue: Dialogue
    words: PlanWords
    file: PlanFile
    now: datetime


def _pdf(given: Rendering) -> bytes:
    made = plan_document(given.words, given.words.view(given.file.plan))
    if made.replaced:
        complain(f"celvedis: {made.replaced} characters cannot be printed; the page has them")
    return set_pdf(made.document)


def _page(given: Rendering) -> bytes:
    page = PlanPages(Pages(given.dialogue)).alone(given.words.view(given.file.plan))
    return page.encode(errors="replace")


def _json(given: Rendering) -> bytes:
    return file_text(sealed(given.file)).encode()


def _calendar(given: Rendering) -> bytes:
    made = plan_calendar(given.words, given.file.plan, given.now)
    if made is None:
        message = f"{given.path}: no step and no goal of this plan has a day"
        raise FileError(message)
    return made.encode()


def _europass(given: Rendering) -> bytes:
    return europass_file(given.words, given.file.plan, given.now)


FORMS: dict[str, Callable[[Rendering], bytes]] = {
    ".pdf": _pdf,
    ".html": _page,
    ".json": _json,
    ".ics": _calendar,
    ".xml": _europass,
}


def _form(given: argparse.Namespace) -> int:
    if given.output.suffix.casefold() != ".pdf":
        message = f"{given.output}: the name of the form ends in .pdf"
        raise InputError(message)
    need_folder(given.output)
    dialogue = make_dialogue(read_content().library)
    today = dialogue.world().today
    catalogue = dialogue.catalogues[given.lang]
    words = Localizer(dialogue.library, catalogue, REGISTERS[given.audience], today)
    write_files({given.output: set_pdf(plan_form_paper(words, given.audience))})
    return 0


def _schema(_: argparse.Namespace) -> int:
    say(json.dumps(file_schema(), ensure_ascii=False, indent=2))
    return 0


# --- its decisions judged again


def _verify(given: argparse.Namespace) -> int:
    file = read_plan(given.file)
    library = read_content().library
    found = [verify(_as_of(one, given.on), library.judges) for one in decisions_of(file)]
    if given.json:
        told = [one.model_dump(mode="json") for one in found]
        say(json.dumps(told, ensure_ascii=False, indent=2))
    elif not found:
        say("there is no decision in this plan")
    else:
        say(*(in_one_line(line) for one in found for line in _told(one)))
    return 0 if all(one.result == "same" for one in found) else 1


def _as_of(filed: FiledDecision, on: date | None) -> FiledDecision:
    if on is None:
        return filed
    return filed._replace(decision=filed.decision.model_copy(update={"on": on}))


def _told(came: Verified) -> list[str]:
    """Return what came of a decision, in lines: first whether it is the same, then where it is not."""
    changed = "; the rule is written otherwise now" if came.rule_changed else ""
    first = f"{came.place}: {came.item} {came.rule} on {came.on}: {MEANING[came.result]}{changed}"
    return [first, *(f"  {one.place}: was {one.was}, is {one.now}" for one in came.fields)]


def read_plan(path: str) -> PlanFile:
    """Return what a plan's file holds. Errors: InputError for what cannot be read; FileError with its faults."""
    read = read_file(_bytes_of(path))
    if isinstance(read, PlanFile):
        return read
    lines = [
        in_one_line(": ".join(part for part in (path, one.place, one.what) if part)) for one in read
    ]
    more = len(lines) - MOST_FAULTS
    if more > 0:
        lines[MOST_FAULTS:] = [f"{path}: and {more} more"]
    raise FileError("\n".join(lines))


def _bytes_of(path: str) -> bytes:
    if not path:
        message = "no file is named"
        raise InputError(message)
    try:
        if path == "-":
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with Path(path).open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or 'not a name of a file'}"
        raise InputError(message) from error
