"""Whom somebody is led to, and why: the same for the chat and for whoever asks who would be offered."""

from datetime import date, timedelta

import pytest

from bot.core.booking.counsellor import Absence
from bot.core.booking.need import MeetingNeed
from bot.core.booking.offices import offices_for
from bot.core.booking.routing import reaching, route
from bot.core.places.finding import PlaceFinder
from tests.doubles.calendars import BOARD, MONDAY, SCHOOL, at, counsellor

NOW = at(MONDAY, "08:00")
# what is needed | who is offered: by whom, why, and "in lv" where it is not the language asked for
PAIRS = [
    (
        "pupil_10_12 at paraugpils/secondary",
        ["secondary own_school", "board municipality", "youth youth_centre", "nva nva"],
    ),
    (
        "pupil_5_9 at paraugpils/manor aged 13",  # a school without a counsellor shares one
        ["secondary shared_school", "board municipality"],
    ),
    (
        "pupil_5_9 at paraugpils/manor aged 15",  # the agency counsels from fifteen
        ["secondary shared_school", "board municipality", "nva nva"],
    ),
    (
        "pupil_5_9 at paraugpils/manor",  # perhaps younger: not led to where they may be sent away
        ["secondary shared_school", "board municipality"],
    ),
    ("adult in paraugpils aged 40", ["board municipality", "nva nva"]),
    (
        "seeking in paraugpils aged 20",
        ["nva nva", "board municipality", "youth youth_centre"],
    ),
    ("newcomer in paraugpils in uk", ["nva nva", "board municipality in lv"]),
    ("newcomer in paraugpils in ru", ["nva nva", "board municipality"]),
    ("parent in paraugpils", ["board municipality"]),
    (
        "vocational in paraugpils in en aged 17",  # who speaks it before who is nearer
        ["youth youth_centre", "board municipality in lv", "nva nva in lv"],
    ),
    (
        "pupil_10_12 at paraugkalns/gymnasium in uk",
        ["centre shared_school", "centre_2 career_centre in lv"],
    ),
    (
        "vocational at paraugkalns/trades",
        ["trades own_school", "centre career_centre", "centre_2 career_centre"],
    ),
    ("adult in paraugkalns for family_talk", ["centre career_centre", "centre_2 career_centre"]),
    (
        "pupil_5_9 at paraugkrasts/dunes aged 14",
        ["harbour shared_school", "remote municipality"],
    ),
    (
        "pupil_5_9 at paraugkrasts/dunes in uk aged 14",
        ["remote municipality", "harbour shared_school in lv"],
    ),
    ("adult in paraugkrasts", ["remote municipality"]),
    (
        "adult in paraugkrasts by in_person",  # nobody near: the nearest place
        ["nva nva", "board neighbour_place"],
    ),
    (
        "newcomer in paraugkrasts in ru",  # somebody near, but not in the language
        ["nva nva", "board remote", "remote municipality in lv"],
    ),
    ("adult in paraugsala", ["remote remote"]),
    ("pupil_5_9 in paraugsala aged 13 by in_person", ["board neighbour_place"]),
    ("adult in paraugpils by chat", ["centre remote", "remote remote"]),
    (
        "adult in paraugpils after paraugkalns_centre",  # the same one as before
        ["centre same_counsellor", "board municipality", "nva nva"],
    ),
    (
        "pupil_10_12 at paraugpils/secondary for group",
        ["secondary own_school", "youth youth_centre"],
    ),
    ("adult in riga", []),  # nobody who is made up is offered to a real place
    (
        "adult in paraugpils in uk by video",
        ["centre remote", "remote remote", "board municipality in lv"],
    ),
    ("adult by in_person", []),  # where, is not known
]


def need_of(words):
    """Return a need that is told in words: "adult in paraugpils in uk aged 40 by video for talk after ID"."""
    audience, *rest = words.split()
    fields = {"audience": audience, "kind": "talk"}
    for key, value in zip(rest[::2], rest[1::2], strict=True):
        name = {
            "at": "institution", "aged": "age", "by": "modes", "for": "kind", "after": "with_counsellor",
            "in": "language" if value in ("lv", "en", "uk", "ru") else "place",
        }[key]  # fmt: skip
        fields[name] = (value,) if name == "modes" else value
    return MeetingNeed(**fields)


@pytest.fixture
def led(loaded):
    """Lead somebody to the counsellors of the example places, and others."""
    library = loaded.library

    def leading(need, *others, now=NOW):
        profiles = (*library.example_counsellors.values(), *others)
        asked = need_of(need) if isinstance(need, str) else need
        return route(asked, profiles, library.place_finder, library.meetings, now)

    return leading


def told(routed, language):
    return [
        f"{one.profile.id.partition('_')[2]} {one.reason}"
        + (f" in {one.language}" if one.language != language else "")
        for one in routed.offered
    ]


@pytest.mark.parametrize(("need", "offered"), PAIRS)
def test_who_would_be_offered_and_why(led, need, offered):
    assert told(led(need), need_of(need).language) == offered


@pytest.mark.parametrize("need", [need for need, _ in PAIRS])
def test_everybody_is_offered_or_left_out_with_a_reason(led, loaded, need):
    routed = led(need)
    offered = [one.profile.id for one in routed.offered]
    left = [one.counsellor for one in routed.left_out]
    assert sorted(offered + left) == sorted(loaded.library.example_counsellors)


def test_each_is_left_out_for_a_reason_of_its_own(led):
    left = {
        one.counsellor: one.why for one in led("pupil_5_9 at paraugpils/manor aged 13").left_out
    }
    assert left["paraugpils_nva"] == "from_age"
    assert left["paraugpils_youth"] == "other_audience"
    assert left["paraugkrasts_harbour"] == "other_place"
    assert left["paraugkalns_centre"] == "farther"
    left = {one.counsellor: one.why for one in led("parent in paraugpils").left_out}
    assert left["paraugpils_secondary"] == "other_institution"
    left = {one.counsellor: one.why for one in led("adult in riga").left_out}
    assert left["paraugpils_board"] == "made_up"
    left = {one.counsellor: one.why for one in led("adult in paraugpils by chat").left_out}
    assert left["paraugpils_board"] == "other_mode"
    left = {one.counsellor: one.why for one in led("adult in paraugpils for group").left_out}
    assert left["paraugpils_board"] == "other_kind"


def test_who_is_not_qualified_or_speaks_neither_language_is_not_offered(led):
    trainee = counsellor("trainee", qualification=None)
    french = counsellor("french", languages=("ru",))
    left = {
        one.counsellor: one.why
        for one in led("adult in paraugpils in en", trainee, french).left_out
    }
    assert (left["trainee"], left["french"]) == ("takes_no_bookings", "other_language")


@pytest.mark.parametrize(
    ("need", "offices"),
    [
        (
            "pupil_5_9 at paraugpils/manor aged 13",
            [
                "secondary shared_school",
                "board municipality",
                "youth youth_centre",
                "remote remote",
            ],
        ),
        (
            "pupil_10_12 at paraugkalns/gymnasium",
            ["centre shared_school", "remote remote", "nva nva"],
        ),
        ("pupil_10_12 in paraugkrasts", ["municipality municipality", "remote remote", "nva nva"]),
        ("seeking in paraugkrasts", ["nva nva", "municipality municipality", "remote remote"]),
        # nothing is known of the own place: the agency's nearest branch, and the nearest place
        ("adult in paraugsala", ["nva nva", "municipality neighbour_place"]),
        ("pupil_5_9 in paraugsala aged 14", ["municipality neighbour_place"]),
        ("adult in riga", []),
    ],
)
def test_where_to_turn_when_there_is_nobody(loaded, need, offices):
    """A school without a counsellor, its municipality, the career centre, from afar, the agency, the nearest place."""
    library = loaded.library
    found = offices_for(need_of(need), library.place_finder, library.meetings)
    assert [f"{one.institution} {one.step}" for one in found] == offices


def test_a_place_whose_schools_have_nobody_leads_to_the_next_office(loaded):
    """Without its education board and its youth centre a place leads to the talks from afar and to the agency."""
    library = loaded.library
    place = library.places["paraugpils"]
    bare = place.model_copy(update={"institutions": {"manor": place.institutions["manor"]}})
    finder = PlaceFinder({**library.places, "paraugpils": bare}, library.known_places)
    found = offices_for(need_of("pupil_10_12 at paraugpils/manor"), finder, library.meetings)
    assert [f"{one.place}/{one.institution}" for one in found] == [
        "paraugpils/remote",
        "paraugpils/nva",
    ]
    silent = bare.model_copy(update={"remote": None, "nva": None})
    finder = PlaceFinder({**library.places, "paraugpils": silent}, library.known_places)
    found = offices_for(need_of("pupil_5_9 at paraugpils/manor aged 12"), finder, library.meetings)
    assert [f"{one.place}/{one.institution}" for one in found] == ["paraugkrasts/municipality"]


def away(first, last, substitute):
    return {"absences": (Absence(since=first, until=last, substitute=substitute),)}


def test_a_substitute_is_offered_for_the_time_of_the_absence(led):
    since, until = MONDAY, MONDAY + timedelta(days=2)
    inga = counsellor("inga", schedule=away(since, until, "zane"))
    zane = counsellor("zane", institution="paraugkalns/centre", whole_place=False)
    offered = {one.profile.id: one for one in led("adult in paraugpils", inga, zane).offered}
    assert offered["zane"].reason == "substitute"
    assert offered["zane"].instead_of == "inga"
    assert [(one.start, one.end) for one in offered["zane"].only] == [
        (at(since, "00:00"), at(until, "24:00"))
    ]
    over = led("adult in paraugpils", inga, zane, now=at(until, "24:00"))
    assert "zane" not in {one.profile.id for one in over.offered}


def test_substitutes_of_substitutes_are_offered_while_both_are_away(led):
    inga = counsellor("inga", schedule=away(MONDAY, MONDAY + timedelta(days=4), "zane"))
    zane = counsellor(
        "zane",
        whole_place=False,
        schedule=away(MONDAY + timedelta(days=1), MONDAY + timedelta(days=9), "ilze"),
    )
    ilze = counsellor("ilze", whole_place=False, institution=SCHOOL)
    offered = {one.profile.id: one for one in led("adult in paraugpils", inga, zane, ilze).offered}
    assert [(one.start, one.end) for one in offered["ilze"].only] == [
        (at(MONDAY + timedelta(days=1), "00:00"), at(MONDAY + timedelta(days=4), "24:00"))
    ]


def test_a_circle_of_substitutes_ends(led):
    inga = counsellor("inga", schedule=away(MONDAY, MONDAY, "zane"))
    zane = counsellor("zane", whole_place=False, schedule=away(MONDAY, MONDAY, "ilze"))
    ilze = counsellor("ilze", whole_place=False, schedule=away(MONDAY, MONDAY, "zane"))
    offered = [one.profile.id for one in led("adult in paraugpils", inga, zane, ilze).offered]
    assert offered.count("zane") == offered.count("ilze") == 1


def test_a_substitute_who_does_not_suit_is_not_offered(led):
    inga = counsellor("inga", schedule=away(MONDAY, MONDAY, "zane"))
    zane = counsellor("zane", whole_place=False, audience=("parent",))
    offered = {one.profile.id for one in led("adult in paraugpils", inga, zane).offered}
    assert "zane" not in offered


def test_an_example_is_not_mixed_into_a_real_place(led):
    real = counsellor("real", place="riga", institution="riga/board")
    offered = led("adult in riga", real).offered
    assert [one.profile.id for one in offered] == ["real"]


def test_the_waiting_list_reaches_those_the_route_leads_to(loaded, led):
    library = loaded.library
    profiles = tuple(library.example_counsellors.values())
    reaches = reaching(profiles, library.place_finder, library.meetings, NOW)
    for words, _ in PAIRS:
        need = need_of(words)
        offered = {one.profile.id for one in led(words).offered}
        assert {one.id for one in profiles if reaches(need, one)} == offered


def test_a_day_is_no_part_of_the_need_that_leads(led):
    later = need_of("adult in paraugpils").model_copy(update={"since": date(2027, 5, 1)})
    assert led(later).offered == led("adult in paraugpils").offered
    assert BOARD in {one.profile.institution for one in led(later).offered}
