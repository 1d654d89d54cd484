"""The page goes to what is new, by script, by anchor and on load; Back of the browser is Back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screens import (
    FIRST_NEW,
    PUPIL,
    SIZES,
    act,
    first_new_is_seen,
    follow,
    press,
    question,
    screen,
    shoot,
    to_the_portrait,
)
from tests.doubles.journeys import support
from tests.doubles.person import Person

pytestmark = pytest.mark.browser

DISTRESS = "man ir slikti, negribu dzīvot"


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_first_new_thing_is_seen_all_the_way(chromium, address, talks, size, script):
    """Answers, a result, a why, a refusal, distress, a helper's number, and the page opened again."""
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("scrollY") == 0
    for word in support(talks, "lv").done:
        act(page, word, script)
        first_new_is_seen(page, script=script)
    assert page.locator("#new #card").is_visible()
    for word in ("kāpēc", "blablabla", "blablabla", DISTRESS):
        act(page, word, script)
        first_new_is_seen(page, script=script)
    assert page.locator("#new.aside-help").is_visible()
    shoot(page, f"distress-{size[0]}-{size[1]}-{'script' if script else 'plain'}", full=False)
    page.goto(address)
    at = page.evaluate(FIRST_NEW)
    assert 0 <= at["top"] < at["bottom"] <= at["below"], at
    press(page, page.locator(".quiet button", has_text="Cilvēks"))
    first_new_is_seen(page, script=script)
    act(page, "[Ir grūti, gribas parunāt]", script)
    first_new_is_seen(page, script=script)
    assert "116123" in page.locator("#new").inner_text()
    context.close()


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_beside_a_portrait_the_reply_is_what_is_gone_to(chromium, address, talks, size):
    """Its links „Nav man” once took the place of the reply; long questions were cut at the top."""
    context = screen(chromium, size)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL, what_next="interests"))
    first_new_is_seen(page, script=True)
    to_the_portrait(page, talks)
    first_new_is_seen(page, script=True)
    for word in ("kāpēc", "blablabla"):
        act(page, word)
        first_new_is_seen(page, script=True)
    press(page, page.locator(".family button", has_text="Nav man").first)
    first_new_is_seen(page, script=True)
    context.close()


def test_the_browsers_back_is_back(chromium, address, talks):
    context = screen(chromium, SIZES[1])
    page = context.new_page()
    page.goto(address)
    person = Person(talks).reach("who")
    follow(page, person)
    asked = [question(page)]
    for label in ("[Strādāju]", "[18 vai vairāk]"):
        act(page, label)
        asked.append(question(page))
    act(page, "kāpēc")
    for earlier in asked[-2::-1]:
        page.go_back()
        expect(page.locator("#q")).to_have_text(earlier)
        first_new_is_seen(page, script=True)
    page.go_forward()
    expect(page.locator("#q")).to_have_text(asked[0])
    assert page.url.startswith(address)
    assert re.fullmatch(r"/(#new)?", page.url.removeprefix(address))
    context.close()
