"""What somebody has put in stays theirs: refused, offline, sent in vain or slowly."""

import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.screens import (
    PUPIL,
    SIZES,
    act,
    follow,
    press,
    question,
    screen,
    shoot,
    violations,
)
from tests.doubles.person import Person

pytestmark = pytest.mark.browser

LOST = "Nosūtīt neizdevās"


@contextmanager
def opened(chromium, address, size=(360, 800), *, script=True):
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_what_is_refused_stays_in_the_form(chromium, address, talks, script):
    with opened(chromium, address, script=script) as page:
        follow(page, Person(talks).answer(PUPIL, what_next="about_me"), script)
        while not page.locator("label.choice").count():
            press(page, page.locator(".skip-answer, #now .choice").first)
        boxes = page.locator("label.choice input")
        for index in range(5):
            boxes.nth(index).check()
        page.fill("#text", "lai blakus ir <draugi>")
        press(page, page.locator("#now .button"))
        assert page.locator("#new.aside-refuse").is_visible()
        assert [boxes.nth(index).is_checked() for index in range(6)] == [True] * 5 + [False]
        assert page.input_value("#text") == "lai blakus ir <draugi>"
        shoot(page, f"refused-{'script' if script else 'plain'}")
        boxes.nth(0).uncheck()
        boxes.nth(1).uncheck()
        boxes.nth(2).uncheck()
        press(page, page.locator("#now .button"))
        assert page.locator(".answered b").last.inner_text().endswith("; lai blakus ir <draugi>")
        assert page.input_value("#text") == ""
        if not script:
            page.reload()  # the answer is not given twice
            assert page.locator("#now").is_visible()


def test_a_word_nobody_understood_stays_in_the_field(chromium, address):
    with opened(chromium, address) as page:
        act(page, "zābaks")
        assert page.input_value("#text") == "zābaks"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_offline_nothing_is_lost_and_it_is_said(chromium, address, size):
    with opened(chromium, address, size) as page:
        before = question(page)
        page.context.set_offline(True)
        page.get_by_role("button", name="Strādāju", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text(LOST)
        expect(page.get_by_role("alert")).to_be_in_viewport(ratio=1)
        assert violations(page) == []
        shoot(page, f"offline-{size[0]}-{size[1]}", full=False)
        page.context.set_offline(False)
        page.get_by_role("button", name="Mēģināt vēlreiz").click()
        expect(page.locator("#q")).not_to_have_text(before)
        assert page.locator(".answered b").inner_text() == "Strādāju"
        page.context.set_offline(True)
        page.fill("#text", "man ir 34 gadi")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(LOST)
        assert page.input_value("#text") == "man ir 34 gadi"


@pytest.mark.parametrize("failing", ["reset", "unavailable"])
def test_a_send_that_failed_keeps_the_pressed_button(chromium, address, failing):
    with opened(chromium, address) as page:
        times = []

        def answer(route):
            times.append(route.request.post_data)
            if len(times) > 1:
                route.continue_()
            elif failing == "reset":
                route.abort("connectionreset")
            else:
                route.fulfill(status=503, body='<p id="new">Šobrīd neko nevar saglabāt.</p>')

        page.route("**/say", answer)
        page.get_by_role("button", name="Strādāju", exact=True).click()
        said = LOST if failing == "reset" else "Šobrīd neko nevar saglabāt."
        expect(page.get_by_role("alert")).to_contain_text(said)
        page.get_by_role("button", name="Mēģināt vēlreiz").click()
        expect(page.locator(".answered b")).to_have_text("Strādāju")
        assert times[0] == times[1]
        assert page.get_by_role("alert").count() == 0


def test_a_slow_send_shows_that_it_waits_and_comes_to_an_end(chromium, address):
    with opened(chromium, address) as page:
        held = []

        def hold(route):  # and never answer
            held.append(route)

        page.route("**/say", hold)
        page.get_by_role("button", name="Strādāju", exact=True).click()
        expect(page.locator("body[aria-busy=true]")).to_be_attached()
        expect(page.locator(".choice.sent")).to_have_text("Strādāju")
        page.locator("#now .choice", has_text="Kaut kas cits").click()
        expect(page.get_by_role("status")).to_have_text("Savienojums ir lēns, vēl gaidu.")
        shoot(page, "slow", full=False)
        began = time.monotonic()
        expect(page.get_by_role("alert")).to_contain_text(LOST, timeout=20_000)
        assert time.monotonic() - began < 20
        assert len(held) == 1
        page.unroute("**/say")
        page.get_by_role("button", name="Mēģināt vēlreiz").click()
        expect(page.locator(".answered b")).to_have_text("Strādāju")
