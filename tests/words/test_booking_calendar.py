"""Calendar files of meetings, read by a library that did not write them."""

import io
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from pydantic import ValidationError

from bot.core.base.texts import LANGUAGES
from bot.core.booking.kinds import MODES
from bot.words.booking_calendar import (
    CalendarParty,
    FeedMeeting,
    feed,
    feed_addresses,
    feed_tag,
    google_link,
    invitation,
    meeting_note,
)
from bot.words.plain_text import in_one_line, in_plain_lines
from tests.doubles.clocks import NOON
from tests.doubles.meetings import KIND, NOTE, a_meeting, from_to, invited, speak

HOUSE = CalendarParty(address="celvedis@guide.example", name="Ceļvedis")
PERSON = CalendarParty(address="anna@people.example")
CLOCK_CHANGES = (date(2027, 3, 28), date(2027, 10, 31))
FAR = datetime(2036, 1, 1, tzinfo=UTC)
BEYOND_ASCII = "\r\n\0\x07\x0b\x0c\x1c\x85\u2028\u2029\u202e\u200b;:,\\\"^'=ā𝄞 "


def read(content):
    """The one calendar of a file, as the other library understands it."""
    return IcsCalendarStream.calendar_from_ics(content)


def the_event(content):
    (event,) = read(content).events
    return event


def zone_of(content):
    """The file's own time zone, as its rules say, whatever this machine knows of Riga."""
    block = content[content.index("BEGIN:VTIMEZONE") : content.index("BEGIN:VEVENT")]
    return tzical(io.StringIO(block.replace("\r\n", "\n"))).get("Europe/Riga")


def hours_that_differ(content, until=FAR):
    zone, riga = zone_of(content), ZoneInfo("Europe/Riga")
    moment, count, wrong = datetime(2026, 1, 1, tzinfo=UTC), 0, 0
    while moment < until:
        wrong += moment.astimezone(zone).replace(tzinfo=None) != moment.astimezone(riga).replace(tzinfo=None)  # fmt: skip
        moment += timedelta(hours=1)
        count += 1
    return count, wrong


def test_the_zone_in_a_file_is_that_of_riga_in_every_hour_until_2035():
    """It fails on the day that Europe gives summer time up."""
    assert hours_that_differ(invitation(invited(), HOUSE, PERSON)) == (87_648, 0)


def test_a_zone_that_changes_its_clock_elsewhere_is_seen():
    """The negative control."""
    content = invitation(invited(), HOUSE, PERSON).replace("BYMONTH=3", "BYMONTH=4")
    assert hours_that_differ(content, datetime(2027, 1, 1, tzinfo=UTC)) == (8_760, 28 * 24)


def test_an_invitation_is_read_as_it_was_meant():
    content = invitation(invited(sequence=3), HOUSE, PERSON)
    head = content[: content.index("BEGIN:V", 20)]
    assert "\r\nMETHOD:REQUEST\r\n" in head  # of the calendar, before all that is in it
    assert content.count("METHOD:") == content.count("BEGIN:VTIMEZONE") == 1
    assert "RDATE" not in content
    assert read(content).method == "REQUEST"
    event = the_event(content)
    assert (event.uid, event.sequence) == (f"{a_meeting().id}@celvedis", 3)
    assert (event.status, event.classification, event.transparency) == ("CONFIRMED", "PRIVATE", "OPAQUE")  # fmt: skip
    assert (event.summary, event.location, event.dtstamp) == ("Konsultācija", None, NOON)
    assert f"{event.dtstart:%Y-%m-%d %H:%M}" == "2026-11-24 15:00"
    assert event.dtend - event.dtstart == timedelta(minutes=45)
    (attendee,) = event.attendees
    assert (attendee.uri, attendee.status, attendee.rsvp) == (f"mailto:{PERSON.address}", "ACCEPTED", False)  # fmt: skip
    assert (event.organizer.uri, event.organizer.common_name) == (f"mailto:{HOUSE.address}", "Ceļvedis")  # fmt: skip


def test_what_is_held_is_tentative_and_a_chats_file_has_no_attendee():
    held = the_event(invitation(invited(held=True), HOUSE, PERSON))
    assert (held.status, held.attendees[0].status) == ("TENTATIVE", "NEEDS-ACTION")
    taken = the_event(invitation(invited("PUBLISH")))
    assert (taken.attendees, taken.organizer, taken.status) == ([], None, "CONFIRMED")
    gone = invited("PUBLISH", a_meeting(state="cancelled"), sequence=1)
    assert the_event(invitation(gone)).status == "CANCELLED"


def test_over_a_history_the_name_stays_and_the_count_rises():
    meeting, sequence, told = a_meeting(), 0, []
    for hour in (15, 9, 11, 17):
        meeting = meeting.model_copy(update={"during": from_to(hour=hour), "sequence": sequence})
        told.append(invited("REQUEST", meeting, sequence=meeting.sequence))
        sequence += 1
    ended = meeting.model_copy(update={"state": "cancelled", "sequence": sequence})
    told.append(invited("CANCEL", ended, sequence=ended.sequence))
    files = [invitation(one, HOUSE, PERSON) for one in told]
    events = [the_event(one) for one in files]
    assert len({event.uid for event in events}) == 1
    assert len({event.organizer.uri for event in events}) == 1
    sequences = [event.sequence for event in events]
    assert sequences == sorted({*sequences})
    assert [event.dtstart.hour for event in events] == [15, 9, 11, 17, 17]
    assert [(read(one).method, event.status) for one, event in zip(files, events, strict=True)] == [
        *[("REQUEST", "CONFIRMED")] * 4,
        ("CANCEL", "CANCELLED"),
    ]
    assert [attendee.uri for attendee in events[-1].attendees] == [f"mailto:{PERSON.address}"]


@pytest.mark.parametrize("day", CLOCK_CHANGES)
@pytest.mark.parametrize("hour", [0, 9, 20])
def test_on_days_when_the_clock_changes_the_wall_clock_is_right(day, hour):
    during = from_to(day, hour)
    content = invitation(invited(meeting=a_meeting(during)), HOUSE, PERSON)
    event, zone = the_event(content), zone_of(content)
    for shown, meant in ((event.dtstart, during.start), (event.dtend, during.end)):
        assert shown == meant
        assert shown.replace(tzinfo=zone).astimezone(UTC) == meant  # by the rules in the file too
    assert (event.dtstart.day, event.dtstart.hour) == (day.day, hour)


def test_a_file_that_contradicts_itself_is_not_made():
    for organizer, attendee in ((None, None), (HOUSE, None), (None, PERSON)):
        with pytest.raises(ValueError, match="name an organizer and an attendee"):
            invitation(invited(), organizer, attendee)
    with pytest.raises(ValueError, match="PUBLISH no attendee"):
        invitation(invited("PUBLISH"), HOUSE, PERSON)
    with pytest.raises(ValidationError, match="cancelled meeting is not requested"):
        invited("REQUEST", a_meeting(state="cancelled"))


def test_nothing_of_the_matter_and_nobodys_name_is_in_a_file():
    meeting = a_meeting(counsellors=("anna-berzina", "janis"), series="depresija")
    note = meeting_note(speak(), meeting, KIND, "https://guide.example/b/1")
    content = invitation(invited(meeting=meeting, note=note), HOUSE, PERSON)
    whole = content.replace("\r\n ", "")
    for word in ("anna-berzina", "janis", "depresija", "karjer", "Individuāla", "individual"):
        assert word not in whole
    event = the_event(content)
    assert (event.summary, event.location) == ("Konsultācija", "12. kabinets")
    assert event.description.startswith("Pārcelt vai atcelt: https://guide.example/b/1\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", MODES)
def test_a_note_says_how_one_meets_where_there_is_no_room(language, mode):
    words = speak(language)
    note = meeting_note(
        words, a_meeting(mode=mode, where=""), KIND, "https://a.example/1", staff=True
    )
    event = the_event(invitation(invited(note=note), HOUSE, PERSON))
    said = words.phrase(f"meeting_{mode}")
    assert event.location == said
    assert (language == "lv") == (said in {"klātienē", "videosarunā", "pa tālruni", "sarakstē"})
    assert "https://a.example/1" in event.description


def test_long_latvian_words_are_folded_between_letters():
    title = "Ļoti garš nosaukums ar garumzīmēm āčēģīķļņšūž " * 8
    content = invitation(
        invited(note=NOTE.model_copy(update={"title": title.strip()})), HOUSE, PERSON
    )
    lines = content.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or not line for line in lines)  # no letter is torn
    assert the_event(content).summary == title.strip()


WORDS = st.text(st.one_of(st.sampled_from(BEYOND_ASCII), st.characters()), max_size=120)
AIMED = st.sampled_from(
    ["\r\nATTENDEE:mailto:x@y", "\nEND:VEVENT", "\rMETHOD:CANCEL", "\u2028UID:1"]
)


@settings(max_examples=150, deadline=None)
@given(st.tuples(WORDS, AIMED, WORDS).map("".join), WORDS, WORDS, WORDS)
def test_no_words_change_what_a_file_is(title, about, where, name):
    note = NOTE.model_validate({"language": "lv", "title": title, "about": about, "where": where})
    house = CalendarParty(address=HOUSE.address, name=name)
    content = invitation(invited(note=note), house, PERSON)
    assert all(sign.isprintable() or sign in "\r\n\t" or ord(sign) > 0x9F for sign in content)
    event = the_event(content)
    assert (event.uid, event.sequence, event.status) == (f"{a_meeting().id}@celvedis", 0, "CONFIRMED")  # fmt: skip
    assert read(content).method == "REQUEST"
    assert [one.uri for one in event.attendees] == [f"mailto:{PERSON.address}"]
    assert event.organizer.uri == f"mailto:{HOUSE.address}"
    assert (event.summary or "") == in_one_line(title)
    assert (event.description or "").rstrip() == in_plain_lines(about).rstrip()


# --- the feed


def entry(number=0, changed=NOON, **change):
    meeting = a_meeting(from_to(hour=9 + number), id=f"{number:032x}", **change)
    return FeedMeeting(meeting=meeting, note=NOTE, changed=changed)


def test_a_feed_says_when_to_come_again_and_names_nobody():
    content = feed("Mans, kalendārs", [entry(2), entry(1, sequence=4)], NOON)
    calendar = read(content)
    assert (calendar.method, calendar.refresh_interval) == ("PUBLISH", timedelta(hours=1))
    assert calendar.name == ["Mans, kalendārs"]
    assert "\r\nX-PUBLISHED-TTL:PT1H\r\n" in content
    assert [(event.dtstart.hour, event.sequence) for event in calendar.events] == [(10, 4), (11, 0)]
    assert all(not event.attendees and event.organizer is None for event in calendar.events)
    assert read(feed("x", [], NOON)).events == []


def test_a_feed_keeps_what_was_cancelled_for_thirty_days():
    cancelled = entry(1, changed=NOON, state="cancelled")
    meant = {timedelta(0): ["CANCELLED"], timedelta(days=29, hours=23): ["CANCELLED"], timedelta(days=30): []}  # fmt: skip
    for later, states in meant.items():
        events = read(feed("x", [cancelled], NOON + later)).events
        assert [event.status for event in events] == states


def test_a_feeds_tag_changes_with_the_feed_alone():
    one, two = entry(1), entry(2)
    tag = feed_tag(feed("x", [one, two], NOON))
    assert tag == feed_tag(feed("x", [two, one], NOON + timedelta(days=3)))
    moved = two.model_copy(update={"meeting": a_meeting(from_to(hour=18), id=two.meeting.id)})
    assert tag != feed_tag(feed("x", [one, moved], NOON))
    assert tag[0] == tag[-1] == '"'
    assert tag.isascii()


def test_a_feed_has_an_address_for_each_kind_of_calendar():
    found = feed_addresses("https://guide.example", "t0ken")
    assert found.web == "https://guide.example/cal/t0ken.ics"
    assert found.webcal == "webcal://guide.example/cal/t0ken.ics"


def test_googles_page_is_given_the_time_and_neutral_words_alone():
    given = parse_qs(urlsplit(google_link(a_meeting(), NOTE)).query)
    assert given == {
        "action": ["TEMPLATE"], "text": ["Konsultācija"], "ctz": ["Europe/Riga"],
        "dates": ["20261124T130000Z/20261124T134500Z"], "details": [NOTE.about],
    }  # fmt: skip
