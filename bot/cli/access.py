"""The commands that let people in: counsellors, schools, classes."""

import argparse
import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

from bot.core.base.texts import LANGUAGES
from bot.errors import InputError
from bot.ports.protocols import millis
from bot.service.class_runs import DAYS, LONGEST, begin_class, report_class
from bot.service.counsellors import invite
from bot.service.device_links import welcome
from bot.settings import Settings
from bot.wiring import SystemClock, make_talks, open_store, read_content, web_address
from bot.words.class_report import say_class
from bot.words.i18n.localizer import Speaker

YEAR = 365  # days a school's link is good for
SettingsOf = Callable[[argparse.Namespace], Settings]


def add_letting(verbs: Any, settings_of: SettingsOf) -> None:
    """Add the commands. settings_of: reads the settings of one call."""
    joining = verbs.add_parser("invite", help="a one-time code that joins a counsellor in Telegram")
    joining.add_argument("name")
    school = verbs.add_parser("school", help="a link that opens the conversation for one school")
    school.add_argument("name")
    school.add_argument("--days", type=int, default=YEAR)
    together = verbs.add_parser("class", help="a class that looks at its interests together")
    acts = together.add_subparsers(required=True, metavar="ACT")
    opening = acts.add_parser("new", help="a code and links by which a class joins")
    opening.add_argument("name")
    opening.add_argument("--days", type=int, default=DAYS)
    telling = acts.add_parser("report", help="a class in figures, small numbers hidden")
    telling.add_argument("code")
    telling.add_argument("--lang", choices=LANGUAGES, default="lv")
    telling.add_argument("--json", action="store_true")
    runs = ((joining, _invite), (school, _school), (opening, _class_new), (telling, _class_report))
    for parser, run in runs:
        parser.add_argument("--db", metavar="URL")
        parser.set_defaults(run=lambda given, run=run: run(given, settings_of(given)))


def _invite(given: argparse.Namespace, settings: Settings) -> int:
    with closing(open_store(settings)) as store:
        code = invite(store, given.name, _now())
    print(f"/start {code}")  # noqa: T201
    return 0


def _school(given: argparse.Namespace, settings: Settings) -> int:
    _fits("a school", given)
    with closing(open_store(settings)) as store:
        code = welcome(store, given.name, _now(), given.days)
    _print_links(settings, "s", code)
    return 0


def _class_new(given: argparse.Namespace, settings: Settings) -> int:
    _fits("a class", given)
    with closing(open_store(settings)) as store:
        code = begin_class(store, given.name.strip(), _now(), given.days)
    print(code)  # noqa: T201
    _print_links(settings, "k", code)
    return 0


def _class_report(given: argparse.Namespace, settings: Settings) -> int:
    with closing(open_store(settings)) as store:
        found = report_class(store, given.code, _now())
    if found is None:
        message = f"{given.code}: no class has this code, or its time is over"
        raise InputError(message)
    name, report = found
    if given.json:
        print(json.dumps({"name": name, **report.model_dump()}, ensure_ascii=False))  # noqa: T201
        return 0
    talks = make_talks(read_content().library)
    speaker = Speaker(talks.library, talks.catalogues[given.lang], "jus", talks.world().today)
    print("\n".join(say_class(speaker, name, report)))  # noqa: T201
    return 0


def _fits(whose: str, given: argparse.Namespace) -> None:
    if not 0 < len(given.name.strip()) <= LONGEST or given.days < 1:
        message = f"{whose}'s name has 1 to {LONGEST} characters; days are 1 or more"
        raise InputError(message)


def _print_links(settings: Settings, kind: str, code: str) -> None:
    print(f"{web_address(settings)}/{kind}/{code}")  # noqa: T201
    print(f"https://t.me/<the people's bot>?start={kind}-{code}")  # noqa: T201


def _now() -> int:
    return millis(SystemClock().now())
