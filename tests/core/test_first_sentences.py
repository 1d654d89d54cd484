"""What somebody says first tells who they are: it is taken, said back in one line, and leads to what fits."""

import pytest

from bot.core.dialogue.events import Answered, FactsTold, KnowledgeTold
from tests.core.talking import of_kind
from tests.doubles.person import Person

# who, what else is kept, and the wish that is taken up after the first questions ("" for none)
PUPIL, LATER, WORKS, OUT, PARENT = "pupil_5_9", "pupil_10_12", "adult", "seeking", "parent"
NINTH, TWELFTH = {"standing": "grade_9"}, {"standing": "grade_10_12"}
SENTENCES = {
    "lv": [
        ("es macos devitaja klase un nezinu ko talak", PUPIL, NINTH, "help_choose"),
        ("Man ir 15 gadi, mācos 9. klasē, nezinu, kur stāties", PUPIL, {**NINTH, "age": 15}, "help_choose"),
        ("esmu 7.klasē kas man būtu jādara", PUPIL, {"standing": "grade_7_8"}, ""),
        ("mācos 12. klasē un nezinu ko studēt", LATER, TWELFTH, "help_choose"),
        ("esmu 11 klasē un gribu saprast kas man der", LATER, TWELFTH, "what_suits_me"),
        ("man ir 16, mācos tehnikumā par automehāniķi un man nepatīk", LATER, {"age": 16}, ""),
        ("sveiki, es esmu Anna, man 17 un es mācos 11. klasē", LATER, {**TWELFTH, "age": 17}, ""),
        ("mana meita mācās 9. klasē un nezina, ko grib", PARENT, NINTH, "child_choice"),
        ("esmu mamma, bērns 6. klasē", PARENT, {"standing": "grade_5_6"}, "child_choice"),
        ("man ir 38 gadi, strādāju veikalā un gribu mainīt darbu", WORKS, {"age": 38}, "change_work"),
        ("stradaju par pavaru jau 10 gadus, apnicis", WORKS, {}, ""),
        ("mani atlaida no darba un nezinu ko tagad", OUT, {}, "lost_job"),
        ("zaudēju darbu pirms mēneša", OUT, {}, "lost_job"),
        ("nekur nestrādāju un nemācos, 19 gadi", OUT, {"age": 19}, "not_in_work_or_school"),
        ("nesen pārcēlos uz Latviju un meklēju darbu", OUT, {}, ""),
        ("esmu bēgle no Ukrainas, nesen atbraucu", "other", {}, ""),
        ("esmu bērna kopšanas atvaļinājumā un domāju par jaunu profesiju", "other", {}, "learn_as_adult"),
    ],
    "en": [
        ("I'm in grade 9 and don't know what next", PUPIL, NINTH, "help_choose"),
        ("I am 15 and in year 9, don't know what to choose", PUPIL, {**NINTH, "age": 15}, "help_choose"),
        ("I'm in grade 12 and not sure what to study", LATER, TWELFTH, ""),
        ("11th grader here, what suits me?", LATER, TWELFTH, "what_suits_me"),
        ("my daughter is in grade 9 and doesn't know what she wants", PARENT, NINTH, "child_choice"),
        ("I am 38, work in a shop and want to change my job", WORKS, {"age": 38}, "change_work"),
        ("I was fired and don't know what to do now", OUT, {}, "lost_job"),
        ("I don't work or study, I'm 19", OUT, {"age": 19}, "not_in_work_or_school"),
        ("I just moved to Latvia and look for a job", OUT, {}, ""),
        ("I'm a university student and want to quit", "other", {"role": "student"}, ""),
    ],
    "uk": [
        ("я вчуся в 9 класі і не знаю, що далі", PUPIL, NINTH, "help_choose"),
        ("мені 15, я в 9 класі, не знаю що обрати", PUPIL, {**NINTH, "age": 15}, "help_choose"),
        ("я в 12 класі і не знаю на кого вчитися", LATER, TWELFTH, "help_choose"),
        ("син закінчує 9 клас, як допомогти", PARENT, NINTH, "child_choice"),
        ("мені 38, працюю в магазині, хочу змінити роботу", WORKS, {"age": 38}, "change_work"),
        ("мене звільнили з роботи, не знаю що робити", OUT, {}, "lost_job"),
        ("не працюю і не вчуся, мені 19", OUT, {"age": 19}, "not_in_work_or_school"),
        ("я біженка з України, недавно приїхала", "other", {}, ""),
    ],
    "ru": [
        ("я учусь в 9 классе и не знаю, что дальше", PUPIL, NINTH, "help_choose"),
        ("мне 15, я в 9 классе, не знаю что выбрать", PUPIL, {**NINTH, "age": 15}, "help_choose"),
        ("я в 12 классе и не знаю на кого учиться", LATER, TWELFTH, "help_choose"),
        ("сын заканчивает 9 класс, как помочь", PARENT, NINTH, "child_choice"),
        ("мне 38, работаю в магазине, хочу сменить работу", WORKS, {"age": 38}, "change_work"),
        ("меня уволили с работы, не знаю что делать", OUT, {}, "lost_job"),
        ("не работаю и не учусь, мне 19", OUT, {"age": 19}, "not_in_work_or_school"),
        ("я беженка из Украины, недавно приехала", "other", {}, ""),
    ],
}  # fmt: skip
FIRST = [(language, *one) for language, said in SENTENCES.items() for one in said]


@pytest.mark.parametrize(("language", "words", "who", "more", "wish"), FIRST)
def test_a_first_sentence_is_taken_and_said_back(talks, language, words, who, more, wish):
    person = Person(talks, language).say(words)
    assert person.answers.items() >= {"who": who, **more}.items()
    assert person.session.wish == wish
    answered = any(one.step == "who" and one.said_back for one in of_kind(person.events, Answered))
    told = any(
        step == "who" for one in of_kind(person.events, FactsTold) for _, step, _ in one.answers
    )
    assert answered or told
    assert not of_kind(person.events, KnowledgeTold)
