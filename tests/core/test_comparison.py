"""Paths side by side: each once, nothing unknown told as known, and what matters moves rows only."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.core.dialogue.inputs import Picked
from bot.core.dialogue.path_events import ComparisonShown
from bot.core.dialogue.session import Answer, Session
from bot.core.education.comparison import (
    CRITERIA,
    ComparedThings,
    compare_cards,
    unknown_things,
)
from bot.core.education.path_card import Criteria, PathCard
from bot.service.conversations import Dialogue
from bot.words.messages import plain
from tests.doubles.person import Person

FAMILIES = ("25", "31", "34", "72", "91")
WORDS = some.sampled_from(["", "jā", "nē"])
BY_CARD = [name for name in CRITERIA if name not in {"years", "level"}]


def card(
    known: Mapping[str, str], years: str | None = None, families: tuple[str, ...] = ()
) -> PathCard:
    fact = {"text": "Kas.", "source": "one", "checked": "2026-11-01", "review": "2027-11-01"}
    return PathCard(
        after=("grade_9",),
        title="Ceļš",
        in_short="Īsi.",
        years=years,
        facts={"who": fact},  # type: ignore[dict-item]
        criteria=Criteria(**known),
        families=families,
    )


CARDS = some.dictionaries(
    some.sampled_from(["a", "b", "c", "d"]),
    some.builds(
        card,
        some.dictionaries(some.sampled_from(BY_CARD), some.just("zināms"), max_size=4),
        some.sampled_from([None, "3"]),
        some.sampled_from([(), ("72",), ("25", "31")]),
    ),
    min_size=1,
)
THINGS = some.builds(
    ComparedThings,
    cards=some.lists(some.sampled_from(["a", "b", "c", "d", "gone"]), max_size=5).map(tuple),
    own=WORDS,
    criterion=WORDS,
    said=WORDS,
    matters=some.lists(some.sampled_from(CRITERIA), unique=True, max_size=5).map(tuple),
)
LEADING = some.sampled_from([(), ("72",), ("25", "34"), ("25", "31", "72", "34", "91")])


@settings(max_examples=150)
@given(CARDS, THINGS, LEADING)
def test_every_card_chosen_stands_in_every_row_once(cards, things, leading):
    comparison = compare_cards(things, cards, leading, FAMILIES)
    chosen = [name for name in dict.fromkeys(things.cards) if name in cards]
    assert list(comparison.things.cards) == chosen
    columns = len(chosen) + bool(things.own)
    assert {len(row.cells) for row in comparison.rows} == {columns}
    names = [row.criterion for row in comparison.rows if row.criterion != "own"]
    assert sorted(names) == sorted(CRITERIA)
    assert [row.criterion for row in comparison.rows].count("own") == bool(things.criterion)


@settings(max_examples=150)
@given(CARDS, THINGS, LEADING)
def test_what_is_not_known_is_never_told_as_known(cards, things, leading):
    comparison = compare_cards(things, cards, leading, FAMILIES)
    asked = dict(unknown_things(comparison))
    for row in comparison.rows:
        for at, cell in enumerate(row.cells):
            is_own = at >= len(comparison.things.cards)
            one = None if is_own else cards[comparison.things.cards[at]]
            known = None
            if one is not None and row.criterion != "own":
                known = (
                    one.years
                    if row.criterion == "years"
                    else getattr(one.criteria, row.criterion, None)
                )
            assert (cell.state == "known") == (known is not None)
            if row.criterion == "own" or is_own:
                assert cell.state == "unknown"
            if cell.state in {"near", "partly", "apart"}:
                assert leading
                assert one.families
                assert set(cell.families) <= set(leading) & set(one.families)
            assert (at in asked.get(row.criterion, ())) == (cell.state in {"unknown", "said"})


@settings(max_examples=150)
@given(CARDS, THINGS, LEADING)
def test_what_matters_changes_the_order_of_the_rows_only(cards, things, leading):
    weighed = compare_cards(things, cards, leading, FAMILIES)
    plainly = compare_cards(things.model_copy(update={"matters": ()}), cards, leading, FAMILIES)
    cells = {row.criterion: row.cells for row in weighed.rows}
    assert cells == {row.criterion: row.cells for row in plainly.rows}
    weighty = [row.weighty for row in weighed.rows]
    assert weighty == sorted(weighty, reverse=True)
    assert {row.criterion for row in weighed.rows if row.weighty} - {"own"} == set(things.matters)


@pytest.mark.parametrize(
    ("prepared", "state"),
    [(("72", "31"), "near"), (("72",), "partly"), (("91",), "apart"), ((), "unknown")],
)
def test_a_path_is_near_by_the_families_of_work_that_lead(prepared, state):
    cards = {"a": card({}, families=prepared)}
    things = ComparedThings(cards=("a",))
    comparison = compare_cards(things, cards, ("72", "31", "25", "34"), FAMILIES)
    assert comparison.rows[0].criterion == "interests"
    assert comparison.rows[0].cells[0].state == state


# --- in a conversation


def at_the_table(talks: Dialogue, **known: object) -> Person:
    """Return somebody who has answered all that the comparison asks."""
    library = talks.library
    answers = tuple(
        Answer(
            flow=next(flow for flow, step in library.steps if step == name), step=name, value=value
        )
        for name, value in known.items()
    )
    person = Person(talks, opening=None)
    stack = (library.roles.home, "compare_paths")
    person.session = Session(stack=stack, release=library.release, answers=answers)
    person.give(Picked(options=("@save:general_secondary",)))
    return person


def compared(person: Person) -> ComparisonShown:
    (event,) = [one for one in person.events if isinstance(one, ComparisonShown)]
    return event


def test_saved_paths_are_the_first_to_choose_from(talks: Dialogue) -> None:
    person = at_the_table(talks)
    person.give(Picked(options=("@save:vocational_arod",)))
    assert {button.pick for button in person.question.buttons[:2]} == {
        "general_secondary",
        "vocational_arod",
    }


def test_cards_of_another_stage_are_not_offered(talks: Dialogue) -> None:
    person = at_the_table(talks, standing="grade_10_12", who="pupil_10_12")
    offered = {button.pick for button in person.question.buttons}
    cards = talks.library.paths
    assert offered == {name for name, one in cards.items() if "grade_12" in one.after}


def test_one_card_stands_beside_an_own_option(talks: Dialogue) -> None:
    person = at_the_table(talks, who="pupil_5_9", strengths="labi zīmēju")
    person.press("vocational_arod")
    person.say("darbs vectēva kokzāģētavā")
    person.press("earning_early")
    person.press("@skip")
    things = compared(person).comparison.things
    assert (things.cards, things.own) == (("vocational_arod",), "darbs vectēva kokzāģētavā")
    (sheet,) = [message for message in person.messages if message.kind == "sheet"]
    assert sheet.sheet is not None
    assert sheet.sheet.table is not None
    assert sheet.sheet.table.columns[1] == "„darbs vectēva kokzāģētavā”"
    rows = sheet.sheet.table.rows
    assert [row.cells[1].mark for row in rows] == ["diamond"] * len(rows)
    assert rows[0].weighty
    told = plain(sheet)
    assert "„labi zīmēju”. Ko prasa šis ceļš, nav\u00a0zināms" in told.replace(
        "nav zināms", "nav\u00a0zināms"
    )
    assert "%" not in told


def test_weights_can_be_changed_below_the_table(talks: Dialogue) -> None:
    person = at_the_table(talks, who="pupil_5_9")
    person.press("vocational_arod", "general_secondary")
    for _ in range(3):
        person.press("@skip")
    assert not any(row.weighty for row in compared(person).comparison.rows)
    person.give(Picked(options=("@change:matters",)))
    person.press("health")
    first = compared(person).comparison.rows[0]
    assert (first.criterion, first.weighty) == ("health", True)
