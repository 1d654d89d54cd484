"""What is around the conversation: the bar at the bottom, languages in the header, a quiet send."""

import pytest

from tests.browser.screens import PUPIL, SIZES, follow, press, question, screen, shoot, violations
from tests.doubles.person import Person

pytestmark = pytest.mark.browser

FRAME = """() => {
  const bar = document.querySelector(".quiet-bar").getBoundingClientRect();
  const targets = [...document.querySelectorAll(".tongues button, .quiet button, .top .brand")];
  return {
    bar: bar.bottom - innerHeight,
    small: targets.filter((one) => one.getBoundingClientRect().height < 44).length,
    wide: document.documentElement.scrollWidth - innerWidth,
    send: getComputedStyle(document.querySelector(".typed .button")).backgroundColor,
    chosen: document.querySelector(".tongues [aria-current]").lang,
  };
}"""
QUIET = "rgba(0, 0, 0, 0)"


def frame(page):
    at = page.evaluate(FRAME)
    assert (round(at["bar"]), at["small"], at["wide"]) == (0, 0, 0), at
    return at


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_frame_stays_where_it_is(chromium, address, talks, size, script):
    context = screen(chromium, size, script)
    page = context.new_page()
    page.goto(address)
    assert (frame(page)["chosen"], frame(page)["send"]) == ("lv", QUIET)
    shoot(page, f"frame-{size[0]}-{size[1]}", full=False)
    press(page, page.locator(".tongues button[lang=uk]"))
    assert frame(page)["chosen"] == page.locator("html").get_attribute("lang") == "uk"
    assert question(page) == "Яка ситуація найближча?"
    press(page, page.get_by_role("button", name="Latviešu"))
    assert question(page) == "Kura situācija ir vistuvākā?"
    follow(page, Person(talks).answer(PUPIL, what_next="interests"), script)
    frame(page)  # the shortest page there is
    shoot(page, f"frame-face-{size[0]}-{size[1]}", full=False)
    context.close()


def test_where_only_words_are_an_answer_send_is_the_main_thing(chromium, address, talks):
    context = screen(chromium, (320, 640))
    page = context.new_page()
    page.goto(address)
    person = Person(talks).answer(who="adult", age_band="from_18", keeping="keep", what_next="esf")
    follow(page, person.reach("age"))
    assert frame(page)["send"] != QUIET
    assert violations(page) == []
    context.close()
