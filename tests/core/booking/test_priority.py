"""Who is offered a freed time before others, by a public reason."""

import pytest

from bot.core.booking.need import MeetingNeed
from bot.core.booking.priority import priorities_of, priority_group


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"education": "general_secondary", "age": 30}, ("education_low",)),
        ({"education": "higher", "age": 49}, ()),
        ({"education": "higher", "age": 50}, ("fifty_plus",)),
        ({"education": "basic_unfinished", "age": 61}, ("education_low", "fifty_plus")),
        ({"protection_status": "refugee"}, ("protection",)),
        ({"protection_status": "alternative"}, ("protection",)),
        ({"protection_status": "temporary"}, ()),  # the leaflet does not name it
        ({"standing": "grade_9"}, ("final_year",)),
        ({"child_stage": "grade_9"}, ("final_year",)),
        ({"standing": "grade_7_8"}, ()),
        ({}, ()),
    ],
)
def test_a_reason_follows_from_what_is_known(loaded, facts, reasons):
    assert priorities_of(facts, loaded.library.meetings) == reasons


def test_it_agrees_with_the_rule_it_was_taken_from(loaded):
    """R6: education, age or protection; whoever the leaflet puts first stands in a first group here too."""
    library = loaded.library
    judge = library.judges["esf_4_2_4_2"]
    today = library.sources["leaflet_4_2_4_2"].checked
    for education in ("basic_completed", "general_secondary", "vocational_secondary", "higher"):
        for age in (18, 49, 50, 70):
            for status in ("none", "refugee", "alternative", "temporary"):
                facts = {"education": education, "age": age, "protection_status": status}
                known = {
                    **facts,
                    "employed": "yes",
                    "works_below_education": "no",
                    "household": "none",
                }
                first = judge.verdict(known, today).priority == "yes"
                need = MeetingNeed(
                    audience="adult", kind="talk", priority=priorities_of(facts, library.meetings)
                )
                everybody = priority_group(
                    MeetingNeed(audience="adult", kind="talk"), library.meetings
                )
                assert (priority_group(need, library.meetings).group < everybody.group) == first, (
                    facts
                )


def test_the_best_reason_counts_and_each_of_its_group_is_told(loaded):
    rules = loaded.library.meetings
    need = MeetingNeed(
        audience="adult", kind="talk", priority=("fifty_plus", "education_low", "none")
    )
    given = priority_group(need, rules)
    assert (given.group, given.reasons) == (1, ("fifty_plus", "education_low"))
    ours = need.model_copy(update={"priority": ("fifty_plus", "cancelled_by_us")})
    assert priority_group(ours, rules).reasons == ("cancelled_by_us",)


def test_nobody_is_without_a_place_in_the_order(loaded):
    rules = loaded.library.meetings
    given = priority_group(MeetingNeed(audience="adult", kind="talk"), rules)
    assert given.reasons == ("none",)
    assert given.group == max(rule.group for rule in rules.priorities.values())
