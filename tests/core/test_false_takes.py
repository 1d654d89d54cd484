"""What is typed is never taken for more than it says: a wrong take is worse than a question.

Each table is a kind of false take, made of words that stand for many: a grade that is no age, a child or
anybody else who is not oneself, a question that is no answer, an option that is not shown.
"""

from itertools import product

import pytest

from bot.core.dialogue.inputs import Picked
from tests.core.talking import facts, heard, talk

GRADES = {
    "en": (
        "grade {}",
        "year {}",
        "form {}",
        "class {}",
        "I am in year {}",
        "I failed maths, grade {}",
    ),
    "lv": ("{}. klase", "esmu {}. klasē", "nenokārtoju eksāmenu, {}. klase", "klase {}", "{}. kl"),
    "ru": ("{} класс", "я в {} классе", "не сдал экзамен, {} класс", "класс {}"),
    "uk": ("{} клас", "я в {} класі", "не склала іспит, {} клас", "клас {}"),
}
CHILDREN = {
    "lv": ("dēls", "meita", "meitiņa", "mans puika", "mazdēls"),
    "en": ("my son", "my daughter", "my grandson"),
    "uk": ("син", "доця", "донька", "мій синочок", "онук"),
    "ru": ("сын", "дочка", "мой сынок", "внук"),
}
OF_GRADE = {
    "lv": ("{} nenokārtoja matemātikas eksāmenu, {}. klase", "{} ir {}. klasē"),
    "en": ("{} failed the maths exam, grade {}", "{} is in year {}"),
    "uk": ("{} не склав іспит з математики, {} клас", "{} у {} класі"),
    "ru": ("{} не сдал экзамен по математике, {} класс", "{} в {} классе"),
}
OTHERS = (
    "mana māsa mācās vidusskolā", "brālis pabeidza tehnikumu", "mans draugs ir 12. klasē un strādā",
    "draudzene ir 9. klasē", "klasesbiedrs pabeidza 9. klasi un strādā", "mamma ir bezdarbniece",
    "pazinu cilvēku, kas pabeidza augstskolu", "man vecāki šķiras un es nevaru tā dzīvot",
    "kaimiņiene ir pensionāre", "skolotāja teica, ka tas ir grūti", "tētim ir 45 gadi",
    "my sister is in grade 12", "my friend is 15 and works", "my parents are unemployed",
    "someone who works told me that", "брат учится в техникуме", "мой друг в 10 классе",
    "подруга працює в магазині", "мій брат у 11 класі", "сестре 20 лет",
)  # fmt: skip
ASKING = (
    ("exam_help", "exam_grade", "vai pēc 9. klases eksāmena var iet strādāt"),
    ("exam_help", "exam_grade", "kur var mācīties pēc 9. klases"),
    ("exam_help", "exam_grade", "pēc 9. klases kur var iet"),
    ("exam_help", "exam_grade", "can I work after grade 9"),
    ("exam_help", "exam_grade", "what happens in grade 12 exams"),
    ("exam_help", "exam_grade", "чи можна після 9 класу працювати"),
    ("exam_help", "exam_grade", "сколько экзаменов в 9 классе"),
    ("exam_help", "exam_grade", "можно ли после 9 класса работать"),
    ("exam_help", "exam_grade", "9. klasē var iet strādāt?"),
    ("paths", "standing", "vai Valmieras tehnikumā ir pavāri"),
    ("paths", "standing", "cik gadu jāmācās tehnikumā"),
    ("about_me", "school_now", "vai matemātika ir grūti"),
    ("start", "age_band", "vai 15 gados var strādāt"),
    ("start", "who", "kā ir mācīties tehnikumā"),
    ("esf_support", "age", "vai 45 gados var pieteikties"),
    ("esf_support", "age", "grade 9"),
    ("esf_support", "employed", "vai var pieteikties, kas strādā un ir pašnodarbināts?"),
)


def told(talks, *said):
    return facts(talk(talks, *said)[0])


@pytest.mark.parametrize(("language", "grade"), [*product(GRADES, (7, 9, 12))])
def test_a_grade_is_no_age_and_no_finished_school(talks, language, grade):
    for said in GRADES[language]:
        text = said.format(grade)
        assert not {"age", "age_band", "education"} & told(talks, text).keys(), text


@pytest.mark.parametrize(
    ("text", "who"),
    [("grade 9", "pupil_5_9"), ("I'm in form 9", "pupil_5_9"), ("year 12", "pupil_10_12")],
)
def test_a_grade_tells_who_somebody_is(talks, text, who):
    assert told(talks, text)["who"] == who


def test_the_grades_of_a_label_are_no_age(talks):
    assert told(talks, "Mācos 5.–9. klasē") == {"who": "pupil_5_9"}


def test_an_age_beside_a_grade_is_taken(talks):
    taken = told(talks, "esmu 9. klasē, man ir 15 gadi")
    assert (taken["who"], taken["age"]) == ("pupil_5_9", 15)


@pytest.mark.parametrize("language", CHILDREN)
def test_who_speaks_of_a_child_is_a_parent_of_its_grade(talks, language):
    for child, said in product(CHILDREN[language], OF_GRADE[language]):
        text = said.format(child, 9)
        kept = told(talks, text)
        assert kept.pop("standing", "grade_9") == "grade_9", text
        assert kept == {"who": "parent"}, text


@pytest.mark.parametrize("text", OTHERS)
def test_another_life_is_not_ones_own(talks, text):
    assert told(talks, text) == {}
    home = heard(talks, "menu", "what_next", text)
    assert not home.get("facts"), home


def test_somebody_elses_trouble_is_asked_about(talks):
    for text, wish in (
        ("mamma ir bezdarbniece", "lost_job"),
        ("brālim ir 20 gadu un viņš nestrādā", "not_in_work_or_school"),
        ("my friend dropped out of university", "resume_studies"),
    ):
        home = heard(talks, "menu", "what_next", text)
        assert (home["heard"], home["options"]) == ("ask", [wish])


@pytest.mark.parametrize(
    "text", ["iet par auklīti Anglijā", "strādāt Vācijā pēc skolas", "brauc uz Īriju mācīties"]
)
def test_an_aside_answers_no_question_nobody_asked(talks, text):
    assert not heard(talks, "menu", "what_next", text).get("facts")


@pytest.mark.parametrize(("flow", "step", "text"), ASKING)
def test_a_question_is_not_its_own_answer(talks, flow, step, text):
    assert heard(talks, flow, step, text)["heard"] != "answer"


@pytest.mark.parametrize(
    ("flow", "step", "text", "value"),
    [
        ("exam_help", "exam_grade", "9. klasē?", "grade_9"),
        ("about_me", "school_now", "kā kuru dienu", "mixed"),
        ("about_me", "school_now", "kā kurā dienā", "mixed"),
        ("start", "who", "esmu 9. klasē, ko man darīt?", "pupil_5_9"),
        ("start", "who", "domāju, ka mācos 9. klasē", "pupil_5_9"),
        ("start", "who", "думаю, что учусь в 9 классе", "pupil_5_9"),
        ("start", "who", "I work in a shop, what should I do", "adult"),
        ("start", "who", "nezinu, ko darīt, strādāju veikalā", "adult"),
        ("start", "age_band", "man ir 15, kur var strādāt", "from_13"),
        ("human", "human_situation", "kur atzīt diplomu", "qualification"),
    ],
)
def test_what_is_told_beside_a_question_is_taken(talks, flow, step, text, value):
    found = heard(talks, flow, step, text)
    assert found["heard"] == "answer"
    assert flow == "human" or found["value"] == value


def test_an_option_that_is_not_shown_is_never_taken(talks):
    pupil = ("Mācos 5.–9. klasē", "15", Picked(options=("keep",)), "ceļi pēc skolas")
    for text in ("Tehnikumā vai arodskolā", "mācos tehnikumā", "pabeidzu vidusskolu", "studēju"):
        session, _ = talk(talks, *pupil, text)
        assert "standing" not in facts(session), text
        shown = {"grade_5_6", "grade_7_8", "grade_9"}
        assert set(session.guesses) <= shown, text


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("esmu skolotāja", {"who": "other", "role": "teacher"}),
        ("I'm a teacher", {"who": "other", "role": "teacher"}),
        ("я учительница", {"who": "other", "role": "teacher"}),
        ("я роботодавець", {"who": "other", "role": "employer"}),
        ("pieņemu cilvēkus darbā", {"who": "other", "role": "employer"}),
        ("esmu uzņēmējs, gribu sūtīt darbinieku mācīties", {"who": "other", "role": "employer"}),
        ("I own a company and want to train my staff", {"who": "other", "role": "employer"}),
        ("у меня фирма, хочу обучить сотрудников", {"who": "other", "role": "employer"}),
        ("vecmāmiņa, gribu palīdzēt mazdēlam", {"who": "parent"}),
        ("grandmother, want to help my grandson", {"who": "parent"}),
        ("бабуся, хочу допомогти онукові", {"who": "parent"}),
        ("бабушка, хочу помочь внуку", {"who": "parent"}),
        ("kaut kas cits", {"who": "other"}),
        ("cits", {"who": "other"}),
        ("skolotāja", {"who": "other"}),
    ],
)
def test_who_says_what_they_are_is_taken_whole(talks, text, taken):
    assert told(talks, text) == taken


def test_the_days_are_named_by_their_number(talks):
    session, _ = talk(talks, "Strādāju", "18 vai vairāk", "180")
    assert facts(session)["keeping"] == "keep"
