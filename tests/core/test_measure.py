"""The interest questions in a conversation: which are asked, what is made of them, and again."""

from datetime import UTC, datetime

import pytest

from bot.core.dialogue.activities import open_page
from bot.core.dialogue.events import Asked, OccupationShown, ProfileShown
from bot.core.dialogue.inputs import Commanded, PageAnswered, Said, Started
from bot.core.dialogue.session import Answer
from bot.core.interests.next_item import MOST_ITEMS
from bot.core.interests.scoring import score
from tests.doubles.clocks import SetClock
from tests.doubles.person import Person
from tests.doubles.sample import sample_talks

BEGUN = datetime(2026, 11, 24, 8, tzinfo=UTC)
FACES = ("never", "little", "unsure", "rather", "much")


class Taker(Person):
    """Goes through the flow, a turn every `pace` seconds."""

    def __init__(self, pace=4.0):
        clock = SetClock(BEGUN, stride=pace)
        super().__init__(sample_talks(clock), opening=Started(flow="interests"))
        self.bank = self.talks.library.interests

    @property
    def open(self):
        return next(e.step for e in reversed(self.events) if isinstance(e, Asked))

    @property
    def options(self):
        return next(e.options for e in reversed(self.events) if isinstance(e, Asked))

    @property
    def item(self):
        return self.open if self.open in self.bank.items else None

    def take(self, mark):
        """Answer every activity by a function of its type and its number; None skips."""
        asked = []
        while self.item is not None:
            asked.append(self.item)
            value = mark(self.bank.letters[self.item], len(asked))
            self.press("@skip" if value is None else FACES[value - 1])
        return asked

    def portrait(self):
        return next(event for event in reversed(self.events) if isinstance(event, ProfileShown))


@pytest.fixture
def person():
    return Taker()


def clear(letter, _number):
    return {"S": 5, "A": 3, "I": 3, "R": 2, "E": 2, "C": 1}[letter]


def test_three_of_each_type_come_first_and_a_clear_race_needs_no_more(person):
    asked = person.take(clear)
    letters = person.bank.letters
    assert sorted(letters[item] for item in asked) == sorted("RIASEC" * 3)
    assert person.open == "interests_next"
    assert person.portrait().profile.leading[0] == "S"
    assert person.portrait().likes == tuple((item, clear(letters[item], 0)) for item in asked)


def test_a_close_race_is_asked_on_and_ends_at_the_hard_stop(person):
    asked = person.take(lambda letter, _number: 4 if letter in "RC" else 1)
    assert len(asked) == MOST_ITEMS
    assert len(set(asked)) == MOST_ITEMS


def test_skipped_ones_are_not_asked_again_and_count_towards_the_stop(person):
    asked = person.take(lambda _letter, n: None if n % 2 else 3 + n % 3 - 1)
    assert len(asked) == len(set(asked)) == MOST_ITEMS


def test_too_few_answers_make_no_portrait(person):
    person.take(lambda _letter, n: 4 if n % 5 == 0 else None)
    assert person.open == "likes_few"


@pytest.mark.parametrize("value", [1, 3, 5])
def test_equal_answers_are_asked_about_and_get_no_list(person, value):
    person.take(lambda _letter, _number: value)
    assert person.open == "likes_same"
    person.press("mine")
    assert person.open == "likes_flat"


def test_answers_faster_than_reading_are_asked_about():
    person = Taker(pace=0.4)
    person.take(clear)
    assert person.open == "likes_quick"
    person.press("mine")
    assert person.open == "interests_next"
    assert "fast" in person.portrait().profile.flags


def test_only_activities_keep_the_time_they_took(person):
    person.take(clear)
    person.press("by_learning")
    person.press("higher")
    took = {answer.step: answer.took for answer in person.session.answers}
    assert took.pop("likes_reach") is None
    assert set(took.values()) == {4.0}


def test_again_keeps_the_first_and_the_latest_round(person):
    rounds = []
    for _ in range(4):
        person.take(clear)
        rounds.append(person.answers)
        person.press("try_again")
        assert person.item is not None
    kept = [{answer.step: answer.value for answer in one.answers} for one in person.session.rounds]
    assert kept == [rounds[0], rounds[3]]
    assert person.session.answers == ()


def test_the_portrait_has_the_round_before_beside_it(person):
    person.take(clear)
    first = person.portrait().profile
    assert person.portrait().before is None
    person.press("try_again")
    person.take(lambda letter, n: clear({"S": "C", "C": "S"}.get(letter, letter), n))
    assert person.portrait().before == (BEGUN.date(), first)
    assert person.portrait().profile.leading[0] == "C"


def test_a_changed_answer_keeps_the_rest(person):
    asked = person.take(clear)
    before = person.answers
    person.give(Commanded(word="change", about=asked[4]))
    assert person.item == asked[4]
    person.press("unsure")
    assert person.answers == before | {asked[4]: 3}


def test_back_takes_the_last_activity(person):
    for value in (5, 4, 3):
        person.press(FACES[value - 1])
    third = list(person.answers)[-1]
    person.give(Commanded(word="back"))
    assert person.item == third
    assert len(person.answers) == 2


def test_a_family_put_aside_is_remembered_and_can_be_taken_back(person):
    person.take(clear)
    person.press("@away:23")
    assert person.portrait().hidden_families == ("23",)
    person.press("@away:22")
    assert person.portrait().hidden_families == ("23", "22")
    person.press("@away:23")
    assert person.portrait().hidden_families == ("22",)


def test_nothing_is_asked_of_preparation_before_something_is_shown(person):
    person.take(clear)
    assert person.portrait().preparation is None
    person.press("by_learning")
    assert person.open == "likes_reach"
    person.press("skilled")
    assert person.portrait().preparation.level == 2
    assert person.open == "interests_next"


def test_preparation_is_changed_from_the_portrait_and_not_offered_twice(person):
    person.take(clear)
    person.press("by_learning")
    person.press("skilled")
    assert "by_learning" not in person.options
    assert person.portrait().chosen == "likes_reach"
    person.press("@change:likes_reach")
    assert person.open == "likes_reach"
    person.press("higher")
    assert person.portrait().preparation.level == 4


def test_more_families_are_told_once_and_only_they(person):
    person.take(clear)
    person.press("more_families")
    told = [event for event in person.events if isinstance(event, ProfileShown)]
    assert [event.part for event in told] == ["more"]
    assert person.open == "interests_next"
    assert "more_families" not in person.options
    person.press("@away:23")
    told = [event for event in person.events if isinstance(event, ProfileShown)]
    assert [event.part for event in told] == ["first", "more"]


def test_more_families_are_asked_for_in_words(person):
    person.take(clear)
    person.give(Said(text="vēl"))
    assert [event.part for event in person.events if isinstance(event, ProfileShown)] == ["more"]


def test_begun_anew_the_first_families_stand_alone_again(person):
    person.take(clear)
    person.press("more_families")
    person.press("try_again")
    person.take(clear)
    told = [event.part for event in person.events if isinstance(event, ProfileShown)]
    assert told == ["first"]


def test_a_family_that_is_none_changes_nothing(person):
    person.take(clear)
    before = person.session.hidden_families
    person.press("@away:99")
    assert person.session.hidden_families == before
    assert person.open == "interests_next"


def test_an_occupation_can_be_asked_about_in_the_middle(person):
    for value in (5, 4, 3):
        person.press(FACES[value - 1])
    item = person.item
    person.give(Said(text="Ko dara zobārste?"))
    told = next(event for event in person.events if isinstance(event, OccupationShown))
    assert told.occupation == "dentist"
    person.press("go_on")
    assert person.item == item
    assert len(person.answers) == 3


def test_an_answer_of_a_bank_that_changed_is_asked_again(person):
    """An answer out of the five is not believed, and nothing else is lost."""
    person.press("much")
    first = person.session.answers[0]
    spoiled = Answer(flow="interests", step=first.step, value=9)
    person.session = person.session.model_copy(update={"answers": (spoiled,), "release": "old"})
    person.give(Started())
    assert person.item == first.step


def page_of(person):
    return open_page(person.talks.library, person.session)


def filled(person, value=None, **more):
    """Answer the page by `clear`, or with one value."""
    letters = person.bank.letters
    values = {item: value or clear(letters[item], 0) for item in page_of(person)} | more
    person.give(PageAnswered(values=tuple(values.items())))


def test_a_page_has_five_activities_of_each_type(person):
    letters = [person.bank.letters[item] for item in page_of(person)]
    assert sorted(letters) == sorted("RIASEC" * 5)


def test_a_filled_page_goes_straight_to_the_portrait(person):
    filled(person)
    assert person.open == "interests_next"
    assert person.portrait().profile.leading[0] == "S"
    assert len(person.portrait().likes) == MOST_ITEMS


def test_a_page_says_the_same_as_the_same_answers_one_by_one(person):
    filled(person)
    letters = person.bank.letters
    answers = {item: clear(letters[item], 0) for item in person.answers}
    assert person.portrait().profile == score(letters, answers)


def test_what_was_answered_before_stands_on_the_page_and_may_be_changed(person):
    person.press("never")
    person.press("much")
    first, second = list(person.answers)
    assert {first, second} <= set(page_of(person))
    filled(person, **{first: 5})
    assert person.answers[first] == 5
    assert len(person.answers) == MOST_ITEMS


def test_what_a_page_skips_is_not_asked_again(person):
    items = page_of(person)
    filled(person, **dict.fromkeys(items[:4]))
    assert person.open == "interests_next"
    assert len(person.portrait().likes) == MOST_ITEMS - 4


def test_a_page_of_equal_answers_is_asked_about_too(person):
    filled(person, value=3)
    assert person.open == "likes_same"


def test_what_is_no_answer_of_the_page_is_passed_over(person):
    filled(person, r12=5, nobody=5, r01=9)
    assert "nobody" not in person.answers
    assert "r12" not in person.answers
    assert "r01" not in person.answers


def test_an_old_page_changes_nothing(person):
    filled(person)
    before = person.answers
    person.give(PageAnswered(values=(("r01", 1),)))
    assert person.answers == before
    assert person.open == "interests_next"
    assert page_of(person) == ()
