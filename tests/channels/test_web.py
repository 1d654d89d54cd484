"""The web chat over real HTTP: plain forms, and whatever a hostile client sends."""

import re
import sqlite3
from contextlib import closing

import httpx
import pytest

from tests.channels.serving import serving, serving_sample
from tests.doubles.doors import WebDoor
from tests.doubles.journeys import talk
from tests.doubles.person import Person


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving_sample(tmp_path_factory.mktemp("web")) as found:
        yield found


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("production")) as found:
        yield found


@pytest.fixture
def door(production):
    with closing(WebDoor(production)) as one:
        yield one


@pytest.fixture
def client(address):
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as one:
        one.get("/")
        yield one


def send(client, **form):
    return client.post("/say", data=form)


def question(page):
    return re.search(r'id="q"[^>]*>([^<]+)<', page.text)[1]


def test_the_first_load_is_small_and_asks_no_other_host(production):
    client = httpx.Client(base_url=production, timeout=30)
    page = client.get("/")
    parts = ["/", *re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)]
    sizes = 0
    for part in parts:
        with client.stream("GET", part, headers={"accept-encoding": "gzip"}) as answer:
            sizes += len(b"".join(answer.iter_raw()))
    client.close()
    assert sizes <= 30_000
    assert re.findall(r'(?:href|src|action)="(?!/|#|tel:)[^"]*"', page.text) == []


def test_the_whole_flow_works_by_plain_forms(client):
    for pick in ("adult", "from_18", "keep", "support", "yes"):
        page = send(client, pick=pick)
    assert question(page) == "Cik jums ir gadu?"
    page = send(client, text="52")
    page = send(client, pick="low")
    assert "Pirmā grupa" in page.text
    page = send(client, pick="@change:age")
    page = send(client, text="17")
    assert "no 18 gadu vecuma" in page.text.replace("\u00a0", " ")


def test_a_second_rule_is_found_in_the_menu_judged_and_opened_by_why(door, talks):
    person = Person(talks).answer(who="seeking", age_band="from_18", keeping="keep")
    person.say("atbalsts jauniešiem").answer(
        join_age="19", studying="no", working="no", nva_status="no"
    )
    talk(door, person.done)
    assert "Ko piedāvā „PROTI un DARI 2.0”" in door.heard()
    door.word("why")
    aside = re.search(
        r'<li class="message aside aside-note"[^>]*>.*?</li>\s*</ul>.*?</li>', door.page, re.DOTALL
    )
    said = re.sub(r"<[^>]+>", "", aside[0]).replace("\u00a0", " ")
    assert "Pēc JSPA ziņām: vecums pirms iesaistes ir no 15 līdz 29 gadiem (ieskaitot)." in said
    assert "Avots: JSPA" in said
    assert "Pārbaudīts: 22.11.2026." in said


def test_the_same_form_twice_is_one_answer(client):
    send(client, pick="adult", once="abc", ask="1")
    page = send(client, pick="adult", once="abc", ask="1")
    assert question(page) == "Cik gadu?"


def test_words_typed_beside_ticks_are_one_answer(client):
    for pick in ("adult", "from_18", "keep", "about", "@skip"):
        page = send(client, pick=pick)
    assert question(page) == "Kas darbā ir svarīgākais?"
    page = send(client, pick=["growing", "pay"], several="1", text="miers")
    assert "Laba alga; Mācīties un augt; miers" in page.text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "a" * 100_000, "😀" * 200, "\u202eabc", "a\0b", "' OR 1=1 --",
        "{{ config }}", "{option}", "%00",
    ],
)  # fmt: skip
def test_hostile_text_gets_an_answer_and_is_never_markup(client, text):
    page = send(client, text=text)
    assert page.status_code == 200
    assert question(page) == "Kura situācija ir vistuvākā?"
    assert "<script>alert" not in page.text


def test_what_cannot_be_read_is_refused_kindly(client):
    big = client.post("/say", data={"text": "a" * 300_000})
    assert big.status_code == 400
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/say", content=b"text=%ff%fe\xff", headers=kind).status_code == 400
    assert client.get("/nothing").status_code == 404
    assert question(client.get("/")) == "Kura situācija ir vistuvākā?"


@pytest.mark.parametrize("origin", ["http://evil.test", "http://[", "http://[::1", "null", "x", ""])
def test_a_foreign_origin_is_refused_and_changes_nothing(client, origin):
    answer = client.post("/say", data={"pick": "adult"}, headers={"origin": origin})
    assert answer.status_code == 400
    assert question(client.get("/")) == "Kura situācija ir vistuvākā?"


def test_a_forged_cookie_opens_a_new_conversation(address, client):
    send(client, pick="adult")
    with httpx.Client(base_url=address, timeout=30) as stranger:
        for forged in ("x", "../../etc", "A" * 43, "'; drop table"):
            stranger.cookies.set("celvedis", forged)
            page = stranger.get("/")
            assert question(page) == "Kura situācija ir vistuvākā?"
            assert page.headers["set-cookie"].startswith("celvedis=")
            assert f"celvedis={forged};" not in page.headers["set-cookie"]
    assert question(client.get("/")) == "Cik gadu?"


def test_every_answer_carries_the_protecting_headers(client):
    for path in ("/", "/nothing", "/static/chat.js"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"


def test_assets_are_kept_for_good_by_their_hash_and_nothing_else_is(client):
    page = client.get("/")
    assert page.headers["cache-control"] == "no-store"
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert len(assets) == 4
    for address in assets:
        kept = client.get(address)
        assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
        plain, version = address.split("?v=")
        for other in (plain, f"{plain}?v=0{version[1:]}0"):
            answer = client.get(other)
            assert (answer.headers["cache-control"], answer.text) == ("no-cache", kept.text)
        again = client.get(address, headers={"if-none-match": kept.headers["etag"]})
        assert (again.status_code, again.headers["cache-control"][:6]) == (304, "public")
    assert client.get("/static/none.css?v=1").headers["cache-control"] == "no-store"


def test_a_public_computer_forgets(client):
    page = client.post("/settle", data={"public": "1"})
    assert "Datoru lieto arī citi" in page.text
    assert "Vai beigt sarunu" in client.post("/settle", data={"forget": "ask"}).text
    assert "Datoru lieto arī citi" in client.get("/").text
    cookies = client.post("/settle", data={"forget": "yes"})
    assert "Viss dzēsts." in cookies.text
    assert question(client.get("/")) == "Kura situācija ir vistuvākā?"


def test_deleting_data_deletes(client):
    send(client, pick="adult")
    send(client, text="dzēst manus datus")
    page = send(client, pick="yes")
    assert "Viss dzēsts." in page.text
    assert client.get("/version").json() == {"version": 0}


ERASED = {  # in each language: what is typed to erase, what is said of it, and the frame
    "lv": ("dzēst manus datus", "Viss dzēsts.", "Uz sarunu"),
    "en": ("delete my data", "Everything is deleted.", "To the conversation"),
    "uk": ("видалити мої дані", "Усе видалено.", "До розмови"),
    "ru": ("удалить мои данные", "Всё удалено.", "К разговору"),
}


@pytest.mark.parametrize("language", ERASED)
@pytest.mark.parametrize("way", ["words", "switch"])
def test_after_an_erasure_the_page_is_in_the_language_the_person_had(production, language, way):
    """Whatever the browser asks for: the language was chosen in the conversation."""
    word, said, start = ERASED[language]
    browser = {"accept-language": "lv" if language != "lv" else "en"}
    with httpx.Client(
        base_url=production, headers=browser, follow_redirects=True, timeout=30
    ) as client:
        client.get("/")
        send(client, pick=f"@language:{language}")
        if way == "words":
            send(client, text=word)
            page = send(client, pick="yes").text
        else:
            page = client.post("/settle", data={"forget": "yes"}).text
        assert f'<html lang="{language}">' in page
        assert [text in page for text in (said, start)] == [True, True], page
        assert not [
            other for key, (_, other, _) in ERASED.items() if key != language and other in page
        ]
        assert client.cookies == {}


def test_the_language_of_the_browser_is_spoken(address):
    headers = {"accept-language": "uk-UA,uk;q=0.9"}
    with httpx.Client(base_url=address, headers=headers, timeout=30) as one:
        assert question(one.get("/")) == "Яка ситуація найближча?"


def test_health_tells_whether_conversations_can_be_kept(client, tmp_path):
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"well": True})
    with serving(tmp_path) as address:
        with closing(sqlite3.connect(tmp_path / "web.db")) as broken:  # seen whatever is cached
            broken.execute("DROP TABLE conversation")
        answer = httpx.get(f"{address}/health", timeout=30)
        assert (answer.status_code, answer.json()) == (503, {"well": False})


def test_half_a_surrogate_pair_is_replaced_in_a_form(client):
    for pick in ("adult", "from_18", "keep"):
        send(client, pick=pick)
    send(client, text="par mani")
    send(client, pick="@skip")
    kind = {"content-type": "application/x-www-form-urlencoded"}
    page = client.post("/say", content=b"text=a+%ed%a0%bd+b&several=1", headers=kind)
    assert page.status_code == 200
    assert "a \ufffd b" in page.text
