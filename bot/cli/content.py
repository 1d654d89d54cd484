"""The commands for authors: what is wrong with the content, how a flow looks, what a rule says."""

import argparse
import json
from typing import Any

from bot.cli.arguments import add_day, add_json, add_language, complain, read_json, say
from bot.cli.commands import add_command
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
    check = add_command(verbs, "check", "celvedis check --on 2027-01-01")
    add_day(check)
    check.add_argument("--lang", choices=LANGUAGES, help="one catalogue (default: all of them)")
    add_json(check)
    check.set_defaults(run=_check)

    show = add_command(verbs, "show", "celvedis show start --format script")
    show.add_argument("flow", help="one of flows/, such as start")
    show.add_argument(
        "--format",
        choices=("mermaid", "script", "svg"),
        default="mermaid",
        help="what it is drawn as (default: mermaid)",
    )
    show.set_defaults(run=_show)

    decide = add_command(verbs, "decide", "celvedis decide esf_4_2_4_2 --facts facts.json")
    decide.add_argument("rule", help="its id, such as esf_4_2_4_2")
    decide.add_argument(
        "--facts",
        required=True,
        metavar="F.json",
        help='what is known, such as {"age": 35}; - for standard input',
    )
    add_day(decide)
    add_language(decide)
    add_json(decide)
    decide.set_defaults(run=_decide)

    words = add_command(verbs, "words", "celvedis words")
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
