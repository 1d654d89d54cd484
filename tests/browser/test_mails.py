"""Mails in a real browser, as a reader of mail shows them: dark and light, by axe, on a narrow screen."""

import pytest

from bot.core.base.texts import LANGUAGES
from tests.browser.screens import shoot, telephone, violations
from tests.doubles.mails import every_mail
from tests.doubles.meetings import speak

MEASURED = """() => {
  const links = [...document.querySelectorAll("a")].map(a => a.getBoundingClientRect().height);
  const [, red] = getComputedStyle(document.body).color.match(/(\\d+)/);
  return {narrow: document.documentElement.scrollWidth <= innerWidth, lowest: Math.min(...links), light_text: red > 127};
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_can_be_read_and_its_links_pressed(chromium, language, scheme):
    context = telephone(chromium, scheme=scheme)
    page = context.new_page()
    hosts = []
    page.on("request", lambda request: hosts.append(request.url))
    for kind, mail in every_mail(speak(language, "tu")).items():
        page.set_content(mail.html)
        page.add_style_tag(
            content="html { background: Canvas }"
        )  # axe takes what is not set for white
        assert violations(page) == [], kind
        measured = page.evaluate(MEASURED)
        assert measured["narrow"], kind
        assert measured["lowest"] >= 40, kind
        assert measured["light_text"] == (scheme == "dark"), kind
        if language == "lv" and kind in {"confirmed", "handoff"}:
            shoot(page, f"mail-{kind}-{scheme}")
    assert hosts == []  # nothing is fetched
    context.close()
