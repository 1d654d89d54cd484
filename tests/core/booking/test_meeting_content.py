"""What production says can be booked, and the made-up counsellors of the made-up places."""

from datetime import timedelta

import pytest

from bot.core.booking.explain import explain
from bot.core.booking.free_times import days_between, free_times
from bot.core.booking.hindrances import TimeSearch
from bot.core.booking.kinds import MODES
from bot.core.booking.spans import Span
from tests.doubles.calendars import MONDAY, at


@pytest.fixture(scope="module")
def library(loaded):
    return loaded.library


def test_every_example_says_that_it_is_one(library):
    assert len(library.example_counsellors) >= 6
    providers = {one.provider for one in library.example_counsellors.values()}
    assert {"school", "municipality", "nva"} <= providers
    for profile in library.example_counsellors.values():
        assert profile.example
        assert library.places[profile.place].example
        assert "Paraug" in profile.name  # nobody's name
        assert profile.email is None  # nobody is written to


def test_every_example_can_be_booked_within_two_weeks(library):
    now = at(MONDAY, "08:00")
    for profile in library.example_counsellors.values():
        for kind in profile.kinds:
            rules = library.meetings.kinds[kind]
            window = Span(start=now, end=now + timedelta(days=14))
            search = TimeSearch(kind, rules, library.closures, now, window)
            if rules.seats == 1:
                assert free_times(profile, (), search), (profile.id, kind)
            else:
                assert explain(MONDAY, profile, (), search)[0].why == "no_group"


def test_no_example_works_on_a_holiday_of_2027(library):
    profile = library.example_counsellors["paraugkalns_centre"]
    rules = library.meetings.kinds["talk"]
    for day in days_between(MONDAY, MONDAY + timedelta(days=300)):
        now = at(day - timedelta(days=3), "08:00")
        window = Span(start=at(day, "00:00"), end=at(day, "24:00"))
        search = TimeSearch("talk", rules, library.closures, now, window)
        closed = library.closures.on(day, profile) is not None or day.isoweekday() > 5
        assert bool(free_times(profile, (), search)) != closed, day


def test_what_stands_on_a_lock_screen_betrays_nothing(library, talks):
    for catalogue in talks.catalogues.values():
        for kind in library.meetings.kinds.values():
            assert catalogue.messages.get((None, kind.outside), kind.outside) not in (
                "",
                kind.title,
            )
            told = catalogue.messages.get((None, kind.outside), kind.outside).casefold()
            assert not any(
                word in told
                for word in ("karjer", "career", "карʼєр", "карьер", "konsult", "counsel")
            )


def test_every_way_to_meet_has_its_words(library):
    assert set(library.meetings.modes) == set(MODES)
