"""A class that looks at its interests together: joined by a code, told only as a whole."""

import json

import pytest

from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.indicators.class_report import BEGUN, make_report
from bot.ports.records import Update
from bot.service.class_runs import begin_class, class_code, report_class
from bot.service.conversations import DurableConversations

DAY = 86_400_000


@pytest.fixture
def kept(sample, store):
    return DurableConversations(sample, store)


@pytest.fixture
def code(kept):
    return begin_class(kept.store, "9.b", kept.at(), 30)


def noted(kept, code):
    """What was noted of a class, as (kind, letters)."""
    return [(note.kind, note.letters) for note in kept.store.class_notes.notes_of(code)]


class Pupil:
    """A conversation of its own, a turn at a time."""

    def __init__(self, kept, key):
        self.kept, self.key, self.number = kept, key, 0

    def give(self, given):
        self.number += 1
        update = Update("web", self.key, f"{self.key}:{self.number}", self.kept.at())
        return self.kept.take_turn(update, given)[1].messages

    def pick(self, *options):
        return self.give(Picked(options=options))

    def state(self):
        return json.loads(self.kept.store.conversations.load(self.key).state)


LIKES = {"S": "much", "A": "rather", "I": "unsure", "R": "little", "E": "little", "C": "never"}


def finished(pupil, opening, likes=LIKES):
    """Go from the opening to the portrait; the clock stands still, so haste is asked about."""
    letters = pupil.kept.dialogue.library.interests.letters
    messages = pupil.give(opening)
    while (ask := messages[-1]).step in letters:
        messages = pupil.pick(likes[letters[ask.step]])
    assert ask.step == "likes_quick"
    return pupil.pick("mine")


def new(kept, number, code):
    pupil = Pupil(kept, f"pupil{number}")
    pupil.give(Started())
    pupil.pick("pupil_5_9")
    pupil.pick("from_13")
    pupil.pick("brief")
    return pupil, Started(class_code=code)


def test_a_typed_code_joins_however_it_is_typed(kept, code):
    for number, typed in enumerate((code, code.lower(), code.replace("-", ""), f" {code} ")):
        pupil = Pupil(kept, f"typed{number}")
        pupil.give(Started())
        told = pupil.give(Said(text=typed))
        assert pupil.state()["class_code"] == code
        assert told[0].text.startswith("Šo dara visa klase.")
    assert noted(kept, code) == [("begun", "")] * 4


def test_words_like_a_code_are_words(kept, code):
    pupil = Pupil(kept, "words")
    pupil.give(Started())
    pupil.give(Said(text="AAA-AAA"))
    assert "class_code" not in pupil.state()
    assert noted(kept, code) == []


def test_a_new_pupil_answers_the_first_questions_before_the_activities(kept, code):
    pupil = Pupil(kept, "new")
    told = pupil.give(Started(class_code=code))
    assert told[-1].step == "who"
    pupil.pick("pupil_5_9")
    pupil.pick("from_13")
    assert pupil.pick("brief")[-1].form == "faces"


def test_a_profile_is_noted_once_and_without_whose_it_is(kept, code):
    pupil, opening = new(kept, 1, code)
    finished(pupil, opening)
    pupil.pick("try_again")
    assert noted(kept, code) == [("begun", ""), ("finished", "SA")]
    pupil.give(opening)
    assert noted(kept, code) == [("begun", ""), ("finished", "SA")]
    kept.store.people.forget(pupil.key, 9000)
    assert noted(kept, code) == [("begun", ""), ("finished", "SA")]


def test_without_a_class_nothing_is_noted(kept, code):
    pupil, _ = new(kept, 1, code)
    finished(pupil, Started(flow="interests"))
    assert noted(kept, code) == []


def test_a_class_of_seven_is_told_by_fives(kept, code):
    for number in range(7):
        likes = LIKES if number < 5 else LIKES | {"C": "much", "S": "never"}
        pupil, opening = new(kept, number, code)
        finished(pupil, opening, likes)
    name, told = report_class(kept.store, code.lower(), kept.at())
    assert name == "9.b"
    assert told.model_dump() == {
        "begun": 7,
        "counted": 5,
        "leading": {"R": None, "I": None, "A": 5, "S": 5, "E": None, "C": None},
    }


def test_one_more_changes_nothing_that_can_be_told_apart():
    """The difference of two reports never is one person's."""
    noted = [BEGUN] * 12 + ["SA"] * 5
    for word in ("SA", "CE", "RIE", "SA"):
        noted.append(word)
        assert make_report(noted) == make_report(noted[:17])
    noted.append("SA")
    assert make_report(noted).counted == 10
    assert make_report(noted).leading["S"] == 8


def test_fewer_than_five_are_not_told_at_all():
    told = make_report([BEGUN] * 4 + ["SA"] * 4)
    assert told.begun is None
    assert told.counted == 0
    assert set(told.leading.values()) == {None}


def test_a_code_runs_out(kept):
    code = begin_class(kept.store, "9.b", kept.at() - 31 * DAY, 30)
    assert class_code(kept.store, code, kept.at()) is None
    assert report_class(kept.store, code, kept.at()) is None
