"""What `decide esf_4_2_4_2` prints, and what its card says, stays to the letter.

Every combination of the facts, each of them missing too, on days before and after support begins,
in every language. `kept/esf_4_2_4_2.txt` holds fingerprints: of what was printed before the engine was
made one for any rule (commit 82bd68a), and of what the card says now; `--update` writes them anew.
"""

import json
import subprocess
import sys
from datetime import date
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest

from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.words.verdict import VerdictWords

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "kept/esf_4_2_4_2.txt"
RULE = "esf_4_2_4_2"
DOMAINS = {
    "employed": (None, "yes", "no", "self_employed"),
    "age": (None, 0, 17, 18, 49, 50, 120),
    "education": (
        None, "basic_unfinished", "basic_completed", "general_secondary", "vocational_arod",
        "vocational_secondary", "vocational_basic", "higher", "foreign", "other",
    ),
    "works_below_education": (None, "yes", "no"),
    "household": (None, "none", "low_income", "needy"),
    "protection_status": (None, "none", "refugee", "alternative", "temporary"),
}  # fmt: skip
PRINTED = (
    ("2024-01-01", "lv"),
    ("2024-12-31", "en"),
    ("2025-01-01", "uk"),
    ("2026-11-24", "ru"),
)
SHOWN = (
    ("2024-06-01", "lv"),
    ("2026-11-24", "lv"),
    ("2026-11-24", "en"),
    ("2026-11-24", "uk"),
    ("2026-11-24", "ru"),
)


def combinations(ages=DOMAINS["age"]):
    """Every set of facts, complete or not."""
    domains = DOMAINS | {"age": ages}
    return [
        {name: value for name, value in zip(domains, values, strict=True) if value is not None}
        for values in product(*domains.values())
    ]


def fingerprints(sets, lines):
    """One fingerprint for each level of education, so that a change is found."""
    found = {}
    for facts, line in zip(sets, lines, strict=True):
        digest = found.setdefault(facts.get("education", "not_known"), sha256())
        digest.update(line.encode() + b"\n")
    return {name: digest.hexdigest()[:16] for name, digest in found.items()}


def compare(what, found, request):
    kept = dict(line.rsplit(" ", 1) for line in KEPT.read_text(encoding="utf-8").splitlines())
    named = {f"{what} {name}": digest for name, digest in found.items()}
    if request.config.getoption("--update"):
        lines = sorted(f"{name} {digest}\n" for name, digest in (kept | named).items())
        KEPT.write_text("".join(lines), encoding="utf-8")
        return
    assert named == {name: kept[name] for name in named}


@pytest.mark.parametrize(("day", "language"), PRINTED)
def test_what_decide_prints_is_kept(day, language, request):
    command = (sys.executable, "-m", "bot", "decide", RULE, "--facts", "-", "--json")
    done = subprocess.run(
        [*command, "--on", day, "--lang", language],
        input=json.dumps(combinations()), capture_output=True, text=True, cwd=ROOT, check=True,
        encoding="utf-8",
    )  # fmt: skip
    lines = [json.dumps(one, ensure_ascii=False) for one in json.loads(done.stdout)]
    assert done.stdout == "[" + ", ".join(lines) + "]\n"
    compare(f"decide {day} {language}", fingerprints(combinations(), lines), request)


@pytest.mark.parametrize(("day", "language"), SHOWN)
def test_what_the_card_says_is_kept(loaded, day, language, request):
    library, on = loaded.library, date.fromisoformat(day)
    judge = library.judges[RULE]
    words = VerdictWords(library, load_words(find_data())[language], "jus", on)
    sets = combinations(ages=(None, 17, 18, 50))  # a card tells no other age apart
    cards = (words.card(judge, judge.verdict(facts, on), {}) for facts in sets)
    # the reasons are opened further than they were: see test_verdict.py
    lines = [json.dumps(card.model_dump(exclude={"why"}), ensure_ascii=False) for card in cards]
    compare(f"card {day} {language}", fingerprints(sets, lines), request)
