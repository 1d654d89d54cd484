"""Items of a plan by plain forms over real HTTP: every kind added, changed and taken out."""

import re
from datetime import date

from bot.core.plan.items import GapRow, PlanEntry, PlanGoal, PlanStep
from tests.channels.planning import ADULT, fields, only, said, unescaped
from tests.conftest import TODAY
from tests.doubles.plan_items import entry, goal, own, step
from tests.doubles.plan_people import full_plan, pupil_plan

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


def test_what_only_comes_from_the_talk_can_be_guarded_and_taken_out(pupil, talks):
    pupil.has(pupil_plan(talks.library))
    pupil.fill("/plan/item/i2", sensitive="1")
    assert pupil.plan.find("i2").sensitive
    pupil.send(pupil.get("/plan/item/i2"), "/plan/item/i2/remove")
    assert pupil.plan.find("i2") is None
