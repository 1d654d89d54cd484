"""`--update` writes what comes of a scene today, but never that an accepted line is refused now."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doubles.sample import changed_sample, sample_talks
from tests.scenes.playing import update_scene
from tests.scenes.reading import SceneError

HERE = Path(__file__).parent.parent.parent
NAME = "flows/support/chats/worker.chat"
SCENE = """A worker reads what the leaflet says.
known: who=adult
flow: support
words: off

> employed: [yes]

> 52

> education: [low]
"""
ASKED = "  - id: result\n"
YES_NO = '  - {id: tried_work, kind: yes_no, text: "Vai kādreiz ir bijis darbs?"}\n\n'
REMEDY = "mend the line, or delete what stands below it if that is meant"
WORDS = '  - {id: dream_job, kind: text, text: "Par ko sapņots?"}\n\n'


@pytest.fixture
def scene(tmp_path):
    """A scene as it was written when all was well."""
    path = tmp_path / "worker.chat"
    path.write_text(SCENE, encoding="utf-8")
    update_scene(path, NAME, sample_talks())
    return path


def grown(tmp_path, step, before=ASKED):
    """Conversations over the sample with one step more in its flow `support`."""
    root = changed_sample(tmp_path / "grown", support=(before, step + before))
    return sample_talks(root=root)


def refusal(path, talks):
    """Update a scene that must not be updated; returns what is said of it."""
    before = path.read_text(encoding="utf-8")
    with pytest.raises(SceneError) as error:
        update_scene(path, NAME, talks)
    assert path.read_text(encoding="utf-8") == before
    return str(error.value)


@pytest.fixture
def younger(tmp_path):
    """Conversations in which nobody can be older than forty."""
    asked = "        most: 120\n"
    return sample_talks(
        root=changed_sample(tmp_path / "younger", support=(asked, "        most: 40\n"))
    )


def edit(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_the_bots_half_is_written(scene):
    text = scene.read_text(encoding="utf-8")
    assert "\n> 52\n= age: 52\nsupport/education? [low|middle|high]\n" in text
    assert text.endswith(
        "= education: low\n= support: gate open, group A (age_50)\nsupport/support_next? [human|menu]\n"
    )


def test_it_is_written_the_same_again(scene):
    before = scene.read_text(encoding="utf-8")
    update_scene(scene, NAME, sample_talks())
    assert scene.read_text(encoding="utf-8") == before


def test_a_press_that_has_come_to_another_question_is_not_written(scene, tmp_path):
    assert refusal(scene, grown(tmp_path, YES_NO)) == (
        f"{NAME}:9: `employed` is not the open question, `support/tried_work` is"
    )


def test_typed_words_that_are_refused_now_are_not_written(scene, tmp_path):
    """What stands after them would be refused as well; the first is named."""
    edit(scene, ("> employed: [yes]", "> strādāju"))
    assert refusal(scene, grown(tmp_path, YES_NO.replace("yes_no", "date"))) == (
        f"{NAME}:9: `> strādāju` answered employed and is refused now by tried_work; {REMEDY}"
    )


def test_typed_words_that_answer_another_question_are_not_written(scene, tmp_path):
    edit(scene, ("> employed: [yes]", "> strādāju"))
    assert refusal(scene, grown(tmp_path, WORDS)) == (
        f"{NAME}:9: `> strādāju` answered employed and answers dream_job now; {REMEDY}"
    )


def test_an_answer_that_is_out_of_bounds_now_is_not_written(scene, younger):
    assert refusal(scene, younger) == (
        f"{NAME}:13: `> 52` answered age and is refused now by age; {REMEDY}"
    )


def test_a_word_that_is_heard_no_more_is_not_written(scene, tmp_path):
    edit(scene, ("> 52\n", "> palīdzi\n~ help\nsupport/age? again\n\n> 52\n"))
    update_scene(scene, NAME, sample_talks())
    words = changed_sample(tmp_path / "deaf") / "content/help/global_words.yaml"
    words.write_text(words.read_text("utf-8").replace('["palīdzi"]', "[]"), encoding="utf-8")
    assert refusal(scene, sample_talks(root=tmp_path / "deaf")) == (
        f"{NAME}:13: `> palīdzi` was understood and is refused now by age; {REMEDY}"
    )


def test_a_button_that_is_too_late_now_is_not_written(scene):
    edit(scene, ("> 52\n", "> [@away:99]\nsupport/age? again\n\n> 52\n"))
    assert refusal(scene, sample_talks()) == (
        f"{NAME}:13: `> [@away:99]` was understood and comes too late now; {REMEDY}"
    )


def test_a_new_line_is_written_whatever_comes_of_it(scene):
    edit(scene, ("> 52\n", "> simts tūkstoši\n\n> 52\n"))
    update_scene(scene, NAME, sample_talks())
    assert "\n> simts tūkstoši\n! age: number\n" in scene.read_text(encoding="utf-8")


def test_a_line_that_is_understood_at_last_is_written(scene):
    edit(scene, ("> 52\n= age: 52\n", "> 52\n! age: number\n"))
    update_scene(scene, NAME, sample_talks())
    assert "\n> 52\n= age: 52\n" in scene.read_text(encoding="utf-8")


def test_a_line_whose_outcome_was_taken_out_is_written_anew(scene, younger):
    edit(
        scene,
        ("> 52\n= age: 52\nsupport/education? [low|middle|high]\n", "> 52\n\n> 35\n"),
    )
    update_scene(scene, NAME, younger)
    assert "\n> 52\n! age: most\n" in scene.read_text(encoding="utf-8")


def test_a_judgement_that_comes_later_now_is_no_answer_lost(scene, tmp_path):
    rule = changed_sample(tmp_path / "more") / "content/support/support.yaml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("at_least: 50", "at_least: 60"), encoding="utf-8")
    update_scene(scene, NAME, sample_talks(root=tmp_path / "more"))
    assert "group A ()" in scene.read_text(encoding="utf-8")


def test_pytest_with_update_fails_for_the_broken_scene_alone(scene, tmp_path):
    """The whole way, in a house of its own that stands on the sample."""
    house = tmp_path / "house"
    for folder in ("bot", "storage", "locales", "tests"):
        shutil.copytree(HERE / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__"))
    changed_sample(house, support=(ASKED, YES_NO + ASKED))
    broken = house / NAME
    well = house / "flows/human/chats/whom.chat"
    for path in (broken, well):
        path.parent.mkdir()
    shutil.copy(scene, broken)
    well.write_text("Somebody asks.\nflow: human\nwords: off\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-k", "comes_out"]
    done = subprocess.run(
        [*command, "tests/scenes/test_scenes.py", "--update"],
        cwd=house, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{NAME}:9: `employed` is not the open question" in done.stdout
    assert "1 failed, 1 passed" in done.stdout
    assert broken.read_text(encoding="utf-8") == scene.read_text(encoding="utf-8")
    assert "human/about_what? [school|work]" in well.read_text(encoding="utf-8")
