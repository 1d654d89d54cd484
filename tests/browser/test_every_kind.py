"""Every kind of question, long ones too, comes with its heading; what is told before it is met first."""

import pytest

from tests.browser.screens import (
    PUPIL,
    SIZES,
    act,
    first_new_is_seen,
    follow,
    press,
    question,
    screen,
    to_the_portrait,
)
from tests.doubles.person import Person

pytestmark = pytest.mark.browser

OWN_WORDS = "lai blakus ir <draugi>"


def door(page, label):
    """Open a door of the menu, and look where the page is then."""
    press(page, page.locator("#now").get_by_role("button", name=label, exact=True))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_long_questions_are_met_at_their_heading(chromium, address, talks, size, script):
    """About oneself with its long lists of boxes, refused ticks, skills, another door first."""
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL), script)
    first_new_is_seen(page, script=script)
    door(page, "Ceļi pēc skolas")
    first_new_is_seen(page, script=script)
    assert "Daži jautājumi" in page.locator("#new").inner_text()
    press(page, page.locator(".quiet button", has_text="Izvēlne"))
    door(page, "Pastāstīt par sevi")
    first_new_is_seen(page, script=script)
    ticked = 0
    while page.locator("#now .skip-answer, #now > form > .link").count():
        boxes = page.locator("label.choice input")
        if boxes.count() and not ticked:
            for ticked in range(1, 6):
                boxes.nth(ticked - 1).check()
            page.fill("#text", OWN_WORDS)
            press(page, page.locator("#now .button"))
            first_new_is_seen(page, script=script)
            assert "ne vairāk kā 3" in page.locator("#new").inner_text()
            assert [boxes.nth(at).is_checked() for at in range(6)] == [True] * 5 + [False]
            assert page.input_value("#text") == OWN_WORDS
            for at in range(5):
                boxes.nth(at).uncheck()
            page.fill("#text", "")
            press(page, page.locator("#now .button"))
            first_new_is_seen(page, script=script)
            assert "vismaz 1" in page.locator("#new").inner_text()
        press(page, page.locator("#now .skip-answer, #now > form > .link").last)
        first_new_is_seen(page, script=script)
    assert ticked
    press(page, page.locator(".quiet button", has_text="Izvēlne"))
    door(page, "Ko es jau varu")
    while page.locator("#now .skip-answer").count():
        first_new_is_seen(page, script=script)
        act(page, "[Ar palīdzību]", script)
    first_new_is_seen(page, script=script)
    assert "Kā tu to redzi šobrīd" in page.locator("#new").inner_text()
    context.close()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_what_is_told_to_a_child_or_of_an_occupation_is_met(chromium, address, talks, size, script):
    """Under 13 without a parent; the portrait, an occupation of it; help asked for within the faces."""
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    child = {"who": "pupil_5_9", "age_band": "under_13", "parent_agrees": "not_here"}
    follow(page, Person(talks).answer(child), script)
    first_new_is_seen(page, script=script)
    assert "divām stundām" in page.locator("#new").inner_text()
    door(page, "Kas man patīk")
    face = question(page)
    press(page, page.locator(".quiet button", has_text="Cilvēks"))
    act(page, "[Ir grūti, gribas parunāt]", script)
    first_new_is_seen(page, script=script)
    assert page.locator("#new a[href='tel:116111']").is_visible()
    if question(page) != face:
        door(page, "Kas man patīk")
    if size == SIZES[0]:
        to_the_portrait(page, talks)
        first_new_is_seen(page, script=script)
        press(page, page.locator(".family li button").first)
        first_new_is_seen(page, script=script)
    context.close()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_typed_number_is_read_or_stays_in_the_field(chromium, address, talks, size, script):
    """An age in words at the start; figures that are no age stay, with a way on."""
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    act(page, "[Strādāju]", script)
    act(page, "man ir piecdesmit trīs", script)
    assert page.locator(".answered b").last.inner_text().startswith("18")
    act(page, "[Divas stundas, tikai šai reizei]", script)
    door(page, "Atbalsts mācībām")
    for wrong in ("zilonis", "200"):
        act(page, wrong, script)
        first_new_is_seen(page, script=script)
        assert page.input_value("#text") == wrong
    act(page, "53", script)
    press(page, page.locator(".quiet button", has_text="Atpakaļ"))
    first_new_is_seen(page, script=script)
    context.close()
