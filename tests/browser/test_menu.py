"""The menu tells of each door what it is, how long it takes, and how far one is."""

import pytest

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

GROUPS = ["Izpētīt iespējas", "Iepazīt sevi", "Cilvēki un avoti", "Šī saruna"]


def door(page, label):
    """Return a door of the menu by its name, which is its label alone."""
    return page.locator("#now").get_by_role("button", name=label, exact=True)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_menu_shows_what_is_new_begun_and_done(chromium, address, talks, size, script):
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL), script)
    assert page.locator("#now .group").all_inner_texts() == GROUPS
    assert page.locator("#now .state", has_text="jauns").count() == 7
    assert all(about.inner_text().strip() for about in page.locator("#now .door small").all())
    assert page.locator(".quiet button", has_text="Izvēlne").count() == 0  # one is there
    described = door(page, "Ko es jau varu").get_attribute("aria-describedby")
    assert "16\u00a0īsi teikumi" in page.locator(f"#{described}").inner_text()
    menu = question(page)
    press(page, door(page, "Ko es jau varu"))
    act(page, "[Bez palīdzības]", script)
    press(page, page.locator(".quiet button", has_text="Izvēlne"))
    assert question(page) == menu
    assert door(page, "Ko es jau varu").locator(".state").inner_text().strip() == "iesākts"
    press(page, door(page, "Turpināt iesākto"))
    while page.locator("#now .skip-answer").count():
        press(page, page.locator("#now .skip-answer"))
    press(page, door(page, "Turpināt sarunu"))
    assert door(page, "Ko es jau varu").locator(".state").inner_text().strip() == "izdarīts"
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    if script:
        assert violations(page) == []
        shoot(page, f"menu-{size[0]}-{size[1]}")
    context.close()
