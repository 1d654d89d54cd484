"""A plan's file sent to the bot, on both drivers: shown, asked about, taken; or told why not."""

import json
import logging

import pytest

from bot.core.plan.exchange import LARGEST_FILE, file_text, sealed, write_file
from bot.core.plan.history import KeptVersion
from bot.logs import Redacted
from tests.doubles.clocks import NOON
from tests.doubles.plan_items import entry, goal
from tests.doubles.plan_people import plan_of
from tests.telegram.server import TOKEN, Refused

ABOUT = {"language": "lv", "release": ""}


def file_of(*items, versions=()):
    return file_text(write_file(plan_of("adult", *items), versions, NOON, ABOUT)).encode()


def kept_plan(service):
    key = service.store.addresses.whose("people", "77")
    state = service.store.conversations.load(key).state
    return json.loads(state).get("plan") if state else None


def kept_words(service):
    plan = kept_plan(service) or {}
    return [item["wording"]["text"] for item in plan.get("items", ())]


@pytest.fixture
def adult(service):
    for words in ("/start", "strādāju", "45", "glabāt"):
        service.say(words)
    return service


def sends(service, content, **about):
    service.server.send(content, **about)
    service.settle()
    return service.server.texts()[-1]


def test_a_file_is_shown_and_taken_when_that_is_said(adult, server):
    versions = [KeptVersion(number=2, at=NOON, items=(entry("skills", "Agrāk", id="e1"),))]
    told = sends(adult, file_of(goal("Iegūt B2"), entry("skills", "Rēķini"), versions=versions))
    shown = "\n".join(server.texts()[-2:])
    assert "Ierakstīts: Iegūt B2" in shown
    assert "Līdzi nāk agrākās redakcijas. To skaits: 1." in shown
    assert "Ielikt plānu no faila?" in told
    assert kept_words(adult) == []
    adult.press("Jā")
    assert kept_words(adult) == ["Iegūt B2", "Rēķini"]
    key = adult.store.addresses.whose("people", "77")
    versions = adult.store.plans.versions(key)
    assert [(one.number, "Agrāk" in one.body) for one in versions] == [
        (1, False), (2, True), (3, False),
    ]  # fmt: skip
    assert server.fetched == ["file0"]


def test_a_file_can_be_left(adult):
    sends(adult, file_of(goal("Iegūt B2")))
    adult.say("nē")
    assert kept_words(adult) == []


def test_who_writes_nothing_before_the_file_is_met_all_the_same(service, server):
    sends(service, file_of(goal("Iegūt B2")))
    assert "Ielikt plānu no faila?" in server.texts()[-1]
    service.press("Jā")
    assert kept_words(service) == ["Iegūt B2"]


def test_it_is_told_where_to_send_it(adult, server):
    adult.say("man ir fails ar plānu")
    assert any("Atsūtiet failu šeit: tas beidzas ar .json." in text for text in server.texts()[-2:])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{}", "plan: kaut kā trūkst"), (b"\xff", "viss fails: tas nav JSON fails"), (b"", "viss fails: tas nav JSON fails"),
        (b'{"name": "package", "name": 1}', "name: viens un tas pats lauks tur ir divreiz"),
        (json.dumps({"format": "celvedis-plan-9"}).encode(), "format: failu rakstījusi jaunāka"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_by_place_and_changes_nothing(adult, server, content, why):
    sends(adult, content)
    shown = "\n".join(server.texts()[-2:])
    assert "Šo failu nevar ielikt." in shown
    assert why in shown
    assert kept_plan(adult) is None


def test_a_file_larger_than_any_plan_is_not_even_fetched(adult, server):
    sends(adult, b"{}", file_size=LARGEST_FILE + 1)
    assert "par garu vai par daudz" in "\n".join(server.texts()[-2:])
    assert server.fetched == []


@pytest.mark.parametrize(
    ("name", "mime", "is_plan"),
    [
        ("plans.json", "application/octet-stream", True), ("PLANS.JSON", None, True), (None, "application/json", True),
        ("plans.pdf", "application/pdf", False), ("plans.txt", "text/plain", False), (7, None, False),
    ],
)  # fmt: skip
def test_only_what_may_be_a_plan_is_fetched(adult, server, name, mime, is_plan):
    told = sends(adult, file_of(goal("Iegūt B2")), name=name, mime_type=mime)
    assert bool(server.fetched) is is_plan
    assert ("Ielikt plānu no faila?" in told) is is_plan


@pytest.mark.parametrize("failure", ["drop", 404, 500])
def test_a_file_that_fails_once_is_fetched_again(adult, server, failure):
    server.fail("file", failure)
    told = sends(adult, file_of(goal("Iegūt B2")))
    assert "Ielikt plānu no faila?" in told


def test_a_file_not_to_be_had_is_told_and_no_token_is_logged(adult, server, caplog):
    gone = Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    server.fail("getFile", gone, gone, gone)
    with caplog.at_level(logging.INFO):
        told = sends(adult, file_of(goal("Iegūt B2")))
    assert "neizdevās nolasīt" in told
    ours = [Redacted().format(one) for one in caplog.records if one.name.startswith("bot.")]
    assert ours
    assert TOKEN.partition(":")[2] not in "\n".join(ours)
    adult.say("mans plāns")  # and what comes after it is heard
    assert "Ko darām ar plānu?" in server.texts()[-1]


def test_a_forged_file_is_taken_as_nobodys_word(adult):
    file = write_file(
        plan_of("adult", entry("agenda", "Piekrītu", owner="counsellor")), (), NOON, ABOUT
    )
    sends(adult, file_text(sealed(file)).encode())
    adult.press("Jā")
    assert kept_plan(adult)["items"][0]["owner"] == "imported"
