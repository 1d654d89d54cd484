"""The plan in a real browser: on a narrow screen, by keyboard alone, without a script, seen by axe."""

import itertools
from contextlib import ExitStack

import pytest

from tests.browser.screens import follow, screen, shoot, telephone, violations
from tests.channels.planning import Planner, serving_plans
from tests.doubles.person import Person
from tests.doubles.plan_items import entry, own, step
from tests.doubles.plan_people import full_plan, plan_of, pupil_plan

ADULT, PUPIL = ("adult", "from_18", "keep"), ("pupil_5_9", "from_13", "keep")
SIZES = {"narrow": (360, 740), "wide": (1280, 900)}
FEWEST_PIXELS = 44  # of a target, each way
MARKUP = '<script>document.title="hacked"</script><img src=x onerror="document.title=1"><b>b</b>'
SHOW_EACH = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving_plans(tmp_path_factory.mktemp("plan-browser")) as found:
        yield found


@pytest.fixture
def comes(served):
    with ExitStack() as open_ones:
        yield lambda *opened: open_ones.enter_context(Planner(*served, *opened))


@pytest.fixture
def opens(served, chromium):
    """Open a page of somebody's plan in a browser that has their conversation."""
    with ExitStack() as open_ones:

        def opened(planner, path="/plan", size="narrow", **named):
            context = screen(chromium, SIZES[size], **named)
            open_ones.callback(context.close)
            cookie = {"name": "celvedis", "value": planner.key, "url": served[0]}
            context.add_cookies([cookie])
            page = context.new_page()
            page.goto(served[0] + path)
            return page

        yield opened


def is_not_wider_than_the_screen(page):
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", ["pupil", "adult"])
def test_every_page_of_a_plan_is_whole_on_a_phone(comes, opens, talks, who, scheme):
    opened, plan = {"pupil": (PUPIL, pupil_plan), "adult": (ADULT, full_plan)}[who]
    planner = comes(*opened).has(plan(talks.library))
    planner.fill("/plan/share/new", for_whom="Klases audzinātāja", why="Sarunai")
    planner.post("/plan/what-if", what="begin", once="1")
    planner.fill(f"/plan/item/{planner.plan.items[0].id}", words="Citādi")
    step_id = planner.plan.of_kind(type(step("x")))[0].id
    paths = ["", "/history", "/history/2", "/share", "/share/new", "/take", "/review", "/offers", "/new/goal",
             "/new/entry", f"/item/{step_id}", f"/item/{planner.plan.items[-1].id}"]  # fmt: skip
    found = {}
    page = opens(planner, scheme=scheme)
    for path in paths:
        answer = page.goto(page.url.partition("/plan")[0] + "/plan" + path)
        assert answer.status == 200, path
        is_not_wider_than_the_screen(page)
        shoot(page, f"plan-{who}-{scheme}{path.replace('/', '-')}")
        page.evaluate(SHOW_EACH)
        found[path] = violations(page)
        is_not_wider_than_the_screen(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_recipient_sees_it_whole_without_a_cookie_or_a_script(
    comes, served, chromium, talks, scheme
):
    planner = comes(*ADULT).has(full_plan(talks.library))
    planner.fill("/plan/share/new", for_whom="Konsultants")
    address = f"{served[0]}/p/{planner.plan.shares[0].token}"
    context = telephone(chromium, scheme=scheme, script=False)
    page = context.new_page()
    assert page.goto(address).status == 200
    assert page.locator("h1").inner_text() == "Karjeras attīstības plāns"
    assert page.locator(".draft").is_visible()
    assert page.locator("table.gaps").get_by_role("row").count() > 2
    assert page.get_by_role("link", name="Labot").count() == 0
    assert context.cookies() == []
    shoot(page, f"plan-recipient-{scheme}")
    context.close()
    context = telephone(chromium, scheme=scheme)
    page = context.new_page()
    page.goto(address)
    page.evaluate(SHOW_EACH)
    is_not_wider_than_the_screen(page)
    assert violations(page) == []
    context.close()


def test_headings_lead_through_the_plan_and_tables_have_their_headers(comes, opens, talks):
    page = opens(comes(*ADULT).has(full_plan(talks.library)))
    levels = page.eval_on_selector_all(
        "main :is(h1,h2,h3,h4)", "all => all.map(one => +one.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    table = page.get_by_role("table", name="Ko prasa mērķis „Kļūt par grāmatveža palīgu”")
    assert [one.inner_text() for one in table.get_by_role("columnheader").all()] == [
        "Ko prasa", "Kas jau ir", "Kā to parādīt", "Kā to iegūt",
    ]  # fmt: skip
    rows = table.get_by_role("row").all()[1:]
    assert [row.get_by_role("cell").count() for row in rows] == [3] * len(rows)
    assert page.get_by_role("img", name="Sešas jomas").count() == 1


def test_an_item_is_added_changed_and_taken_out_by_keyboard_alone(comes, opens):
    planner = comes(*PUPIL)
    page = opens(planner, script=False)
    tab_to(page, "Pielikt soli: Soļi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/new/step*")
    tab_to_field(page, "activity")
    for key in ("Home", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    tab_to_field(page, "words")
    page.keyboard.type("pie mehatronikas tehniķa")
    tab_to(page, "Saglabāt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan")
    (made,) = planner.plan.items
    assert (made.activity, made.wording) == ("shadow", own("pie mehatronikas tehniķa"))
    assert "Ierakstīts: Ēnot: pie mehatronikas tehniķa" in page.get_by_role("status").inner_text()
    tab_to(page, "Labot: 1. Ēnot: pie mehatronikas tehniķa")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/item/s1*")
    tab_to(page, "Izņemt no plāna")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan")
    assert planner.plan.items == ()


def test_a_day_that_is_none_stays_in_its_field_to_be_mended(comes, opens):
    planner = comes(*ADULT)
    page = opens(planner, "/plan/review")
    page.eval_on_selector(
        "#review", "field => field.type = 'text'"
    )  # as in a browser without such fields
    page.fill("#review", "31.02.2027")
    page.get_by_role("button", name="Saglabāt").click()
    field = page.locator("#review")
    assert field.input_value() == "31.02.2027"
    assert page.locator("#review-wrong").inner_text().startswith("Tādas dienas kalendārā nav")
    assert violations(page) == []
    page.get_by_role("link", name="Diena, kad apskatīt, kas izdarīts").click()
    field.fill("31.01.2027")
    page.get_by_role("button", name="Saglabāt").click()
    page.wait_for_url("**/plan")
    assert f"{planner.plan.review}" == "2027-01-31"


def tab_to(page, name):
    """Go on with the tabulator key until something of a name has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if named(page) == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def tab_to_field(page, name):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate_handle("document.activeElement").get_property("name").json_value() == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def named(page):
    text = page.evaluate("document.activeElement.textContent")
    return " ".join(text.replace(" :", ":").split()) if text else ""


def test_what_is_wrong_in_a_form_is_told_beside_the_field(comes, opens):
    page = opens(comes(*ADULT), "/plan/new/step")
    page.locator("#words").evaluate("one => one.removeAttribute('required')")
    page.get_by_role("button", name="Saglabāt").click()
    page.wait_for_selector("[role=alert]")
    field = page.locator("#words")
    assert field.get_attribute("aria-invalid") == "true"
    told = page.locator("#" + field.get_attribute("aria-describedby").split()[0]).inner_text()
    assert told == "Te vēl nekā nav. Vajag vismaz vienu vārdu."
    page.locator("[role=alert] a").click()
    assert page.url.endswith("#words")
    assert violations(page) == []
    shoot(page, "plan-form-refused")


def test_targets_are_large_enough_for_a_finger(comes, opens, talks):
    page = opens(comes(*ADULT).has(full_plan(talks.library)))
    inline = ".source a, .gaps a, .card a, .skip"  # within sentences and rows
    for one in page.locator(f"a:visible:not({inline}), button:visible, summary:visible").all():
        box = one.bounding_box()
        assert box["height"] >= FEWEST_PIXELS - 1, one.inner_text()


def test_hostile_text_does_nothing_and_breaks_no_page(comes, opens, served, chromium):
    planner = comes(*ADULT)
    long = "W" * 5000
    planner.has(plan_of("adult", entry("skills", MARKUP, document=MARKUP[:290]), entry("skills", long),
                        entry("agenda", "مرحبا " * 400), step("😀" * 2000)))  # fmt: skip
    page = opens(planner, bypass_csp=False)
    called = []
    page.on("dialog", lambda dialog: called.append(dialog.message))
    page.reload()
    assert page.title().replace("\u00a0", " ") == "Karjeras attīstības plāns – Ceļvedis"
    assert page.locator("main script, main img, main b").count() == 0
    assert MARKUP in page.locator("#e1").inner_text()
    is_not_wider_than_the_screen(page)
    for path in ("/plan/item/e1", "/plan/item/e2", "/plan/history", "/plan/share/new"):
        page.goto(served[0] + path)
        is_not_wider_than_the_screen(page)
        assert "hacked" not in page.title()
    assert called == []


def test_the_preview_opens_beside_the_form_and_is_the_recipients_page(comes, opens, served, talks):
    planner = comes(*ADULT).has(full_plan(talks.library))
    page = opens(planner, "/plan/share/new", script=False)
    page.fill("#for_whom", "Konsultants")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Skatīt, ko redzēs saņēmējs").click()
    preview = opened.value
    preview.wait_for_load_state()
    assert preview.locator("h1").inner_text() == "Karjeras attīstības plāns"
    assert "Rūpes par mammu" not in preview.content()
    assert planner.plan.shares == ()
    page.get_by_role("button", name="Izveidot saiti").click()
    page.wait_for_url("**/plan/share")
    address = page.locator(".address").inner_text()
    assert address.startswith(f"{served[0]}/p/")
    before = preview.content()
    preview.goto(address)
    assert preview.content() == before


def test_a_file_is_chosen_looked_at_and_taken(comes, opens, tmp_path):
    planner = comes(*ADULT)
    planner.put(entry("skills", "Rēķini"))
    file = tmp_path / "plans.json"
    file.write_bytes(planner.get("/plan.json").content)
    planner.fill("/plan/item/e1", words="Cits")
    page = opens(planner, "/plan/take", script=False)
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Apskatīt, kas mainītos").click()
    page.wait_for_selector(".changes")
    assert "Bija „Cits”, tagad „Rēķini”" in page.locator(".changes").inner_text()
    shoot(page, "plan-import")
    page.get_by_role("button", name="Ielikt plānu no faila").click()
    page.wait_for_url("**/plan")
    assert planner.plan.items[0].wording == own("Rēķini")


def test_a_bad_file_is_told_as_a_table(comes, opens, tmp_path):
    file = tmp_path / "plans.json"
    file.write_text('{"format": "celvedis-plan-1", "plan": {"items": [{}]}, "surprise": 1}')
    page = opens(comes(*ADULT), "/plan/take")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Apskatīt, kas mainītos").click()
    page.wait_for_selector("[role=alert]")
    assert page.locator("[role=alert] tbody tr").count() >= 3
    assert violations(page) == []
    is_not_wider_than_the_screen(page)
    shoot(page, "plan-import-faults")


def test_the_talk_and_the_plan_lead_to_each_other(chromium, served, talks):
    context = telephone(chromium)
    page = context.new_page()
    page.goto(served[0])
    follow(page, Person(talks).answer(who="adult", age_band="from_18", keeping="keep"))
    page.goto(served[0] + "/plan/new/goal")
    page.fill("#words", "Iegūt B2 angļu valodā")
    page.get_by_role("button", name="Saglabāt").click()
    page.wait_for_url("**/plan#g1" if "#g1" in page.url else "**/plan")
    page.get_by_role("link", name="Saruna").click()
    page.wait_for_selector(".places")
    assert page.locator(".places [aria-current]").inner_text() == "Saruna"
    assert violations(page) == []
    is_not_wider_than_the_screen(page)
    shoot(page, "plan-talk", full=False)
    page.locator(".places a[href='/plan']").click()
    page.wait_for_url("**/plan")
    page.get_by_role("button", name="Cilvēks").click()
    page.wait_for_selector("#now")
    assert "/plan" not in page.url
    context.close()


def test_the_plan_prints_without_what_only_a_screen_needs(comes, opens, talks):
    page = opens(comes(*ADULT).has(full_plan(talks.library)), size="wide")
    shoot(page, "plan-wide")
    page.emulate_media(media="print")
    for hidden in (".plan-nav", ".item-edit", ".after", ".top"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".signatures").is_visible()
    assert page.locator(".draft").is_visible()
    shoot(page, "plan-print")


@pytest.mark.parametrize("font", ["200%"])
def test_text_of_twice_the_size_fits_a_phone(comes, opens, talks, font):
    page = opens(comes(*PUPIL).has(pupil_plan(talks.library)), bypass_csp=True)
    page.add_style_tag(content=f"html {{ font-size: {font} !important }}")
    is_not_wider_than_the_screen(page)
    shoot(page, "plan-twice", full=False)
