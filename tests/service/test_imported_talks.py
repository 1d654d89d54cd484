"""Imported occupations in the conversation: looked up by words and by a button, in every door, in the portrait."""

import json
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest

from bot.core.dialogue.events import ProfileShown
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.interests.scoring import score
from bot.load.data_folder import find_data
from bot.load.imports.importer import collect
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from bot.service.occupation_imports import save_imports
from bot.words.portrait import PortraitWords
from storage.store import Store
from tests.channels.serving import serving
from tests.doubles.clocks import TODAY, SetClock
from tests.doubles.doors import WebDoor
from tests.doubles.person import Person
from tests.doubles.releases import (
    URI,
    crossed,
    crosswalk,
    esco,
    interests,
    made,
    put,
    ratings,
    whole,
)

LABEL = "zvaigžņu lietus vadītājs / zvaigžņu lietus vadītāja"
NONE_OF_OURS = (
    "Sava apraksta par šo darbu man vēl nav. Zinu to, kas ir Eiropas profesiju sarakstā ESCO."
)
MORE = (
    "Vairāk – Profesiju pasaule, profesiju apraksti, https://www.profesijupasaule.lv",
    "Vairāk – NIID.LV: izglītības programmas, https://www.niid.lv",
)
ESCO = "ESCO, Eiropas Komisijas profesiju klasifikācija: nosaukumi un grupas"
ONET = "O*NET 30.2 datubāze: profesiju interešu skaitļi (pārveidoti)"
CARD = (
    f"{LABEL}\n{NONE_OF_OURS}",
    (
        "Sagatavošanās pēc profesiju klasifikatora ISCO-08: parasti augstskola.",
        "Darbu saime: Tiesības, sabiedrība un kultūra",
        "Citi nosaukumi: spuldžu pūtējs",
        "Grupa profesiju klasifikatorā ISCO-08: 2654",
        "Tuvākās intereses: pētīšana un meistarošana",
        *MORE,
    ),
    f"Avots: {ESCO}. Pārbaudīts: 22.11.2026. Avots: {ONET}. Pārbaudīts: 22.11.2026.",
)
ASKED = {
    "ko dara spuldžu pūtējs?": "a1", "zvaigznu lietus vaditaja": "a1", "bulb blowr": "a1",
    "чим займається видувач лампочок": "a1", "what does a water sorter do": "a2", "мостовий співак": "a3",
}  # fmt: skip


def keep(url, files, folder):
    with closing(Store(url)) as store:
        save_imports(store.imports, collect(put(folder, files)).imports)


@pytest.fixture(scope="module")
def imported(loaded, tmp_path_factory):
    given = collect(put(tmp_path_factory.mktemp("release"), whole())).imports
    return replace(loaded.library, imports=given)


@pytest.fixture(scope="module")
def talk(imported):
    """Ask about an occupation in a language; gives the card."""
    talks = Dialogue(imported, load_words(find_data()), SetClock(), TODAY)

    def ask(given, language="lv"):
        person = Person(talks, language, Started(flow="occupation"))
        while person.question.step != "job":
            person.pass_over()
        said = person.give(given).messages
        return next(one for one in said if one.step == "job_card")

    return ask


def shown(card):
    return card.text.replace("\u00a0", " "), card.items, card.source.replace("\u00a0", " ")


def test_what_is_known_of_it_is_told_and_where_to_read_more(talk):
    text, items, source = shown(talk(Said(text="ko dara spuldžu pūtējs?")))
    assert (text, tuple(one.replace("\u00a0", " ") for one in items[:-1]), source) == CARD
    assert items[-1].startswith("Ceļi, kas uz šo darbu sagatavo")


def test_a_button_names_it_by_its_address(talk):
    card = talk(Picked(options=(f"@look:{URI}a1",)))
    assert shown(card)[0] == CARD[0]


def test_without_figures_nothing_is_said_of_interests(talk):
    card = talk(Said(text="ēnu griezējs"))
    assert (card.text.partition("\n")[0], len(card.items), card.source.count("O*NET")) == (
        "ēnu griezējs / ēnu griezēja", 6, 0
    )  # fmt: skip


@pytest.mark.parametrize("said", ASKED)
def test_it_is_found_however_it_is_asked_for(talk, imported, said):
    assert talk(Said(text=said)).text.partition("\n")[0] == (
        imported.directory[URI + ASKED[said]].named("lv").label
    )


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_no_card_is_empty_in_any_language(talk, imported, language):
    for id_ in imported.imports.occupations:
        card = talk(Picked(options=(f"@look:{id_}",)), language)
        name, _, told = card.text.partition("\n")
        assert (name, told != "", "https://www.niid.lv" in card.items[-2]) == (
            imported.directory[id_].named(language).label, True, True
        )  # fmt: skip


def test_ours_still_come_first(talk):
    assert talk(Said(text="frizieris")).text.startswith("frizieris / friziere\n")


def test_a_portrait_has_it_among_its_examples(loaded, tmp_path):
    figures = {"99-9999.99": (7.0, 1.0, 7.0, 1.0, 7.0, 1.0)}
    files = {
        "occupations_lv.csv": esco(made("lv")),
        "Interests.txt": interests(ratings(figures)),
        "crosswalk.csv": crosswalk(crossed([("99-9999.99", "a1", "exactMatch")])),
    }
    library = replace(loaded.library, imports=collect(put(tmp_path, files)).imports)
    letters = library.interests.letters
    likes = {item: 5 if letter in "RAE" else 1 for item, letter in letters.items()}
    event = ProfileShown(
        flow="interests", step="interests_portrait", source="onet",
        profile=score(letters, likes), likes=tuple(likes.items()),
    )  # fmt: skip
    portrait = PortraitWords(library, load_words(find_data())["lv"], "tu", TODAY).portrait(event)
    looks = {one.look.pick: one.look.label for kin in portrait.families for one in kin.examples}
    assert looks[f"@look:{URI}a1"] in LABEL.split(" / ")


def test_the_web_chat_knows_what_is_imported_while_it_runs(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.wiring.LOOK_EVERY", 0.05)
    with serving(tmp_path) as address:
        door = WebDoor(address)
        door.http.timeout = 60  # the first to ask may have to wait for the index
        keep(f"sqlite:///{tmp_path}/web.db", whole(), tmp_path)
        until = time.monotonic() + 60
        while LABEL not in door.heard() and time.monotonic() < until:
            door.say("ko dara spuldžu pūtējs?")
            time.sleep(0.2)
        assert f"{LABEL} {NONE_OF_OURS}" in door.heard().replace("\u00a0", " ")
        assert 'href="https://www.niid.lv"' in door.page
        door.close()


def test_the_terminal_chat_knows_it(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/a.db"
    monkeypatch.setenv("CELVEDIS_DB", url)
    keep(url, whole(), tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json", "--flow", "occupation"],
        input='{"text": "what does a bulb blower do"}\n', capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    cards = [line["text"] for line in lines if line.get("step") == "job_card"]
    assert [card.partition("\n")[0] for card in cards] == [LABEL]
