"""The commands for authors: what is wrong with the content, how a flow looks, what a rule says."""

import argparse
import json
from typing import Any

from bot.cli.arguments import complain, day, read_json, say
from bot.core.base.texts import LANGUAGES
from bot.core.rules.facts import read_facts
from bot.core.rules.verdict import print_verdict
from bot.errors import InputError
from bot.load.check import check_all
from bot.load.data_folder import find_data
from bot.load.diagrams import draw
from bot.load.library import read_files
from bot.load.translations import collect_all, update_catalogues
from bot.service.conversations import RIGA
from bot.wiring import SystemClock, read_content


def add_content(verbs: Any) -> None:
    """Add the commands."""
    check = verbs.add_parser("check", help="everything wrong with flows, content, locales")
    check.add_argument("--on", type=day, metavar="DATE")
    check.add_argument("--lang", choices=LANGUAGES)
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)

    show = verbs.add_parser("show", help="draw a flow")
    show.add_argument("flow")
    show.add_argument("--format", choices=("mermaid", "script", "svg"), default="mermaid")
    show.set_defaults(run=_show)

    decide = verbs.add_parser("decide", help="judge a rule")
    decide.add_argument("rule")
    decide.add_argument("--facts", required=True, metavar="F.json")
    decide.add_argument("--on", type=day, metavar="DATE")
    decide.add_argument("--lang", choices=LANGUAGES, default="lv")
    decide.add_argument("--json", action="store_true")
    decide.set_defaults(run=_decide)

    words = verbs.add_parser("words", help="bring the catalogues in step with the texts")
    words.set_defaults(run=_words)


def _check(given: argparse.Namespace) -> int:
    today = given.on or SystemClock().now().astimezone(RIGA).date()
    problems = check_all(find_data(), today, given.lang)
    wrong = any(problem.severity == "error" for problem in problems)
    if given.json:
        say(json.dumps([one.model_dump() for one in problems], ensure_ascii=False))
    else:
        for problem in problems:
            complain(problem)
        say("wrong" if wrong else "all is well")
    return 1 if wrong else 0


def _show(given: argparse.Namespace) -> int:
    library = read_content().library
    if given.flow not in library.flows:
        message = f"no flow {given.flow!r}; flows: {', '.join(library.flows)}"
        raise InputError(message)
    say(draw(library, given.flow, given.format))
    return 0


def _decide(given: argparse.Namespace) -> int:
    judges = read_content().library.judges
    if given.rule not in judges:
        message = f"no rule {given.rule!r}; rules: {', '.join(judges)}"
        raise InputError(message)
    today = given.on or SystemClock().now().astimezone(RIGA).date()
    facts = read_json(given.facts)
    judge = judges[given.rule]
    rule = judge.rule

    def one(fact: Any) -> dict[str, object]:
        if not isinstance(fact, dict):
            message = "facts are a JSON object, or a list of them"
            raise InputError(message)
        return print_verdict(rule, judge.verdict(read_facts(rule.facts, fact), today))

    answer = [one(fact) for fact in facts] if isinstance(facts, list) else one(facts)
    say(json.dumps(answer, ensure_ascii=False, indent=None if given.json else 2))
    if rule.period_on(today) is None:
        # beside the JSON, which keeps its form: the gate is closed, its reason is not_in_force
        message = f"celvedis: {given.rule} does not hold on {today}; it holds {rule.told_periods()}"
        complain(message)
    return 0


def _words(_given: argparse.Namespace) -> int:
    loaded = read_files(find_data())  # while a flow is being written its names may lead nowhere
    say("updated: " + ", ".join(update_catalogues(find_data(), collect_all(loaded))))
    return 0
