"""Every scene comes out as it stands in its file; `pytest tests/scenes --update` rewrites it."""

from difflib import unified_diff

import pytest

from bot.core.base.texts import LANGUAGES
from bot.load.data_folder import find_data
from bot.service.conversations import Dialogue
from tests.doubles.clocks import TODAY, SetClock
from tests.scenes.playing import play, update_scene
from tests.scenes.reading import SceneError, find_scenes, read_scene

ROOT = find_data()
SCENES = find_scenes(ROOT)
CALM = 5  # seconds between any two looks at the clock: nobody is hurried


@pytest.fixture(scope="module")
def calm(talks):
    return Dialogue(talks.library, talks.catalogues, SetClock(stride=CALM), TODAY)


@pytest.mark.parametrize("path", SCENES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_scene_comes_out_as_written(path, talks, calm, request):
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    fault = ""
    try:
        having = talks if read_scene(text, name).hurried else calm
        if request.config.getoption("--update"):
            update_scene(path, name, having)
        else:
            fault = difference(name, text, play(having, read_scene(text, name)))
    except SceneError as error:
        fault = str(error)
    if fault:
        pytest.fail(fault, pytrace=False)


def difference(name, text, played):
    """Return what would have to change in the file, or "" where it stands as it is played."""
    rows = (text.splitlines(), played.splitlines())
    return "\n".join(unified_diff(*rows, name, "as it is played", n=2, lineterm=""))


def test_every_flow_is_walked_in_every_language(loaded):
    """A new flow brings its scenes: what is wrong in one language shows where its labels are read."""
    walked = set()
    for path in SCENES:
        scene = read_scene(path.read_text(encoding="utf-8"), path.name)
        if scene.words:
            walked.add((path.parts[-3], scene.language))
    flows = loaded.library.flows
    missing = {(flow, code) for flow in flows for code in LANGUAGES} - walked
    assert not missing, f"flows without a scene in a language: {sorted(missing)}"
    assert {flow for flow, _ in walked} == set(flows)
