"""The plan on the web by plain forms over real HTTP: every kind of item added, changed and taken out."""

import re
from contextlib import ExitStack
from datetime import date

import pytest

from bot.core.plan.items import GapRow, PlanEntry, PlanGoal, PlanStep
from bot.core.plan.orders import ConfirmPlan, Propose, PutItem, mark_of
from bot.core.plan.plan import PERSON
from tests.channels.planning import COUNSELLOR, Planner, fields, said, serving_plans, unescaped
from tests.conftest import TODAY
from tests.doubles.plan_people import (
    empty_plan,
    entry,
    full_plan,
    goal,
    own,
    plan_of,
    pupil_plan,
    step,
)

ADULT, PUPIL = ("adult", "from_18", "keep"), ("pupil_5_9", "from_13", "keep")
MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)"> #read("/etc/passwd") {{ 7*7 }}'


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving_plans(tmp_path_factory.mktemp("plans")) as found:
        yield found


@pytest.fixture
def comes(served):
    """Somebody comes: gives a new browser with a conversation."""
    with ExitStack() as open_ones:
        yield lambda *opened, **named: open_ones.enter_context(Planner(*served, *opened, **named))


@pytest.fixture
def adult(comes):
    return comes(*ADULT)


@pytest.fixture
def pupil(comes):
    return comes(*PUPIL)


def only(planner, kind):
    (found,) = planner.plan.of_kind(kind)
    return found


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


# --- entries


def test_an_entry_is_added_with_its_paper_and_how_it_was_learned(adult):
    page = adult.fill("/plan/new/entry?section=prior_education", words="Kursi\r\nDivi mēneši",
                      document="Apliecība Nr. 5", learning="non_formal", years="2019")  # fmt: skip
    found = only(adult, PlanEntry)
    assert (found.section, found.document, found.learning, found.years) == (
        "prior_education", "Apliecība Nr. 5", "non_formal", "2019",
    )  # fmt: skip
    assert found.wording == own("Kursi\nDivi mēneši")
    assert (found.sensitive, found.owner, found.origin.kind) == (False, "person", "said")
    assert "Ierakstīts: Kursi Divi mēneši" in said(page)


def test_what_is_written_of_private_life_is_guarded(adult):
    adult.fill("/plan/new/entry?section=private_life", words="Rūpes par mammu", sensitive=None)
    assert only(adult, PlanEntry).sensitive


def test_an_entry_that_moves_to_private_life_is_guarded_then(adult):
    adult.put(entry("skills", "Rūpes"))
    adult.fill("/plan/item/e1", section="private_life")
    assert only(adult, PlanEntry).sensitive
    adult.fill("/plan/item/e1", sensitive=None)  # and the person may say otherwise
    assert not only(adult, PlanEntry).sensitive


def test_words_of_the_content_stay_such_unless_they_are_changed(adult, talks):
    adult.has(full_plan(talks.library))
    item = next(one for one in adult.plan.of_kind(PlanEntry) if one.wording.kind == "content")
    adult.fill(f"/plan/item/{item.id}", document="Diploms")
    now = adult.plan.find(item.id)
    assert (now.wording, now.document) == (item.wording, "Diploms")
    adult.fill(f"/plan/item/{item.id}", words="Vidusskola Cēsīs")
    assert adult.plan.find(item.id).wording == own("Vidusskola Cēsīs")


def test_own_words_keep_the_language_they_were_written_in(comes):
    person = comes(*ADULT, language="uk")
    person.put(entry("skills", own("Кава", "ru")))
    person.fill("/plan/item/e1", years="2020")
    assert only(person, PlanEntry).wording.language == "ru"
    person.fill("/plan/item/e1", words="Кава й чай")
    assert only(person, PlanEntry).wording == own("Кава й чай", "uk")


def test_an_entry_is_taken_out(adult):
    adult.put(entry("skills", "Rēķini"))
    page = adult.send(adult.get("/plan/item/e1"), "/plan/item/e1/remove")
    assert adult.plan.items == ()
    assert "Izņemts: Rēķini" in said(page)
    assert adult.get("/plan/item/e1").status_code == 404


# --- goals


def test_a_goal_is_added_with_its_day_how_sure_it_is_and_its_occupation(adult):
    adult.fill(
        "/plan/new/goal", words="Kļūt par pavāru", by="2027-06-30", sure="3", occupation="pavārs"
    )
    found = only(adult, PlanGoal)
    assert (found.by, [one.value for one in found.sure], found.occupation) == (
        date(2027, 6, 30), [3], "cook",
    )  # fmt: skip


def test_how_sure_a_goal_was_stays_beside_how_sure_it_is(adult):
    adult.fill("/plan/new/goal", words="Kļūt par pavāru", sure="2")
    adult.fill("/plan/item/g1", sure="4")
    adult.fill("/plan/item/g1")  # nothing chosen: nothing is added
    assert [one.value for one in only(adult, PlanGoal).sure] == [2, 4]


def test_which_occupation_was_meant_is_asked(adult):
    page = adult.fill("/plan/new/goal", words="Strādāt ar mašīnām", occupation="mehāniķis lauku")
    assert page.status_code == 422
    assert "Kura no šīm ir domāta?" in said(page)
    form = fields(page.text, "/plan/new/goal")
    assert form["words"] == "Strādāt ar mašīnām"
    refused = adult.send(page, "/plan/new/goal")
    assert refused.status_code == 422
    ids = re.findall(r'name="occupation_id" value="(\w+)"', page.text)
    assert ids[-1] == "none"
    adult.send(page, "/plan/new/goal", occupation_id=ids[0])
    assert only(adult, PlanGoal).occupation == ids[0]


def test_a_goal_stays_without_an_occupation_that_is_none_of_ours(adult):
    page = adult.fill("/plan/new/goal", words="Lidot", occupation="qwxzy")
    assert "Tādu profesiju neatradu" in said(page)
    page = adult.send(page, "/plan/new/goal", occupation="")
    assert only(adult, PlanGoal).occupation == ""


def test_what_a_goal_asks_becomes_a_table_and_a_row_a_step(adult):
    adult.fill("/plan/new/goal", words="Kļūt par pavāru", occupation="pavārs")
    assert adult.plan.of_kind(GapRow) == ()  # nothing comes in by itself
    page = adult.send(adult.get("/plan/item/g1"), "/plan/item/g1/asks")
    rows = adult.plan.of_kind(GapRow)
    assert len(rows) > 1
    assert '<table class="gaps"' in page.text
    adult.put(entry("skills", "Matemātikas olimpiādes"))
    skill = adult.plan.of_kind(PlanEntry)[0].id
    adult.fill(f"/plan/item/{rows[0].id}", have=skill, show="Darba mape", get="Vakara kurss")
    row = adult.plan.find(rows[0].id)
    assert (row.have, row.show, row.get) == ((skill,), own("Darba mape"), own("Vakara kurss"))
    assert row.asks == rows[0].asks
    adult.send(adult.get(f"/plan/item/{row.id}"), f"/plan/item/{row.id}/step")
    made = only(adult, PlanStep)
    assert (made.wording, made.goal, made.origin.kind) == (own("Vakara kurss"), "g1", "gap")
    assert adult.plan.find(row.id).step == made.id
    assert f"/plan/item/{row.id}/step" not in adult.get(f"/plan/item/{row.id}").text


def test_a_row_of_ones_own_is_added(adult):
    adult.put(goal("Vadīt kafejnīcu"))
    adult.fill("/plan/new/gap?goal=g1", words="Higiēnas apliecība")
    assert (only(adult, GapRow).goal, only(adult, GapRow).asks) == ("g1", own("Higiēnas apliecība"))


def test_to_each_goal_a_row_can_be_added(adult):
    adult.put(goal("Vadīt kafejnīcu"), goal("Mācīties valodu"))
    adult.fill("/plan/new/gap?goal=g1", words="Higiēnas apliecība")
    page = adult.get("/plan").text
    assert [page.count(f'href="/plan/new/gap?goal={id_}"') for id_ in ("g1", "g2")] == [1, 1]
    assert "Ko prasa mērķis „Mācīties valodu”" in unescaped(page)


def test_a_goal_goes_with_its_table(adult):
    adult.put(goal("Vadīt kafejnīcu"))
    adult.fill("/plan/new/gap?goal=g1", words="Higiēnas apliecība")
    adult.send(adult.get("/plan/item/g1"), "/plan/item/g1/remove")
    assert adult.plan.items == ()


# --- steps


def test_a_step_is_added_with_all_that_belongs_to_it(pupil):
    pupil.put(goal("Saprast, vai patīk mehatronika"))
    pupil.fill("/plan/new/step", words="pie tehniķa", activity="shadow", on="2027-02-10", remind="1",
               phase="before", learning="informal", document="Izziņa")  # fmt: skip
    found = only(pupil, PlanStep)
    assert (found.activity, found.on, found.remind, found.goal) == (
        "shadow", date(2027, 2, 10), True, "g1",
    )  # fmt: skip
    assert (found.phase, found.learning, found.document) == ("before", "informal", "Izziņa")


def test_who_did_not_agree_to_be_kept_is_told_why_no_reminder_is_offered(comes):
    brief = comes("adult", "from_18", "brief")
    page = brief.get("/plan/new/step")
    assert 'name="remind"' not in page.text
    assert "Atgādināt varu tad, ja ir piekrišana" in said(page)
    brief.fill("/plan/new/step", words="Zvanīt", on="2027-02-10", remind="1")
    assert not only(brief, PlanStep).remind


def test_a_moved_step_remembers_its_day(pupil):
    pupil.put(step("olimpiāde", date(2027, 1, 20)))
    page = pupil.send(pupil.get("/plan/item/s1"), "/plan/item/s1/move", to="2027-02-03")
    assert "Bija plānots 20.01.2027." in said(page)
    pupil.fill("/plan/item/s1", on="2027-02-17")
    found = only(pupil, PlanStep)
    assert (found.on, found.moved_from) == (
        date(2027, 2, 17),
        (date(2027, 1, 20), date(2027, 2, 3)),
    )


def test_a_day_that_cannot_be_read_comes_back_with_all_that_was_put_in(pupil):
    page = pupil.fill("/plan/new/step", words="Zvanīt skolai", on="kaut kad")
    assert page.status_code == 422
    assert "Šo dienu nevaru nolasīt" in said(page)
    assert fields(page.text, "/plan/new/step")["words"] == "Zvanīt skolai"
    assert 'aria-invalid="true"' in page.text
    for day in ("0001-01-01", "9999-12-31"):
        assert "Te der diena no" in said(pupil.fill("/plan/new/step", words="Zvanīt", on=day))
    assert pupil.conversations.read(pupil.key)[0].plan is None


def test_a_step_is_done_with_one_press(pupil):
    pupil.put(step("olimpiāde", date(2027, 1, 20), remind=True))
    pupil.send(pupil.get("/plan/item/s1"), "/plan/item/s1/done")
    found = only(pupil, PlanStep)
    assert (found.state, found.done_on, found.remind) == ("done", TODAY, False)


def test_after_a_try_the_goal_has_both_values_of_how_sure_it_is(pupil):
    pupil.fill("/plan/new/goal", words="Mehatronika", sure="2")
    pupil.put(step("pie tehniķa", date(2026, 11, 20), activity="shadow", goal="g1"))
    pupil.fill("/plan/item/s2", state="done", done_on="2026-11-21", as_thought="partly",
               surprise="Daudz dokumentu", sure="4")  # fmt: skip
    found = only(pupil, PlanStep)
    assert (found.state, found.done_on) == ("done", date(2026, 11, 21))
    assert (found.trial.as_thought, found.trial.surprise) == ("partly", own("Daudz dokumentu"))
    assert [(one.value, one.after) for one in only(pupil, PlanGoal).sure] == [(2, ""), (4, "s2")]
    assert "Pēc izmēģinājuma droši: 4 no 5" in said(pupil.get("/plan"))


def test_a_surprise_without_the_first_answer_is_asked_about(pupil):
    pupil.put(step("pie tehniķa", activity="shadow"))
    page = pupil.fill("/plan/item/s1", state="done", surprise="Daudz dokumentu")
    assert "Vispirms jāizvēlas, vai bija tā, kā domāts." in said(page)
    assert fields(page.text, "/plan/item/s1")["surprise"] == "Daudz dokumentu"
    assert only(pupil, PlanStep).state == "planned"


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


# --- two tabs, the same form twice, hostile texts


def test_two_tabs_lose_nothing(adult):
    adult.put(entry("skills", "Rēķini"))
    first, second = adult.get("/plan/item/e1"), adult.get("/plan/item/e1")
    adult.send(first, "/plan/item/e1", words="Rēķini un nodokļi")
    page = adult.send(second, "/plan/item/e1", years="2019")
    assert page.status_code == 409
    told = said(page)
    assert "pa to laiku ir mainīts" in told
    assert "Tagad plānā ir tā: Rēķini un nodokļi" in told
    assert fields(page.text, "/plan/item/e1")["years"] == "2019"  # nothing typed is lost
    assert only(adult, PlanEntry).wording == own("Rēķini un nodokļi")
    adult.send(page, "/plan/item/e1", words="Rēķini un nodokļi")
    assert (only(adult, PlanEntry).wording.text, only(adult, PlanEntry).years) == (
        "Rēķini un nodokļi",
        "2019",
    )


def test_a_slip_in_the_second_tab_does_not_hide_the_first_ones_change(adult):
    adult.put(step("zvanīt"))
    second = adult.get("/plan/item/s1")
    adult.fill("/plan/item/s1", words="zvanīt rīt")
    slip = adult.send(second, "/plan/item/s1", on="kaut kad")
    assert slip.status_code == 422
    mended = adult.send(slip, "/plan/item/s1", on="2027-01-05")
    assert mended.status_code == 409
    assert only(adult, PlanStep).wording == own("zvanīt rīt")


def test_what_was_taken_out_in_another_tab_can_be_added_from_the_form(adult):
    adult.put(entry("skills", "Rēķini"))
    second = adult.get("/plan/item/e1")
    adult.send(adult.get("/plan/item/e1"), "/plan/item/e1/remove")
    page = adult.send(second, "/plan/item/e1", words="Rēķini un nodokļi")
    assert page.status_code == 409
    assert adult.plan.items == ()
    adult.send(page, "/plan/new/entry")
    assert only(adult, PlanEntry).wording == own("Rēķini un nodokļi")


def test_a_form_of_the_copy_does_not_change_the_plan(adult):
    adult.put(entry("skills", "Rēķini"))
    adult.post("/plan/what-if", what="begin", once="1")
    form = adult.get("/plan/item/e1")
    adult.post("/plan/what-if", what="drop", once="2")
    page = adult.send(form, "/plan/item/e1", words="Cits")
    assert page.status_code == 409
    assert "kopija ir sākta, paņemta vai atmesta" in said(page)
    assert only(adult, PlanEntry).wording == own("Rēķini")


def test_a_removal_of_what_was_changed_meanwhile_is_asked_again(adult):
    adult.put(entry("skills", "Rēķini"))
    second = adult.get("/plan/item/e1")
    adult.fill("/plan/item/e1", words="Rēķini un nodokļi")
    assert adult.send(second, "/plan/item/e1/remove").status_code == 409
    assert len(adult.plan.items) == 1


def test_the_same_form_sent_twice_is_one_item(adult):
    for _ in range(2):
        adult.post("/plan/new/entry?section=skills", words="Rēķini", section="skills", once="same")
    assert len(adult.plan.items) == 1


@pytest.mark.parametrize(
    "text",
    [MARKUP, "😀" * 5000, "مرحبا " * 800, "a" * 5000, "\u202eabc", "' OR 1=1 --", "\ud83d", "%00\0"],
    ids=["markup", "emoji", "arabic", "long", "override", "sql", "half", "zero"],
)  # fmt: skip
def test_hostile_text_is_kept_and_inert_everywhere(adult, text):
    body = "words=" + quoted(text) + "&section=skills&document=" + quoted(text[:200])
    headers = {"content-type": "application/x-www-form-urlencoded"}
    page = adult.client.post("/plan/new/entry?section=skills", content=body, headers=headers)
    assert page.status_code == 200
    assert len(only(adult, PlanEntry).wording.text) >= 1
    for path in ("/plan", "/plan/item/e1", "/plan/history", "/plan/share/new", "/plan.json"):
        shown = adult.get(path)
        assert shown.status_code == 200, path
        assert "<script>alert" not in shown.text or path == "/plan.json"
        assert "<img src=x" not in shown.text or path == "/plan.json"


def quoted(text):
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"))


def test_words_of_distress_in_a_form_are_met_in_the_talk_first(adult):
    page = adult.fill("/plan/new/entry?section=agenda", words="Es vairs negribu dzīvot")
    assert page.url.path == "/"
    assert "116111" in page.text
    assert adult.conversations.read(adult.key)[0].plan is None
    adult.fill("/plan/new/entry?section=agenda", words="Par kopmītni")
    assert only(adult, PlanEntry).wording == own("Par kopmītni")


def test_a_personal_code_in_a_form_is_masked_and_that_is_said(adult):
    page = adult.fill("/plan/new/entry?section=agenda", words="Mans kods 010190-12345")
    assert "12345" not in only(adult, PlanEntry).wording.text
    assert "aizstāju ar •••" in said(page)


def test_a_text_that_is_too_long_comes_back_whole(adult):
    page = adult.fill("/plan/new/goal", words="a" * 5001)
    assert page.status_code == 422
    assert "Robeža (rakstzīmēs): 5000" in said(page)
    assert len(fields(page.text, "/plan/new/goal")["words"]) == 5001


def test_an_empty_form_says_what_is_needed(adult):
    page = adult.fill("/plan/new/goal", words="  \r\n ")
    assert "Vajag vismaz vienu vārdu." in said(page)
    assert '<a href="#words">' in page.text


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u202e\u2066", "\u3164", "\U000e0041", "\u2800"], ids=ascii
)
def test_a_field_with_nothing_that_is_seen_is_an_empty_one(adult, unseen):
    for kind in ("goal", "step", "entry?section=skills"):
        page = adult.fill(f"/plan/new/{kind}", words=unseen)
        assert page.status_code == 422
        assert "Vajag vismaz vienu vārdu." in said(page)
    assert adult.conversations.read(adult.key)[0].plan is None
    adult.fill("/plan/new/entry?section=skills", words="Excel", document=unseen, years=unseen)
    assert (only(adult, PlanEntry).document, only(adult, PlanEntry).years) == ("", "")
    assert adult.fill("/plan/share/new", for_whom=unseen).status_code == 422
    assert adult.plan.shares == ()


def test_strange_values_of_choices_are_refused(adult):
    page = adult.post(
        "/plan/new/step", words="Zvanīt", activity="<b>", goal="g77", state="gone", once="x"
    )
    assert page.status_code == 422
    assert adult.conversations.read(adult.key)[0].plan is None
    for path in ("/plan/new/decision", "/plan/new/gap", "/plan/new/<b>"):
        assert adult.get(path).status_code == 404
    for path in (
        "/plan/item/x99",
        "/plan/item/x99/remove",
        "/plan/item/x99/move",
        "/plan/item/x99/step",
    ):
        assert adult.post(path, to="2027-01-01").status_code == 404


def test_a_full_plan_says_so(adult):
    adult.has(plan_of("adult", *(entry("skills", f"Prasme {number}") for number in range(200))))
    page = adult.fill("/plan/new/entry?section=skills", words="Vēl viena")
    assert (page.status_code, "Plānā vairs nav vietas." in said(page)) == (409, True)
    assert fields(page.text, "/plan/new/entry")["words"] == "Vēl viena"


def test_what_only_comes_from_the_talk_can_be_guarded_and_taken_out(pupil, talks):
    pupil.has(pupil_plan(talks.library))
    pupil.fill("/plan/item/i2", sensitive="1")
    assert pupil.plan.find("i2").sensitive
    pupil.send(pupil.get("/plan/item/i2"), "/plan/item/i2/remove")
    assert pupil.plan.find("i2") is None


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
