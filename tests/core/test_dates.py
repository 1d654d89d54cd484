"""Dates told by day and by who asks, as files, as reminders that move with them; notices of some days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.core.dialogue.date_events import (
    DatesShown,
    NoticeTold,
    Reminded,
    ReminderKept,
    ReminderRefused,
    RemindersDropped,
)
from bot.core.dialogue.events import Withheld
from bot.core.dialogue.inputs import DateDue, Picked, Said, Started
from bot.core.education.dates import DatedEntry, dates_for, reminder_moment, school_year_of
from bot.service.conversations import RIGA, Dialogue
from bot.words.messages import plain
from tests.doubles.clocks import NOON, SetClock
from tests.doubles.person import Person
from tests.doubles.sample import load_sample, sample_words

WEEK = timedelta(days=7)


class Sitting:
    """Somebody of the sample on a day, with the content as it is then."""

    def __init__(self, moment=NOON, keeping="keep", who="pupil_10_12", language="lv"):
        self.clock = SetClock(moment)
        self.library = load_sample().library
        self.person = Person(self.talks(), language)
        self.person.answer(who=who, age_band="from_13", keeping=keeping)

    def talks(self):
        return Dialogue(self.library, sample_words(), self.clock)

    def on(self, moment):
        self.clock.moment = moment
        return self

    def pick(self, *picks):
        for pick in picks:
            self.person.give(Picked(options=(pick,)))
        return self

    def move(self, entry, **days):
        """Let a date be another one in a newer release."""
        changed = self.library.dates[entry].model_copy(update=days)
        dates = {**self.library.dates, entry: changed}
        self.library = replace(self.library, dates=dates, release="newer")
        self.person.talks = self.talks()
        return self

    def due(self, entry="sign_up", on=date(2027, 1, 15)):
        self.person.give(DateDue(entry=entry, on=on))
        return self

    def events(self, kind):
        return [event for event in self.person.events if isinstance(event, kind)]

    @property
    def said(self):
        return "\n".join(plain(message) for message in self.person.messages)


def riga(year, month, day, hour=10):
    return datetime(year, month, day, hour, tzinfo=RIGA)


def listed(today, who="pupil_10_12", tag=None):
    return dates_for(load_sample().library.dates, today, who, tag)


def test_dates_are_told_in_the_order_of_days_and_by_what_is_known():
    now = listed(date(2026, 11, 24))
    assert now.coming == ("sign_up", "week")
    assert now.unknown == ("summer",)
    assert now.past == ("last_week",)


def test_a_date_is_coming_to_its_last_day_and_over_after_it():
    assert "week" in listed(date(2027, 2, 5)).coming
    assert "week" in listed(date(2027, 2, 6)).past


def test_what_was_two_school_years_ago_is_told_no_more():
    assert listed(date(2027, 9, 1)).past == ("sign_up", "week")
    assert listed(date(2029, 9, 1)).past == ()


def test_dates_are_for_whom_they_are_and_what_is_not_said_stays_untold():
    assert listed(date(2026, 11, 24), who="adult").coming == ("week",)
    assert listed(date(2026, 11, 24), tag="exams").unknown == ()
    assert "silent" not in str(listed(date(2026, 11, 24), who="adult"))


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-08-31", "2025/26"), ("2026-09-01", "2026/27"), ("2099-10-01", "2099/00")],
)
def test_a_school_year_begins_in_september(day, year):
    assert school_year_of(date.fromisoformat(day)) == year


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (riga(2026, 11, 24), riga(2027, 1, 14)),
        (riga(2027, 1, 14, 9), riga(2027, 1, 14)),
        (riga(2027, 1, 14, 11), riga(2027, 1, 15)),
        (riga(2027, 1, 15, 11), None),
        (riga(2027, 3, 1), None),
    ],
)
def test_a_reminder_comes_the_day_before_or_on_the_day(now, moment):
    assert reminder_moment(load_sample().library.dates["sign_up"], now) == moment


def test_ten_o_clock_is_of_riga_in_summer_too():
    entry = load_sample().library.dates["sign_up"].model_copy(update={"on": date(2027, 6, 11)})
    assert reminder_moment(entry, NOON).astimezone(UTC).hour == 7


@pytest.mark.parametrize(
    "days", [{"from": "2027-01-01"}, {"on": "2027-01-01", "from": "2027-01-01"}]
)
def test_a_date_has_one_form(days):
    with pytest.raises(ValueError, match="from"):
        DatedEntry.model_validate(
            days
            | {"title": "x", "school_year": "2026/27", "source": "leaflet", "said": True}
            | {"checked": "2026-11-22", "review": "2027-11-22", "who": ["adult"], "tags": ["exams"]}
        )


def test_a_list_has_each_day_with_its_caution_source_and_date():
    sitting = Sitting()
    sitting.person.give(Started(flow="dates"))
    sitting.pick("everything")
    assert sitting.events(DatesShown)
    assert "15.01.2027. – Parauga pieteikšanās. Pēc parauga noteikuma" in sitting.said.replace(
        "\u00a0", " "
    )
    assert "Parauga vasara (2026/27). Publicē Paraugs, parasti pavasarī." in sitting.said
    assert (
        "Pagājušajā mācību gadā; noder tikai salīdzināšanai\n• 02.02.2026.–06.02.2026."
        in sitting.said
    )
    assert "Pārbaudīts: 22.11.2026." in sitting.said.replace("\u00a0", " ")


def test_two_years_on_nothing_is_said_without_caution():
    sitting = Sitting(NOON + timedelta(days=730))
    sitting.person.give(Started(flow="dates"))
    sitting.pick("everything")
    unknown = next(one for one in sitting.person.messages if "Parauga vasara" in plain(one))
    assert all("Sen nav pārbaudīts" in item for item in unknown.items)
    assert "2026/27" not in "".join(unknown.items)


def test_a_calendar_file_is_read_back_by_the_library():
    sitting = Sitting().pick("@calendar:week")
    document = next(one.document for one in sitting.person.messages if one.document)
    (event,) = Calendar.from_ical(document.content).walk("VEVENT")
    assert document.name == "week.ics"
    assert event["UID"] == "week@celvedis"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 2, 1), date(2027, 2, 6))
    assert event["SUMMARY"] == "Parauga nedēļa"
    assert "Parauga buklets" in event["DESCRIPTION"]


def test_a_moved_date_takes_its_own_place_in_a_calendar():
    sitting, days = Sitting(), {"from_": date(2027, 2, 8), "to": date(2027, 2, 9)}
    before = sitting.pick("@calendar:week").person.messages[0].document.content
    sitting.move("week", **days, checked=date(2026, 12, 1)).pick("@calendar:week")
    after = next(one.document.content for one in sitting.person.messages if one.document)
    (old,), (new,) = (Calendar.from_ical(text).walk("VEVENT") for text in (before, after))
    assert old["UID"] == new["UID"]
    assert new["SEQUENCE"] > old["SEQUENCE"]


def test_a_reminder_is_said_once_with_its_day_and_source():
    sitting = Sitting().pick("@remind:sign_up")
    assert sitting.events(ReminderKept)[0].due == riga(2027, 1, 14)
    sitting.on(riga(2027, 1, 14)).due()
    assert sitting.events(Reminded) == [Reminded(entry="sign_up", was=date(2027, 1, 15))]
    assert "Parauga buklets" in sitting.said
    assert sitting.person.session.reminders == ()
    assert sitting.due().events(Withheld)
    assert sitting.person.messages == ()


def test_without_consent_no_reminder_is_kept_and_consent_is_offered():
    sitting = Sitting(keeping="brief").pick("@remind:sign_up")
    assert sitting.events(ReminderRefused)[0].why == "consent"
    assert sitting.person.session.reminders == ()
    assert "@change:keeping" in [button.pick for button in sitting.person.messages[0].buttons]


def test_consent_withdrawn_silences_a_reminder():
    sitting = Sitting().pick("@remind:sign_up", "@change:keeping")
    sitting.person.press("brief")
    assert sitting.on(riga(2027, 1, 14)).due().events(Reminded) == []


def test_on_a_computer_of_others_no_reminder_is_kept():
    sitting = Sitting()
    sitting.person.session = sitting.person.session.model_copy(update={"shared_computer": True})
    assert sitting.pick("@remind:sign_up").events(ReminderRefused)[0].why == "shared"


def test_stop_withdraws_every_reminder():
    sitting = Sitting().pick("@remind:sign_up", "@remind:week")
    sitting.person.give(Said(text="apturēt"))
    assert sitting.events(RemindersDropped)[0].entries == ("sign_up", "week")
    sitting.person.give(Said(text="izvēlne"))
    assert sitting.on(riga(2027, 1, 14)).due().events(Reminded) == []


def test_the_data_page_shows_reminders_and_withdraws_them():
    sitting = Sitting().pick("@remind:sign_up", "@show_data")
    assert "Atgādinājums 14.01.2027. 10:00: Parauga pieteikšanās" in sitting.said.replace(
        "\u00a0", " "
    )
    data = next(one for one in sitting.person.messages if one.kind == "data")
    assert [button.pick for button in data.buttons] == ["@unremind:sign_up"]
    assert sitting.pick("@unremind:sign_up").person.session.reminders == ()


def test_a_date_that_moved_on_is_told_as_moved_and_comes_again():
    sitting = Sitting().pick("@remind:sign_up").move("sign_up", on=date(2027, 1, 29))
    sitting.on(riga(2027, 1, 14)).due()
    assert "Bija 15.01.2027., tagad 29.01.2027." in sitting.said.replace("\u00a0", " ")
    (again,) = sitting.person.session.reminders
    assert (again.on, again.due) == (date(2027, 1, 29), riga(2027, 1, 28))


def test_a_date_that_moved_is_told_as_soon_as_somebody_talks():
    sitting = Sitting().pick("@remind:sign_up").move("sign_up", on=date(2027, 1, 5))
    sitting.person.give(Said(text="izvēlne"))
    assert sitting.events(Reminded)[0].was == date(2027, 1, 15)
    assert sitting.person.session.reminders[0].due == riga(2027, 1, 4)


def test_a_date_nobody_knows_any_more_is_told_as_unknown():
    sitting = Sitting().pick("@remind:sign_up").move("sign_up", on=None)
    sitting.on(riga(2027, 1, 14)).due()
    assert "vairs nav zināma" in sitting.said


def test_after_the_day_nothing_is_said():
    sitting = Sitting().pick("@remind:sign_up").on(riga(2027, 1, 16)).due()
    assert sitting.events(Withheld)
    assert sitting.person.session.reminders == ()


def test_a_button_of_a_date_that_is_gone_harms_nothing():
    sitting = Sitting().pick("@remind:nowhere")
    assert sitting.person.session.reminders == ()
    assert sitting.person.kinds[-1] == "ask"


def test_a_notice_is_told_once_in_a_conversation_within_its_days():
    inside = Sitting(riga(2027, 6, 28))
    assert inside.person.session.notices == ("sample_days",)  # with the question after who it is
    inside.person.session = inside.person.session.model_copy(update={"notices": ()})
    assert inside.pick("@menu").events(NoticeTold) == [NoticeTold(notice="sample_days")]
    assert inside.person.kinds[-1] == "ask"
    assert inside.pick("@menu").events(NoticeTold) == []


@pytest.mark.parametrize(
    ("moment", "who", "told"),
    [
        (riga(2027, 6, 27), "pupil_10_12", ()),
        (riga(2027, 7, 2, 23), "pupil_10_12", ("sample_days",)),
        (riga(2027, 7, 3, 0), "pupil_10_12", ()),
        (riga(2027, 6, 28), "adult", ()),
    ],
)
def test_a_notice_keeps_to_its_days_and_to_whom_it_is_for(moment, who, told):
    assert Sitting(moment, who=who).pick("@menu").person.session.notices == told
