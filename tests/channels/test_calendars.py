"""The calendar file of a date on the page, by its link, and in the terminal."""

import json
import re

import httpx
import pytest
from icalendar import Calendar

from bot.channels.console import chat_json
from tests.channels.serving import serving_sample
from tests.doubles.sample import sample_talks


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving_sample(tmp_path_factory.mktemp("web")) as found:
        yield found


@pytest.fixture
def client(address):
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as one:
        one.get("/")
        yield one


def test_the_page_links_to_a_file_that_calendars_read(client):
    page = client.post("/say", data={"pick": "@calendar:week"}).text
    (link,) = re.findall(r'href="(/dates/[^"]+)"', page)
    answer = client.get(link)
    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"] == 'attachment; filename="week.ics"'
    assert event["UID"] == "week@celvedis"


def test_the_file_is_in_the_language_that_is_asked_for(client):
    latvian, english = (client.get(f"/dates/week.ics?lang={code}").text for code in ("lv", "en"))
    assert "Avots" in latvian
    assert "Source" in english
    assert client.get("/dates/week.ics?lang=xx").text == latvian


@pytest.mark.parametrize("name", ["nowhere", "summer", "silent", "..%2fsources"])
def test_a_date_without_a_day_has_no_file(client, name):
    assert client.get(f"/dates/{name}.ics").status_code == 404


def test_the_terminal_prints_the_file_and_gives_it_to_programs():
    lines = ['{"pick": "@calendar:week"}']
    told = [json.loads(line) for line in chat_json(sample_talks(), lines, None, "lv")]
    (document,) = [line["document"] for line in told if "document" in line]
    assert document["name"] == "week.ics"
    assert Calendar.from_ical(document["content"]).walk("VEVENT")
