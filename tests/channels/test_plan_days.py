"""Days that the forms of the plan take, and what is said of those they do not."""

import re
from contextlib import ExitStack
from datetime import date, timedelta

import pytest

from bot.channels.web.plan.item_forms import read_day
from tests.channels.planning import Planner, said, serving_plans, unescaped
from tests.conftest import TODAY
from tests.doubles.plan_people import goal, step

ADULT = ("adult", "from_18", "keep")
TOMORROW, LAST = TODAY + timedelta(days=1), date(2100, 12, 31)
NOT_AHEAD, NOT_READ, NOT_THERE = (
    "Te der diena no",
    "Šo dienu nevaru nolasīt",
    "Tādas dienas kalendārā nav",
)
# what is put in for the day to come back, and what is said at the field
REFUSED = {
    "2026-11-24": NOT_AHEAD, "2026-11-23": NOT_AHEAD, "24.11.2026.": NOT_AHEAD, "1999-12-31": NOT_AHEAD, "2101-01-01": NOT_AHEAD,
    "9999-12-31": NOT_AHEAD, "31.02.2027": NOT_THERE, "2027-02-31": NOT_THERE, "31.02": NOT_THERE, "99.99.2027": NOT_THERE,
    "rīt": NOT_READ, "2027-02-111": NOT_THERE, "<b>1</b>": NOT_READ, "12345678": NOT_READ,
}  # fmt: skip
SAID_IN = {
    "lv": ("Te der diena no", "Plāns pazūd 180 dienas"),
    "en": ("Any day from", "The plan disappears 180 days"),
    "uk": ("Тут можна вибрати день", "План зникає через 180 днів"),
    "ru": ("Здесь можно выбрать день", "План исчезает через 180 дней"),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving_plans(tmp_path_factory.mktemp("plan-days")) as found:
        yield found


@pytest.fixture
def comes(served):
    with ExitStack() as open_ones:
        yield lambda *opened, **named: open_ones.enter_context(Planner(*served, *opened, **named))


@pytest.fixture
def adult(comes):
    return comes(*ADULT)


def field(page, name):
    """Return the input of a name, and what is said to be wrong with it."""
    found = re.search(rf'<input [^>]*id="{name}"[^>]*>', page.text)
    wrong = re.search(rf'<p class="wrong" id="{name}-wrong">(.*?)</p>', page.text)
    return unescaped(found[0]), unescaped(wrong[1]).replace("\xa0", " ") if wrong else ""


@pytest.mark.parametrize(("typed", "told"), REFUSED.items())
def test_a_day_to_come_back_that_cannot_be_is_answered_at_its_field(adult, typed, told):
    adult.put(goal("Grāmatvedība"))
    page = adult.fill("/plan/review", review=typed, check_in="1")
    shown, wrong = field(page, "review")
    assert page.status_code == 422
    assert wrong.startswith(told)
    assert f'value="{typed}"' in shown
    assert 'aria-describedby="review-wrong review-hint" aria-invalid="true"' in shown
    assert 'name="check_in" value="1" checked' in page.text  # what was chosen beside it stays
    assert (adult.plan.review, adult.plan.check_in) == (None, None)
    if told == NOT_AHEAD:
        assert f"no {TOMORROW:%d.%m.%Y}. līdz {LAST:%d.%m.%Y}." in wrong


@pytest.mark.parametrize("typed", REFUSED)
def test_a_browser_shows_again_what_was_put_in(adult, typed):
    """A field of the browser's own for days shows nothing that is no day."""
    shown, _ = field(adult.fill("/plan/review", review=typed), "review")
    try:
        is_day = date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        is_day = False
    assert ('type="date"' in shown, 'type="text"' in shown) == (is_day, not is_day)


@pytest.mark.parametrize("day", [TOMORROW, TODAY + timedelta(days=200), LAST])
def test_any_day_ahead_is_taken_and_told(adult, day):
    page = adult.fill("/plan/review", review=day.isoformat())
    assert (page.url.path, adult.plan.review) == ("/plan", day)
    assert f"Labi, pie plāna atgriezīsimies {day:%d.%m.%Y}." in said(page)
    is_far = day > TODAY + timedelta(days=180)
    assert ("Plāns pazūd 180 dienas pēc pēdējās ziņas" in said(page)) is is_far


def test_a_day_that_is_set_can_stay_beside_other_changes(adult):
    adult.fill("/plan/review", review=TOMORROW.isoformat())
    adult.fill("/plan/review", watch="1")
    assert (adult.plan.review, adult.plan.watch) == (TOMORROW, True)


@pytest.mark.parametrize("language", SAID_IN)
def test_the_form_says_in_every_language_what_is_kept_how_long(comes, language):
    planner = comes(*ADULT, language=language)
    between, kept = SAID_IN[language]
    assert kept in said(planner.get("/plan/review"))
    assert field(planner.fill("/plan/review", review="2026-11-24"), "review")[1].startswith(between)


def test_who_is_not_kept_is_told_that_nobody_can_come_back(comes):
    brief = comes("adult", "from_18", "brief")
    page = said(brief.get("/plan/review"))
    assert "Atgādināt varu tad" in page
    assert "Plāns pazūd 180 dienas" not in page


# --- other forms


@pytest.mark.parametrize(
    ("typed", "told"), [("31.02.2027", NOT_THERE), ("rīt", NOT_READ), ("2101-01-01", NOT_AHEAD)]
)
def test_a_day_of_an_item_that_cannot_be_stays_as_it_was_put_in(adult, typed, told):
    adult.put(step("zvanīt"), goal("Grāmatvedība"))
    for path, name in (("/plan/item/s1", "on"), ("/plan/item/g2", "by"), ("/plan/new/step", "on")):
        page = adult.fill(path, **{name: typed, "words": "kaut kas"})
        shown, wrong = field(page, name)
        assert (page.status_code, f'value="{typed}"' in shown) == (422, True)
        assert wrong.startswith(told)
    page = adult.send(adult.get("/plan/item/s1"), "/plan/item/s1/move", to=typed)
    shown, wrong = field(page, "to")
    assert f'value="{typed}"' in shown
    assert wrong.startswith(told)
    assert [getattr(item, "on", None) for item in adult.plan.items] == [None, None]


def test_an_example_at_a_field_is_ahead_and_taken(adult):
    adult.put(step("zvanīt"))
    _, wrong = field(adult.fill("/plan/item/s1", on="rīt"), "on")
    example = wrong.removeprefix(f"{NOT_READ}. Piemēram: ")
    assert read_day(example) > TODAY
    adult.fill("/plan/item/s1", on=example)
    assert adult.plan.items[0].on == read_day(example)


# --- the talk on the web


def test_days_that_are_asked_about_stand_as_buttons_and_stay(adult):
    for words in ("mans plāns", "jauns mērķis", "Tehnikums", "vasarā"):
        page = adult.post("/say", text=words)
    for shown in (page, adult.get("/")):  # and when it is opened again
        assert 'name="pick" value="2027-06-01"' in shown.text
        assert "31.08.2027." in said(shown)
        assert "Vēl nezinu" in said(shown)
    adult.post("/say", pick="2027-08-31")
    adult.post("/say", pick="@skip")
    assert adult.plan.items[0].by == date(2027, 8, 31)
