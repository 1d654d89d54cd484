"""The commands that tell what people asked without an answer, and what they said is wrong."""

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.cli.arguments import add_database_address, add_json, day, say, settings_of
from bot.cli.commands import add_command
from bot.core.cards import card_version
from bot.ports.records import AskedQuestion, KeptCorrection
from bot.settings import Settings
from bot.wiring import open_store, read_content


def add_feedback(verbs: Any) -> None:
    """Add the commands."""
    asked = add_command(verbs, "questions", "celvedis questions --since 2026-11-01")
    asked.add_argument("--since", type=day, default=date.min, help="a day, as YYYY-MM-DD")
    wrong = add_command(verbs, "corrections", "celvedis corrections --json")
    for parser, run in ((asked, _questions), (wrong, _corrections)):
        add_json(parser)
        add_database_address(parser)
        parser.set_defaults(run=lambda given, run=run: run(given, settings_of(given)))


def _questions(given: argparse.Namespace, settings: Settings) -> int:
    with closing(open_store(settings)) as store:
        asked = store.feedback.questions(given.since.isoformat())
    for one in asked:
        say(json.dumps(asdict(one), ensure_ascii=False) if given.json else _question_line(one))
    return 0


def _question_line(one: AskedQuestion) -> str:
    return f"{one.times:>4}  {one.last}  {one.language}  {_in_a_line(one.words)}"


def _corrections(given: argparse.Namespace, settings: Settings) -> int:
    library = read_content().library
    with closing(open_store(settings)) as store:
        kept = store.feedback.corrections()
    for one in kept:
        now = card_version(library, one.card)
        row = {**asdict(one), "now": now or None}
        say(json.dumps(row, ensure_ascii=False) if given.json else _correction_line(one, now))
    return 0


def _correction_line(one: KeptCorrection, now: str) -> str:
    if not now:
        state = "gone"
    else:
        state = "as it was" if now == one.version else f"changed since, now {now}"
    words = f": {_in_a_line(one.words)}" if one.words else ""
    return f"{one.day}  {one.language}  {one.card}  {one.version} ({state}){words}"


def _in_a_line(words: str) -> str:
    return " ".join(words.split())
