"""The plan's page over real HTTP: what stands on it, what comes into it from elsewhere, the copy, coming back."""

import re
from datetime import date

import pytest

from bot.core.plan.items import PlanEntry, PlanStep
from bot.core.plan.orders import ConfirmPlan, Propose, PutItem, mark_of
from bot.core.plan.plan import PERSON
from tests.channels.planning import ADULT, COUNSELLOR, only, said
from tests.conftest import TODAY
from tests.doubles.plan_items import entry, goal, own, step
from tests.doubles.plan_people import empty_plan, full_plan

# --- the page


def test_the_plan_has_the_five_sections_and_says_that_it_is_a_draft(adult):
    page = adult.get("/plan")
    told = said(page)
    assert page.status_code == 200
    assert "Melnraksts. Par plānu tas kļūst sarunā ar karjeras konsultantu." in told
    titles = ["Mācību mērķi", "Darba pieredze", "Iepriekš iegūtā izglītība", "Apgūtās prasmes un kompetences",
              "Nepieciešamie mācību un papildu atbalsta pasākumi"]  # fmt: skip
    assert [title for title in titles if title not in told] == []
    assert adult.conversations.read(adult.key)[0].plan is None  # looking begins nothing


def test_a_pupils_plan_has_the_four_steps_the_path_and_the_study_plan(pupil):
    told = said(pupil.get("/plan"))
    for title in (
        "Stiprās puses",
        "Iespējas",
        "Mērķi",
        "Soļi",
        "Ceļš pēc skolas",
        "Individuālais mācību plāns",
    ):
        assert title in told


def test_a_plan_is_nobodys_business(adult):
    for path in ("/plan", "/plan/history", "/plan/share", "/plan/take", "/plan.json"):
        headers = adult.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex, nofollow"


def test_without_a_conversation_the_plan_leads_to_one(comes):
    stranger = comes()
    stranger.client.cookies.clear()
    answer = stranger.client.get("/plan", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    stranger.client.cookies.clear()
    assert "sīkdatnes" in said(stranger.post("/plan/new/goal", words="x"))


def test_another_sites_form_changes_nothing(adult):
    answer = adult.client.post(
        "/plan/new/goal", data={"words": "X"}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 400
    assert adult.conversations.read(adult.key)[0].plan is None


def test_all_of_a_full_plan_stands_on_its_page(adult, talks):
    plan = full_plan(talks.library)
    page = adult.has(plan).get("/plan")
    told = said(page)
    for words in ("Rūpes par mammu", "Ēnot: iepazīties ar darbu", "Izdarīts 21.11.2026.", "Bija plānots 10.11.2026.",
                  "Pārsteidza: Було багато людей", "Apliecina: Kursu apliecība Nr. 5", "Vajadzīgs skolas lēmums",
                  "Ko prasa mērķis „Kļūt par grāmatveža palīgu”", "Показать отчёты за год", "Vispirms iesaka"):  # fmt: skip
        assert words in told, words
    assert '<span lang="ru">Excel и бухгалтерия</span>' in page.text
    assert page.text.count("<table") == 2  # what a goal asks, and the hexagon's scores
    assert "Interešu sešstūris, no 0 līdz 100" in told
    assert "<style" not in page.text
    assert 'style="' not in page.text


def test_the_talk_leads_to_the_plan_once_there_is_one(adult):
    assert 'href="/plan"' not in adult.get("/").text
    adult.fill("/plan/new/goal", words="Iegūt B2 angļu valodā")
    talk = adult.get("/")
    assert '<a href="/plan">Plāns</a>' in talk.text
    assert "Ierakstīts: Iegūt B2 angļu valodā" in said(talk)


def test_a_plan_told_in_the_talk_leads_to_its_page(adult):
    adult.put(entry("skills", "Rēķini"))
    adult.post("/say", text="mans plāns")
    page = adult.post("/say", text="parādi plānu")
    assert "Plāns lapā: labot, izdrukāt, iedot citam" in said(page)


def test_a_plan_with_nothing_in_it_leads_to_a_file_that_has_one(adult):
    page = adult.get("/plan")
    assert '<a class="onward" href="/plan/take#import">Man ir plāna fails' in page.text
    assert 'id="import"' in adult.get("/plan/take").text
    adult.put(goal("Grāmatvedība"))
    assert "/plan/take#import" not in adult.get("/plan").text


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("lv", "man ir fails ar planu", "Plāns no faila"), ("en", "I have my plan file", "Plan from a file"),
        ("uk", "у мене є файл з планом", "План із файлу"), ("ru", "у меня есть файл с планом", "План из файла"),
    ],
)  # fmt: skip
def test_who_comes_anew_with_a_file_is_led_to_the_page_that_takes_it(comes, language, words, label):
    person = comes(*ADULT, language=language)
    page = person.post("/say", text=words)
    assert f'<a class="button" href="/plan/take#import">{label}</a>' in page.text
    assert person.get("/plan/take").status_code == 200
    menu = comes(*ADULT).post("/say", text="izvēlne")
    assert "Arī plāns no faila." in said(menu)


# --- what comes from elsewhere


def test_offers_come_in_only_where_they_are_ticked(comes):
    person = comes(*ADULT)
    for words in ("par mani", "Protu saprasties ar cilvēkiem", "Remonts", "Excel"):
        person.post("/say", text=words)
    page = person.get("/plan/offers")
    offered = offered_marks(page)
    assert len(offered) >= 2
    assert person.conversations.read(person.key)[0].plan is None
    assert "No atbildes „" in said(page)
    assert "Nekas nav atzīmēts." in said(person.post("/plan/offers", once="n"))
    person.post("/plan/offers", take=offered[:1], once="o")
    assert len(person.plan.items) == 1
    assert person.plan.items[0].origin.kind == "answer"
    assert offered_marks(person.get("/plan/offers")) == offered[1:]
    again = person.post("/plan/offers", take=offered[:1], once="p")  # in a second tab
    assert "Saraksts pa to laiku ir mainījies." in said(again)
    assert len(person.plan.items) == 1


def offered_marks(page):
    return re.findall(r'name="take" value="(\w+)"', page.text)


def test_a_proposal_waits_for_the_person_and_is_taken_or_not(adult):
    adult.put(step("piezvanīt tehnikumam", date(2026, 12, 15)))
    found = only(adult, PlanStep)
    later = found.model_copy(update={"on": date(2027, 1, 10)})
    adult.work_on(Propose(item=later, note="Pēc brīvdienām"))
    adult.work_on(Propose(item=entry("agenda", "Pajautāt par kopmītni")))
    told = said(adult.get("/plan"))
    assert "konsultants Anna Kalniņa: Pēc brīvdienām" in told
    assert "diena – bija „15.12.2026.”, tagad „10.01.2027.”" in told
    assert only(adult, PlanStep).on == date(2026, 12, 15)
    first, second = adult.plan.proposals
    adult.post(f"/plan/proposal/{first.id}", answer="take", once="1")
    adult.post(f"/plan/proposal/{second.id}", answer="refuse", once="2")
    assert only(adult, PlanStep).on == date(2027, 1, 10)
    assert adult.plan.of_kind(PlanEntry) == ()
    assert adult.plan.proposals == ()
    again = adult.post(f"/plan/proposal/{first.id}", answer="take", once="3")
    assert (again.status_code, "Plānā tā vairs nav." in said(again)) == (409, True)


def test_what_a_counsellor_wrote_can_be_taken_out_and_not_changed(adult):
    adult.put(step("zvanīt"))
    adult.work_on(PutItem(item=entry("agenda", "Jautājums par kvalifikāciju")))
    theirs = only(adult, PlanEntry)
    page = adult.get(f"/plan/item/{theirs.id}")
    assert f'action="/plan/item/{theirs.id}"' not in page.text
    assert "Izņemt var, mainīt ne" in said(page)
    forced = adult.post(
        f"/plan/item/{theirs.id}", words="Cits", section="agenda", seen=mark_of(theirs)
    )
    assert forced.status_code == 403
    assert only(adult, PlanEntry) == theirs
    adult.send(page, f"/plan/item/{theirs.id}/remove")
    assert adult.plan.of_kind(PlanEntry) == ()


def test_a_confirmed_plan_says_by_whom_until_it_is_changed(adult):
    adult.put(step("zvanīt"))
    adult.work_on(ConfirmPlan())
    assert "Apstiprināts sarunā ar konsultantu (Anna Kalniņa" in said(adult.get("/plan"))
    adult.fill("/plan/item/s1", words="zvanīt rīt")
    assert "tāpēc tas atkal ir melnraksts" in said(adult.get("/plan"))


def test_a_copy_is_tried_out_and_told_apart_then_dropped_or_taken(adult):
    adult.put(goal("Grāmatvedība"))
    adult.post("/plan/what-if", what="begin", once="1")
    adult.fill("/plan/item/g1", words="Mehatronika")
    told = said(adult.get("/plan"))
    assert "Bija „Grāmatvedība”, tagad „Mehatronika”" in told
    assert adult.plan.items[0].wording == own("Grāmatvedība")
    adult.post("/plan/what-if", what="drop", once="2")
    assert (adult.plan.what_if, adult.plan.items[0].wording) == (None, own("Grāmatvedība"))
    adult.post("/plan/what-if", what="begin", once="3")
    adult.fill("/plan/item/g1", words="Mehatronika")
    adult.post("/plan/what-if", what="take", once="4")
    assert (adult.plan.what_if, adult.plan.items[0].wording) == (None, own("Mehatronika"))
    assert adult.post("/plan/what-if", what="take", once="5").status_code == 409


def test_the_day_to_come_back_and_what_is_agreed_to(adult):
    adult.fill("/plan/review", review="2027-01-31", check_in="1", watch="1")
    plan = adult.plan
    assert (plan.review, plan.check_in, plan.watch) == (date(2027, 1, 31), TODAY, True)
    adult.fill("/plan/review", review="", watch=None)
    plan = adult.plan
    assert (plan.review, plan.check_in, plan.watch) == (None, TODAY, False)
    assert "nevaru nolasīt" in said(adult.fill("/plan/review", review="rīt"))


@pytest.mark.parametrize("place", ["/plan", "/plan/history", "/plan/share", "/plan/take"])
def test_another_language_is_chosen_on_a_page_of_the_plan(adult, place):
    adult.put(goal("Grāmatvedība"))
    page = adult.send(adult.get(place), "/plan/language", language="ru")
    assert page.url.path == place
    assert '<html lang="ru">' in page.text
    assert '<html lang="ru">' in adult.get("/").text


@pytest.mark.parametrize("back", ["https://example.com", "//example.com", "/plan/../forget", ""])
def test_the_choice_of_a_language_leads_nowhere_else(adult, back):
    page = adult.send(adult.get("/plan"), "/plan/language", language="en", back=back)
    assert page.url.path == "/plan"
    page = adult.send(adult.get("/plan"), "/plan/language", language="xx")
    assert '<html lang="en">' in page.text


def test_the_last_kind_of_a_step_is_called_as_in_the_talk(pupil):
    page = pupil.get("/plan/new/step").text
    assert re.search(r'<option value="other"[^>]*>Kas cits<', page)


def test_an_empty_plan_is_no_failure_anywhere(adult):
    adult.has(empty_plan())
    for path in (
        "/plan",
        "/plan/history",
        "/plan/share",
        "/plan/share/new",
        "/plan/take",
        "/plan/offers",
    ):
        assert adult.get(path).status_code == 200
    assert PERSON.role == "person"
    assert COUNSELLOR.role == "counsellor"
