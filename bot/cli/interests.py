"""The commands that measure: a person's interests, an instrument, and people made up."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.core.interests.matching import families
from bot.core.interests.profile import TYPES
from bot.core.interests.scoring import score
from bot.core.library import Library
from bot.core.psychometrics.reliability import alpha, item_total, omega, pearson, rtor
from bot.core.psychometrics.simulated_people import Bank
from bot.core.psychometrics.simulation import simulate
from bot.errors import InputError
from bot.load.imports.importer import Collected
from bot.ports.protocols import ImportedRows
from bot.service.occupation_imports import bring_in
from bot.words.i18n.translations import Catalogue

FEWEST = 3  # persons, and items of a type, that a coefficient needs


def score_answers(library: Library, words: Catalogue, answers: Any) -> dict[str, Any]:
    """Score one person's answers by item id, 1 to 5, with families of work that fit.

    Errors: InputError names what is not an answer.
    """
    if not isinstance(answers, dict):
        message = 'answers are a JSON object of {"<item id>": 1-5}, or a list of them'
        raise InputError(message)
    profile = score(library.interests.letters, answers)
    found = families(profile, library.matched)
    return {
        **profile.model_dump(mode="json"),
        "families": [
            {
                "isco2": family.isco2,
                "label": words.say(library.families[family.isco2].name),
                "fit": round(family.fit, 3),
                "less_typical": family.less_typical,
                "occupations": [
                    {
                        "id": one.id,
                        "isco": one.isco,
                        "label": library.listed[one.id].named(words.language).label,
                    }
                    for one in family.occupations
                ],
            }
            for family in found.families
        ],
    }


def simulate_people(people: int, seed: int, kind: str) -> dict[str, Any]:
    """Compare the chosen questions with the full form of 60, on people made up from a seed."""
    if not FEWEST <= people <= 100_000:  # noqa: PLR2004 - an hour's work
        message = f"people are {FEWEST} to 100000"
        raise InputError(message)
    chance = random.Random(seed)  # noqa: S311 - a simulation, to be repeated
    bank = Bank(kind="graded") if kind == "graded" else Bank()
    found = simulate(people, lambda: chance.gauss(0, 1), chance.random, bank)
    return {"people": people, "seed": seed, **asdict(found)}


def measure_reliability(library: Library, people: Sequence[Any]) -> dict[str, Any]:
    """Tell how well the items of each type hold together, and whether the six form a hexagon.

    people: each a mapping of item id to 1-5; who has not answered all items of a type is left out of it.
    Errors: InputError where nobody's answers can be used.
    """
    letters = library.interests.letters
    told: dict[str, Any] = {}
    sums: dict[str, dict[int, float]] = {}
    for letter in TYPES:
        items = [name for name, type_ in letters.items() if type_ == letter]
        rows = {number: _row(one, items) for number, one in enumerate(people)}
        whole = {number: row for number, row in rows.items() if row is not None}
        sums[letter] = {number: sum(row) for number, row in whole.items()}
        told[letter] = _coefficients(items, list(whole.values()), len(people))
    shared = set.intersection(*(set(found) for found in sums.values()))
    if len(shared) < FEWEST:
        return {"scales": told, "hexagon": None}
    columns = [[sums[letter][number] for number in sorted(shared)] for letter in TYPES]
    if any(len(set(column)) == 1 for column in columns):
        return {"scales": told, "hexagon": None}
    matrix = [[1.0 if a is b else pearson(a, b) for b in columns] for a in columns]
    return {"scales": told, "hexagon": {**rtor(matrix)._asdict(), "correlations": matrix}}


def _coefficients(items: list[str], rows: list[list[int]], people: int) -> dict[str, Any]:
    told: dict[str, Any] = {"people": len(rows), "left_out": people - len(rows)}
    varied = len(rows) >= FEWEST and all(
        len({row[at] for row in rows}) > 1 for at in range(len(items))
    )
    if not varied:
        return told | {"alpha": None, "omega": None, "item_total": None}
    totals = dict(zip(items, item_total(rows), strict=True))
    return told | {"alpha": alpha(rows), "omega": omega(rows), "item_total": totals}


def _row(one: Any, items: list[str]) -> list[int] | None:
    if not isinstance(one, Mapping):
        message = "each person is a JSON object of item ids and answers 1 to 5"
        raise InputError(message)
    for item, value in one.items():
        if isinstance(value, bool) or value not in (1, 2, 3, 4, 5):
            message = f"{item}: {value!r} is not an answer from 1 to 5"
            raise InputError(message)
    row = [one.get(item) for item in items]
    return [int(value) for value in row if value is not None] if None not in row else None


def read_people(path: str) -> list[Any]:
    """Read answers: a JSON list, or a JSON object a line. Errors: InputError."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        if text.lstrip().startswith("["):
            found = json.loads(text)
            return found if isinstance(found, list) else [found]
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path}: not JSON: {error}"
        raise InputError(message) from error


def search_occupations(
    library: Library, queries: Sequence[str], language: str, most: int
) -> list[dict[str, Any]]:
    """Find occupations by what was typed, in any of the languages; labels in one of them."""
    return [
        {
            "query": query,
            "results": [
                {
                    "id": found.one.id,
                    "label": found.one.named(language).label,
                    "isco": found.one.isco,
                    "score": round(found.score, 3),
                    **({"same": list(found.same)} if found.same else {}),
                }
                for found in library.find(query, most, language)
            ],
        }
        for query in queries
    ]


def import_occupations(kept: ImportedRows, collected: Collected) -> dict[str, Any]:
    """Bring in what ESCO's and O*NET's files hold, and tell what came of it."""
    tallies = bring_in(kept, collected.imports)
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
