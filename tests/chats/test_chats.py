"""Every scene comes out as it stands in its file; `pytest --update` rewrites the bot's half."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.service.conversations import Talks
from tests.chats.scenes import find_scenes, play, read_scene
from tests.conftest import TODAY

SCENES = find_scenes(find_data())


class CalmClock:
    """Five seconds pass between any two looks at it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def now(self) -> datetime:
        self.time += timedelta(seconds=5)
        return self.time


@pytest.fixture(scope="module")
def calm(loaded):
    return Talks(loaded.library, load_words(find_data()), CalmClock(), TODAY)


@pytest.mark.parametrize("path", SCENES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_scene_comes_out_as_written(path, talks, calm, request):
    text = path.read_text(encoding="utf-8")
    scene = read_scene(text)
    played = play(talks if scene.hurried else calm, scene)
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    assert played == text or request.config.getoption("--update")


def test_every_flow_has_a_scene(loaded):
    assert {path.parts[-3] for path in SCENES} == set(loaded.library.flows)


def test_a_changed_word_is_noticed(talks):
    text = SCENES[0].read_text(encoding="utf-8")
    assert play(talks, read_scene(text)) != text.replace("?", "!", 1)
