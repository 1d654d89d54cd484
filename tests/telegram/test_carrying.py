"""A conversation carried from the web to Telegram and back, agreed to on both sides."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import text

from bot.channels.web.app import build_app
from bot.core.dialogue.inputs import Picked, Started
from bot.ports.records import Update
from bot.service.conversations import Dialogue, DurableConversations
from bot.service.device_links import ChannelLinks, create_school_link
from bot.wiring import SystemClock
from storage.store import Store
from tests.channels.serving import listening

AGREE = "Turpināt šeit"
END_CODE = "UPDATE code SET until = :until WHERE code = :code"
LINK = re.compile(r"https://t\.me/celvedis_test_bot\?start=(c-[A-Za-z0-9_-]{8,60})")


@pytest.fixture
def store(tmp_path):
    opened = Store(f"sqlite:///{tmp_path}/carry.db")
    yield opened
    opened.close()


@pytest.fixture
def talks(sample):
    return Dialogue(sample.library, sample.catalogues, SystemClock())  # codes run out by the clock


@pytest.fixture
def doors():
    return ChannelLinks(telegram="https://t.me/celvedis_test_bot")


@pytest.fixture
def service(start, doors):
    return start(doors=doors)


class Browser:
    """A person at the web chat, by forms alone."""

    def __init__(self, address):
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=30)

    def page(self, path="/"):
        return self.http.get(path).text

    def send(self, **form):
        ask = re.findall(r'name="ask" value="(\d+)"', self.page())
        form |= {"ask": ask[-1]} if ask else {}
        return self.http.post("/say", data=form).text

    def key(self):
        return self.http.cookies["celvedis"]


@pytest.fixture
def web(talks, store, doors):
    with listening(build_app(DurableConversations(talks, store, doors), secure=False)) as address:
        doors.web = address
        yield address


@pytest.fixture
def browser(web):
    one = Browser(web)
    yield one
    one.http.close()


def begun(browser):
    """A web conversation up to the menu, and the link that carries it."""
    browser.page()
    browser.send(pick="adult")
    browser.send(pick="from_18")
    browser.send(pick="keep")
    return LINK.search(browser.send(text="turpināt telefonā"))[1]


def carried_to_telegram(service, browser):
    """The same, let in on both sides."""
    service.say(f"/start {begun(browser)}")
    service.press(AGREE)
    browser.send(pick="yes")
    service.settle()


def answers(store, key):
    import json

    return {
        one["step"]: one["value"]
        for one in json.loads(store.conversations.load(key).state)["answers"]
    }


def marks(store, key):
    """What happened in a conversation, as (kind, where)."""
    rows = "SELECT kind, body FROM event WHERE conversation = :key ORDER BY id"
    return [
        tuple(row)
        for row in store._transactions.read(lambda c: c.execute(text(rows), {"key": key}))
    ]


def test_from_the_web_to_telegram_and_both_are_one(service, server, store, browser):
    link = begun(browser)
    assert 'class="qr"' in browser.page()
    service.say(f"/start {link}")
    assert server.texts()[-1].startswith("Turpināt šeit sarunu, kas sākta citā ierīcē?")
    assert store.addresses.whose("people", "77") is None
    service.press(AGREE)
    assert server.texts()[-1] == "Vēl viens solis: jāapstiprina arī tur, kur saruna sākta."
    assert store.addresses.whose("people", "77") is None
    assert "Vai tā bija jūsu ierīce?" in browser.page()
    assert "Saruna savienota" in browser.send(pick="yes")
    service.settle()
    assert store.addresses.whose("people", "77") == browser.key()
    assert server.texts()[-1].startswith("Turpinām, kur palikām.")
    service.say("/menu")
    service.press("Atbalsts")
    service.press("Jā, algots darbs")
    assert "Cik jums ir gadu?" in browser.page()
    browser.send(text="52")
    assert answers(store, browser.key())["employed"] == "yes"
    assert answers(store, browser.key())["age"] == 52


def test_what_was_answered_in_telegram_before_comes_along(service, server, store, browser):
    service.say("/start")
    service.press("Kaut kas cits")
    former = store.addresses.whose("people", "77")
    link = begun(browser)
    service.say("/menu")
    service.press("Atbalsts")
    service.press("Pašlaik nav")
    service.say(f"/start {link}")
    service.press(AGREE)
    browser.send(pick="yes")
    service.settle()
    assert answers(store, browser.key()) == {
        "who": "adult", "age_band": "from_18", "keeping": "keep", "employed": "no",
    }  # fmt: skip
    assert store.conversations.load(former).state is None
    assert store.addresses.accounts_of(browser.key()) == [("people", "77")]


def test_nobody_is_let_in_without_both_sides(service, server, store, browser):
    service.say(f"/start {begun(browser)}")
    service.press("Nē, nevajag")
    assert store.addresses.whose("people", "77") is None
    assert "same_person" not in browser.page()
    link = LINK.search(browser.send(text="turpināt telefonā"))[1]
    service.say(f"/start {link}", chat=78)
    service.press(AGREE, chat=78)
    assert "Nekas nav savienots." in browser.send(pick="no")
    service.settle()
    assert store.addresses.whose("people", "78") is None
    assert store.addresses.accounts_of(browser.key()) == []


def test_a_link_is_good_once_and_for_a_while(service, server, store, browser):
    link = begun(browser)
    service.say(f"/start {link}")
    asked = dict(server.chats[77][-1])
    service.press(AGREE)
    service.say(f"/start {link}", chat=78)
    assert server.texts(78)[-1].startswith("Šī saite vairs neder")
    server.press_at(asked, AGREE)
    service.settle()
    assert server.texts()[-1].startswith("Šī saite vairs neder")
    old = LINK.search(browser.send(text="turpināt telefonā"))[1]
    ended = {"code": old[2:], "until": int(time.time() * 1000) - 1}
    store._transactions.run(lambda c: c.execute(text(END_CODE), ended))
    service.say(f"/start {old}", chat=79)
    assert server.texts(79)[-1].startswith("Šī saite vairs neder")


def test_from_telegram_to_the_web(service, server, store, web, browser):
    service.say("/start")
    service.press("Strādāju")
    service.say("/carry")
    path = re.search(rf"{web}(/c/\S+)", server.texts()[-1])[1]
    browser.page()
    own = browser.key()
    assert "kas sākta citā ierīcē?" in browser.page(path)
    assert "Vēl viens solis" in browser.http.post(path).text
    service.settle()
    assert "Vai tā bija jūsu ierīce?" in server.texts()[-1]
    assert browser.http.get("/version").json()["version"] == store.conversations.load(own).version
    service.press("Jā")
    assert store.conversations.load(own).state is None
    key = store.addresses.whose("people", "77")
    assert browser.http.get("/version").json()["version"] == store.conversations.load(key).version
    assert "Cik gadu?" in browser.page()
    assert browser.key() == key
    assert "Šī saite vairs neder" in httpx.get(web + path, timeout=30).text
    foreign = httpx.post(web + path, headers={"origin": "https://elsewhere.example"}, timeout=30)
    assert foreign.status_code == 400


def carried_to_the_web(service, server, web, browser):
    """A conversation begun in Telegram and let in at the web; gives the key the browser had before."""
    service.say("/start")
    service.press("Strādāju")
    service.say("/carry")
    path = re.search(rf"{web}(/c/\S+)", server.texts()[-1])[1]
    browser.page()
    own = browser.key()
    browser.http.post(path)
    service.settle()
    service.press("Jā")
    return own


def test_what_was_carried_to_the_web_is_there_at_every_look(service, server, store, web, browser):
    own = carried_to_the_web(service, server, web, browser)
    key = store.addresses.whose("people", "77")
    for _ in range(3):
        assert "Cik gadu?" in browser.page()
        assert browser.key() == key
    browser.send(pick="from_18")
    assert answers(store, key) == {"who": "adult", "age_band": "from_18"}
    assert store.conversations.load(own).state is None


def test_a_key_of_an_earlier_release_opens_its_conversation(talks, store, browser):
    kept, key = DurableConversations(talks, store), "k" * 32  # as Telegram made them
    kept.take_turn(
        Update("people", key, "1", kept.at(), "77"), (Started(), Picked(options=("adult",)))
    )
    for _ in range(2):
        browser.http.cookies.set("celvedis", key)
        assert "Cik gadu?" in browser.page()
        browser.http.cookies.clear()


@pytest.mark.parametrize("looked", [True, False])
def test_forgetting_at_the_web_forgets_what_was_carried_there(
    service, server, store, web, browser, looked
):
    carried_to_the_web(service, server, web, browser)
    key = store.addresses.whose("people", "77")
    if looked:
        browser.page()
    assert "Viss dzēsts." in browser.http.post("/settle", data={"forget": "yes"}).text
    assert store.conversations.load(key).state is None
    assert store.addresses.accounts_of(key) == []


def test_a_tab_that_was_open_before_answers_in_the_carried_conversation(
    service, server, store, web, browser
):
    own = carried_to_the_web(service, server, web, browser)
    key = store.addresses.whose("people", "77")
    page = browser.http.post("/say", data={"pick": "@menu"}).text
    assert "Kura situācija ir vistuvākā?" not in page
    assert store.conversations.load(own).state is None
    assert browser.key() == key


def test_an_older_tab_deletes_the_carried_conversation_by_words(
    service, server, store, web, browser
):
    own = carried_to_the_web(service, server, web, browser)
    key = store.addresses.whose("people", "77")
    # it never looks, only posts
    with httpx.Client(base_url=web, cookies={"celvedis": own}, timeout=30) as old:
        old.post("/say", data={"text": "dzēst manus datus"})
        assert "Viss dzēsts." in old.post("/say", data={"pick": "yes"}).text
    assert store.conversations.load(key).state is None
    service.say("labdien")
    assert "Strādāju" in server.labels(server.chats[77][-1])


@pytest.mark.parametrize("path", ["/", "/version", "/s/unknown-code", "/k/ABC-DEF", "/c/unknown"])
def test_the_cookie_of_before_leads_to_what_was_carried_on_every_page(
    service, server, store, web, browser, path
):
    own = carried_to_the_web(service, server, web, browser)
    key = store.addresses.whose("people", "77")
    before = store.conversations.load(key)
    with httpx.Client(base_url=web, cookies={"celvedis": own}, timeout=30) as old:
        answer = old.get(path)
    if "set-cookie" in answer.headers:
        assert answer.cookies["celvedis"] == key
    if path == "/version":
        assert answer.json()["version"] == before.version
    assert store.conversations.load(own).state is None
    assert store.conversations.load(key) == before


def test_deleted_is_not_said_where_nothing_was_there(web, store, browser):
    assert "Viss dzēsts." not in browser.http.post("/settle", data={"forget": "yes"}).text
    browser.http.cookies.set("celvedis", "A" * 43)
    page = browser.http.post("/settle", data={"forget": "yes"}).text
    assert "Viss dzēsts." not in page
    assert "Šeit nekas nav saglabāts." in page


def test_deleting_at_one_door_deletes_at_both(service, server, store, browser):
    carried_to_telegram(service, browser)
    key = browser.key()
    browser.send(text="dzēst manus datus")
    assert "Viss dzēsts." in browser.send(pick="yes")
    assert store.conversations.load(key).state is None
    assert store.addresses.whose("people", "77") is None
    assert store.addresses.accounts_of(key) == []
    service.say("labdien")
    assert "Strādāju" in server.labels(server.chats[77][-1])


def test_a_chat_that_said_stop_is_not_woken_by_another_door(service, server, store, browser):
    carried_to_telegram(service, browser)
    link = LINK.search(browser.send(text="turpināt telefonā"))[1]
    service.say("stop")
    told = server.texts()
    service.say(f"/start {link}", chat=78)
    service.press(AGREE, chat=78)
    assert server.texts() == told
    assert marks(store, browser.key())[-1] == ("withheld", "woken")
    assert "Vai tā bija jūsu ierīce?" in browser.page()
    service.say("/start")
    assert "Vai tā bija jūsu ierīce?" in server.texts()[-1]


def test_a_schools_link_opens_the_conversation_and_is_remembered(service, server, store, browser):
    code = create_school_link(store, "Ogres 1. vidusskola", int(time.time() * 1000), 30)
    service.say(f"/start s-{code}")
    service.press("Mācos 5.–9. klasē")
    service.say("/mydata")
    assert "Saruna sākta no saites: Ogres 1. vidusskola" in server.texts()[-1]
    assert "Kura situācija ir vistuvākā?" in browser.page(f"/s/{code}")
    assert "Ogres 1. vidusskola" in browser.send(text="mani dati")
    service.say("/start s-unknown-code", chat=78)
    assert "Strādāju" in server.labels(server.chats[78][-1])


def test_of_two_browsers_with_one_link_the_later_hears_it_is_used(service, server, store, web):
    service.say("/start")
    service.press("Strādāju")
    service.say("/carry")
    path = re.search(rf"{web}(/c/\S+)", server.texts()[-1])[1]
    first, second = Browser(web), Browser(web)
    assert all("kas sākta citā ierīcē?" in one.page(path) for one in (first, second))
    with ThreadPoolExecutor(2) as threads:
        pages = [*threads.map(lambda one: one.http.post(path).text, (first, second))]
    waits = ["Vēl viens solis" in page for page in pages]
    assert sorted(waits) == [False, True]
    assert "Šī saite vairs neder" in pages[waits.index(False)]
    let_in, left_out = (first, second) if waits[0] else (second, first)
    service.settle()
    service.press("Jā")
    key = store.addresses.whose("people", "77")
    assert "Cik gadu?" in let_in.page()
    assert (let_in.key() == key, left_out.key() == key) == (True, False)
    for one in (first, second):
        one.http.close()


def test_a_form_sent_twice_by_a_browser_that_is_new_here_waits_once(service, server, store, web):
    service.say("/start")
    service.press("Strādāju")
    service.say("/carry")
    path = re.search(rf"{web}(/c/\S+)", server.texts()[-1])[1]
    browser = Browser(web)
    browser.page(path)
    with ThreadPoolExecutor(2) as threads:
        pages = [*threads.map(lambda _: browser.http.post(path).text, range(2))]
    assert ["Vēl viens solis" in page for page in pages] == [True, True], pages
    service.settle()
    service.press("Jā")
    assert "Cik gadu?" in browser.page()
    assert browser.key() == store.addresses.whose("people", "77")
    browser.http.close()


def test_a_page_that_was_let_in_is_not_written_to(service, server, store, web, browser):
    """A page asks by itself; what would wait for it in the inbox nobody ever works off."""
    carried_to_the_web(service, server, web, browser)
    service.say("/carry")
    path = re.search(rf"{web}(/c/\S+)", server.texts()[-1])[1]
    with httpx.Client(base_url=web, follow_redirects=True, timeout=30) as another:
        another.get(path)
        another.post(path)
    assert store.inbox.next_due("web") is None
