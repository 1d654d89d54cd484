"""Days of the plan in a talk: taken, asked about, said back; never taken silently, never promised too late."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.events import Answered, Refused
from bot.core.flows.steps import Day
from bot.core.nlu.days_ahead import read_days_ahead
from bot.core.plan.items import PlanGoal, PlanStep
from bot.service.conversations import Dialogue
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.phrases import PHRASES
from tests.core.planning import LATER, SOON, plan_of, planner, said
from tests.doubles.clocks import TODAY, SetClock
from tests.doubles.plan_items import goal as a_goal
from tests.doubles.plan_items import step as a_step

JUNE_1, JUNE_30 = date(2027, 6, 1), date(2027, 6, 30)
KEPT = TODAY + timedelta(days=180)  # the last day that a plan is surely kept until
# how each question for a day of the plan is come to, without an answer to it
QUESTIONS = {
    "goal_day": ("jauns mērķis", "Tehnikums"),
    "step_day": ("jauns solis", "kas cits", "Piezvanīt"),
    "move_day": ("pārcelt soli",),
    "new_day": ("labot 1", "cita diena"),
    "review_day": ("kad atgriezties",),
}
EVENTS = ("apmeklēt", "ēnot", "parunāt ar kādu", "olimpiāde", "konkurss")


def asked(talks, question, *, keeping="keep"):
    """Return somebody at one of the questions for a day."""
    person = planner(talks, a_step("Viens", on=SOON), keeping=keeping).say(*QUESTIONS[question])
    assert person.asked == question
    return person


def days_offered(person):
    """Return the days on the buttons of what was asked last."""
    return [button.pick for button in person.messages[-1].buttons if button.pick != "@skip"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_of_a_stretch_the_first_and_the_last_day_are_asked_about(talks, question):
    person = asked(talks, question).say("jūnijā")
    assert person.asked == question
    assert days_offered(person) == [JUNE_1.isoformat(), JUNE_30.isoformat()]
    assert person.messages[-1].buttons[-1].pick == "@skip"  # who does not know yet can say so
    assert not any(isinstance(event, Answered) for event in person.events)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("sākumā", JUNE_1), ("beigās", JUNE_30), ("at the end", JUNE_30), ("на початку", JUNE_1), ("в конце", JUNE_30),
        ("15. jūnijā", date(2027, 6, 15)), ("līdz jūlijam", date(2027, 7, 1)), ("rīt", TODAY + timedelta(days=1)),
    ],
)  # fmt: skip
def test_it_is_answered_by_an_end_or_by_any_day(talks, question, answer, day):
    person = asked(talks, question).say("jūnijā", answer)
    assert (question, day) in days_taken(person)


def days_taken(person):
    """Return what a turn took as days, by their questions."""
    return [
        (event.step, date.fromisoformat(event.value))
        for event in person.events
        if isinstance(event, Answered) and event.value
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_answered_by_a_button_once(talks, question):
    person = asked(talks, question).say("jūnijā")
    last = days_offered(person)[-1]
    person.press(last)
    assert days_taken(person) == [(question, JUNE_30)]
    assert person.asked != question


def test_a_button_of_a_day_is_good_after_other_words_too(talks):
    person = asked(talks, "goal_day").say("jūnijā", "kaut kad")
    assert person.session.guesses == ()
    person.press(JUNE_30.isoformat())  # in Telegram it still stands above
    assert days_taken(person) == [("goal_day", JUNE_30)]


@pytest.mark.parametrize("pressed", [TODAY - timedelta(days=1), date(2101, 1, 1)])
def test_a_button_of_a_day_that_is_over_by_now_is_no_answer(talks, pressed):
    person = asked(talks, "goal_day").press(pressed.isoformat())
    assert person.asked == "goal_day"
    assert days_taken(person) == []


@pytest.mark.parametrize("pressed", ["nothing", "2027-02-31", "goal_3"])
def test_a_button_that_is_no_day_is_no_answer(talks, pressed):
    assert asked(talks, "goal_day").press(pressed).asked == "goal_day"


def test_a_no_to_a_day_asks_again_and_a_yes_takes_it(talks):
    person = asked(talks, "goal_day").say("15")
    assert "15.12.2026?" in said(person)
    assert "[Neviens no šiem]" not in said(person)
    assert asked(talks, "goal_day").say("15", "nē").session.guesses == ()
    assert days_taken(asked(talks, "goal_day").say("15", "jā")) == [
        ("goal_day", date(2026, 12, 15))
    ]


def test_where_days_are_asked_about_a_number_is_a_day_and_no_button(talks):
    person = asked(talks, "goal_day").say("jūnijā", "2")
    assert days_offered(person) == ["2026-12-02"]


@pytest.mark.parametrize("activity", EVENTS)
def test_what_happens_in_a_month_is_not_planned_for_its_last_day(talks, activity):
    person = planner(talks).say("jauns solis", activity, "Pasākums", "jūnijā")
    assert person.asked == "step_day"
    assert plan_of(person).of_kind(PlanStep) == ()


@pytest.mark.parametrize("activity", EVENTS)
@pytest.mark.parametrize(
    "words",
    ["līdz jūnijam", "līdz jūnija sākumam", "pirms jūnija", "by June", "до червня", "до июня"],
)
def test_what_is_due_until_a_month_is_reminded_of_before_it(talks, activity, words):
    person = planner(talks).say("jauns solis", activity, "Pasākums", words, "jā")
    (step,) = plan_of(person).of_kind(PlanStep)
    assert step.on <= JUNE_1
    assert step.remind


def test_a_goal_by_the_end_of_a_month_is_its_last_day(talks):
    person = asked(talks, "goal_day").say("jūnija beigās")
    assert days_taken(person) == [("goal_day", JUNE_30)]
    assert "Sapratu tā: 30.06.2027." in said(person)


# --- said back


@pytest.mark.parametrize("keeping", ["keep", "brief"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_day_that_was_worked_out_is_told_in_the_same_turn(talks, question, keeping):
    if question == "review_day" and keeping == "brief":
        return  # nobody comes back there
    person = asked(talks, question, keeping=keeping).say("pēc gada")
    assert "24.11.2027." in said(person)


@pytest.mark.parametrize("keeping", ["keep", "brief"])
def test_what_was_added_is_told_with_its_day(talks, keeping):
    person = asked(talks, "goal_day", keeping=keeping).say("līdz vasarai", "izlaist")
    assert "Ierakstīts: Tehnikums – līdz 01.06.2027." in said(person)
    assert plan_of(person).of_kind(PlanGoal)[0].by == JUNE_1


# --- what cannot be planned


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("pēc 99999999999 dienām", "far"), ("pēc 500 gadiem", "far"), ("in 9999 weeks", "far"), ("01.01.2101", "far"),
        ("pēc 0 dienām", "past"), ("pēc -5 dienām", "past"), ("vakar", "past"), ("2 weeks ago", "past"), ("24.10.2026", "past"),
        ("31.02.", "no_day"), ("99.99.2027", "no_day"), ("pēc dažām nedēļām", "date"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_planned_is_answered_and_nothing_lost(talks, question, words, reason):
    person = asked(talks, question)
    plan = plan_of(person)
    person.say(words)
    refused = [event.reason for event in person.events if isinstance(event, Refused)]
    assert (person.asked, refused, plan_of(person)) == (question, [reason], plan)
    first = TODAY + timedelta(days=question == "review_day")
    if reason in {"far", "past"}:  # with the days that can be
        assert all(show_date(day, "lv") in said(person) for day in (first, date(2100, 12, 31)))


@pytest.mark.parametrize("words", ["šodien", "today", "24.11.", "24.11.2026"])
def test_today_is_too_early_to_come_back_and_early_enough_for_a_step(talks, words):
    assert asked(talks, "review_day").say(words).asked == "review_day"
    assert days_taken(asked(talks, "step_day").say(words)) == [("step_day", TODAY)]


def test_of_a_stretch_that_has_begun_only_what_is_left_is_asked_about(talks):
    assert days_offered(asked(talks, "step_day").say("novembrī")) == ["2026-11-24", "2026-11-30"]
    assert days_offered(asked(talks, "review_day").say("novembrī")) == ["2026-11-25", "2026-11-30"]


# --- how long a plan is kept


@pytest.mark.parametrize(("ahead", "told"), [(0, False), (1, True), (400, True)])
def test_a_day_to_come_back_beyond_what_is_kept_is_told_to_be_so(talks, ahead, told):
    day = KEPT + timedelta(days=ahead)
    person = asked(talks, "review_day").say(f"{day:%d.%m.%Y}")
    assert plan_of(person).review == day
    assert ("Plāns pazūd 180 dienas pēc pēdējās ziņas" in said(person)) is told


@pytest.mark.parametrize(
    ("ahead", "answer", "told"), [(1, "jā", True), (0, "jā", False), (1, "nē", False)]
)
def test_so_is_a_reminder_of_a_step(talks, ahead, answer, told):
    day = KEPT + timedelta(days=ahead)
    person = asked(talks, "step_day").say(f"{day:%d.%m.%Y}", answer)
    assert ("Plāns pazūd 180 dienas" in said(person)) is told


def test_and_a_step_that_is_moved_beyond_it(talks):
    step = a_step("Viens", on=LATER, remind=True)
    person = planner(talks, step).say("pārcelt soli", "pēc gada")
    assert "Plāns pazūd 180 dienas" in said(person)
    assert "Plāns pazūd 180 dienas" not in said(person.say("labot 1", "uzrakstīt citādi", "Divi"))


def test_who_is_not_kept_is_not_asked_when_to_come_back(talks):
    person = planner(talks, a_goal("Tehnikums"), keeping="brief").press("@plan:review")
    person.say("nekas")
    assert person.asked != "back_next"
    assert plan_of(person).review is None


# --- examples


@given(today=st.dates(date(2000, 1, 1), date(2090, 12, 31)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_example_of_a_day_is_always_ahead_and_understood(talks, today):
    for language in LANGUAGES:
        words = Localizer(talks.library, talks.catalogues[language], "jus", today)
        read = read_days_ahead(words.example_day, talks.library.number_words, today)
        assert read.form == "written"
        assert read.days[0] > today


@pytest.mark.parametrize("today", [TODAY, date(2027, 7, 1), date(2031, 12, 31)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_shows_a_day_that_would_be_taken(loaded, talks, language, today):
    later = Dialogue(loaded.library, talks.catalogues, SetClock(), today)
    person = asked(later, "goal_day")
    person.session = person.session.model_copy(update={"language": language})
    for words in ("pēc dažām nedēļām", "31.02."):
        person.say(words)
        shown = next(one.text for one in person.messages if one.kind == "refuse")
        example = shown.split(":")[1].strip(" .\u00a0").replace("\u00a0", " ")
        assert days_taken(asked(later, "goal_day").say(example))[0][1] > today


QUOTED = re.compile(r"[„“«](.+?)[”»]")


def examples(hint):
    """Return what a hint gives as examples: what stands in quotes, and what goes before them."""
    listed = hint.split(":", 1)[1]
    first = re.split(r",| vai | or | або | или |[„“«]|\. ", listed)[0]
    return [one for one in (first.strip(" .\u00a0"), *QUOTED.findall(listed)) if one]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_in_a_hint_for_a_day_is_taken_on_any_day(loaded, talks, language):
    hints = {
        step.id: talks.catalogues[language].say(step.hint)
        for step in loaded.library.steps.values()
        if isinstance(step, Day) and step.ahead and step.hint is not None
    }
    assert hints
    for hint in hints.values():
        assert len(examples(hint)) >= 2
        for month in range(1, 13):
            today = date(2029, month, 28)
            for example in examples(hint):
                read = read_days_ahead(example, loaded.library.number_words, today, until=True)
                assert read is not None, (hint, example)
                assert len(read.days) == 1, (hint, example)
                assert read.days[0] >= today


DATED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2,8} \d{4}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_ours_holds_a_day_that_will_be_past(loaded, talks, language):
    """What the content tells of a year is checked by its review day; an example has none."""
    catalogue = talks.catalogues[language]
    forms = [step.hint for step in loaded.library.steps.values() if getattr(step, "hint", None)]
    for text in (*PHRASES.values(), *forms):
        for register in ("tu", "jus"):
            assert not DATED.search(catalogue.translated(text, register)), text
