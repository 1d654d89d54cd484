"""Paths side by side on a phone: a table that needs no sideways scrolling, by keyboard alone."""

import pytest

from tests.browser.screens import PUPIL, act, follow, press, question, screen, shoot, violations
from tests.doubles.person import Person

pytestmark = pytest.mark.browser

READY = 120_000  # milliseconds
NARROW, WIDE = (360, 740), (1280, 900)
CARDS = ("general_secondary", "vocational_secondary", "vocational_arod")


def tick_by_keyboard(page, *values):
    for value in values:
        page.locator(f"#now input[value={value}]").focus()
        page.keyboard.press("Space")
    press_enter(page, page.locator("#now .stack > .button"))


def press_enter(page, button):
    before = page.locator("body").get_attribute("data-version")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("was => document.body.dataset.version !== was", arg=before)
    page.wait_for_load_state()


def say_first(page, words):
    """Type the first sentence that a server hears: it makes its readers of messages meanwhile."""
    before = page.locator("body").get_attribute("data-version")
    page.fill("#text", words)
    page.keyboard.press("Enter")
    changed = "was => document.body.dataset.version !== was"
    page.wait_for_function(changed, arg=before, timeout=READY)
    page.wait_for_load_state()


def compare(page, address, talks, *cards, own=""):
    """Put cards and an option of one's own side by side, from the first question on."""
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL | {"who": "pupil_5_9"}))
    say_first(page, "salīdzini vidusskolu un tehnikumu")
    tick_by_keyboard(page, *cards)
    act(page, own) if own else press_enter(page, page.locator("#now .skip-answer"))
    tick_by_keyboard(page, "near_home")
    press_enter(page, page.locator("#now .skip-answer"))
    assert question(page) == "Ko darām tālāk?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("own", ["", "darbs vectēva kokzāģētavā"], ids=["three", "with-own"])
def test_a_comparison_is_read_on_a_phone_by_keyboard(chromium, address, talks, own, scheme):
    context = screen(chromium, NARROW, scheme=scheme)
    page = context.new_page()
    compare(page, address, talks, *CARDS, own=own)
    table = page.get_by_role("table", name="Kas zināms par katru ceļu")
    columns = 3 + bool(own)
    assert table.get_by_role("columnheader").count() == columns + 1
    rows = table.get_by_role("row").all()[1:]
    assert [row.get_by_role("cell").count() for row in rows] == [columns] * len(rows)
    assert rows[0].get_by_role("rowheader").inner_text().startswith("Tuvu mājām")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    box = table.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW[0]
    shoot(page, f"comparison-{columns}-{scheme}")
    assert violations(page) == []
    context.close()


def test_a_comparison_stands_in_columns_on_a_wide_screen(chromium, address, talks):
    context = screen(chromium, WIDE)
    page = context.new_page()
    compare(page, address, talks, *CARDS)
    row = page.locator(".compare tbody tr").first
    tops = {round(cell.bounding_box()["y"]) for cell in row.locator("th, td").all()}
    assert len(tops) == 1
    shoot(page, "comparison-wide")
    context.close()


def test_a_path_is_saved_and_taken_off_by_its_buttons(chromium, address, talks):
    context = screen(chromium, NARROW)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL | {"who": "pupil_5_9"}))
    say_first(page, "ko es apsveru")
    act(page, "[Apskatīt vienu ceļu]")
    act(page, "[Arodizglītība]")
    press(page, page.get_by_role("button", name="Apsveru šo ceļu").last)
    act(page, "[Ceļi, ko apsveru]")
    shoot(page, "saved-paths")
    assert violations(page) == []
    press(page, page.get_by_role("button", name="Vairs neapsveru: Arodizglītība").last)
    assert "Sarakstā vēl nekā nav." in page.locator("main").inner_text()
    context.close()
