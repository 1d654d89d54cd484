"""A rule with other outcomes, facts and periods than the ESF+ rule: judged, shown and opened.

`courses/` is made up. It is added to a copy of the content, as an author would add it.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.core.dialogue.events import Explained, Judged
from bot.core.dialogue.inputs import Commanded, Picked, Said, Started
from bot.core.dialogue.session import Session
from bot.core.dialogue.shown_options import shown_options
from bot.core.flows.steps import OfferOption
from bot.core.rules.judge import MOST_REMEMBERED_VERDICTS, RuleJudge
from bot.core.rules.verdict import print_verdict
from bot.core.rules.what_if import what_would_change
from bot.load.check import check_all
from bot.load.data_folder import DATA_FOLDERS, find_data
from bot.load.library import load
from bot.load.translations import load_words
from bot.service.conversations import Dialogue
from bot.words.messages import plain
from bot.words.verdict import VerdictWords
from tests.doubles.clocks import TODAY, SetClock

MADE = Path(__file__).parent / "courses"
FIRST, SECOND = date(2024, 6, 1), date(2026, 11, 24)
BEFORE, AFTER = date(2019, 1, 1), date(2028, 1, 1)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("content")
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, root / folder)
    shutil.copy(MADE / "rule.yaml", root / "content/support/courses.yaml")
    (root / "flows/courses").mkdir()
    shutil.copy(MADE / "flow.yaml", root / "flows/courses/flow.yaml")
    return root


@pytest.fixture(scope="module")
def library(root):
    return load(root).library


@pytest.fixture(scope="module")
def judge(library):
    return library.judges["courses"]


def card_of(library, facts, on=SECOND, language="lv"):
    judge = library.judges["courses"]
    words = VerdictWords(library, load_words(find_data())[language], "jus", on)
    return words.card(judge, judge.verdict(facts, on), {})


def typed(lines):
    """Lines as an author types them, with ordinary spaces."""
    return tuple(line.replace("\u00a0", " ") for line in lines)


def talk(library, on, *given):
    """Take turns in the flow of courses; gives the last."""
    talks = Dialogue(library, load_words(find_data()), SetClock(), on)
    session = Session()
    for one in (Started(flow="courses"), *given):
        turn = talks.advance(session, one)
        session = Session.model_validate_json(turn.session.model_dump_json())
    return turn


def test_the_check_has_nothing_against_it(root):
    assert check_all(root, TODAY, "lv") == []


@pytest.mark.parametrize(
    ("craft", "outcome", "title", "offers"),
    [
        ("none", "unemployed", "Pamatu kurss", ["basics"]),
        ("some", "halfway", "Turpinājums", ["basics", "exam"]),
        ("full", "master", "Eksāmens", ["exam"]),
        (None, "any_of_three", "Kurš no trim", ["basics", "exam"]),
    ],
)
def test_each_outcome_has_its_own_name_words_and_offers(
    library, judge, craft, outcome, title, offers
):
    facts = {"registered": "yes", "years": 30} | ({"craft": craft} if craft else {})
    verdict = judge.verdict(facts, SECOND)
    assert (verdict.gate, verdict.outcome) == ("open", outcome)
    assert [offer.id for offer in verdict.offers] == offers
    assert card_of(library, facts).title == title


def test_an_either_that_is_not_declared_is_unknown(judge):
    """Of the three outcomes two are left: no either names just those."""
    changed = judge.rule.model_copy(update={"either": ()})
    assert (
        RuleJudge(changed).verdict({"registered": "yes", "years": 30}, SECOND).outcome == "unknown"
    )


def test_no_word_of_another_rule_is_on_its_card(library, judge):
    own = (MADE / "rule.yaml").read_text(encoding="utf-8")
    for facts in judge.completions({}):
        for on in (FIRST, SECOND):
            card = card_of(library, facts, on)
            said = [card.title, card.states_title, card.why_title, card.unknown_title, card.decides]
            for line in card.lead:
                said += line.split(". ")  # why somebody comes first, and what is said after it
            for state in card.states:
                said += state.label.split("; ")  # the last holds all that are not offered
            assert [
                words for words in said if words.split(" no ")[0].split(":")[0] not in own
            ] == []


def test_a_condition_of_one_period_holds_in_that_period_only(judge):
    known = {"registered": "yes", "years": 18, "craft": "none"}
    first, second = judge.verdict(known, FIRST), judge.verdict(known, SECOND)
    assert (first.period, first.gate_reasons) == ("first", ("under_20",))
    assert (second.period, second.gate, second.outcome) == ("second", "open", "unemployed")
    young = judge.verdict({"registered": "yes", "years": 15}, SECOND)
    assert young.gate_reasons == ("under_16",)
    assert judge.verdict(known, date(2025, 12, 31)).period == "first"
    assert judge.verdict(known, date(2026, 1, 1)).period == "second"


def test_a_source_of_a_period_or_a_claim_is_named(judge):
    known = {"registered": "yes", "years": 30, "craft": "some"}
    assert judge.verdict(known, FIRST).sources == ("nva", "onet", "esco")
    assert judge.verdict(known, SECOND).sources == ("aic", "onet", "esco")


def test_an_offer_begins_on_a_day(library, judge):
    known = {"registered": "yes", "years": 30, "craft": "full"}
    days = {date(2026, 2, 28): "planned", date(2026, 3, 1): "verify"}
    for day, available in days.items():
        assert judge.verdict(known, day).offers[0].available == available
    assert (
        card_of(library, known, date(2026, 2, 28)).states[0].text == "Uzreiz. Sāksies 01.03.2026."
    )


@pytest.mark.parametrize(
    ("day", "said"), [(BEFORE, "sāksies 01.01.2024"), (AFTER, "beidzās 31.12.2027")]
)
def test_outside_its_periods_a_rule_does_not_hold(library, judge, day, said):
    verdict = judge.verdict({"registered": "yes", "years": 30, "craft": "none"}, day)
    assert (verdict.period, verdict.gate, verdict.gate_reasons) == (
        None,
        "closed",
        ("not_in_force",),
    )
    assert (verdict.outcome, verdict.offers, verdict.missing) == ("none", (), ())
    assert what_would_change(judge, {"registered": "no"}, day) == ()
    turn = talk(library, day)
    shown = "\n".join(plain(message) for message in turn.messages)
    assert said in shown
    picks = [button.pick for message in turn.messages for button in message.buttons]
    assert picks == ["@human", "menu"]
    human = talk(library, day, Picked(options=("@human",)))
    assert human.session.open.startswith("human/")


def test_a_no_is_told_with_what_would_change_it(library):
    turn = talk(library, SECOND, Said(text="nē"))
    card = next(message.card for message in turn.messages if message.card)
    assert card.title == "Kursi citiem"
    assert card.lead == ("Kursi ir ar NVA statusu.", "Mainītu: statuss NVA")
    young = talk(library, SECOND, Said(text="jā"), Said(text="12"))
    card = next(message.card for message in young.messages if message.card)
    assert card.lead == ("Kursi no 16.", "Mainītu: gadi: 16")


def test_why_opens_every_claim_to_what_it_rests_on(library):
    given = (Said(text="jā"), Said(text="55"), Picked(options=("full",)))
    turn = talk(library, SECOND, *given, Said(text="kāpēc"))
    assert [event.kind for event in turn.events] == ["explained", "asked"]
    note = turn.messages[0]
    assert (note.kind, note.text) == ("note", "Kāpēc kursi?")
    assert typed(note.items) == (
        "Teikts: statuss – Jā; gadi – 55; amats – Amats ir",
        "Kursi ir ar statusu. Meistars: „kursi ar statusu”",
        "Ar amatu liek eksāmenu. Meistars: „ar amatu”",
        "Amats ir. Meistars: „kam ir amats”",
        "Eksāmens: amata eksāmens. Meistars: „eksāmens pie meistara” Solīts 01.03.2026. Meistars: „no pavasara”",
        "Uzreiz. Meistars: „uzreiz”",
        "No 50. Meistars: „no 50 gadiem”",
    )
    assert note.source.startswith("Avots: AIC")
    assert "Pārbaudīts: 28.11.2026." in note.source
    card = next(message.card for message in talk(library, SECOND, *given).messages if message.card)
    assert card.why == note.items


def test_a_claim_told_in_our_words_and_one_of_another_source(library):
    young = card_of(library, {"registered": "yes", "years": 12})
    assert typed(young.why) == ("Kursi no 16. Meistars stāsta: sākot ar 16 gadiem",)
    some = card_of(library, {"registered": "yes", "years": 30, "craft": "some"})
    onet = "Avots: O*NET 30.2 datubāze: profesiju interešu skaitļi (pārveidoti). Pārbaudīts: 22.11.2026."
    assert f"Amats iesākts. Meistars: „kam iesākts” {onet}" in typed(some.why)
    assert [line.split(".")[0] for line in some.unknown] == ["Cik daudz iesākts, jāprecizē"]


def test_whom_a_rule_is_for_is_opened_too_while_that_is_not_known(library):
    card = card_of(library, {"craft": "full"})
    assert card.lead[0] == "Par kursiem vēl nav visu atbilžu."
    assert typed(card.why)[0] == "Par kursiem vēl nav visu atbilžu. Meistars: „kursi ar statusu”"


def test_what_was_skipped_can_be_answered_below_the_card(library):
    given = (Said(text="jā"), Said(text="30"), Picked(options=("@skip",)))
    turn = talk(library, SECOND, *given)
    below = next(message for message in turn.messages if message.kind == "say")
    assert [(button.pick, button.label) for button in below.buttons] == [("@change:craft", "Amats")]
    settled = talk(library, SECOND, *given, Picked(options=("@change:craft",)), Said(text="3"))
    assert [event.kind for event in settled.events] == ["answered", "judged", "asked"]
    assert settled.events[1].verdict.outcome == "master"
    assert [message for message in settled.messages if message.kind == "say"] == []


def test_a_changed_answer_that_comes_to_the_same_is_one_line(library):
    given = (Said(text="jā"), Said(text="30"), Picked(options=("full",)))
    change = Commanded(word="change", about="years")
    same = talk(library, SECOND, *given, change, Said(text="31"))
    assert [message.kind for message in same.messages] == ["answer", "note", "ask"]
    assert typed([same.messages[1].text]) == ("Pierakstīts: gadi – 31. Rezultāts tas pats.",)
    other = talk(library, SECOND, *given, change, Said(text="51"))
    assert [message.kind for message in other.messages] == ["answer", "card", "ask"]


def test_what_was_not_asked_is_offered_to_be_told_only_until_it_is(library):
    option = {"id": "tell", "label": "Par amatu", "ask": "craft"}
    flow = library.flows["courses"]
    offer = flow.steps[1]
    asking = offer.model_copy(
        update={"options": (OfferOption.model_validate(option), *offer.options)}
    )
    assert shown_options(asking, {}) == asking.options
    assert shown_options(asking, {"craft": "full"}) == offer.options


def test_why_at_a_question_is_still_about_the_question(library):
    turn = talk(library, SECOND, Said(text="jā"), Commanded(word="why"))
    assert not [event for event in turn.events if isinstance(event, Explained)]
    assert turn.events[0].what == "why"


def test_why_outside_the_periods_opens_nothing(library):
    turn = talk(library, BEFORE, Commanded(word="why"))
    assert [event.kind for event in turn.events] == ["remarked", "asked"]


def test_only_what_can_still_matter_is_asked(library, judge):
    assert judge.next_fact({}, (), SECOND) == "registered"
    assert judge.verdict({"registered": "no"}, SECOND).missing == ()
    known = {"registered": "yes", "years": 55}
    assert judge.verdict(known, SECOND).missing == ("craft",)
    turn = talk(library, SECOND, *(Picked(options=("@skip",)) for _ in range(3)))
    verdict = next(event.verdict for event in turn.events if isinstance(event, Judged))
    assert (verdict.gate, verdict.outcome, verdict.priority) == (
        "unknown",
        "any_of_three",
        "unknown",
    )


def test_decide_prints_the_general_form(judge):
    verdict = judge.verdict({"registered": "yes", "years": 55, "craft": "full"}, SECOND)
    assert json.loads(json.dumps(print_verdict(judge.rule, verdict))) == {
        "period": "second", "gate": "open", "gate_reasons": [], "outcome": "master",
        "outcome_reasons": ["full_craft"],
        "offers": [{"id": "exam", "primary": True, "available": "verify", "from": "2026-03-01"}],
        "priority": "yes", "priority_reasons": ["from_50"], "missing": [],
        "sources": ["aic"], "notices": [],
    }  # fmt: skip


def test_what_is_remembered_is_bounded(judge):
    """A hundred ages on a hundred days are more than is kept."""
    fresh = RuleJudge(judge.rule)
    for day in range(1, 29):
        for years in range(100):
            fresh.verdict({"registered": "yes", "years": years}, date(2026, 11, day))
    assert fresh._verdict.cache_info().currsize == MOST_REMEMBERED_VERDICTS
    assert fresh._verdict.cache_info().misses == 2800
