"""A person in Telegram: both drivers, real HTTP, a strict server."""

import json
import time

import pytest

from bot.channels.telegram.people_bot import PeopleBot
from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.service.conversations import Dialogue, DurableConversations
from bot.service.counsellors import invite
from bot.wiring import make_driver
from tests.conftest import set_aside
from tests.doubles.clocks import BrokenClock
from tests.telegram.server import TOKEN, Refused


@pytest.fixture
def talks(sample):
    return sample


# --- the people's bot


def test_the_whole_support_flow_from_start_to_result(service, server):
    service.say("/start")
    service.press("Strādāju")
    service.press("18\u00a0vai vairāk")
    service.say("lai var turpināt vēlāk")
    service.press("Atbalsts")
    service.press("Jā, algots darbs")
    service.say("52")
    service.press("Pamatizglītība")
    assert any("Pirmā grupa" in text for text in server.texts())
    assert server.texts()[-1].startswith("Ko darām tālāk?")
    first, *questions = server.texts()[0].split("\n\n")
    assert first == "Šis ir paraugs."
    assert [one.split("\n")[0] for one in questions] == [
        "Kura situācija ir vistuvākā?", "Cik gadu?", "Cik ilgi glabāt atbildes?"
    ]  # fmt: skip
    assert [one.split("\n")[-1] for one in questions] == [
        "✓ Strādāju", "✓ 18\u00a0vai vairāk", "✓ 180\u00a0dienas, lai var turpināt vēlāk"
    ]  # fmt: skip
    service.wait(lambda: len(server.answered) == 5)
    assert set_aside(service.store) == []


def test_the_language_is_taken_from_the_hint_and_changed_by_a_command(service, server):
    hello = server.message("/start")
    hello["from"] = hello["from"] | {"language_code": "uk"}
    server.update(message=hello)
    service.settle()
    assert "Працюю" in server.labels(server.chats[77][-1])
    service.say("/language en")
    assert "I work" in server.labels(server.chats[77][-1])


def test_names_with_markup_and_odd_signs_are_words(service, server):
    service.say("/start")
    for text in ("A&B <i>", "*_[]()`", "😀" * 30, "\u202eabc", "a\0b", "</b><b>"):
        service.say(text)
    assert set_aside(service.store) == []


def test_an_old_button_and_a_second_press_harm_nothing(service, server):
    service.say("/start")
    question = dict(server.chats[77][-1])
    service.press("Strādāju")
    server.press_at(question, "Strādāju")
    service.settle()
    server.press_at(question, "Kaut kas cits")
    service.settle()
    key = service.store.addresses.whose("people", "77")
    state = json.loads(service.store.conversations.load(key).state)
    assert [answer["value"] for answer in state["answers"]] == ["adult"]
    assert any("Šī atbilde jau ir pierakstīta." in text for text in server.texts())
    assert len(server.answered) == 3


def test_a_button_of_somebody_else_does_nothing(service, server):
    service.say("/start", chat=77)
    service.say("/start", chat=78)
    theirs = dict(server.chats[77][-1])
    server.press_at(theirs, "Strādāju", chat=78)
    service.settle()
    key = service.store.addresses.whose("people", "78")
    assert "answers" not in json.loads(service.store.conversations.load(key).state)


def test_what_is_not_read_is_answered_kindly(service, server):
    service.say("/start")
    server.update(
        message=server.message(voice={"file_id": "v", "file_unique_id": "u", "duration": 1})
    )
    service.settle()
    assert server.texts()[-1].startswith("Saprotu tekstu un pogas")
    server.update(edited_message=server.message("labots", edit_date=1795500001))
    service.settle()
    assert server.texts()[-1].startswith("Labojumu redzu")


def test_a_blocked_bot_is_noted_and_taken_back(service, server):
    service.say("/start")
    server.fail("sendMessage", Refused(403, "Forbidden: bot was blocked by the user"))
    service.say("/menu")
    key = service.store.addresses.whose("people", "77")
    assert service.store.addresses.accounts_of(key) == []
    me = {"id": 123456, "is_bot": True, "first_name": "Ceļvedis"}
    change = {
        "chat": {"id": 77, "type": "private"}, "date": 1, "from": {"id": 77, "is_bot": False, "first_name": "x"},
        "old_chat_member": {"status": "kicked", "user": me, "until_date": 0},
        "new_chat_member": {"status": "member", "user": me},
    }  # fmt: skip
    server.update(my_chat_member=change)
    service.settle()
    assert service.store.addresses.accounts_of(key) == [("people", "77")]


def test_deleting_leaves_nothing_and_says_so(service, server):
    service.say("/start")
    service.press("Strādāju")
    key = service.store.addresses.whose("people", "77")
    service.say("/delete")
    service.press("Jā")
    assert service.store.addresses.whose("people", "77") is None
    assert service.store.conversations.load(key).state is None
    assert "dzēst" in server.texts()[-1].lower()
    service.say("/start")
    assert "Strādāju" in server.labels(server.chats[77][-1])


def test_one_update_that_cannot_be_read_stops_nothing(service, server):
    server.push({"update_id": 6000, "message": {"chat": {"id": 77}, "message_id": "x"}})
    server._update = 6000
    service.say("/start")
    assert "Strādāju" in server.labels(server.chats[77][-1])
    assert [one.line for one in set_aside(service.store)] == ["inbox"]


def test_a_turn_that_fails_has_joined_nobody(kind, server, store, talks):
    driver = make_driver(kind, TOKEN, server.base)
    raw = json.dumps({"update_id": 1, "message": server.message("/start")})
    store.inbox.receive("people", [("1", "77", raw)], at=1)
    (received,) = store.inbox.claim("people", 1, now=1, until=2)
    broken = Dialogue(talks.library, talks.catalogues, BrokenClock())
    with pytest.raises(ArithmeticError):
        store.turns.run(
            *PeopleBot(driver, DurableConversations(broken, store), store).handle(received)
        )
    assert store.addresses.whose("people", "77") is None
    store.turns.run(*PeopleBot(driver, DurableConversations(talks, store), store).handle(received))
    key = store.addresses.whose("people", "77")
    assert store.conversations.load(key).version == 1


def test_an_update_that_comes_twice_is_one_turn(service, server):
    service.say("/start")
    raw = {"update_id": 7000, "message": server.message("strādāju")}
    before = len(server.texts())
    for _ in range(3):
        server.pending.append(raw)
    server.push(raw)
    service.settle()
    assert len(server.texts()) == before + 1


def test_twenty_updates_of_one_person_at_once_are_twenty_in_order(service, server):
    service.say("/start")
    service.say("strādāju")
    for number in range(20):
        server.say(f"nesaprotams{number}")
    service.settle()
    key = service.store.addresses.whose("people", "77")
    assert service.store.conversations.load(key).version == 22
    failed = [text for text in server.texts() if "esapratu" in text or "nesanāk" in text]
    assert len(failed) == 20


def test_a_limit_on_one_chat_delays_that_chat_alone(service, server):
    service.say("/start", chat=77)
    service.say("/start", chat=78)
    server.fail("sendMessage", Refused(429, "Too Many Requests", retry_after=1))
    begun = time.monotonic()
    server.say("/menu", chat=77)
    service.wait(lambda: not server.failures["sendMessage"])
    server.say("/menu", chat=78)
    service.wait(lambda: len(server.texts(78)) == 2)
    assert len(server.texts(77)) == 1
    service.settle()
    assert len(server.texts(77)) == 2
    assert time.monotonic() - begun >= 1


def test_a_server_in_trouble_loses_nothing(service, server):
    server.fail("getUpdates", Refused(502, "Bad Gateway"), "html")
    server.fail("sendMessage", Refused(500, "x"), "html", "drop")
    server.say("/start")
    service.settle()
    assert "Strādāju" in server.labels(server.chats[77][-1])


def test_commands_and_descriptions_are_written_only_where_they_differ(start, server):
    every_language = load_words(find_data())
    first = start(catalogues=every_language)
    first.wait(lambda: "Description/ru" in server.mine)
    first.settle()
    first.wait(lambda: "Name/ru" in server.mine and "ShortDescription/ru" in server.mine)
    first.stop()
    written = sum(method.startswith("setMy") for method, _ in server.calls)
    second = start(catalogues=every_language)
    reads = len([1 for method, _ in server.calls if method == "getMyCommands"])
    second.wait(lambda: len([1 for m, _ in server.calls if m == "getMyCommands"]) >= reads + 4)
    second.say("/start")
    assert sum(method.startswith("setMy") for method, _ in server.calls) == written == 20
    assert server.mine["Commands/lv"]["commands"][0] == {
        "command": "start",
        "description": "Sākt vai turpināt",
    }


def test_stopping_is_quick_and_what_came_meanwhile_is_not_lost(start, server):
    first = start()
    first.say("/start")
    for _ in range(10):
        server.say("/menu")
    first.stop()
    assert first.stopping < 10
    second = start()
    second.settle()
    key = second.store.addresses.whose("people", "77")
    assert second.store.conversations.load(key).version == 11


def test_two_pollers_are_told_apart_and_one_goes_on(start, server, caplog):
    first = start()
    first.say("/start")
    second = start()
    second.wait(lambda: "another program polls" in caplog.text)
    server.say("/menu")
    first.wait(lambda: len(server.texts()) >= 2)


def test_a_wrong_token_leaves_the_bot_off_with_one_line(start, caplog):
    service = start(token="123456:AAanother-token_that-is-not-known0000")
    service.wait(lambda: "the bot people is off" in caplog.text)
    assert "AAanother" not in caplog.text


def test_a_token_revoked_meanwhile_is_one_line_and_loses_nothing(service, server, caplog):
    service.say("/start")
    known, server.token = server.token, "123456:AAanother-token_that-is-known-0000000"
    server.say("/menu")
    told = "the outbox of people waits: Telegram does not know this token"
    service.wait(lambda: told in caplog.text)
    service.wait(lambda: "the bot people is off: Telegram does not know this token" in caplog.text)
    assert known not in caplog.text
    assert set_aside(service.store) == []
    assert service.store.outbox.next_due("people") is not None


# --- the counsellors' bot


def test_a_counsellor_joins_by_a_code_once(start, server, store):
    service = start(desk=True)
    service.say("/start")
    assert server.texts()[-1].startswith("Labdien! Šeit karjeras konsultanti")
    code = invite(store, "Anna Bērziņa", int(time.time() * 1000), 7)
    service.say(f"/start {code}")
    assert server.texts()[-1].startswith("Pievienots")
    counsellor = store.addresses.whose("desk", "77")
    assert store.counsellors.find(counsellor).name == "Anna Bērziņa"
    service.say(f"/start {code}", chat=78)
    assert server.texts(78)[-1].startswith("Šis kods neder")
    assert store.addresses.whose("desk", "78") is None


def test_two_counsellors_of_one_name_are_two(start, server, store):
    service = start(desk=True)
    for chat in (77, 78):
        service.say(
            f"/start {invite(store, 'Anna Bērziņa', int(time.time() * 1000), 7)}", chat=chat
        )
        assert server.texts(chat)[-1].startswith("Pievienots")
    found = {store.addresses.whose("desk", chat) for chat in ("77", "78")}
    assert len(found) == 2
    assert {store.counsellors.find(key).name for key in found} == {"Anna Bērziņa"}
