"""The commands that measure: a person's interests, an instrument, and people made up."""

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.cli.arguments import (
    add_database_address,
    add_json,
    add_language,
    read_json,
    say,
    settings_of,
)
from bot.cli.commands import add_command
from bot.core.interests.correlation import pearson
from bot.core.interests.kinds import liking_of
from bot.core.interests.matching import families
from bot.core.interests.norms import TYPES
from bot.core.interests.scoring import score
from bot.core.library import Library
from bot.core.psychometrics.reliability import alpha, item_total, omega, rtor
from bot.core.psychometrics.simulated_people import ItemModel
from bot.core.psychometrics.simulation import simulate
from bot.errors import InputError
from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.wiring import read_content, with_imported
from bot.words.i18n.translations import Catalogue

FEWEST_FOR_FIGURES = 3  # persons, and items of a type, that a coefficient needs


def add_interests(verbs: Any) -> None:
    """Add the commands."""
    interests = add_command(verbs, "interests", "celvedis interests score --answers answers.json")
    kinds = interests.add_subparsers(required=True, metavar="WHAT")
    scoring = kinds.add_parser("score", help="one person's answers, or a list of persons'")
    scoring.add_argument(
        "--answers",
        required=True,
        metavar="F.json",
        help="answers by the ids of items; - for standard input",
    )
    add_language(scoring)
    add_database_address(scoring)
    add_json(scoring)
    scoring.set_defaults(run=_score)
    simulating = kinds.add_parser("simulate", help="against the full form, on people made up")
    simulating.add_argument("--people", type=int, default=3000, help="how many (default: 3000)")
    simulating.add_argument(
        "--seed",
        type=int,
        default=7,
        help="of chance; the same people come of the same (default: 7)",
    )
    simulating.add_argument(
        "--model",
        choices=("middling", "graded"),
        default="middling",
        help="how they answer (default: middling)",
    )
    simulating.set_defaults(run=_simulate)
    reliability = kinds.add_parser("reliability", help="how well the items hold together")
    reliability.add_argument("answers", metavar="ANSWERS", help="a JSON list, or an object a line")
    reliability.set_defaults(run=_reliability)


def _score(given: argparse.Namespace) -> int:
    library = with_imported(settings_of(given), read_content().library)
    words = load_words(find_data())[given.lang]
    answers = read_json(given.answers)
    people = answers if isinstance(answers, list) else [answers]
    scored = [score_answers(library, words, one) for one in people]
    shown = scored if isinstance(answers, list) else scored[0]
    say(json.dumps(shown, ensure_ascii=False, indent=None if given.json else 2))
    return 0


def _simulate(given: argparse.Namespace) -> int:
    say(json.dumps(simulate_people(given.people, given.seed, given.model)))
    return 0


def _reliability(given: argparse.Namespace) -> int:
    found = measure_reliability(read_content().library, read_people(given.answers))
    say(json.dumps(found, indent=2))
    return 0


def score_answers(library: Library, words: Catalogue, answers: Any) -> dict[str, Any]:
    """Score one person's answers by item id, 1 to 5, with families of work that fit.

    Errors: InputError names what is not an answer.
    """
    if not isinstance(answers, dict):
        message = 'answers are a JSON object of {"<item id>": 1-5}, or a list of them'
        raise InputError(message)
    profile = score(library.interests.letters, answers)
    liking = liking_of(library.interests.item_kinds, answers)
    found = families(profile, library.matchable, liking=liking)
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
                        "label": library.directory[one.id].named(words.language).label,
                    }
                    for one in family.occupations
                ],
            }
            for family in found.families
        ],
    }


def simulate_people(people: int, seed: int, kind: str) -> dict[str, Any]:
    """Compare the chosen questions with the full form of 60, on people made up from a seed."""
    if not FEWEST_FOR_FIGURES <= people <= 100_000:  # noqa: PLR2004 - an hour's work
        message = f"people are {FEWEST_FOR_FIGURES} to 100000"
        raise InputError(message)
    chance = random.Random(seed)  # noqa: S311 - a simulation, to be repeated
    bank = ItemModel(kind="graded") if kind == "graded" else ItemModel()
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
    if len(shared) < FEWEST_FOR_FIGURES:
        return {"scales": told, "hexagon": None}
    columns = [[sums[letter][number] for number in sorted(shared)] for letter in TYPES]
    if any(len(set(column)) == 1 for column in columns):
        return {"scales": told, "hexagon": None}
    matrix = [[1.0 if a is b else pearson(a, b) for b in columns] for a in columns]
    return {"scales": told, "hexagon": {**rtor(matrix)._asdict(), "correlations": matrix}}


def _coefficients(items: list[str], rows: list[list[int]], people: int) -> dict[str, Any]:
    told: dict[str, Any] = {"people": len(rows), "left_out": people - len(rows)}
    varied = len(rows) >= FEWEST_FOR_FIGURES and all(
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
        people = [json.loads(line) for line in text.splitlines() if line.strip()]
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path}: not JSON: {error}"
        raise InputError(message) from error
    if not people:
        message = f"{path}: there are no answers in it"
        raise InputError(message)
    return people
