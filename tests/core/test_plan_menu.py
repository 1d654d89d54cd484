"""The menu of the plan: a few likely buttons, all the others behind one, and everything heard that is typed."""

from datetime import timedelta
from itertools import product

import pytest

from bot.core.base.texts import LANGUAGES
from bot.core.dialogue.session import Answer
from tests.core.planning import SOON, a_goal, a_step, an_entry, planner, propose, said
from tests.doubles.clocks import TODAY

MOST_BUTTONS = 7
MORE, END = "other_deeds", "go_on"
STRENGTHS = Answer(flow="about_me", step="strengths", value="matemātika")
LATE = TODAY - timedelta(days=3)
HELD = {
    "nothing": (),
    "a goal": (a_goal("Tehnikums"),),
    "a step": (a_step("Piezvanīt", on=SOON),),
    "a late step": (a_goal("Tehnikums"), a_step("Piezvanīt", on=LATE)),
    "much": (a_goal("Tehnikums"), a_step("Piezvanīt"), a_step("Aiziet", on=SOON), an_entry("Rēķini", "strengths", document="Diploms")),
}  # fmt: skip


def picks(person):
    return [button.pick for button in person.question.buttons]


def at_menu(talks, held, *, offered=False, proposed=False, copied=False):
    person = planner(talks, *HELD[held], answers=(STRENGTHS,) if offered else ())
    if proposed:
        propose(person, a_step("Parunāt"))
    return person.say("ja nu citādi") if copied else person


STATES = [
    {"held": held, "offered": offered, "proposed": proposed, "copied": copied}
    for held, offered, proposed, copied in product(HELD, *[(False, True)] * 3)
    if not copied or held != "nothing"
]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_menu_is_short_and_loses_nothing(talks, state):
    person = at_menu(talks, **state)
    short = picks(person)
    assert len(short) <= MOST_BUTTONS
    assert (len(set(short)), short[-1]) == (len(short), END)
    if MORE not in short:
        return
    person.press(MORE)
    whole = picks(person)
    assert MORE not in whole
    assert {*short} - {MORE} < {*whole}
    assert len(whole) > len(short)  # else it would take no more room to show all
    # what was done leads back to the short one
    person.say("jauns mērķis", "Cits", "vēl nezinu", "izlaist")
    assert MORE in picks(person)


@pytest.mark.parametrize(
    ("state", "first"),
    [
        ({"held": "much", "proposed": True}, "advice"),
        ({"held": "much", "copied": True}, "end_copy"),
        ({"held": "a late step"}, "step_done"),
        ({"held": "a late step", "offered": True}, "step_done"),
        ({"held": "a goal", "offered": True}, "from_talk"),
        ({"held": "a goal"}, "new_step"),
    ],
    ids=str,
)
def test_what_the_state_of_the_plan_asks_for_comes_first(talks, state, first):
    assert picks(at_menu(talks, **state))[0] == first


def test_a_late_step_can_be_moved_at_once(talks):
    assert "step_moved" in picks(at_menu(talks, "a late step"))
    assert "step_moved" not in picks(at_menu(talks, "a step"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_behind_the_button_is_heard_when_it_is_typed(talks, language):
    def comes():
        person = at_menu(talks, "much")
        return person.press(f"@language:{language}")

    labels = {
        option.id: talks.catalogues[language].say(option.label)
        for option in talks.library.steps["plan", "plan_next"].options
    }
    behind = [pick for pick in picks(comes().press(MORE)) if pick not in picks(comes())]
    assert len(behind) >= 7
    for pick in behind:
        typed, pressed = comes().say(labels[pick]), comes().press(MORE).press(pick)
        # beside the same question another language may be offered
        told = [[kind for kind in one.kinds if kind != "note"] for one in (typed, pressed)]
        assert (pick, typed.asked, told[0]) == (pick, pressed.asked, told[1])
    # and what this plan has no use for is told kindly
    for pick in labels.keys() - {*behind, *picks(comes())}:
        assert (pick, comes().say(labels[pick]).kinds.count("refuse")) == (pick, 0)


@pytest.mark.parametrize("word", ["vēl", "rādīt vēl", "Show more", "ще", "показать ещё"])
def test_the_rest_can_be_asked_for_in_words(talks, word):
    assert MORE not in picks(at_menu(talks, "much").say(word))


def test_a_number_means_what_stands_there(talks):
    for held in ("a goal", "much"):
        shown = picks(at_menu(talks, held))
        for number, pick in enumerate(shown, 1):
            if pick in {MORE, END}:
                continue
            typed, pressed = at_menu(talks, held).say(str(number)), at_menu(talks, held).press(pick)
            assert (number, typed.asked, said(typed)) == (number, pressed.asked, said(pressed))
