"""Paths of education: each stands in one list, what closes one is told at once, what is said has its source."""

from datetime import date, timedelta
from itertools import product
from typing import Literal

import pytest

from bot.core.dialogue.education_paths import judged_cards
from bot.core.dialogue.path_events import PathsShown, PathTold
from bot.core.dialogue.session import Value
from bot.core.education.judging import judge_card
from bot.core.education.path_card import PathCard, PathFact
from bot.core.education.skill_levels import families_of, paths_to
from bot.core.flows.conditions import Condition
from bot.core.library import Library
from bot.service.conversations import Dialogue
from bot.words.messages import Message, plain
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
         "vocational_learner", "arod_learner", "finished_12", "finished_vocational", "student", "adult", None],
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


# --- whom a path is for, and what nobody can tell here


def state_of(library: Library, card: str, facts: dict[str, Value]) -> tuple[str, str]:
    states = judged_cards(library, "paths", facts)
    return next((one.state, one.why) for one in states if one.card == card)


def test_a_path_for_others_stands_elsewhere() -> None:
    meant = {"when": {"fact": "standing", "is": "student"}, "who": "Studējošajiem."}
    card = made(meant_for=meant)
    state = judge_card("made", card, (), {"standing": "adult", "path_age": 20})
    assert (state.state, state.why, state.is_elsewhere) == ("not_judged", "audience", True)
    assert judge_card("made", card, (), {"standing": "student", "path_age": 20}).state == "open"


def test_a_doubt_leaves_a_path_unjudged_but_not_what_is_closed() -> None:
    card = made(unclear=[{"when": {"fact": "path_age", "at_least": 30}, "because": "Nezinām."}])
    state = judge_card("made", card, (), {"path_age": 34})
    assert (state.state, state.why, state.doubt) == ("not_judged", "rule", 0)
    assert judge_card("made", card, (), {"path_age": 20}).state == "open"
    assert judge_card("made", card, (), {"path_age": 12}).state == "closed"


def test_a_trade_school_leads_to_studies_by_one_more_year(library: Library) -> None:
    trade, technical = {"standing": "arod_learner"}, {"standing": "vocational_learner"}
    for card in ("bachelor", "short_cycle", "long_cycle", "post_secondary_qualification"):
        assert state_of(library, card, trade)[0] == "closed"
        assert state_of(library, card, technical)[0] == "open"
    assert state_of(library, "bridge_year", trade)[0] == "open"
    for standing in ("vocational_learner", "grade_10_12"):
        assert state_of(library, "bridge_year", {"standing": standing})[1] == "audience"


def test_an_age_of_one_programme_closes_nothing_wider(library: Library) -> None:
    facts = {"standing": "adult", "path_age": 34}
    for card in ("volunteering", "defence_service"):
        assert state_of(library, card, facts) == ("not_judged", "rule")
    assert state_of(library, "student_support", facts) == ("not_judged", "audience")


def test_an_adult_without_secondary_education_has_vocational_paths(library: Library) -> None:
    facts = {"standing": "adult", "path_age": 34, "secondary": "no"}
    for card in ("vocational_secondary", "vocational_arod"):
        known = {**facts, "basic_certificate": "yes"}
        assert state_of(library, card, known) == ("not_judged", "rule")
        assert state_of(library, card, {**facts, "basic_certificate": "no"})[0] == "closed"
        assert state_of(library, card, {**facts, "secondary": "yes"})[1] == "audience"
    assert state_of(library, "back_to_school", facts)[0] == "open"


def test_a_school_by_day_is_not_promised_to_grown_ups(library: Library) -> None:
    for card in ("general_secondary", "state_gymnasium", "vocational_secondary"):
        facts: dict[str, Value] = {"standing": "finished_9", "path_age": 34}
        assert state_of(library, card, facts) == ("not_judged", "rule")
        assert state_of(library, card, {**facts, "path_age": 16})[0] == "open"


def test_a_sixth_grader_may_go_on_at_the_own_school(library: Library) -> None:
    assert state_of(library, "own_school_from_7", {"standing": "grade_5_6"})[0] == "open"


# --- how the lists are told


def listed(
    talks: Dialogue,
    facts: dict[str, Value],
    register: str = "tu",
    part: Literal["all", "closed"] = "all",
    language: str = "lv",
) -> Message:
    states = judged_cards(talks.library, "paths", facts)
    told = tuple(one for one in states if part == "all" or one.state == "closed")
    standing = str(facts.get("standing", ""))
    event = PathsShown(flow="paths", step="my_paths", states=told, part=part, standing=standing)
    return PathWords(talks.library, talks.catalogues[language], register, TODAY).shown(event)


def test_where_nobody_knows_the_place_one_line_stands_for_all(talks: Dialogue) -> None:
    message = listed(talks, {})
    text = plain(message)
    assert text.count("◇") == 1
    assert "Lai spriestu, vajag zināt, kur tu tagad esi." in unbound(text)
    assert message.buttons[0].pick == "@change:standing"
    assert "Lai spriestu" not in plain(listed(talks, {"standing": "grade_9"}))


def test_what_is_still_ahead_is_said_once_above_the_open_paths(talks: Dialogue) -> None:
    ahead = {"grade_9": "Apliecība par pamatizglītību vēl", "grade_10_12": "Atestāts vai diploms",
             "arod_learner": "Atestāts par arodizglītību vēl"}  # fmt: skip
    for standing, words in ahead.items():
        text = plain(listed(talks, {"standing": standing}))
        assert text.count(words) == 1
        assert text.index(words) < text.index("●")
    assert "vēl ir priekšā" not in plain(listed(talks, {"standing": "finished_12"}))


def test_paths_closed_for_one_reason_stand_in_one_line(talks: Dialogue) -> None:
    facts: dict[str, Value] = {"standing": "adult", "path_age": 34, "secondary": "no"}
    message = listed(talks, facts, part="closed")
    assert sum("Studijām vajag vidējo izglītību." in item for item in message.items) == 1
    line = next(item for item in message.items if "Studijām" in item)
    assert "Bakalaura studijas" in line
    assert "Koledža" in line
    assert "Ceļš paveras" not in line  # the list of all paths says what would change it


@pytest.mark.parametrize(
    ("language", "where"), [("lv", "tu esi šeit – 9. klasē"), ("uk", "ти тут — у 9"), ("en", "– in grade 9")]
)  # fmt: skip
def test_where_one_is_stands_inside_a_sentence(talks: Dialogue, language: str, where: str) -> None:
    text = unbound(plain(listed(talks, {"standing": "grade_9"}, language=language)))
    assert where in text


def test_a_parent_is_told_where_the_child_is(talks: Dialogue) -> None:
    text = unbound(plain(listed(talks, {"standing": "grade_9"}, register="child")))
    assert "Karte: bērns ir šeit – 9. klasē." in text
    assert "jūs esat" not in text


def test_a_card_tells_its_years_in_words_and_names_few_families(talks: Dialogue) -> None:
    words = PathWords(talks.library, talks.catalogues["lv"], "tu", TODAY)
    families = families_of(talks.library.paths["vocational_secondary"], talks.library.families)
    near = (families[-1],)
    text = unbound(plain(words.told(PathTold(card="vocational_secondary", near=near))))
    assert "Ilgums: 4 gadi." in text
    line = next(one for one in text.split("\n") if one.startswith("Darbu saimes"))
    assert str(talks.library.families[near[0]].name) in line
    assert str(talks.library.families[families[-2]].name) not in line
    assert f"un vēl {len(families) - 5} darbu saime" in line
    assert "Ilgums: 1 gads." in plain(words.told(PathTold(card="bridge_year"))).replace(
        "\u00a0", " "
    )
