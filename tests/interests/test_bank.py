"""The bank of activities: ours, whole in four languages, and the commands that measure with it."""

import json
import random
import subprocess
import sys
from collections import Counter

import pytest

from bot.cli.interests import measure_reliability, score_answers
from bot.core.interests.next_item import next_item
from bot.errors import InputError
from bot.load.data_folder import find_data
from bot.load.translations import load_words
from tests.interests.fingerprints import fingerprint, protected


@pytest.fixture(scope="module")
def library(loaded):
    return loaded.library


@pytest.fixture(scope="module")
def words():
    return load_words(find_data())


def test_twelve_activities_of_each_type_each_said_once_in_every_language(library, words):
    items = library.interests.items
    assert Counter(item.type for item in items.values()) == dict.fromkeys("RIASEC", 12)
    for catalogue in words.values():
        texts = [catalogue.say(item.text) for item in items.values()]
        assert len(set(texts)) == 72
        assert max(len(text) for text in texts) <= 64


def test_no_activity_is_one_of_a_protected_instrument(library, words):
    ours = {fingerprint(words["en"].say(item.text)) for item in library.interests.items.values()}
    assert ours & protected() == set()


def test_the_guard_knows_a_protected_text_in_another_guise():
    assert len(protected()) == 92
    assert fingerprint("To write plays, or a book") in protected()
    assert fingerprint("The repairing and installing of locks") in protected()
    assert fingerprint("Mend the brakes of a bicycle") not in protected()


def test_the_questions_follow_each_other_as_promised(library):
    letters = library.interests.letters
    answers = {}
    while (item := next_item(letters, answers, list(letters))) is not None:
        answers[item] = 5 if letters[item] in "RC" else 2
    had = Counter(letters[item] for item in answers)
    assert min(had[letter] for letter in "RIASEC") >= 3
    assert len(answers) <= 30


def test_answers_are_scored_with_families_and_examples(library, words):
    liking = {"S": 5, "A": 4}
    answers = {name: liking.get(item.type, 1) for name, item in library.interests.items.items()}
    scored = score_answers(library, words["lv"], answers)
    assert scored["leading"] == ["S", "A"]
    assert scored["flags"] == []
    first = scored["families"][0]
    assert first["label"] == words["lv"].say(library.families[first["isco2"]].name)
    assert all(one["isco"].startswith(first["isco2"]) for one in first["occupations"])
    assert [family["less_typical"] for family in scored["families"]] == [False] * 5 + [True]


@pytest.mark.parametrize("value", [1, 3, 5])
def test_the_same_answer_to_everything_is_said_and_gives_no_list(library, words, value):
    scored = score_answers(library, words["en"], dict.fromkeys(library.interests.items, value))
    assert set(scored["flags"]) == {"flat", "uniform"}
    assert [family["occupations"] for family in scored["families"]] == [[]] * len(
        scored["families"]
    )


@pytest.mark.parametrize("answers", [{"r01": 6}, {"r01": True}, {"nobody": 3}, {"r01": "5"}, [3]])
def test_what_is_no_answer_is_refused(library, words, answers):
    with pytest.raises(InputError):
        score_answers(library, words["lv"], answers)


def test_reliability_of_answers_by_type_also_where_some_are_left_out(library):
    chance = random.Random(3)
    people = []
    for _ in range(60):
        taste = {letter: chance.gauss(3, 1) for letter in "RIASEC"}
        people.append({
            name: min(5, max(1, round(taste[item.type] + chance.gauss(0, 0.7))))
            for name, item in library.interests.items.items()
        })  # fmt: skip
    del people[0]["r01"]
    found = measure_reliability(library, people)
    assert found["scales"]["R"]["people"] == 59
    assert found["scales"]["R"]["left_out"] == 1
    assert all(scale["alpha"] > 0.9 and scale["omega"] > 0.9 for scale in found["scales"].values())
    assert found["hexagon"]["of"] == 72


def run(*arguments, given=""):
    command = [sys.executable, "-m", "bot", "interests", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def test_the_command_scores_one_and_many():
    one = run("score", "--answers", "-", "--json", given=json.dumps({"r01": 5, "s01": 1}))
    many = run("score", "--answers", "-", "--json", given=json.dumps([{"r01": 5, "s01": 1}] * 2))
    assert (one.returncode, many.returncode) == (0, 0)
    assert json.loads(many.stdout) == [json.loads(one.stdout)] * 2
    assert set(json.loads(one.stdout)) == {
        "scores", "spread", "leading", "certainty", "flags", "families",
    }  # fmt: skip


def test_the_commands_say_what_is_wrong(tmp_path):
    broken = tmp_path / "cut.json"
    broken.write_text('[{"r01": 5', encoding="utf-8")
    for arguments in (
        ("score", "--answers", str(broken)),
        ("reliability", str(broken)),
        ("reliability", str(tmp_path / "nothing.json")),
        ("simulate", "--people", "0"),
    ):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("celvedis: ")


def test_a_simulation_is_repeated_from_its_seed():
    first = run("simulate", "--people", "60", "--seed", "5")
    assert first.returncode == 0
    assert json.loads(first.stdout)["adaptive"]["longest"] <= 30
    assert run("simulate", "--people", "60", "--seed", "5").stdout == first.stdout
