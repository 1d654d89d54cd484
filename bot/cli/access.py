"""The commands that let people in: counsellors, schools, classes."""

import argparse
import json
from contextlib import closing
from typing import Any

from bot.cli.arguments import (
    add_database_address,
    add_json,
    add_language,
    days,
    name,
    say,
    settings_of,
)
from bot.cli.commands import add_command
from bot.errors import InputError
from bot.ports.protocols import millis
from bot.service.class_runs import LONGEST_CLASS_NAME, begin_class, report_class
from bot.service.counsellors import invite
from bot.service.device_links import LinkKind, create_school_link
from bot.settings import Settings
from bot.wiring import SystemClock, make_dialogue, open_store, read_content, web_address
from bot.words.class_report import say_class
from bot.words.i18n.localizer import Localizer


def add_access(verbs: Any) -> None:
    """Add the commands."""
    joining = add_command(verbs, "invite", 'celvedis invite "Anna Paraudziņa"')
    joining.add_argument("name", type=name, help="of the counsellor, as others see it")
    school = add_command(verbs, "school", 'celvedis school "Paraugpils vidusskola" --days 30')
    school.add_argument("name", type=name, help="of the school, as people know it")
    school.add_argument("--days", type=days, help="from now; else as content/policy.yaml says")
    together = add_command(verbs, "class", 'celvedis class new "9.a" --days 7')
    acts = together.add_subparsers(required=True, metavar="ACT")
    opening = acts.add_parser("new", help="a code and links by which a class joins")
    opening.add_argument("name", type=name, help="of the class, as it knows itself")
    opening.add_argument("--days", type=days, help="from now; else as content/policy.yaml says")
    telling = acts.add_parser("report", help="a class in figures, small numbers hidden")
    telling.add_argument("code", help="of the class, as `class new` gave it")
    add_language(telling)
    add_json(telling)
    runs = ((joining, _invite), (school, _school), (opening, _class_new), (telling, _class_report))
    for parser, run in runs:
        add_database_address(parser)
        parser.set_defaults(run=lambda given, run=run: run(given, settings_of(given)))


def _invite(given: argparse.Namespace, settings: Settings) -> int:
    lifetime = read_content().library.policy.invitation_days
    with closing(open_store(settings)) as store:
        code = invite(store, given.name, _now(), lifetime)
    say(f"/start {code}")
    return 0


def _school(given: argparse.Namespace, settings: Settings) -> int:
    _fits("a school", given)
    lifetime = given.days or read_content().library.policy.school_link_days
    with closing(open_store(settings)) as store:
        code = create_school_link(store, given.name, _now(), lifetime)
    _print_links(settings, LinkKind.SCHOOL, code)
    return 0


def _class_new(given: argparse.Namespace, settings: Settings) -> int:
    _fits("a class", given)
    lifetime = given.days or read_content().library.policy.class_days
    with closing(open_store(settings)) as store:
        code = begin_class(store, given.name.strip(), _now(), lifetime)
    say(code)
    _print_links(settings, LinkKind.CLASS, code)
    return 0


def _class_report(given: argparse.Namespace, settings: Settings) -> int:
    with closing(open_store(settings)) as store:
        found = report_class(store, given.code, _now())
    if found is None:
        message = f"{given.code}: no class has this code, or its time is over"
        raise InputError(message)
    class_name, report = found
    if given.json:
        say(json.dumps({"name": class_name, **report.model_dump()}, ensure_ascii=False))
        return 0
    dialogue = make_dialogue(read_content().library)
    localizer = Localizer(
        dialogue.library, dialogue.catalogues[given.lang], "jus", dialogue.world().today
    )
    say("\n".join(say_class(localizer, class_name, report)))
    return 0


def _fits(whose: str, given: argparse.Namespace) -> None:
    if not 0 < len(given.name.strip()) <= LONGEST_CLASS_NAME:
        message = f"{whose}'s name has 1 to {LONGEST_CLASS_NAME} characters"
        raise InputError(message)


def _print_links(settings: Settings, kind: LinkKind, code: str) -> None:
    say(f"{web_address(settings)}/{kind}/{code}")
    say(f"https://t.me/<the people's bot>?start={kind}-{code}")


def _now() -> int:
    return millis(SystemClock().now())
