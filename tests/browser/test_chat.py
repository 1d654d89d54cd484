"""The chat in a real browser: with and without JavaScript, narrow, by keyboard, by axe."""

import pytest
from playwright.sync_api import expect

from tests.browser.screens import (
    PUPIL,
    act,
    follow,
    press,
    question,
    shoot,
    telephone,
    to_the_portrait,
    violations,
)
from tests.doubles.journeys import RESULT, support
from tests.doubles.person import Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("locale", ["lv-LV", "ru-RU"])
@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_whole_flow_on_a_narrow_screen(chromium, address, talks, locale, script, scheme):
    context = telephone(chromium, script, scheme, locale, bypass_csp=False)
    page = context.new_page()
    problems: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(address)
    for word in support(talks, locale[:2]).done:
        act(page, word, script)
        if script:
            assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("#card").inner_text() == RESULT[locale[:2]]
    shoot(page, f"result-{locale}-{scheme}-{'script' if script else 'plain'}")
    assert problems == []
    assert hosts == {address.split("/")[2]}
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium, address, talks, scheme):
    context = telephone(chromium, scheme=scheme)
    page = context.new_page()
    page.goto(address)
    found = {"start": violations(page)}
    for word in support(talks, "lv").done:
        act(page, word)
        found[word] = violations(page)
    act(page, "man ir slikti, negribu dzīvot")
    found["distress"] = violations(page)
    shoot(page, f"distress-{scheme}")
    assert {name: ids for name, ids in found.items() if ids} == {}
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False])
def test_interests_on_a_narrow_screen(chromium, address, talks, scheme, script):
    """From the first face to the portrait, a family put aside, an occupation looked at."""
    context = telephone(chromium, script, scheme)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL, what_next="interests"), script)
    found = {"faces": violations(page) if script else []}
    to_the_portrait(page, talks)
    assert page.locator("#portrait").inner_text() == "Tev tuvākās jomas: palīdzēšana un radīšana"
    assert page.locator(".drawing .lit, .drawing path.node").count() == 2
    first = page.locator(".family h4").first.inner_text()
    if script:
        found["portrait"] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    shoot(page, f"interests-{scheme}-{'script' if script else 'plain'}")
    press(page, page.locator(".family button", has_text="Nav man").first)
    assert first not in page.locator(".family h4").all_inner_texts()
    press(page, page.locator(".family li button").first)
    assert page.locator("#now .choice").first.inner_text() == "Par citu profesiju"
    assert {name: ids for name, ids in found.items() if ids} == {}
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_about_me_on_a_narrow_screen(chromium, address, talks, script):
    """Own words stand beside what is ticked, and what is ticked may be passed over."""
    context = telephone(chromium, script)
    page = context.new_page()
    page.goto(address)
    follow(page, Person(talks).answer(PUPIL, what_next="about_me", school_now="leaving"), script)
    found = {"leaving": violations(page) if script else []}
    assert page.locator("a[href^='tel:']").count() == 0
    shoot(page, f"leaving-{'script' if script else 'plain'}")
    press(page, page.locator("#now .choice", has_text="Turpināt sarunu"))
    page.get_by_label("Laba alga").check()
    page.get_by_label("Mācīties un augt").check()
    page.fill("#text", "lai blakus ir draugi")
    if script:
        found["several"] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    shoot(page, f"several-{'script' if script else 'plain'}")
    press(page, page.locator("#now .button"))
    assert page.locator(".answered b").last.inner_text() == (
        "Laba alga; Mācīties un augt; lai blakus ir draugi"
    )
    press(page, page.locator("#now .link"))
    assert page.locator(".answered b").last.inner_text() == "Izlaist"
    assert {name: ids for name, ids in found.items() if ids} == {}
    context.close()


def test_by_keyboard_only(chromium, address, talks):
    page = chromium.new_page(viewport={"width": 360, "height": 740}, locale="lv-LV")
    page.goto(address)
    person = Person(talks).reach("who")
    follow(page, person)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "adult":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_text(person.answer(who="adult").question.text)
    assert page.evaluate("document.activeElement.id") == "q"
    page.close()


def test_two_tabs_and_coming_back(chromium, address, talks):
    context = chromium.new_context(locale="lv-LV")
    one, two = context.new_page(), context.new_page()
    one.goto(address)
    person = Person(talks).reach("who")
    follow(one, person)
    two.goto(address)
    act(one, "[Strādāju]")
    two.locator("#now .choice", has_text="Kaut kas cits").click()
    following = person.answer(who="adult").question.text
    expect(two.locator("#q")).to_have_text(following)
    assert "agrāka jautājuma" in two.locator(".aside").inner_text()
    one.close()
    two.close()
    again = context.new_page()
    again.goto(address)
    assert question(again) == following
    context.close()
