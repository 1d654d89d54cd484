"""The numbers of `content/policy.yaml`: obeyed, and told by every text that tells one."""

import re
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from typing import get_args

import pytest

from bot.core.base.policy import Policy, PolicyName
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.dialogue.session import Session
from bot.core.nlu.numbers import numbers_in
from bot.load.check import check_all
from bot.load.data_folder import find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.ports.records import Update
from bot.service.class_runs import CLASS_PURPOSE
from bot.service.conversations import Dialogue, DurableConversations
from bot.service.counsellors import INVITATION_PURPOSE
from bot.service.device_links import CARRY_PURPOSE, SCHOOL_PURPOSE, ChannelLinks
from bot.words.i18n.phrases import POLICY_OF_PHRASE
from storage.store import Store
from tests.conftest import TODAY
from tests.doubles.clocks import SetClock
from tests.doubles.person import Person
from tests.load.renaming import copy_content

POLICY = "content/policy.yaml"


@pytest.fixture
def changed(tmp_path):
    """Content with numbers of another policy."""

    def change(**numbers):
        root = tmp_path / "content_copied"
        copy_content(root)
        text = (root / POLICY).read_text(encoding="utf-8")
        for name, number in numbers.items():
            text = re.sub(rf"^{name}: \d+", f"{name}: {number}", text, flags=re.MULTILINE)
        (root / POLICY).write_text(text, encoding="utf-8")
        return root

    return change


def asked_to_keep(talks, keeping):
    """Return what an adult types up to the question how long to keep what they say."""
    return Person(talks).answer(who="adult", age_band="from_18", keeping=keeping).words


def talk(talks, key, texts):
    for number, given in enumerate((Started(), *(Said(text=text) for text in texts))):
        talks.take_turn(Update("web", key, f"{key}{number}", talks.at()), given)


def test_answers_and_links_are_kept_as_long_as_the_policy_says(changed, talks, tmp_path):
    library = load(changed(keep_days=30, keep_hours_without_consent=5, carry_minutes=40)).library
    clock, store = SetClock(), Store(f"sqlite:///{tmp_path}/policy.db")
    kept = DurableConversations(
        Dialogue(library, load_words(find_data()), clock),
        store,
        ChannelLinks(telegram="https://t.me/guide"),
    )
    talk(kept, "agrees", (*asked_to_keep(talks, "keep"), "turpināt citā ierīcē"))
    talk(kept, "does not", asked_to_keep(talks, "brief"))
    links = [message.link for message in kept.read("agrees")[2] if message.link]
    code = links[0].partition("=c-")[2]
    begun = clock.moment

    def there(**wait):
        clock.moment = begun + timedelta(**wait)
        kept.purge()
        return [
            store.codes.known(code, CARRY_PURPOSE, kept.at()) is not None,
            store.conversations.load("does not").state is not None,
            store.conversations.load("agrees").state is not None,
        ]

    assert there(minutes=39) == [True, True, True]
    assert there(minutes=41) == [False, True, True]
    assert there(hours=4, minutes=59) == [False, True, True]
    assert there(hours=5, minutes=1) == [False, False, True]
    assert there(days=29, hours=23) == [False, False, True]
    assert there(days=30, hours=1) == [False, False, False]
    store.close()


def test_every_number_has_its_name():
    assert get_args(PolicyName) == tuple(Policy.model_fields)


def test_a_text_that_tells_another_number_is_found_in_every_language(changed, tmp_path):
    root = changed(carry_minutes=40)
    po = "locales/{}/LC_MESSAGES/celvedis.po"
    for language in ("en", "uk", "ru"):
        path = po.format(language)
        (root / path).parent.mkdir(parents=True)
        (root / path).write_bytes((find_data() / path).read_bytes())
    found = [one for one in check_all(root, TODAY) if one.code == "P001"]
    paths = ["bot/words/i18n/phrases.py", *(po.format(one) for one in ("en", "ru", "uk"))]
    told = [one for one in POLICY_OF_PHRASE.values() if one == "carry_minutes"]
    assert [one.path for one in found] == [path for path in paths for _ in told]


def test_how_many_questions_are_usual_is_told_alike_everywhere(changed):
    root = changed(usual_items=20)
    shutil.copytree(find_data() / "locales", root / "locales")
    found = [one.path for one in check_all(root, TODAY) if one.code == "P001"]
    catalogues = [f"locales/{one}/LC_MESSAGES/celvedis.po" for one in ("en", "ru", "uk")]
    assert sorted({*found}) == ["flows/interests/flow.yaml", *catalogues]


@pytest.mark.parametrize(("usual", "said"), [(1, "1\u00a0no ap. 1"), (0, "Vēl daži")])
def test_how_many_questions_are_usual_is_said_with_each(changed, usual, said):
    library = load(changed(usual_items=usual or 3)).library
    talks = Dialogue(library, load_words(find_data()), SetClock())
    session = talks.advance(Session(), Started(flow="interests")).session
    for _ in range(0 if usual else 3):
        session = talks.advance(session, Picked(options=("much",), ask=session.ask)).session
    (asked,) = [message for message in talks.transcript(session) if message.kind == "ask"]
    assert asked.progress.startswith(said)


CODES = {  # a command, the purpose of its code, and the number that says how long it is good for
    "invitation_days": (("invite", "Anna"), INVITATION_PURPOSE),
    "class_days": (("class", "new", "9.b"), CLASS_PURPOSE),
    "school_link_days": (("school", "Ogres 1. vidusskola"), SCHOOL_PURPOSE),
}


@pytest.mark.parametrize("name", CODES)
def test_a_code_is_good_for_as_long_as_the_policy_says(changed, name):
    """By the command itself, in a copy of the program with another policy."""
    root = changed(**{name: 3})
    for part in ("bot", "storage", "locales"):
        shutil.copytree(find_data() / part, root / part)
    command, purpose = CODES[name]
    database = f"sqlite:///{root}/codes.db"
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command, "--db", database],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    code = re.search(r"(?:/start |/[sk]/)(\S+)", done.stdout)[1]
    store, now = Store(database), time.time()
    good = [
        store.codes.known(code, purpose, int((now + days * 86_400) * 1000)) is not None
        for days in (2.99, 3.01)
    ]
    store.close()
    assert good == [True, False]


def test_the_readme_tells_the_numbers(loaded):
    text = (find_data() / "README.md").read_text(encoding="utf-8")
    told = numbers_in(text.partition("## What is kept of people")[2], loaded.library.number_words)
    policy = loaded.library.policy
    assert {policy.keep_days, policy.keep_hours_without_consent} <= told
