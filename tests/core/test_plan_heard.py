"""What is typed at the plan is heard of the plan: of its items, by their numbers, and of what is to be done."""

import pytest

from bot.core.dialogue.inputs import Started
from bot.core.dialogue.plan_events import PlanShown
from bot.core.plan.items import PlanGoal, PlanStep
from tests.core.planning import plan_of, planner, said
from tests.doubles.plan_items import entry as an_entry
from tests.doubles.plan_items import goal as a_goal
from tests.doubles.plan_items import step as a_step

ITEMS = (
    a_goal("Tehnikums"),
    a_step("Piezvanīt tehnikumam"),
    a_step("Pagatavot vakariņas"),
    an_entry("strengths", "Matemātika"),
)


def told_of_oneself(person):
    """Return what is kept of who somebody is."""
    kept = ("who", "age", "age_band", "employed", "education")
    return {name: value for name, value in person.answers.items() if name in kept}


# --- a number is that of an item


@pytest.mark.parametrize(
    "words",
    [
        "labot 1", "labot 3", "labot 3. ierakstu", "izlabot 2", "izņemt 4", "mainīt 2. ierakstu",
        "edit 2", "remove 3", "виправити 1", "зміни 2 запис", "исправить 1", "исправь 3", "удалить 4",
    ],
)  # fmt: skip
def test_a_number_at_the_plan_is_no_age_and_no_class(talks, words):
    person = planner(talks, *ITEMS)
    before = told_of_oneself(person)
    person.say(words)
    assert (person.asked, told_of_oneself(person)) == ("edit_what", before)


def test_what_stands_at_the_number_is_what_is_mended(talks):
    person = planner(talks, *ITEMS).say("labot 3", "uzrakstīt citādi", "Uzcept kūku")
    changed = [one for one in plan_of(person).items if one.wording.text == "Uzcept kūku"]
    assert len(changed) == 1


def test_an_earlier_answer_is_still_mended_at_the_plan(talks):
    person = planner(talks, *ITEMS).say("nē, man ir 17")
    assert person.answers["age_band"] == "from_13"


@pytest.mark.parametrize("words", ["labot", "izlabot", "edit", "виправити", "исправить"])
def test_to_mend_at_the_plan_is_to_mend_the_plan(talks, words):
    person = planner(talks, *ITEMS).say(words)
    assert person.asked == "edit_number"


def test_to_change_is_still_to_change_an_answer(talks):
    assert "Kuru atbildi mainīt" in said(planner(talks, *ITEMS).say("mainīt"))


# --- what is done is said with its kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("piezvanīt uz tehnikumu", "talk"), ("parunat ar konsultantu", "talk"),
        ("позвонить на курсы", "talk"), ("подзвонити до технікуму", "talk"),
        ("call the school", "talk"), ("uzrakstit cv", "other"), ("написать резюме", "other"),
        ("aiziet uz atverto durvju dienu", "visit"), ("pieteikties metināšanas kursos", "apply"),
        ("sakravāt somu ekskursijai", "other"), ("satikt 2 draugus", "talk"),
        ("novilkt mājās internetu", "other"),
    ],
)  # fmt: skip
def test_a_step_may_be_said_where_its_kind_is_asked(talks, words, kind):
    person = planner(talks, a_goal("Viens"), a_goal("Otrs")).say("jauns solis", words)
    assert person.answers["step_activity"] == kind
    assert person.answers["step_words"] == words
    assert person.asked == "step_goal"


@pytest.mark.parametrize(
    "word", ["piezvanīt", "parunāt", "kas cits", "Parunāt ar kādu", "mācīties"]
)
def test_the_kind_alone_is_not_the_step(talks, word):
    person = planner(talks).say("jauns solis", word)
    assert person.asked == "step_words"


@pytest.mark.parametrize(
    "words", ["kas ir ēnošana?", "nezinu", "izvēlne", "atpakaļ", "gribu nomirt"]
)
def test_what_is_no_step_is_none(talks, words):
    person = planner(talks).say("jauns solis", words)
    assert "step_words" not in person.answers


# --- a wish is offered as a goal, and what was lived through as an entry


WISHES = [
    "gribu kļut par pavaru", "gribu kļūt par pavāru", "I want to become a welder", "хочу стати зварником",
    "хочу стать сварщиком", "nopelniju vairak naudas tas mans merkis", "mans mērķis ir nopelnīt mopēdam",
]  # fmt: skip


@pytest.mark.parametrize("words", WISHES)
def test_a_wish_said_at_the_plan_is_offered_as_a_goal(talks, words):
    person = planner(talks, *ITEMS).say(words)
    assert person.session.stack[-1] == "plan"
    (asked,) = [message for message in person.messages if message.kind == "ask"]
    assert [one.pick for one in asked.buttons][:1] == ["new_goal"]
    person.press("new_goal")
    assert person.answers["goal_words"] == words
    assert person.asked == "goal_day"
    person.say("vēl nezinu", "izlaist")
    assert words in said(person)


def test_who_agrees_in_words_has_said_it_too(talks):
    person = planner(talks).say("gribu kļūt par pavāru", "jā")
    assert person.answers["goal_words"] == "gribu kļūt par pavāru"


def test_words_that_are_not_meant_as_a_goal_are_forgotten(talks):
    person = planner(talks).say("gribu kļūt par pavāru", "neviens no šiem", "jauns mērķis")
    assert person.asked == "goal_words"


@pytest.mark.parametrize(
    "words",
    [
        "запиши что я два года работал на стройке",
        "pieraksti ka es divus gadus strādāju celtniecībā",
    ],
)
def test_what_is_to_be_written_down_is_offered_as_an_entry(talks, words):
    person = planner(talks, who="adult")
    before = told_of_oneself(person)
    person.say(words)
    assert person.session.guesses == ("into_section",)
    person.press("into_section").say("darba pieredze")
    assert person.answers["entry_words"] == words
    assert told_of_oneself(person) == before


@pytest.mark.parametrize("words", ["gribu pielikt jaunu mērķi", "jauns merkis", "add a goal"])
def test_to_add_a_goal_is_not_its_words(talks, words):
    assert planner(talks, *ITEMS).say(words).asked == "goal_words"


@pytest.mark.parametrize("words", ["mans plāns", "kur ir mans plāns", "parādi planu", "мой план"])
def test_the_plan_asked_for_at_the_plan_is_shown(talks, words):
    person = planner(talks, *ITEMS).say(words)
    assert any(isinstance(one, PlanShown) for one in person.events)


def test_what_a_goal_asks_is_not_a_question_of_knowledge(talks):
    assert planner(talks, *ITEMS).say("ko prasa 1. mērķis").session.stack[-1] == "plan_goal_asks"


# --- what one will not be tells nothing of one's work


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("parent", "es neesmu vecaks es esmu skolotaja"),
        ("pupil_10_12", "ja nu es negribu par pavaru"),
        ("adult", "es vairs negribu būt par pārdevēju"),
        ("pupil_10_12", "I don't want to be a cook"),
        ("pupil_10_12", "я не хочу бути кухарем"),
        ("pupil_10_12", "а если я не хочу быть поваром"),
    ],
)
@pytest.mark.parametrize("where", ["mans plāns", "izvēlne"])
def test_who_will_not_be_something_may_well_work(talks, who, words, where):
    person = planner(talks, *ITEMS, who=who).say(where)
    person.say(words)
    assert "employed" not in person.answers


# --- how it was, and how sure one is


def trying(talks):
    return planner(talks, a_goal("Metinātājs"), a_step("Izmēģināt metināšanu", activity="try")).say(
        "solis izdarīts"
    )


@pytest.mark.parametrize(
    "words",
    [
        "bija forši bet grūti",
        "nu bija interesanti un patika",
        "было классно, но тяжело",
        "it was fun but hard",
    ],
)
def test_a_longer_word_on_how_it_was_is_asked_and_kept(talks, words):
    person = trying(talks).say(words)
    assert "was_as_thought" not in person.answers
    person.press("partly")
    assert (person.answers["was_as_thought"], person.answers["surprised"]) == ("partly", words)
    assert person.asked == "sure_now"


@pytest.mark.parametrize(("words", "kept"), [("jā", "yes"), ("daļēji", "partly"), ("нет", "no")])
def test_a_short_word_on_how_it_was_is_taken(talks, words, kept):
    person = trying(talks).say(words)
    assert (person.answers["was_as_thought"], person.asked) == (kept, "surprised")


SURE = [
    ("drosak", 4), ("drošāk", 4), ("neesmu drosa", 2), ("neesmu drošs", 2), ("esmu pilnigi drosa", 5),
    ("esmu diezgan droša", 4), ("скоріше впевнена", 4), ("не впевнена", 2), ("совсем не уверена", 1),
    ("абсолютно уверен", 5), ("not sure", 2), ("completely sure", 5), ("pretty sure", 4),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kept"), SURE)
def test_how_sure_one_is_may_be_said_in_words(talks, words, kept):
    tried = trying(talks).say("jā", "izlaist", words)
    written = planner(talks).say("jauns mērķis", "Metinātājs", "vēl nezinu", words)
    step, goal = plan_of(tried).of_kind(PlanStep)[0], plan_of(written).of_kind(PlanGoal)[0]
    assert [[one.value for one in item.sure] for item in (step, goal)] == [[kept], [kept]]


# --- below the table


@pytest.mark.parametrize("word", ["nē", "no", "ні", "нет", "neko"])
def test_a_no_below_the_table_is_enough(talks, word):
    person = planner(talks, *ITEMS).say("ko prasa mērķis", word)
    assert person.asked == "plan_next"


@pytest.mark.parametrize(
    ("words", "flow"),
    [
        ("jauns merkis", "plan_goal"),
        ("ko prasa merkis", "plan_goal_asks"),
        ("новая цель", "plan_goal"),
    ],
)
def test_what_can_be_done_at_the_plan_is_heard_below_it(talks, words, flow):
    person = planner(talks, *ITEMS).say("ko prasa mērķis", words)
    assert person.session.stack[-1] == flow
    assert "Nesapratu" not in said(person)


def test_the_plan_is_shown_in_the_middle_of_a_question(talks):
    person = planner(talks, *ITEMS).say("jauns mērķis", "Metinātājs", "parādi plānu")
    assert any(isinstance(one, PlanShown) for one in person.events)
    assert person.asked == "goal_day"


# --- where one is asked about oneself


@pytest.mark.parametrize("word", ["nē", "no", "ні", "нет"])
def test_a_no_is_no_strength(talks, word):
    person = planner(talks)
    person.give(Started(flow="about_me"))
    person.say(word)
    assert person.answers["strengths"] is None


@pytest.mark.parametrize(
    "words", ["mans plāns", "mans plans", "parādi plānu", "my plan", "мій план", "мой план"]
)
def test_the_plan_asked_for_is_no_strength(talks, words):
    person = planner(talks)
    person.give(Started(flow="about_me"))
    person.say(words)
    assert "strengths" not in person.answers
    assert any(one.pick == "@wish:career_plan" for one in person.messages[0].buttons)


@pytest.mark.parametrize(
    "words", ["plānošana", "darbs ar bērniem", "plānot ceļojumus", "nē, bet zīmēju"]
)
def test_a_strength_stays_one(talks, words):
    person = planner(talks)
    person.give(Started(flow="about_me"))
    assert person.say(words).answers["strengths"] == words


def test_a_door_that_is_only_offered_is_not_said_to_be_gone_through(talks):
    person = planner(talks).say("izvēlne", "ko es jau varu")
    asked = person.asked
    for _ in range(3):
        person.say("kur mans plāns")
        assert "Plānu var atvērt ar šo pogu" in said(person)
    assert person.asked == asked


@pytest.mark.parametrize(
    "words",
    ["я позвонил", "pagatavoju vakariņas", "piezvanīju tehnikumam", "подзвонила", "I called them"],
)
def test_what_was_done_is_a_step_that_is_done(talks, words):
    person = planner(talks, *ITEMS).say(words)
    assert person.asked == "done_number"


@pytest.mark.parametrize(
    "words",
    ["gribu parunāt ar cilvēku", "I want to talk to a human", "хочу поговорить с человеком"],
)
def test_who_asks_for_a_human_comes_to_one(talks, words):
    assert planner(talks).say("jauns solis", words).asked == "human_situation"


# --- what can be written in the plan is wished for at any question of another flow


NEW_IN_PLAN = [
    ("jauns merkis", "new_goal"), ("jauns mērķis", "new_goal"), ("gribu jaunu mērķi", "new_goal"), ("new goal", "new_goal"),
    ("нова мета", "new_goal"), ("новая цель", "new_goal"), ("jauns solis", "new_step"), ("добавить шаг", "new_step"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "wish"), NEW_IN_PLAN)
@pytest.mark.parametrize("flow", ["paths", "interests", "esf_support", "skills"])
def test_something_new_in_the_plan_is_offered_at_another_question(talks, flow, words, wish):
    person = planner(talks)
    person.give(Started(flow=flow))
    asked = person.asked
    person.say(words)
    assert (person.asked, person.session.tries) == (asked, 0)
    assert [one.pick for one in person.messages[0].buttons] == [f"@wish:{wish}"]


def test_what_is_being_written_is_not_offered_again(talks):
    person = planner(talks).say("jauns mērķis", "jauns mērķis")
    assert person.kinds == ["ask"]
    assert "goal_words" not in person.answers
