"""What was said in distress is open while it is said, and folded away when the page is opened again."""

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

DISTRESS = "man ir slikti, negribu dzīvot"


def opened_again(context, address):
    """Open the page in another tab, as who takes the phone up later does."""
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_distress_is_folded_away_on_a_later_visit(chromium, address, talks, size, script):
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL), script)
    menu = question(page)
    act(page, DISTRESS, script)
    said = page.locator("#new.aside-help")
    assert said.is_visible()
    assert said.locator(".row a").all_inner_texts() == ["116111", "112"]
    assert page.locator("#q").count() == 0  # nothing is asked
    act(page, "labi", script)
    assert page.locator("#new.aside-help").is_visible()
    assert page.locator("#q").count() == 0
    if script:
        assert violations(page) == []

    later = opened_again(context, address)
    assert later.get_by_text("116111").filter(visible=True).count() == 0
    assert question(later) == menu
    summary = later.locator("#new summary")
    assert summary.is_visible()
    shoot(later, f"later-{size[0]}-{size[1]}-{'script' if script else 'plain'}", full=False)
    summary.click()
    assert later.locator("#new a[href='tel:116111']").first.is_visible()
    if script:
        assert violations(later) == []
    press(later, later.locator("#now").get_by_role("button", name="Ko es jau varu", exact=True))
    assert question(later) != menu

    press(later, later.locator(".quiet button", has_text="Cilvēks"))
    act(later, "[Ir grūti, gribas parunāt]", script)
    assert later.locator("#new a[href='tel:116111']").is_visible()
    again = opened_again(context, address)
    assert again.get_by_text("116111").filter(visible=True).count() == 0
    assert again.locator("#new summary").is_visible()
    context.close()
