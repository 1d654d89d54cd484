"""A browser that is set otherwise: text of twice the size, cookies refused."""

import json
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.screens import (
    CHROMIUM,
    FLAGS,
    act,
    press,
    shoot,
    to_the_portrait,
)
from tests.doubles.journeys import support

pytestmark = pytest.mark.browser

TWICE = {"webkit": {"webprefs": {"default_font_size": 32}}}
NO_COOKIES = {"profile": {"default_content_setting_values": {"cookies": 2}}}
# what reaches over the edge of the window or of its own box, and is seen
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (one.closest("svg, .hidden, details:not([open]) > :not(summary)")) return false;
  const at = one.getBoundingClientRect(), look = getComputedStyle(one);
  if (!at.width || !at.height || look.clipPath !== "none" || look.display === "inline") return false;
  return at.right > innerWidth + 1 || at.left < -1 || one.scrollWidth > one.clientWidth + 1
    && look.overflowX !== "visible" && one.tagName !== "INPUT"
    || one.matches("button, a, p, h2, h3, label") && one.scrollWidth > one.clientWidth + 1;
}).map((one) => one.outerHTML.slice(0, 90))"""


@contextmanager
def set_otherwise(chromium, folder, settings, *, script=True):
    """Open a phone of 360 × 640 with settings of a profile of its own."""
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(settings), encoding="utf-8")
    context = chromium.browser_type.launch_persistent_context(
        str(folder),
        executable_path=CHROMIUM,
        args=FLAGS,
        viewport={"width": 360, "height": 640},
        locale="lv-LV",
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    yield context.pages[0]
    context.close()


def nothing_is_cut_off(page):
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(CUT_OFF) == []


def test_text_of_twice_the_size_is_all_there(chromium, address, talks, tmp_path):
    """WCAG 1.4.4: by the reader's own size of text, on a narrow phone."""
    with set_otherwise(chromium, tmp_path / "twice", TWICE) as page:
        page.goto(address)
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 34
        nothing_is_cut_off(page)
        shoot(page, "twice-start", full=False)
        for word in support(talks, "lv").done:
            act(page, word)
            nothing_is_cut_off(page)
        shoot(page, "twice-card")
        press(page, page.locator(".quiet button", has_text="Izvēlne"))
        nothing_is_cut_off(page)
        shoot(page, "twice-menu")
        for label in ("Pastāstīt par sevi", "Kas man patīk"):
            press(page, page.locator("#now").get_by_role("button", name=label, exact=True))
            nothing_is_cut_off(page)
            if label == "Kas man patīk":
                shoot(page, "twice-face", full=False)
                to_the_portrait(page, talks)
                nothing_is_cut_off(page)
            press(page, page.locator(".quiet button", has_text="Izvēlne"))
        press(page, page.locator(".tongues button[lang=uk]"))
        nothing_is_cut_off(page)
        act(page, "я не хочу жити")
        nothing_is_cut_off(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_where_cookies_are_refused_it_is_said(chromium, address, tmp_path, script):
    with set_otherwise(chromium, tmp_path / "none", NO_COOKIES, script=script) as page:
        page.goto(address)
        if script:  # before anything is given in vain
            expect(page.get_by_role("alert")).to_contain_text("Pārlūks šo sarunu neatceras")
        page.get_by_role("button", name="Strādāju", exact=True).click()
        expect(page.locator("#new")).to_contain_text("Pārlūks šo sarunu neatceras")
        expect(page.locator("#new")).to_contain_text("atļaut sīkdatnes")
        shoot(page, f"no-cookies-{'script' if script else 'plain'}", full=False)
