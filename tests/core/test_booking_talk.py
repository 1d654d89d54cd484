"""A meeting is booked in the chat: times that are shown and typed, what is handed over, what is kept when a time is gone."""

import pytest

from bot.core.dialogue.booking_requests import ConfirmTimeRequest, HoldTimeRequest
from bot.core.dialogue.inputs import Picked, Said, Started
from bot.core.dialogue.requests import Request, Response
from tests.doubles.person import Person
from tests.doubles.scripted_meetings import ScriptedMeetings

FIRST = "2026-11-25T10:00Z"


class Desk:
    """Answers as the scripted meetings do, by the kind of request. asked: what was asked, in order."""

    def __init__(self, **answers: str) -> None:
        self.answers = {
            "find_times": "many",
            "hold_time": "done",
            "confirm_time": "done",
            **answers,
        }
        self.asked: list[Request] = []
        self._meetings = ScriptedMeetings()

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        return self._meetings.answer(request, self.answers[request.kind])


class Booker(Person):
    """Somebody at the flow that books, with a desk."""

    def __init__(self, talks, desk, language="lv"):
        super().__init__(talks, language, opening=None)
        self.desk = desk
        self.give(Started(flow="booking"), desk)

    def pick(self, *options):
        self.give(Picked(options=options, ask=self.session.ask), self.desk)
        return self

    def type(self, text):
        self.give(Said(text=text), self.desk)
        return self

    def answered(self, step):
        return next((one.value for one in self.session.answers if one.step == step), None)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("lv", "2"),
        ("lv", "rīt 13.00"),
        ("lv", "rīt plkst. 13"),
        ("lv", "trešdien 13:00"),
        ("en", "tomorrow at 1 pm"),
        ("en", "Wednesday 13:00"),
        ("uk", "завтра о 13"),
        ("ru", "завтра в 13:00"),
    ],
)
def test_a_time_is_typed_as_people_say_it(talks, language, typed):
    person = Booker(talks, Desk(), language).type(typed)

    assert person.answered("booking_time") == "2026-11-25T11:00Z"


@pytest.mark.parametrize("typed", ["13:00", "plkst. 13", "at 1 pm"])
def test_an_hour_of_several_days_is_asked_about_and_is_no_age(talks, typed):
    person = Booker(talks, Desk()).type(typed)

    assert person.answered("booking_time") is None
    assert person.answered("age") is None
    assert len(person.session.guesses) == 4


@pytest.mark.parametrize("typed", ["rīt 9.15", "3. martā", "99"])
def test_a_time_that_is_not_there_is_not_taken(talks, typed):
    person = Booker(talks, Desk()).type(typed)

    assert person.answered("booking_time") is None
    assert [one.kind for one in person.desk.asked] == ["find_times"]


def test_every_label_of_a_time_is_whole_by_itself(talks):
    buttons = Booker(talks, Desk()).question.buttons

    labels = [one.label for one in buttons if one.pick.startswith("2026")]
    assert labels[0] == "trešdien, 25. novembrī, 12.00 · Klātienē"
    assert all("novembrī" in label and ".00" in label for label in labels)


def test_the_time_that_is_held_is_the_one_that_was_pressed(talks):
    person = Booker(talks, Desk()).pick(FIRST)

    held = next(one for one in person.desk.asked if isinstance(one, HoldTimeRequest))
    assert held.start.isoformat() == "2026-11-25T10:00:00+00:00"


def test_a_time_of_an_old_list_is_no_answer(talks):
    person = Booker(talks, Desk(find_times="few")).pick("2026-11-28T10:00Z")

    assert person.answered("booking_time") is None


@pytest.mark.parametrize("at", ["hold_time", "confirm_time"])
def test_when_a_time_is_gone_others_are_shown_and_the_question_kept(talks, at):
    desk = Desk(**{at: "taken"})
    person = Booker(talks, desk).pick(FIRST)
    if at == "confirm_time":
        person.type("Ko man darīt tālāk?").pick("book_it")
        assert person.answered("booking_question") == "Ko man darīt tālāk?"

    assert person.asked == "booking_time"
    assert len([one for one in person.question.buttons if one.pick.startswith("2026-11-29")]) == 3
    assert person.answered("booking_consent") is None  # given anew for the new time


def test_what_tells_of_a_person_is_handed_over_only_when_ticked(talks):
    desk = Desk()
    person = Booker(talks, desk)
    person.give(Started(flow="about_me"), desk)
    person.type("Skolā ir daudz mājasdarbu")
    person.give(Started(flow="booking"), desk)
    person.pick(FIRST).pick("@skip").pick("question_only")

    confirmed = next(one for one in desk.asked if isinstance(one, ConfirmTimeRequest))
    assert confirmed.handed == ()

    again = Desk()
    person = Booker(talks, again)
    person.give(Started(flow="about_me"), again)
    person.type("Skolā ir daudz mājasdarbu")
    person.give(Started(flow="booking"), again)
    person.pick(FIRST).pick("@skip").pick("choose_things").pick("about_me")

    confirmed = next(one for one in again.asked if isinstance(one, ConfirmTimeRequest))
    lines = [line for item in confirmed.handed for line in item.lines]
    assert len(lines) == 1
    assert lines[0].endswith("Skolā ir daudz mājasdarbu")


@pytest.mark.parametrize("state", ["nobody", "full", "not_here"])
def test_without_a_time_there_is_a_way_on(talks, state):
    person = Booker(talks, Desk(find_times=state))

    picks = {one.pick for one in person.question.buttons}
    assert person.asked == "booking_way"
    assert {"other_contacts", "not_now"} <= picks
    assert ("line_up" in picks) == (state == "full")
