"""Whom to call and what to read is one press away."""

import pytest

from tests.browser.screens import PUPIL, follow, press, screen, shoot, violations
from tests.doubles.person import Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [(360, 640), (360, 800), (1280, 900)], ids=str)
def test_every_contact_and_source_is_a_link(chromium, address, talks, size):
    context = screen(chromium, size, script=size != (360, 640))
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL), size != (360, 640))
    called = {"Skola": [], "Darbs": ["80200206"], "Ārzemēs": ["67225155"], "Ir grūti": ["116111"]}
    for situation, numbers in called.items():
        press(page, page.locator(".quiet button", has_text="Cilvēks"))
        press(page, page.locator("#now .choice", has_text=situation).first)
        new = page.locator("#new")
        links = [link.get_attribute("href") for link in new.locator("a[href^='tel:']").all()]
        assert links[: len(numbers)] == [f"tel:{number}" for number in numbers]
        assert new.locator(".source a[href^='https://']").count() == 1
        assert all(link.is_visible() for link in new.locator("a").all())
    press(page, page.locator("#now .choice", has_text="Avoti"))
    listed = page.locator(".trail li ul li")
    sources = [source for source in talks.library.sources.values() if source.listed]
    assert listed.count() == len(sources)
    addressed = [source for source in sources if source.url]
    assert listed.locator("a[href^='https://']").count() == len(addressed)
    if size != (360, 640):
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    shoot(page, f"sources-{size[0]}-{size[1]}")
    context.close()
