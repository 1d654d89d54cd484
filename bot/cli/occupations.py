"""The commands about occupations: find one, and bring in what others publish."""

import argparse
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from bot.cli.arguments import (
    add_database_address,
    add_json,
    add_language,
    complain,
    few,
    read_lines,
    say,
    settings_of,
)
from bot.cli.commands import add_command
from bot.cli.places import add_place_import
from bot.core.library import Library
from bot.errors import InputError
from bot.load.imports.importer import ImportReport, collect
from bot.ports.protocols import ImportedRows
from bot.service.occupation_imports import save_imports
from bot.wiring import open_store, read_content, with_imported


def add_occupations(verbs: Any) -> None:
    """Add the commands."""
    searching = add_command(verbs, "search", "celvedis search elektriķis -k 3")
    searching.add_argument(
        "words", nargs="*", metavar="WORDS", help="as people say it; with no WORDS, --queries"
    )
    searching.add_argument("--queries", metavar="FILE", help="a query a line; - for what comes in")
    add_language(searching)
    searching.add_argument(
        "-k", type=few, default=5, metavar="N", help="how many are shown (default: 5)"
    )
    add_database_address(searching)
    add_json(searching)
    searching.set_defaults(run=_search)
    bringing = add_command(verbs, "import", "celvedis import places places.xlsx --check")
    whats = bringing.add_subparsers(required=True, metavar="WHAT")
    occupations = whats.add_parser("occupations", help="ESCO's and O*NET's files as published")
    occupations.add_argument("files", nargs="+", metavar="FILE", help="CSV, text or zip")
    add_database_address(occupations)
    add_json(occupations)
    occupations.set_defaults(run=_import)
    add_place_import(whats)


def _search(given: argparse.Namespace) -> int:
    if bool(given.words) == bool(given.queries):
        message = "search needs words or --queries FILE"
        raise InputError(message)
    asked = read_lines(given.queries) if given.queries else [" ".join(given.words)]
    library = with_imported(settings_of(given), read_content().library)
    for found in search_occupations(library, asked, given.lang, given.k):
        if given.json or given.queries:
            say(json.dumps(found, ensure_ascii=False))
            continue
        for one in found["results"]:
            say(f"{one['score']:.2f}  {one['label']}  ({one['id']}, ISCO {one['isco']})")
        if not found["results"]:
            say("nothing found")
    return 0


def _import(given: argparse.Namespace) -> int:
    collected = collect(given.files)  # a broken file does not even make a database
    with closing(open_store(settings_of(given))) as store:
        told = import_occupations(store.imports, collected)
    wrong, came = tell_import(told, as_json=given.json)
    complain(*wrong)
    say(*came)
    return 0


def search_occupations(
    library: Library, queries: Sequence[str], language: str, most: int
) -> list[dict[str, Any]]:
    """Find occupations by what was typed, in any of the languages; labels in one of them."""
    return [
        {
            "query": query,
            "results": [
                {
                    "id": found.entry.id,
                    "label": found.entry.named(language).label,
                    "isco": found.entry.isco,
                    "score": round(found.score, 3),
                    **({"same": list(found.same)} if found.same else {}),
                }
                for found in library.find(query, most, language)
            ],
        }
        for query in queries
    ]


def import_occupations(kept: ImportedRows, collected: ImportReport) -> dict[str, Any]:
    """Bring in what ESCO's and O*NET's files hold, and tell what came of it."""
    tallies = save_imports(kept, collected.imports)
    return {
        "files": [one.model_dump() for one in collected.files],
        **{kind: tally._asdict() for kind, tally in tallies.items()},
        "left_out": [one._asdict() for one in collected.left_out],
        "passed_over": dict(collected.passed_over),
        "doubts": [one._asdict() for one in collected.doubts],
    }


def tell_import(told: Mapping[str, Any], *, as_json: bool) -> tuple[list[str], list[str]]:
    """Put an import into words: what was left out or is doubtful, and what came in."""
    wrong = [
        f"{one['file']}:{one['line']}: {said}{one['reason']}"
        for said, notes in (("left out: ", told["left_out"]), ("look at this: ", told["doubts"]))
        for one in notes
    ]
    came = [
        f"{one['file']}: {one['kind']}{' ' if one['language'] else ''}{one['language']},"
        f" {one['taken']} of {one['rows']} rows taken"
        for one in told["files"]
    ]
    came += [f"passed over: {reason} ({count})" for reason, count in told["passed_over"].items()]
    came += [
        f"{kind}: {of['added']} added, {of['changed']} changed, {of['unchanged']} unchanged,"
        f" {of['kept']} others stay"
        for kind in ("occupations", "figures", "links")
        if any((of := told[kind]).values())
    ]
    return wrong, [json.dumps(told, ensure_ascii=False)] if as_json else came
