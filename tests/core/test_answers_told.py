"""What is told of the answers: those on the path, and none that a changed answer has left behind."""

from bot.core.dialogue.inputs import Commanded
from tests.doubles.person import Person

HARD, PAY = "Kā iet skolā? – Grūti", "Kas darbā ir svarīgākais? – Laba alga"


def told(person):
    """What the last turn listed of the answers."""
    listed = next(message.items for message in person.messages if message.step == "about_told")
    return [item.replace("\u00a0", " ") for item in listed]


def test_an_answer_off_the_path_is_not_told_and_comes_back_with_the_path(sample):
    person = Person(sample).answer(who="pupil_10_12", what_next="about")
    person.answer(school_now="hard", values=("pay",), obstacles=None)
    assert told(person) == [HARD, PAY]
    person.give(Commanded(word="change", about="who"))
    person.answer(who="adult")
    assert told(person) == [PAY]
    person.give(Commanded(word="change", about="who"))
    person.answer(who="pupil_10_12")
    assert told(person) == [HARD, PAY]
