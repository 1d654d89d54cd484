"""Paths of education: each stands in one list, what closes one is told at once, what is said has its source."""

from datetime import date, timedelta
from itertools import product

import pytest

from bot.core.dialogue.education_paths import judged_cards
from bot.core.dialogue.path_events import PathTold
from bot.core.education.judging import judge_card
from bot.core.education.path_card import PathCard, PathFact
from bot.core.education.skill_levels import families_of, paths_to
from bot.core.flows.conditions import Condition
from bot.core.library import Library
from bot.service.conversations import Dialogue
from bot.words.messages import plain
from bot.words.paths import PathWords

TODAY = date(2026, 11, 29)  # the content is of this day
TWO_YEARS_ON = TODAY + timedelta(days=730)
CLOSED_UNDER_15 = {
    "after": ["grade_9"],
    "title": "Parauga ceļš",
    "in_short": "Paraugs.",
    "facts": {
        "who": {"text": "No 15.", "source": "one", "checked": "2026-11-01", "review": "2027-11-01"}
    },
    "open_when": {"fact": "path_age", "at_least": 15},
    "closed": [
        {
            "when": {"fact": "path_age", "at_most": 14},
            "because": "No 15 gadiem.",
            "change": "Paveras 15 gados.",
        }
    ],
}


@pytest.fixture
def library(talks: Dialogue) -> Library:
    return talks.library


def made(**changes: object) -> PathCard:
    return PathCard.model_validate({**CLOSED_UNDER_15, **changes})


# --- judging


def test_a_path_opens_closes_and_waits_for_an_answer() -> None:
    card = made()
    assert judge_card("made", card, (), {"path_age": 15}).state == "open"
    assert judge_card("made", card, (), {"path_age": 14}).state == "closed"
    unknown = judge_card("made", card, (), {})
    assert (unknown.state, unknown.why, unknown.missing) == ("not_judged", "missing", ("path_age",))


def test_a_path_of_another_stage_is_neither_open_nor_closed() -> None:
    state = judge_card("made", made(), ("grade_12",), {"path_age": 14})
    assert (state.state, state.why) == ("not_judged", "stage")


def test_what_no_rule_decides_is_not_judged() -> None:
    card = made(open_when=None, closed=[], not_judged="To zina skola.")
    assert judge_card("made", card, (), {}).why == "rule"


def test_what_closes_counts_before_what_opens() -> None:
    card = made(open_when=Condition.model_validate({"fact": "path_age", "at_least": 10}))
    assert judge_card("made", card, (), {"path_age": 12}).state == "closed"


FORTY = [
    {"standing": standing, "path_age": age, "failed_exams": exams, "secondary": secondary, "path_work": work}
    for standing, age, (exams, secondary, work) in product(
        ["grade_5_6", "grade_7_8", "grade_9", "left_without_9", "finished_9", "grade_10_12",
         "vocational_learner", "finished_12", "finished_vocational", "student", "adult", None],
        [12, 15, 19, 45, None],
        [("one", None, "no"), ("more", "no", "yes"), ("none", "yes", None), (None, None, None)],
    )
]  # fmt: skip


@pytest.mark.parametrize("people", [FORTY])
def test_every_card_stands_in_exactly_one_list(
    library: Library, people: list[dict[str, object]]
) -> None:
    for facts in people:
        states = judged_cards(
            library, "paths", {key: value for key, value in facts.items() if value is not None}
        )
        assert [state.card for state in states] == list(library.paths)
        assert all(state.state in {"open", "closed", "not_judged"} for state in states)
        assert all((state.why == "") == (state.state != "not_judged") for state in states)


def test_everybody_has_a_path_that_stands_open(library: Library) -> None:
    for facts in FORTY:
        known = {key: value for key, value in facts.items() if value is not None}
        if "standing" in known:
            states = judged_cards(library, "paths", known)
            assert any(state.state == "open" for state in states), known


def test_more_answers_never_reopen_what_was_closed(library: Library) -> None:
    """A refusal is told where it became certain, so it may not turn round later."""
    rules = library.flows["paths"].paths
    assert rules is not None
    for facts in FORTY:
        known: dict[str, object] = {}
        closed: set[str] = set()
        for name, value in facts.items():
            implied = rules.implied.get(str(facts["standing"]), {})
            if value is None or name in implied:
                continue  # it is not asked
            known[name] = value
            now = {s.card for s in judged_cards(library, "paths", known) if s.state == "closed"}
            if "standing" in known and name != "standing":
                assert closed <= now, (facts, name, closed - now)
            closed = now


# --- what is said


def unbound(line: str) -> str:
    """Return a line with plain spaces, as its author wrote it."""
    return line.replace("\u00a0", " ")


def said(talks: Dialogue, card: str, today: date, language: str = "lv") -> list[str]:
    words = PathWords(talks.library, talks.catalogues[language], "tu", today)
    return plain(words.told(PathTold(card=card))).split("\n")


def test_every_stated_fact_has_a_dated_source_that_can_be_opened(library: Library) -> None:
    for id_, card in library.paths.items():
        for name, fact in card.facts.items():
            for source in fact.sources:
                known = library.sources[source]
                assert known.url.startswith("http"), (id_, name, source)
                assert known.checked <= TODAY, (id_, name, source)
            assert fact.checked <= TODAY < fact.review, (id_, name)


def test_every_field_that_is_told_names_its_sources(talks: Dialogue) -> None:
    library = talks.library
    for id_, card in library.paths.items():
        lines = said(talks, id_, TODAY)
        for fact in card.facts.values():
            line = next(
                one for one in lines if one.endswith("]") and str(fact.text) in unbound(one)
            )
            assert line.split("[")[-1].rstrip("]")  # numbers
        numbered = [line for line in lines if line.startswith("[")]
        assert len(numbered) == len(
            {source for fact in card.facts.values() for source in fact.sources}
        )


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_two_years_on_nothing_is_said_without_a_caution(talks: Dialogue, language: str) -> None:
    library = talks.library
    caution = PathWords(library, talks.catalogues[language], "tu", TODAY).phrase("stale_source")
    for id_, card in library.paths.items():
        fields = [
            line for line in said(talks, id_, TWO_YEARS_ON, language) if line.startswith("• ")
        ]
        assert sum(caution in line for line in fields) >= len(card.facts), id_
        assert not any(caution in line for line in said(talks, id_, TODAY, language)), id_


def test_what_is_withheld_is_told_nowhere(talks: Dialogue) -> None:
    library = talks.library
    withheld = [
        (id_, fact.text) for id_, card in library.paths.items() for fact in card.withheld.values()
    ]
    assert len(withheld) > 50  # there is something to leak
    for id_, text in withheld:
        stated = {str(fact.text) for fact in library.paths[id_].facts.values()}
        assert text in stated or text not in unbound("\n".join(said(talks, id_, TODAY))), (
            id_,
            text,
        )


def test_a_field_past_its_own_day_is_told_with_a_caution(talks: Dialogue) -> None:
    library = talks.library
    fact = library.paths["general_secondary"].facts["entry"]
    assert isinstance(fact, PathFact)
    day_after = min(
        fact.review, *(library.sources[name].review for name in fact.sources)
    ) + timedelta(days=1)
    words = PathWords(library, talks.catalogues["lv"], "tu", day_after)
    line = next(
        line for line in said(talks, "general_secondary", day_after) if str(fact.text) in line
    )
    assert words.phrase("stale_source") in line


# --- paths and occupations


def test_an_occupation_names_paths_and_a_path_its_families(library: Library) -> None:
    assert "vocational_secondary" in paths_to("7231", library.paths)  # a mechanic
    assert "bachelor" in paths_to("2341", library.paths)  # a teacher
    assert "long_cycle" in paths_to("2211", library.paths)  # a doctor
    assert "long_cycle" not in paths_to("2341", library.paths)
    assert families_of(library.paths["long_cycle"], library.families) == ("22",)
    for isco in library.families:
        assert paths_to(isco, library.paths), isco
