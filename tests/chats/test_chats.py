"""Every scene comes out as it stands in its file; `pytest --update` rewrites the bot's half."""

import pytest

from bot.load.places import find_data
from tests.chats.scenes import find_scenes, play, read_scene

SCENES = find_scenes(find_data())


@pytest.mark.parametrize("path", SCENES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_scene_comes_out_as_written(path, talks, request):
    text = path.read_text(encoding="utf-8")
    played = play(talks, read_scene(text))
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    assert played == text or request.config.getoption("--update")


def test_every_flow_has_a_scene(loaded):
    assert {path.parts[-3] for path in SCENES} == set(loaded.library.flows)


def test_a_changed_word_is_noticed(talks):
    text = SCENES[0].read_text(encoding="utf-8")
    assert play(talks, read_scene(text)) != text.replace("?", "!", 1)
