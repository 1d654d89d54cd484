"""The plan made by talking: what is typed and pressed stands in it as it was meant."""

from datetime import date, timedelta

import pytest

from bot.core.dialogue.answers import read_said
from bot.core.dialogue.inputs import Picked, PlanOrdered, Said
from bot.core.dialogue.plan_events import PlanShown
from bot.core.dialogue.readings import NotUnderstood
from bot.core.dialogue.session import Answer
from bot.core.education.saved_path import save_card
from bot.core.flows.steps import QUESTIONS, Offer
from bot.core.plan.items import GapRow, PlanEntry, PlanGoal, PlanMap, PlanPath, PlanStep
from bot.core.plan.orders import PutItem, RemoveItem
from bot.core.plan.outline import outline
from bot.words.messages import plain
from tests.core.planning import (
    LATER,
    SOON,
    comes_back,
    is_due,
    plan_of,
    planner,
    propose,
    said,
    texts,
    work_on,
)
from tests.doubles.clocks import TODAY
from tests.doubles.person import Person
from tests.doubles.plan_items import entry as an_entry
from tests.doubles.plan_items import goal as a_goal
from tests.doubles.plan_items import step as a_step

# no width, directions, a filler, a tag, a blank, a soft hyphen
UNSEEN_TEXTS = ["\u200b\u200c", "\u202e\u2066", "\u3164\u3164", "\U000e0041", " \u2800 ", "\u00ad"]
LIKE_OTHER_THINGS = [
    "Piezvanīt tehnikumam",
    "Parunāt ar karjeras konsultantu",
    "Mainīt skolu",
    "Nevaru gaidīt",
    "Aiziet uz NVA un pajautāt, ko dara elektriķis",
    "gribu iet prom no skolas uz tehnikumu",
    "Palīdzēt mammai darbā",
    "Ko dara elektriķis?",
    "Runāt ar cilvēku no tehnikuma",
    "Mainīt valodu telefonā",
    "Meklēt kursus bez maksas",
    "stop reklāmām",
    "mani dati CV",
]


@pytest.mark.parametrize("words", LIKE_OTHER_THINGS)
def test_a_step_is_what_was_written_whatever_it_sounds_like(talks, words):
    person = planner(talks).say("jauns solis", "kas cits", words, "vēl nezinu")
    assert texts(person, PlanStep) == [words]


@pytest.mark.parametrize("words", LIKE_OTHER_THINGS)
def test_so_is_a_goal(talks, words):
    person = planner(talks).say("jauns mērķis", words, "vēl nezinu", "izlaist")
    assert texts(person, PlanGoal) == [words]


@pytest.mark.parametrize(
    ("word", "asked"),
    [("atpakaļ", "step_activity"), ("izvēlne", "what_next"), ("/menu", "what_next")],
)
def test_a_whole_global_word_is_still_heard_there(talks, word, asked):
    person = planner(talks).say("jauns solis", "kas cits", word)
    assert (person.asked, texts(person, PlanStep)) == (asked, [])


@pytest.mark.parametrize("unseen", UNSEEN_TEXTS, ids=ascii)
@pytest.mark.parametrize(
    "way",
    [("jauns mērķis",), ("jauns solis", "kas cits"), ("ierakstīt sadaļā", "dzīves apstākļi")],
)
def test_words_of_which_nothing_is_seen_are_asked_for_again(talks, way, unseen):
    person = planner(talks).say(*way)
    asked = person.asked
    person.say(unseen)
    assert "Teksta nav." in said(person)
    assert (person.asked, plan_of(person).items) == (asked, ())


@pytest.mark.parametrize("unseen", UNSEEN_TEXTS, ids=ascii)
def test_no_question_takes_what_is_not_seen_for_an_answer(talks, unseen):
    library = talks.library
    questions = [step for step in library.steps.values() if isinstance(step, (*QUESTIONS, Offer))]
    assert len(questions) > 100
    for step in questions:
        read = read_said(library, step, talks.hear(step), Said(text=unseen), TODAY)
        assert read == NotUnderstood("empty"), step.id


def test_distress_is_heard_where_own_words_are_asked(talks):
    person = planner(talks).say("jauns solis", "kas cits", "gribu nomirt")
    assert person.session.quiet_step is not None
    assert texts(person, PlanStep) == []


def test_own_words_are_kept_without_what_names_a_person(talks):
    person = planner(talks).say(
        "jauns solis", "kas cits", "rakstīt uz janis@example.com", "izlaist"
    )
    assert "example.com" not in texts(person, PlanStep)[0]


def test_hostile_words_stay_words(talks):
    hostile = '#read("/etc/passwd") <script>alert(1)</script> {{7*7}} \u202e 🙂' + "ا" * 300
    person = planner(talks).say("jauns mērķis", hostile, "izlaist", "izlaist")
    assert texts(person, PlanGoal) == [hostile]
    assert "{{7*7}}" in said(person.say("parādi plānu"))


def test_who_has_nothing_to_take_in_is_told_so_and_not_asked(talks):
    person = planner(talks).say("ierakstīt no sarunas")
    assert "pašlaik nav ko ierakstīt" in said(person)
    assert person.asked == "plan_next"


STRENGTHS = Answer(flow="about_me", step="strengths", value="matemātika")
VALUES = Answer(flow="about_me", step="values", value=("pay", "growing"))


@pytest.mark.parametrize(
    ("numbers", "taken"),
    [
        ("1", ["strengths"]),
        ("1 un 3", ["strengths", "opportunities"]),
        ("pirmo", ["strengths"]),
        ("visus", ["strengths", "opportunities", "opportunities"]),
        ("visus, izņemot 1", ["opportunities", "opportunities"]),
        ("2-3", ["opportunities", "opportunities"]),
        ("nevienu", []),
        ("9", []),
    ],
)
def test_only_the_offers_that_were_named_come_in(talks, numbers, taken):
    person = planner(talks, answers=(STRENGTHS, VALUES))
    assert plan_of(person).items == ()  # nothing comes in by itself
    person.say("no sarunas", numbers)
    assert [item.section for item in plan_of(person).of_kind(PlanEntry)] == taken


def test_words_that_name_no_number_are_asked_again(talks):
    person = planner(talks, answers=(STRENGTHS, VALUES)).say("no sarunas", "kaut kā tā")
    assert person.asked == "plan_numbers"
    assert plan_of(person).items == ()


def test_an_offer_that_is_pressed_comes_in_with_where_it_is_from(talks):
    person = planner(talks, answers=(STRENGTHS, VALUES)).say("no sarunas")
    take = next(one for one in person.messages[-2].buttons if "matemātika" in one.label)
    person.press(take.pick)
    entry = plan_of(person).of_kind(PlanEntry)[0]
    assert (entry.wording.text, entry.origin.kind, entry.origin.ref) == (
        "matemātika", "answer", "about_me/strengths",
    )  # fmt: skip
    # the others keep their numbers
    person.say("3")
    assert [one.wording.value for one in plan_of(person).of_kind(PlanEntry)[1:]] == ["growing"]


def test_all_offers_can_be_pressed_at_once(talks):
    person = planner(talks, answers=(STRENGTHS, VALUES)).say("no sarunas")
    person.press("@plan:take:all")
    assert len(plan_of(person).items) == 3
    assert person.asked == "plan_next"


def test_a_path_the_map_and_a_verdict_are_offers_with_their_origin(talks):
    card = talks.library.paths["vocational_secondary"]
    person = planner(talks)
    saved = save_card("vocational_secondary", card, TODAY)
    paths = (
        Answer(flow="paths", step="standing", value="grade_10_12"),
        Answer(flow="paths", step="path_age", value=17),
        Answer(flow="what_matters", step="matters", value=None),
    )
    person.session = person.session.model_copy(
        update={"saved_paths": (saved,), "answers": (*person.session.answers, *paths)}
    )
    person.say("no sarunas")
    offered = next(one for one in person.events if isinstance(one, PlanShown)).offers
    kinds = {item.kind: item.origin.kind for item in offered}
    assert kinds == {"path": "path", "map": "path"}
    person.say("visus")
    assert [type(one) for one in plan_of(person).items] == [PlanPath, PlanMap]
    assert plan_of(person).of_kind(PlanMap)[0].standing == "grade_10_12"


def test_the_courses_of_a_chosen_set_are_offered_for_the_school_to_decide(talks):
    courses = (
        Answer(flow="course_sets", step="course_grade", value="grade_9"),
        Answer(flow="course_sets", step="course_school", value="not_listed"),
        Answer(flow="course_sets", step="own_first", value="matemātika, fizika"),
        Answer(flow="course_sets", step="own_more", value="no"),
    )
    person = planner(talks, answers=courses).say("no sarunas", "visus")
    entries = plan_of(person).of_kind(PlanEntry)
    assert {one.section for one in entries} == {"study_plan"}
    assert all(one.needs_school for one in entries)
    assert [one.origin.ref for one in entries] == ["course_sets/own_first"] * len(entries)
    assert len(entries) == 2


def test_a_change_is_told_alone_and_not_the_plan_again(talks):
    person = planner(talks, a_goal("Tehnikums"), a_step("Piezvanīt"))
    person.say("jauns mērķis", "Iemācīties metināt", "izlaist", "izlaist")
    assert not any(isinstance(event, PlanShown) for event in person.events)
    assert [plain(one) for one in person.messages if one.kind == "note"] == [
        "Ierakstīts: Iemācīties metināt"
    ]
    shown = said(person.say("parādi plānu"))
    assert "Tehnikums" in shown
    assert "Iemācīties metināt" in shown
    assert shown.count("Vēl tukšas sadaļas") == 1


def test_only_what_fits_is_offered(talks):
    labels = [one.label for one in planner(talks).question.buttons]
    assert labels == ["Jauns mērķis", "Jauns solis", "Ierakstīt sadaļā", "Tas pagaidām viss"]
    person = planner(talks, a_step("Piezvanīt"))
    assert "Solis izdarīts" in {one.label for one in person.question.buttons}
    person.say("vēl")
    assert {"Solis izdarīts", "Pārcelt soli"} <= {one.label for one in person.question.buttons}
    assert "Priekšlikumi" not in {one.label for one in person.question.buttons}


def test_a_copy_is_taken_or_dropped_and_it_is_said_which(talks):
    person = planner(talks, a_goal("Tehnikums"), a_goal("Vidusskola"))
    before = plan_of(person).items
    person.say("ja nu citādi", "izņemt 1", "izņemt no plāna")
    assert texts(person, PlanGoal) == ["Vidusskola"]
    assert plan_of(person).items == before
    dropped = said(person.say("kopija", "atmest"))
    assert "Kopija ir atmesta. Plāns ir tāds, kāds bija." in dropped
    assert "Ierakstīts" not in dropped
    assert (plan_of(person).items, plan_of(person).what_if) == (before, None)
    person.say("ja nu citādi", "izņemt 1", "izņemt no plāna", "kopija", "paņemt")
    assert (texts(person, PlanGoal), plan_of(person).what_if) == (["Vidusskola"], None)


def test_a_step_is_asked_which_of_several_goals_it_serves(talks):
    person = planner(talks, a_goal("Tehnikums"), a_goal("Angļu valoda"))
    person.say("jauns solis", "kas cits", "Skatīties filmas", "2", "izlaist")
    second = plan_of(person).of_kind(PlanGoal)[1]
    assert plan_of(person).of_kind(PlanStep)[0].goal == second.id
    person.say("jauns solis", "kas cits", "Gulēt", "nevienam no tiem", "izlaist")
    assert plan_of(person).of_kind(PlanStep)[1].goal == ""


def test_with_one_goal_it_is_not_asked(talks):
    person = planner(talks, a_goal("Tehnikums")).say("jauns solis", "kas cits", "Piezvanīt")
    assert person.asked == "step_day"
    person.say("izlaist")
    assert plan_of(person).of_kind(PlanStep)[0].goal == plan_of(person).of_kind(PlanGoal)[0].id


def test_a_row_of_what_a_goal_asks_becomes_a_step_of_it(talks):
    person = planner(talks, a_goal("elektriķis", occupation="electrician"))
    person.say("ko prasa mērķis", "rindu 2 par soli", "Iet pulciņā", "pirmdien")
    row, step = plan_of(person).of_kind(GapRow)[1], plan_of(person).of_kind(PlanStep)[0]
    assert (row.step, step.wording.text, step.goal) == (step.id, "Iet pulciņā", row.goal)
    assert step.on == date(2026, 11, 30)
    person.say("ko prasa mērķis", "kā to parādīt", "1", "Atzīmes liecībā")
    assert plan_of(person).of_kind(GapRow)[0].show.text == "Atzīmes liecībā"
    person.say("ko prasa mērķis", "pielikt rindu", "B kategorija")
    assert plan_of(person).of_kind(GapRow)[-1].asks.text == "B kategorija"


def test_learning_has_its_phase_kind_and_paper(talks):
    person = planner(talks, who="adult")
    person.say("jauns solis", "mācīties", "Metināšanas kursi", "pirms mācībām", "kursos", "izlaist")
    step = plan_of(person).of_kind(PlanStep)[0]
    assert (step.activity, step.phase, step.learning) == ("learn", "before", "non_formal")
    person.say("izdarīju", "Metinātāja apliecība")
    step = plan_of(person).of_kind(PlanStep)[0]
    assert (step.state, step.done_on, step.document) == ("done", TODAY, "Metinātāja apliecība")
    shown = said(person.say("kas jau padarīts"))
    assert "Metinātāja apliecība" in shown
    person.say("labot vai izņemt", "kā tas apgūts", "saviem spēkiem")
    assert plan_of(person).of_kind(PlanStep)[0].learning == "informal"


def test_after_a_try_both_values_of_how_sure_stand_side_by_side(talks):
    person = planner(talks)
    person.say("jauns mērķis", "Strādāt ar elektrību", "izlaist", "drīzāk nezinu")
    person.say("jauns solis", "ēnot", "Ēnot elektriķi", "izlaist")
    person.say("izdarīju", "daļēji", "bija daudz kabeļu", "diezgan droši")
    goal, step = plan_of(person).of_kind(PlanGoal)[0], plan_of(person).of_kind(PlanStep)[0]
    assert [(one.value, one.after) for one in goal.sure] == [(2, ""), (4, step.id)]
    assert (step.trial.as_thought, step.trial.surprise.text) == ("partly", "bija daudz kabeļu")
    assert "4 no 5 (bija 2)" in said(person)


def test_a_try_without_answers_is_done_all_the_same(talks):
    person = planner(talks, a_step("Aiziet", activity="visit"))
    person.say("izdarīju", "izlaist", "izlaist", "izlaist")
    step = plan_of(person).of_kind(PlanStep)[0]
    assert (step.state, step.trial, step.sure) == ("done", None, ())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("rīt", TODAY + timedelta(days=1)),
        ("pēc divām nedēļām", TODAY + timedelta(days=14)),
        ("piektdien", date(2026, 11, 27)),
        ("otrdien", date(2026, 12, 1)),
        ("15.12.", date(2026, 12, 15)),
        ("3. janvārī", date(2027, 1, 3)),
        ("līdz jūnijam", date(2027, 6, 1)),
        ("pēc 2 mēnešiem", date(2027, 1, 24)),
        ("01.02.2027", date(2027, 2, 1)),
        ("bez dienas", None),
    ],
)
def test_a_step_is_moved_at_once_to_a_day_as_people_say_it(talks, words, day):
    person = planner(talks, a_step("Viens", on=SOON), a_step("Otrs", on=LATER))
    person.say("pārcelt 2. soli", words)
    step = plan_of(person).of_kind(PlanStep)[1]
    assert (step.on, step.moved_from) == (day, (LATER,))


@pytest.mark.parametrize("words", ["24.10.2026", "31.02.", "kaut kad", "99.99.2027"])
def test_a_day_that_is_over_or_is_none_is_asked_again(talks, words):
    person = planner(talks, a_step("Viens", on=SOON)).say("pārcelt soli", words)
    assert person.asked == "move_day"
    assert plan_of(person).of_kind(PlanStep)[0].on == SOON


def test_a_number_means_what_it_stood_at_when_it_was_read(talks):
    person = planner(talks, a_step("Viens", on=SOON), a_step("Otrs", on=LATER))
    person.say("solis izdarīts")
    earlier = a_step("Agrākais", on=TODAY)
    person.give(PlanOrdered(orders=(PutItem(item=earlier),)))  # in another tab
    assert "3. Agrākais" in said(person)
    person.say("2")
    done = [one.wording.text for one in plan_of(person).of_kind(PlanStep) if one.state == "done"]
    assert done == ["Otrs"]


def test_a_number_of_what_is_gone_means_nothing(talks):
    person = planner(talks, a_step("Viens", on=SOON), a_step("Otrs", on=LATER))
    first = plan_of(person).of_kind(PlanStep)[0].id
    person.say("solis izdarīts")
    person.give(PlanOrdered(orders=(RemoveItem(id=first),)))
    person.say("1")
    assert [one.state for one in plan_of(person).of_kind(PlanStep)] == ["planned"]
    assert person.asked == "plan_next"


def test_a_line_can_be_pressed_for_its_number(talks):
    person = planner(talks, a_step("Viens", on=SOON), a_step("Otrs", on=LATER)).say("pārcelt soli")
    button = next(one for one in person.messages[-2].buttons if "Otrs" in one.label)
    person.press(button.pick).say("rīt")
    assert plan_of(person).of_kind(PlanStep)[1].on == TODAY + timedelta(days=1)


def test_what_was_said_is_taken_back_by_going_back(talks):
    person = planner(talks).say("jauns mērķis", "Tehnikums", "izlaist", "atpakaļ", "atpakaļ")
    person.say("Vidusskola", "izlaist", "izlaist")
    assert texts(person, PlanGoal) == ["Vidusskola"]


def test_a_goal_that_was_begun_and_left_is_in_no_plan(talks):
    person = planner(talks).say("jauns mērķis", "Tehnikums", "izvēlne", "mans plāns")
    assert plan_of(person).items == ()
    assert person.asked == "plan_next"


# --- what is due


def test_a_step_of_today_is_asked_about_where_the_talk_rests(talks):
    step = a_step("Piezvanīt", on=TODAY, remind=True)
    person = planner(talks, step)
    is_due(person, "step", plan_of(person).of_kind(PlanStep)[0].id)
    assert "Šodien plānā ir solis" in said(person)
    assert person.asked == "due_answer"
    person.say("izdarīju")
    assert plan_of(person).of_kind(PlanStep)[0].state == "done"
    assert person.asked == "plan_next"


@pytest.mark.parametrize("way", ["typed", "pressed"])
def test_it_can_be_moved_on_its_day(talks, way):
    person = planner(talks, a_step("Viens", on=TODAY, remind=True), a_step("Otrs", on=LATER))
    is_due(person, "step", plan_of(person).of_kind(PlanStep)[0].id)
    person.say("nepaspēju") if way == "typed" else person.press("another_day")
    person.say("rīt")
    assert plan_of(person).of_kind(PlanStep)[0].on == TODAY + timedelta(days=1)


def test_in_the_middle_of_a_question_it_is_told_with_buttons(talks):
    person = planner(talks, a_step("Viens", on=TODAY, remind=True)).say("jauns mērķis")
    ask = person.session.ask
    id_ = plan_of(person).of_kind(PlanStep)[0].id
    is_due(person, "step", id_)
    assert [one.pick for one in person.messages[0].buttons] == [
        f"@plan:done:{id_}", f"@plan:move:{id_}", "@plan:later",
    ]  # fmt: skip
    assert (person.asked, person.session.ask) == ("goal_words", ask)
    person.press(f"@plan:done:{id_}")
    assert plan_of(person).of_kind(PlanStep)[0].state == "done"
    assert person.asked == "goal_words"


def test_a_button_of_a_step_that_is_gone_says_so(talks):
    person = planner(talks, a_step("Viens", on=TODAY, remind=True))
    id_ = plan_of(person).of_kind(PlanStep)[0].id
    person.give(PlanOrdered(orders=(RemoveItem(id=id_),)))
    person.press(f"@plan:done:{id_}")
    assert "Plānā tā vairs nav." in said(person)


def test_a_button_with_nonsense_harms_nothing(talks):
    person = planner(talks, a_step("Viens"))
    before = plan_of(person)
    for pick in (
        "@plan:",
        "@plan:x",
        "@plan:done:",
        "@plan:take:ff",
        "@plan:this:w9",
        "@plan:move:e1",
    ):
        person.give(Picked(options=(pick,)))
    assert plan_of(person) == before


def test_on_the_day_of_review_what_is_done_is_marked_and_the_rest_moved(talks):
    steps = [
        a_step("Viens", on=TODAY - timedelta(days=3)),
        a_step("Otrs", on=TODAY - timedelta(days=2)),
        a_step("Trešais", on=LATER),
    ]
    person = planner(talks, *steps)
    comes_back(person, TODAY)
    is_due(person, "review")
    assert person.asked == "back_done"
    person.say("1")
    assert person.asked == "back_day"
    person.say("rīt", "Vairs negribu uz tehnikumu", "pēc mēneša")
    states = [(one.state, one.on) for one in plan_of(person).of_kind(PlanStep)]
    assert states == [
        ("done", TODAY - timedelta(days=3)),
        ("planned", TODAY + timedelta(days=1)),
        ("planned", LATER),
    ]
    changed = plan_of(person).of_kind(PlanEntry)[0]
    assert (changed.section, changed.wording.text, changed.origin.on) == (
        "agenda", "Vairs negribu uz tehnikumu", TODAY,
    )  # fmt: skip
    assert plan_of(person).review == date(2026, 12, 24)
    assert person.asked == "plan_next"


def test_everything_right_is_over_for_four_months(talks):
    person = planner(talks, a_goal("Tehnikums")).say("kad atgriezties", "izlaist", "jā", "nē")
    is_due(person, "check_in")
    assert person.asked == "check_right"
    before = plan_of(person)
    person.say("viss pareizi")
    assert "Pēc četriem mēnešiem" in said(person)
    assert plan_of(person) == before
    assert plan_of(person).check_in == TODAY


def test_who_keeps_nothing_is_told_what_a_reminder_needs(talks):
    person = planner(talks, a_goal("Tehnikums"), keeping="brief").say("kad atgriezties")
    assert "jāglabā" in said(person)
    assert plan_of(person).review is None


# --- others


def test_a_proposal_waits_and_is_taken_or_not(talks):
    person = planner(talks, a_goal("Tehnikums"))
    propose(person, a_step("Ēnu diena", activity="shadow"), note="Piesakās janvārī.")
    assert texts(person, PlanStep) == []
    assert "nekas nav mainīts" in said(person).lower()
    person.press("@plan:proposals")
    assert "Piesakās janvārī." in said(person)
    person.say("pieņemt")
    step = plan_of(person).of_kind(PlanStep)[0]
    assert (step.wording.text, step.owner, plan_of(person).proposals) == (
        "Ēnu diena",
        "counsellor",
        (),
    )


def test_of_several_proposals_one_is_named_by_its_number(talks):
    person = planner(talks, a_goal("Tehnikums"))
    for text in ("Viens", "Otrs"):
        propose(person, a_step(text))
    person.say("priekšlikumi", "2", "nepieņemt")
    assert [one.item.wording.text for one in plan_of(person).proposals] == ["Viens"]
    assert texts(person, PlanStep) == []


def test_after_a_stop_a_proposal_is_kept_and_nothing_is_said(talks):
    person = planner(talks, a_goal("Tehnikums")).say("stop")
    propose(person, a_step("Ēnu diena"))
    assert person.messages == ()
    assert len(plan_of(person).proposals) == 1
    person.say("turpināt", "priekšlikumi", "pieņemt")
    assert texts(person, PlanStep) == ["Ēnu diena"]


def test_a_counsellor_changes_nothing_of_the_person(talks):
    person = planner(talks, a_goal("Tehnikums"))
    goal = plan_of(person).of_kind(PlanGoal)[0]
    before = plan_of(person)
    work_on(person, PutItem(item=goal.model_copy(update={"by": LATER})))
    work_on(person, RemoveItem(id=goal.id))
    assert plan_of(person) == before


# --- whose plan


def test_an_adult_has_the_five_sections(talks):
    shown = outline(plan_of(planner(talks, who="adult")), talks.library.plan_form)
    assert [*shown][:5] == [
        "learning_goals", "work_experience", "prior_education", "skills", "measures",
    ]  # fmt: skip


def test_a_pupil_has_four_steps_and_a_parent_those_of_the_child(talks):
    for who in ("pupil_5_9", "pupil_10_12", "parent"):
        shown = outline(plan_of(planner(talks, who=who)), talks.library.plan_form)
        assert [*shown][:4] == ["strengths", "opportunities", "goals", "steps"]
    assert "bērna plāna melnraksts" in said(planner(talks, who="parent"))


def test_who_leaves_school_loses_nothing(talks):
    person = planner(talks, an_entry("strengths", "Matemātika"), a_goal("Tehnikums"))
    answers = tuple(
        one.model_copy(update={"value": "adult"}) if one.step == "who" else one
        for one in person.session.answers
    )
    person.session = person.session.model_copy(update={"answers": answers})
    person.say("izvēlne", "mans plāns")
    plan = plan_of(person)
    shown = outline(plan, talks.library.plan_form)
    assert plan.audience == "adult"
    assert [one.wording.text for one in shown["strengths"]] == ["Matemātika"]
    assert [one.wording.text for one in shown["learning_goals"]] == ["Tehnikums"]
    assert "Stiprās puses" in said(person)


def test_an_adult_writes_education_with_its_years_kind_and_paper(talks):
    person = planner(talks, who="adult").say("ierakstīt sadaļā", "iegūtā izglītība")
    assert "Kāda izglītība vai kursi jums ir?" in said(person)
    person.say("Rīgas 64. vidusskola", "2001–2004", "skolā", "Atestāts")
    entry = plan_of(person).of_kind(PlanEntry)[0]
    assert (entry.section, entry.years, entry.learning, entry.document) == (
        "prior_education", "2001–2004", "formal", "Atestāts",
    )  # fmt: skip


def test_what_is_private_is_sensitive_and_what_the_school_decides_says_so(talks):
    person = planner(talks).say("ierakstīt sadaļā", "dzīves apstākļi", "Dzīvoju pie vecmammas")
    person.say("ierakstīt sadaļā", "mācību plāns", "Fizika padziļināti")
    private, study = plan_of(person).of_kind(PlanEntry)
    assert (private.sensitive, study.needs_school) == (True, True)


@pytest.mark.parametrize(
    "words", ["gribu uztaisīt plānu", "kur mans plāns", "man vajag karjeras plānu"]
)
def test_who_asks_for_the_plan_at_the_menu_comes_to_it(talks, words):
    person = planner(talks).say("izvēlne", words)
    assert person.asked == "plan_next"


def test_at_another_question_the_plan_is_a_door_beside_it(talks):
    person = Person(talks, opening=None)
    person.session = planner(talks).say("izvēlne", "ko es jau varu").session
    person.give(Said(text="kur mans plāns"))
    assert any(one.pick == "@wish:career_plan" for one in person.messages[0].buttons)
    person.press("@wish:career_plan")
    assert person.asked == "plan_next"


def test_what_a_rule_and_interests_found_are_offers_with_origin(talks):
    person = planner(talks, who="adult").say("izvēlne", "atbalsts mācībām")
    person.answer(employed="yes", age=38, education="general_secondary")
    while person.question.form != "offer":
        person.pass_over()
    person.say("izvēlne", "kas man patīk")
    while person.question.form != "offer":
        person.press_button(person.question.buttons[len(person.answers) % 2 * 4])
    person.say("izvēlne", "mans plāns", "no sarunas")
    offered = next(one for one in person.events if isinstance(one, PlanShown)).offers
    origins = {(item.kind, item.origin.kind) for item in offered}
    assert {("decision", "rule"), ("portrait", "interests")} <= origins
    assert plan_of(person).items == ()
    person.say("visus")
    held = {(item.kind, item.origin.kind) for item in plan_of(person).items}
    assert held == origins
    assert "pašlaik nav ko" in said(person.say("no sarunas"))
