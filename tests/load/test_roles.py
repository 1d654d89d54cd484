"""Ids of the content that the program knows: renamed, each is found; renamed along, nothing changes."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.base.problems import ContentError
from bot.core.dialogue.inputs import Input, LinkRequested, Said, Started
from bot.core.dialogue.session import LinkingDevice
from bot.load.check import check_all
from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.load.yaml_reader import read_yaml
from bot.ports.records import Update
from bot.service.conversations import Dialogue, DurableConversations
from storage.store import Store
from tests.conftest import TODAY
from tests.doubles.clocks import SetClock
from tests.doubles.person import Person
from tests.load.renaming import ROLES, copy_content, ids_of_flows, ids_of_roles, rename

HOUSE = Path(__file__).parents[2]
IDS = ids_of_roles(find_data())
CODES = {"flow": "N001", "step": "N002", "option": "N003"}


def said(*texts: str) -> tuple[Input, ...]:
    return tuple(Said(text=text) for text in texts)


# What people do: how they come in, what they answer by the names of the questions, and what then.
COMES_IN, KEPT = Started(), {"who": "adult", "age_band": "from_18", "keeping": "keep"}
ADULT = (
    *said("ko dara pavārs", "izvēlne"),
    *said("cilvēks", "darbs vai tā meklēšana", "mani dati", "viss kārtībā", "turpināt citā ierīcē"),
    LinkRequested(device=LinkingDevice(channel="people", account="1")),
    *said("jā", "ko dara frizieris", "gribu pamest skolu", "nē", "par mani", "izlaist", "mainīt"),
)
JOURNEYS = {
    "an adult who agrees": (COMES_IN, KEPT, ADULT),
    "an adult who erases": (COMES_IN, KEPT, (*ADULT, *said("dzēst manus datus", "jā"))),
    "an adult who does not agree": (COMES_IN, KEPT | {"keeping": "brief"}, said("ko es jau varu")),
    "a child whose parent agrees": (
        COMES_IN,
        {"who": "pupil_5_9", "age_band": "under_13", "parent_agrees": "agrees", "keeping": "keep"},
        said("pastāstīt par sevi"),
    ),
    "a child alone": (
        COMES_IN,
        {"who": "pupil_5_9", "age_band": "under_13", "parent_agrees": "not_here"},
        (),
    ),
    "a pupil of a class": (
        Started(class_code="ABC-DEF"),
        {"who": "pupil_10_12", "age_band": "from_13", "keeping": "brief"},
        said("patiktu"),
    ),
}
SECOND, BRIEFLY, LONG = timedelta(seconds=1), timedelta(hours=2), timedelta(days=180)
WAITS = (timedelta(), BRIEFLY - SECOND, BRIEFLY + SECOND, LONG - SECOND, LONG + SECOND)
GONE_AFTER = {
    "an adult who agrees": LONG + SECOND,
    "an adult who erases": timedelta(),
    "an adult who does not agree": BRIEFLY + SECOND,
    "a child whose parent agrees": LONG + SECOND,
    "a child alone": BRIEFLY + SECOND,
    "a pupil of a class": BRIEFLY + SECOND,
}


@pytest.fixture
def content(tmp_path):
    root = tmp_path / "content_copied"
    root.mkdir()
    copy_content(root)
    return root


@pytest.fixture(scope="session")
def journeys(talks):
    """What each of them does, in words alone: they stay when names change."""

    def inputs(opening, answers, then):
        words = Person(talks, opening=opening).answer(answers).words
        return opening, *said(*words), *then

    return {journey: inputs(*parts) for journey, parts in JOURNEYS.items()}


@pytest.fixture
def play(tmp_path, journeys):
    """Have every conversation with a library; gives what is read, with no id, and when it is gone."""

    def played(library):
        clock = SetClock()
        store = Store(f"sqlite:///{tmp_path}/{library.release}.db")
        talks = DurableConversations(Dialogue(library, load_words(find_data()), clock), store)
        read = {journey: list(read_of(talks, journey, journeys[journey])) for journey in JOURNEYS}
        gone = gone_after(talks, clock)
        store.close()
        return read, gone

    return played


def read_of(talks, journey, inputs):
    for number, given in enumerate(inputs):
        update = Update("web", journey, f"{journey}{number}", talks.at())
        for message in talks.take_turn(update, given)[1].messages:
            labels = tuple(button.label for button in message.buttons)
            yield message.kind, message.text, message.value, message.hint, message.items, labels


def gone_after(talks, clock):
    """Find out by waiting after how long each conversation is gone."""
    begun, gone = clock.moment, {}
    for wait in WAITS:
        clock.moment = begun + wait
        talks.purge()
        for journey in JOURNEYS:
            if talks.store.conversations.load(journey).state is None:
                gone.setdefault(journey, wait)
    return gone


@pytest.mark.parametrize("id_", IDS, ids=str)
def test_a_name_that_is_gone_is_found_with_its_line_and_what_was_meant(content, id_):
    rename(content, {id_: "x_renamed"}, roles=False)
    roles = read_yaml((content / ROLES).read_bytes(), ROLES)
    same = [one for one in IDS if (one.kind, one.name, one.of) == (id_.kind, id_.name, id_.of)]
    lines = [roles.line(one.where) for one in same]
    found = check_all(content, TODAY, "lv")
    assert [(one.code, one.path, one.line) for one in found] == [
        (CODES[id_.kind], ROLES, line) for line in lines
    ]
    assert f'"{id_.name}"' in found[0].text
    assert "x_renamed" in found[0].remedy
    with pytest.raises(ContentError) as refused:
        load(content)
    assert refused.value.problems == tuple(found)


def test_names_changed_everywhere_change_nothing(content, play):
    before = play(load(content).library)
    assert before[1] == GONE_AFTER
    ids = {id_: f"x{at}" for at, id_ in enumerate(ids_of_flows(content))}
    assert {(id_.kind, id_.name, id_.of) for id_ in IDS} <= {
        (id_.kind, id_.name, id_.of) for id_ in ids
    }
    rename(content, ids, roles=True)
    assert check_all(content, TODAY, "lv") == []
    assert play(load(content).library) == before


def test_a_conversation_from_before_a_renaming_goes_on_and_is_erased(content, tmp_path, journeys):
    clock, store = SetClock(), Store(f"sqlite:///{tmp_path}/old.db")
    words = load_words(find_data())
    old = DurableConversations(Dialogue(load(content).library, words, clock), store)
    for journey, inputs in journeys.items():
        list(read_of(old, journey, inputs))
    rename(content, {id_: f"x{at}" for at, id_ in enumerate(ids_of_flows(content))}, roles=True)
    new = DurableConversations(Dialogue(load(content).library, words, clock), store)
    for journey in JOURNEYS:
        for number, given in enumerate(said("mani dati", "izvēlne", "dzēst manus datus", "jā")):
            update = Update("web", journey, f"{journey} again {number}", new.at())
            advanced = new.take_turn(update, given)[1]
            assert advanced.messages
        assert store.conversations.load(journey).state is None
    store.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the program, whose content the tests change."""
    root = tmp_path_factory.mktemp("house")
    for folder in ("bot", "storage", "locales"):
        shutil.copytree(HOUSE / folder, root / folder)
    return root


@pytest.mark.parametrize("command", ["check", "chat", "serve"])
def test_a_command_that_loads_says_what_is_gone(house, command):
    """Each name that is gone is told in a line with its file, and nothing is begun without it."""
    for folder in ("flows", "content"):
        shutil.rmtree(house / folder, ignore_errors=True)
    copy_content(house)
    one_of_each = (("erase",), ("address_form", "informal", 1), ("consent", "fact"))
    names = {id_: f"x{at}" for at, id_ in enumerate(IDS) if id_.where in one_of_each}
    rename(house, names, roles=False)
    done = subprocess.run(
        [sys.executable, "-m", "bot", command],
        cwd=house, env=os.environ | {"CELVEDIS_PORT": "0"}, input="strādāju\n", timeout=60,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    told = [line.split(" ")[1] for line in done.stderr.splitlines() if line.startswith(ROLES)]
    assert told == ["N001", "N003", "N002"]
