"""All activities on one page on a narrow screen, and how far one is where they come one by one."""

import pytest
from playwright.sync_api import Page

from tests.browser.screens import (
    PUPIL,
    follow,
    press,
    shoot,
    telephone,
    to_the_portrait,
    violations,
)
from tests.doubles.person import Person

FEWEST_PIXELS = 44  # of a target, each way


def the_page(page: Page, talks, address: str, script: bool, language: str = "lv") -> None:
    """Come to the page of all activities by its link."""
    page.goto(address)
    follow(page, Person(talks, language).answer(PUPIL, what_next="interests"), script)
    page.locator("a[href='/activities']").click()
    page.wait_for_selector(".activities")


def tick(page: Page, names: list[str]) -> None:
    """Tick as somebody who likes to help and to create."""
    likes = {"s": 4, "a": 3, "i": 2}
    for name in names:
        page.locator(f"#{name} input").nth(likes.get(name[0], 1)).check()


def names_of(page: Page) -> list[str]:
    return [one.get_attribute("id") or "" for one in page.locator("fieldset").all()]


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["lv", "uk"])
def test_all_activities_on_a_narrow_screen(chromium, address, talks, script, language):
    locale = {"lv": "lv-LV", "uk": "uk-UA"}[language]
    context = telephone(chromium, script, locale=locale)
    page = context.new_page()
    the_page(page, talks, address, script, language)
    names = names_of(page)
    assert len(names) == 30
    found = {"open": violations(page) if script else []}
    for label in page.locator(".scale label").all()[:5]:
        box = label.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= FEWEST_PIXELS
    shoot(page, f"activities-{language}-{'script' if script else 'plain'}", full=False)
    tick(page, names[:-2])
    page.locator(".activities > p .button").click()
    page.wait_for_selector("#missing")
    assert page.locator("#missing li").count() == len(page.locator(".missing").all()) == 2
    assert page.locator("input:checked").count() == 28
    shoot(page, f"activities-missing-{language}-{'script' if script else 'plain'}", full=False)
    if script:
        found["missing"] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    tick(page, names[-2:])
    page.locator(".activities > p .button").click()
    page.wait_for_selector("#portrait")
    shoot(page, f"portrait-{language}-{'script' if script else 'plain'}")
    assert page.locator(".family:not(.set-aside)").count() == 3
    press(page, page.locator("#now .choice").first)
    assert page.locator(".family:not(.set-aside)").count() == 6
    assert page.locator("#new #more").count() == 1
    if script:
        found["portrait"] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    shoot(page, f"portrait-more-{language}-{'script' if script else 'plain'}", full=False)
    assert {name: ids for name, ids in found.items() if ids} == {}
    context.close()


def test_the_bar_says_how_far_one_is(chromium, address, talks):
    context = telephone(chromium)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL, what_next="interests"))
    for number in (1, 2, 3):
        bar = page.locator("#now progress")
        assert (bar.get_attribute("value"), bar.get_attribute("max")) == (str(number), "24")
        assert f"{number}\u00a0no ap.\u00a024" in page.locator("#now").inner_text().replace(
            " 24", "\u00a024"
        )
        press(page, page.locator(".scale button").nth(3))
    assert violations(page) == []
    shoot(page, "activity-bar", full=False)
    to_the_portrait(page, talks)
    assert page.locator("#now progress").count() == 0
    context.close()
