"""Ways on from an exam below the threshold: dated, judged for the person, with a step for this week."""

from datetime import date, timedelta

import pytest

from bot.core.dialogue.education_paths import judged_ways
from bot.core.dialogue.events import Event, KnowledgeTold, WishHeard
from bot.core.dialogue.inputs import Said
from bot.core.dialogue.path_events import PathTold, WaysShown
from bot.core.education.ways import WayState
from bot.core.library import Library
from bot.service.conversations import Dialogue
from bot.words.messages import plain
from bot.words.ways import WayWords
from tests.doubles.person import Person

TODAY = date(2026, 11, 29)  # the content is of this day
ONE_BELOW = {
    "exam_grade": "grade_9",
    "which_exam": "mathematics",
    "exam_marks": "all_4",
    "exam_results": "certain",
    "exam_age": 16,
}
TWO_BELOW = {
    "exam_grade": "grade_9",
    "which_exam": "more",
    "exam_results": "certain",
    "exam_age": 15,
}
GRADE_12 = {
    "exam_grade": "grade_12",
    "which_exam": "mathematics",
    "exam_results": "certain",
    "exam_certificate": "no",
    "exam_age": 18,
}
PUPILS = [ONE_BELOW, TWO_BELOW, GRADE_12]
FAILURE = ["nenokārtoj", "izgāz", "izkrit", "neveiksm", "failed", "failure", "провал", "не сдал"]


@pytest.fixture
def library(talks: Dialogue) -> Library:
    return talks.library


def ways_of(library: Library, pupil: dict[str, str | int], on: date = TODAY) -> dict[str, WayState]:
    return {state.way: state for state in judged_ways(library, "exam_help", pupil, on)}


def told(talks: Dialogue, pupil: dict[str, str | int], on: date, language: str = "lv") -> str:
    ways = judged_ways(talks.library, "exam_help", pupil, on)
    words = WayWords(talks.library, talks.catalogues[language], "tu", on)
    shown = words.shown(WaysShown(flow="exam_help", step="exam_ways", ways=ways))
    return plain(shown).replace("\u00a0", " ")


@pytest.mark.parametrize("pupil", PUPILS)
def test_each_pupil_has_dated_ways_and_a_step_for_this_week(
    library: Library, pupil: dict[str, str | int]
) -> None:
    ways = ways_of(library, pupil)
    assert len(ways) >= 6
    assert any(state.judged.state == "open" for state in ways.values())
    for id_ in ways:
        way = library.ways[id_]
        assert way.after == pupil["exam_grade"]
        assert 1 <= way.first.within_days <= 7
        for fact in way.facts:
            assert fact.checked <= TODAY < fact.review, id_
            assert all(library.sources[name].checked <= TODAY for name in fact.sources)


def test_one_exam_below_with_good_marks_opens_the_catch_up_year(library: Library) -> None:
    assert ways_of(library, ONE_BELOW)["catch_up"].judged.state == "open"


def test_two_which_exam_close_the_catch_up_year_with_the_reason(talks: Dialogue) -> None:
    state = ways_of(talks.library, TWO_BELOW)["catch_up"].judged
    assert state.state == "closed"
    because = talks.library.paths["catch_up_year"].closed[state.closing].because
    assert str(because) in told(talks, TWO_BELOW, TODAY)
    assert ways_of(talks.library, TWO_BELOW)["repeat"].judged.state == "open"


def test_without_a_certificate_the_exam_at_a_university_is_not_promised(library: Library) -> None:
    without = ways_of(library, GRADE_12)
    assert without["exam_again"].judged.state == "not_judged"
    assert without["qualification"].judged.state == "closed"
    assert without["trade"].judged.state == "open"
    having = ways_of(library, {**GRADE_12, "exam_certificate": "yes"})
    assert having["exam_again"].judged.state == "open"


def test_a_skipped_answer_is_named_and_closes_nothing(talks: Dialogue) -> None:
    pupil: dict[str, str | int] = {"exam_grade": "grade_9", "exam_results": "certain"}
    assert ways_of(talks.library, pupil)["catch_up"].judged.state == "not_judged"
    assert "Kurš eksāmens ir zem sliekšņa?" in told(talks, pupil, TODAY)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 6, 25), "open"),  # no term is known to run: the rule alone
        (date(2026, 7, 26), "open"),
        (date(2026, 7, 27), "closed"),
        (date(2027, 5, 1), "closed"),
        (date(2027, 5, 2), "open"),  # whether a newer term runs is not known here
    ],
)
def test_an_appeal_stands_open_within_its_month(library: Library, on: date, state: str) -> None:
    assert ways_of(library, ONE_BELOW, on)["appeal_grade_9"].judged.state == state


def test_the_last_day_of_an_appeal_is_told(talks: Dialogue) -> None:
    assert "26.07.2026" in told(talks, ONE_BELOW, date(2026, 7, 10))


def test_an_awaited_result_cannot_be_appealed_yet(library: Library) -> None:
    awaited = ways_of(library, {**ONE_BELOW, "exam_results": "awaited"})
    assert awaited["appeal_grade_9"].judged.state == "not_judged"


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
@pytest.mark.parametrize("pupil", PUPILS)
def test_nobody_is_told_of_a_failure(
    talks: Dialogue, pupil: dict[str, str | int], language: str
) -> None:
    said = told(talks, pupil, TODAY, language).casefold()
    assert not [word for word in FAILURE if word in said]


def test_two_years_on_every_fact_has_a_caution(talks: Dialogue) -> None:
    later = TODAY + timedelta(days=730)
    caution = WayWords(talks.library, talks.catalogues["lv"], "tu", later).phrase("stale_source")
    ways = ways_of(talks.library, GRADE_12, later)
    assert told(talks, GRADE_12, later).count(caution.replace("\u00a0", " ")) >= 3 * len(ways)


# --- the way there


def at_the_menu(talks: Dialogue, **known: str) -> Person:
    return (
        Person(talks)
        .answer(**{"who": "pupil_5_9", "age_band": "from_13", **known})
        .reach("what_next")
    )


def asked(talks: Dialogue, text: str, **known: str) -> tuple[Event, ...]:
    return tuple(at_the_menu(talks, **known).give(Said(text=text)).events)


def cards_told(talks: Dialogue, text: str, **known: str) -> list[str]:
    return [event.card for event in asked(talks, text, **known) if isinstance(event, PathTold)]


@pytest.mark.parametrize(
    "text",
    [
        "nenokārtoju matemātikas eksāmenu",
        "izkritu eksāmenā",
        "man 8 procenti matemātikā, ko tagad",
        "dēls nenokārtoja eksāmenus",
        "nenoliku eksamenu matematika",
        "I failed the maths exam",
        "my son failed his exams",
        "не склала іспит з математики",
        "не сдала экзамен по математике",
    ],
)
def test_typed_words_reach_the_door(talks: Dialogue, text: str) -> None:
    person = at_the_menu(talks).say(text)
    assert person.session.stack[-1] == "exam_help"


def test_distress_goes_before_the_door(talks: Dialogue) -> None:
    person = at_the_menu(talks).say("nenokārtoju, vairs negribu dzīvot")
    assert "exam_help" not in person.session.stack


@pytest.mark.parametrize("text", ["valsts ģimnāzija", "state gymnasium", "державна гімназія"])
def test_a_child_below_13_is_told_of_the_gymnasium_from_grade_7(talks: Dialogue, text: str) -> None:
    assert cards_told(talks, text, age_band="under_13") == ["state_gymnasium_from_7"]


def test_a_sixth_grader_by_grade_is_told_of_grade_7(talks: Dialogue) -> None:
    person = at_the_menu(talks).say("ceļi pēc skolas", "6. klase", "izvēlne")
    told = person.give(Said(text="valsts ģimnāzija")).events
    assert [event.card for event in told if isinstance(event, PathTold)] == [
        "state_gymnasium_from_7"
    ]


def test_at_the_paths_the_gymnasium_is_offered_beside_the_question(talks: Dialogue) -> None:
    person = at_the_menu(talks, age_band="under_13").say("ceļi pēc skolas")
    told = person.give(Said(text="valsts ģimnāzija")).events
    heard = [(event.wishes, event.offered) for event in told if isinstance(event, WishHeard)]
    assert heard == [(("state_gymnasium",), True)]


def test_an_older_pupil_is_told_of_the_gymnasium_from_grade_10(talks: Dialogue) -> None:
    assert cards_told(talks, "valsts ģimnāzija", who="pupil_10_12") == ["state_gymnasium"]


def test_a_question_of_a_child_is_answered_by_what_fits(talks: Dialogue) -> None:
    told = asked(talks, "kā tikt valsts ģimnāzijā?", age_band="under_13")
    entries = [event.entries[0] for event in told if isinstance(event, KnowledgeTold)]
    assert "gymnasium_grade10_test" not in entries
    assert "state_gymnasium" not in entries
