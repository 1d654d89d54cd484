"""The command line. Exit status: 0 done, 1 the content or data is wrong, 2 wrong use."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from bot.channels.console import chat_json, chat_plain
from bot.cli.access import add_letting
from bot.cli.interests import (
    import_occupations,
    measure_reliability,
    read_people,
    score_answers,
    search_occupations,
    simulate_people,
    tell_import,
)
from bot.cli.serving import add_serving
from bot.core.base.problems import ContentError
from bot.core.base.texts import LANGUAGES
from bot.core.rules.facts import read_facts
from bot.core.rules.verdict import print_verdict
from bot.errors import CelvedisError, InputError
from bot.load.check import check_all
from bot.load.data_folder import find_data
from bot.load.diagrams import draw
from bot.load.imports.importer import collect
from bot.load.translations import collect_all, load_words, update
from bot.logs import conceal, redact, redact_uncaught
from bot.service.conversations import RIGA
from bot.settings import SECRETS, Settings, read_settings
from bot.wiring import (
    SystemClock,
    make_talks,
    open_store,
    read_content,
    with_imported,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    conceal(os.environ.get(name, "").strip() for name in SECRETS)
    redact_uncaught()
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except InputError as error:
        _complain(error)
        return 2
    except ContentError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except CelvedisError as error:
        _complain(error)
        return 1
    except BrokenPipeError:
        return 0


def _complain(error: CelvedisError) -> None:
    """Say what is wrong; a secret that stands in a wrong place is not shown for that."""
    print(f"celvedis: {redact(str(error))}", file=sys.stderr)  # noqa: T201 - a command line speaks


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("celvedis", description="Ceļvedis, a career guide.")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    add_serving(verbs, _settings)

    chat = verbs.add_parser("chat", help="talk in the terminal")
    chat.add_argument("--flow")
    chat.add_argument("--lang", choices=LANGUAGES, default="lv")
    chat.add_argument("--on", type=_day, metavar="DATE")
    chat.add_argument("--json", action="store_true")
    chat.set_defaults(run=_chat)

    check = verbs.add_parser("check", help="everything wrong with flows, content, locales")
    check.add_argument("--on", type=_day, metavar="DATE")
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
    decide.add_argument("--on", type=_day, metavar="DATE")
    decide.add_argument("--lang", choices=LANGUAGES, default="lv")
    decide.add_argument("--json", action="store_true")
    decide.set_defaults(run=_decide)

    _measuring(verbs)

    migrate = verbs.add_parser("migrate", help="bring the database to the newest form")
    migrate.add_argument("--db", metavar="URL")
    migrate.set_defaults(run=_migrate)

    add_letting(verbs, _settings)

    words = verbs.add_parser("words", help="bring the catalogues in step with the texts")
    words.set_defaults(run=_words)
    return parser


def _measuring(verbs: Any) -> None:
    interests = verbs.add_parser("interests", help="score answers, or measure the instrument")
    kinds = interests.add_subparsers(required=True, metavar="WHAT")
    scoring = kinds.add_parser("score", help="one person's answers, or a list of persons'")
    scoring.add_argument("--answers", required=True, metavar="F.json")
    scoring.add_argument("--lang", choices=LANGUAGES, default="lv")
    scoring.add_argument("--db", metavar="URL")
    scoring.add_argument("--json", action="store_true")
    scoring.set_defaults(run=_score)
    simulating = kinds.add_parser("simulate", help="against the full form, on people made up")
    simulating.add_argument("--people", type=int, default=3000)
    simulating.add_argument("--seed", type=int, default=7)
    simulating.add_argument("--model", choices=("middling", "graded"), default="middling")
    simulating.set_defaults(run=_simulate)
    searching = verbs.add_parser("search", help="find an occupation, in any of the languages")
    searching.add_argument("words", nargs="*", metavar="WORDS")
    searching.add_argument("--queries", metavar="FILE", help="a query a line; - for what comes in")
    searching.add_argument("--lang", choices=LANGUAGES, default="lv")
    searching.add_argument("-k", type=int, default=5, metavar="N")
    searching.add_argument("--db", metavar="URL")
    searching.add_argument("--json", action="store_true")
    searching.set_defaults(run=_search)
    bringing = verbs.add_parser("import", help="bring in what others publish")
    whats = bringing.add_subparsers(required=True, metavar="WHAT")
    occupations = whats.add_parser("occupations", help="ESCO's and O*NET's files as published")
    occupations.add_argument("files", nargs="+", metavar="FILE", help="CSV, text or zip")
    occupations.add_argument("--db", metavar="URL")
    occupations.add_argument("--json", action="store_true")
    occupations.set_defaults(run=_import)
    reliability = kinds.add_parser("reliability", help="how well the items hold together")
    reliability.add_argument("answers", metavar="ANSWERS", help="a JSON list, or an object a line")
    reliability.set_defaults(run=_reliability)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _settings(given: argparse.Namespace) -> Settings:
    named = {"host": "host", "port": "port", "db": "database"}
    change = {
        field: getattr(given, name)
        for name, field in named.items()
        if getattr(given, name, None) is not None
    }
    return read_settings().model_copy(update=change)


def _chat(given: argparse.Namespace) -> int:
    talks = make_talks(with_imported(_settings(given), read_content().library), given.on)
    if given.flow is not None and given.flow not in talks.library.flows:
        message = f"no flow {given.flow!r}; flows: {', '.join(talks.library.flows)}"
        raise InputError(message)
    chat = chat_json if given.json else chat_plain
    for line in chat(talks, sys.stdin, given.flow, given.lang):
        print(line, flush=True)  # noqa: T201
    return 0


def _check(given: argparse.Namespace) -> int:
    today = given.on or SystemClock().now().astimezone(RIGA).date()
    problems = check_all(find_data(), today, given.lang)
    wrong = any(problem.severity == "error" for problem in problems)
    if given.json:
        print(json.dumps([one.model_dump() for one in problems], ensure_ascii=False))  # noqa: T201
    else:
        for problem in problems:
            print(problem, file=sys.stderr)  # noqa: T201
        print("wrong" if wrong else "all is well")  # noqa: T201
    return 1 if wrong else 0


def _show(given: argparse.Namespace) -> int:
    library = read_content().library
    if given.flow not in library.flows:
        message = f"no flow {given.flow!r}; flows: {', '.join(library.flows)}"
        raise InputError(message)
    print(draw(library, given.flow, given.format))  # noqa: T201
    return 0


def _decide(given: argparse.Namespace) -> int:
    judges = read_content().library.judges
    if given.rule not in judges:
        message = f"no rule {given.rule!r}; rules: {', '.join(judges)}"
        raise InputError(message)
    today = given.on or SystemClock().now().astimezone(RIGA).date()
    facts = _read_json(given.facts)
    judge = judges[given.rule]
    rule = judge.rule

    def one(fact: Any) -> dict[str, object]:
        if not isinstance(fact, dict):
            message = "facts are a JSON object, or a list of them"
            raise InputError(message)
        return print_verdict(rule, judge.verdict(read_facts(rule.facts, fact), today))

    answer = [one(fact) for fact in facts] if isinstance(facts, list) else one(facts)
    print(json.dumps(answer, ensure_ascii=False, indent=None if given.json else 2))  # noqa: T201
    if rule.period_on(today) is None:
        # beside the JSON, which keeps its form: the gate is closed, its reason is not_in_force
        message = f"celvedis: {given.rule} does not hold on {today}; it holds {rule.told_periods()}"
        print(message, file=sys.stderr)  # noqa: T201
    return 0


def _score(given: argparse.Namespace) -> int:
    library = with_imported(_settings(given), read_content().library)
    words = load_words(find_data())[given.lang]
    answers = _read_json(given.answers)
    people = answers if isinstance(answers, list) else [answers]
    scored = [score_answers(library, words, one) for one in people]
    shown = scored if isinstance(answers, list) else scored[0]
    print(json.dumps(shown, ensure_ascii=False, indent=None if given.json else 2))  # noqa: T201
    return 0


def _search(given: argparse.Namespace) -> int:
    if bool(given.words) == bool(given.queries) or given.k < 1:
        message = "search needs words or --queries FILE, and -k of 1 or more"
        raise InputError(message)
    asked = _read_lines(given.queries) if given.queries else [" ".join(given.words)]
    library = with_imported(_settings(given), read_content().library)
    for found in search_occupations(library, asked, given.lang, given.k):
        if given.json or given.queries:
            print(json.dumps(found, ensure_ascii=False))  # noqa: T201
            continue
        for one in found["results"]:
            print(f"{one['score']:.2f}  {one['label']}  ({one['id']}, ISCO {one['isco']})")  # noqa: T201
        if not found["results"]:
            print("nothing found")  # noqa: T201
    return 0


def _import(given: argparse.Namespace) -> int:
    collected = collect(given.files)  # a broken file does not even make a database
    with closing(open_store(_settings(given))) as store:
        told = import_occupations(store.imports, collected)
    wrong, came = tell_import(told, as_json=given.json)
    print("".join(f"{line}\n" for line in wrong), end="", file=sys.stderr)  # noqa: T201
    print("\n".join(came))  # noqa: T201
    return 0


def _simulate(given: argparse.Namespace) -> int:
    print(json.dumps(simulate_people(given.people, given.seed, given.model)))  # noqa: T201
    return 0


def _reliability(given: argparse.Namespace) -> int:
    found = measure_reliability(read_content().library, read_people(given.answers))
    print(json.dumps(found, indent=2))  # noqa: T201
    return 0


def _read_text(path: str) -> str:
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
    except ValueError as error:
        message = f"{path}: not UTF-8"
        raise InputError(message) from error


def _read_lines(path: str) -> list[str]:
    """Read a query a line; other separators than a line's end are part of what was typed."""
    lines = _read_text(path).removeprefix("\ufeff").split("\n")
    return lines if lines[-1] else lines[:-1]


def _read_json(path: str) -> Any:
    text = _read_text(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{path}: not JSON: {error}"
        raise InputError(message) from error


def _migrate(given: argparse.Namespace) -> int:
    open_store(_settings(given)).close()
    print("the database is in its newest form")  # noqa: T201
    return 0


def _words(_given: argparse.Namespace) -> int:
    loaded = read_content()
    print("updated:", ", ".join(update(find_data(), collect_all(loaded))))  # noqa: T201
    return 0
