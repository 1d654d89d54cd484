"""A browser's screen in the tests: opened, pressed, typed at, looked at."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.doubles.by_name import Answer
from tests.doubles.person import Person

CHROMIUM = os.environ.get("CELVEDIS_CHROMIUM", "/usr/bin/chromium")
PATIENCE = 25_000  # milliseconds: on a busy machine it ends no test that is well
SHOTS = Path(__file__).parent / "shots"
PUPIL: dict[str, Answer] = {"who": "pupil_10_12", "age_band": "from_13", "keeping": "keep"}
SIZES = [(360, 640), (360, 800), (1280, 900)]
FIRST_NEW = """() => {
  const first = document.getElementById("new"), new_question = first.closest("#now");
  const heading = new_question ? document.getElementById("q")
    : first.querySelector("summary, h2, p") || first;
  const bar = document.querySelector(".quiet-bar").getBoundingClientRect();
  const {top, bottom} = heading.getBoundingClientRect();
  const left = document.documentElement.scrollHeight - innerHeight - scrollY;
  return {
    begins: first.getBoundingClientRect().top, top, bottom: Math.min(bottom, top + 40),
    below: bar.top, page_ends: left < 2, page_begins: scrollY < 2, focused: document.activeElement.id,
    expected: new_question ? "q" : "new",
  };
}"""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip


def screen(chromium, size, script=True, scheme="light", locale="lv-LV", bypass_csp=True):
    """Open a screen of a width and a height. bypass_csp: axe puts a script into the page."""
    return chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=locale,
        java_script_enabled=script,
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=bypass_csp,
    )


def telephone(chromium, *args, **named):
    """Open a narrow screen."""
    return screen(chromium, (360, 740), *args, **named)


def shoot(page: Page, name: str, *, full: bool = True) -> None:
    """Take a picture of the whole page, or of what is in the window."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=full)


def question(page: Page) -> str:
    return page.locator("#q").inner_text()


def act(page: Page, word: str, script: bool = True) -> None:
    """Press [what stands in brackets], or type; with a script, until the page has changed."""
    before = page.locator("body").get_attribute("data-version")
    if word.startswith("["):
        button = page.locator("#now").get_by_role("button", name=word.strip("[]"), exact=True)
        button.first.click()
    else:
        page.fill("#text", word)
        if script:
            page.keyboard.press("Enter")
        else:
            page.locator(".typed .button").click()
    if script:
        expect(page.locator("body")).not_to_have_attribute(
            "data-version", before or "", timeout=PATIENCE
        )
    page.wait_for_load_state()


def follow(page: Page, person: Person, script: bool = True) -> None:
    """Do what somebody has done, from the first question on."""
    for word in person.done:
        act(page, word, script)


def press(page: Page, button: Locator) -> None:
    before = page.locator("body").get_attribute("data-version")
    button.click()
    expect(page.locator("body")).not_to_have_attribute(
        "data-version", before or "", timeout=PATIENCE
    )
    page.wait_for_load_state()


def to_the_portrait(page: Page, talks) -> None:
    """Answer all faces as somebody who likes to help and to create."""
    types = {item.text: item.type for item in talks.library.interests.items.values()}
    while (text := question(page)) in types:
        press(page, page.locator(".scale button").nth({"S": 4, "A": 3, "I": 2}.get(types[text], 1)))
    if "ātri" in question(page):
        press(page, page.locator("#now .choice", has_text="Jā, lai paliek"))


def violations(page: Page) -> list[str]:
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in Axe().run(page).response["violations"]
    ]


def first_new_is_seen(page: Page, *, script: bool) -> None:
    """Assert that the first new thing begins at the top of the window, or that all of it is seen."""
    at = page.evaluate(FIRST_NEW)
    assert 0 <= at["top"] < at["bottom"] <= at["below"], at
    assert at["begins"] <= 40 or at["page_ends"] or at["page_begins"], at
    if script:
        assert at["focused"] == at["expected"], at
