"""Mails about meetings in words: when, what a locked phone shows, the same in text and in HTML."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core.base.texts import LANGUAGES
from bot.words.booking_mail import BookingPages, MovedFrom, cancelled, confirmed, moved
from bot.words.booking_staff_mail import handoff
from bot.words.booking_times import time_by, time_from, time_from_to
from bot.words.mail import MAIL, Mail
from tests.doubles.clocks import NOON
from tests.doubles.mails import HANDOFF, HANDOFF_PAGES, QUESTION, every_mail
from tests.doubles.meetings import PAGES, a_meeting, from_to, invited, speak, told

PREVIEW = 160  # characters of a mail that a locked phone may show
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li", "a"}
SHOWN = {"h1", "h2", "p", "li", "a"}


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes, and its words."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self._open = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] in SHOWN:
            self.words += data.split()

    @property
    def links(self):
        return [found["href"] for tag, found in self.tags if tag == "a"]


def words_of(mail):
    """The words of the text, without what only text has: dashes before lines, addresses after links."""
    addresses = tuple(f": {link}" for link in Page(mail.html).links)
    found = []
    for line in mail.text.splitlines():
        ends = next(filter(line.endswith, addresses), "")
        found += line.removeprefix("– ").removesuffix(ends).split()
    return found


# --- when


@pytest.mark.parametrize(
    ("language", "during", "short", "by"),
    [
        ("lv", "otrdien, 24. novembrī, 15.00–15.45 (Rīgas laiks)", "otrdien, 24. novembrī, 15.00",
         "otrdien, 24. novembrī, plkst. 15.00 (Rīgas laiks)"),
        ("en", "Tuesday 24 November, 15:00–15:45 (Riga time)", "Tuesday 24 November, 15:00",
         "Tuesday 24 November, 15:00 (Riga time)"),
        ("uk", "у вівторок, 24 листопада, 15:00–15:45 (за ризьким часом)", "у вівторок, 24 листопада, 15:00",
         "у вівторок, 24 листопада, о 15:00 (за ризьким часом)"),
        ("ru", "во вторник, 24 ноября, 15:00–15:45 (по рижскому времени)", "во вторник, 24 ноября, 15:00",
         "во вторник, 24 ноября, в 15:00 (по рижскому времени)"),
    ],
)  # fmt: skip
def test_a_time_is_said_as_each_language_says_it(language, during, short, by):
    words, span = speak(language), from_to()
    said = (time_from_to(words, span), time_from(words, span.start), time_by(words, span.start))
    assert tuple(one.replace("\u00a0", " ") for one in said) == (during, short, by)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_day_and_month_has_a_name_of_its_own(language):
    days = [date(2027, 1, 4) + timedelta(days=n) for n in range(7)]
    months = [date(2027, n, 1) for n in range(1, 13)]
    said = [time_from(speak(language), from_to(day).start).split() for day in days]
    assert len({tuple(words[:2]) for words in said}) == 7
    assert len({tuple(time_from(speak(language), from_to(day).start).split()[-2:]) for day in months}) == 12  # fmt: skip


@pytest.mark.parametrize(("day", "hour"), [((2027, 3, 28), "9.00"), ((2027, 10, 31), "9.00")])
def test_on_days_when_the_clock_changes_the_wall_clock_is_said(day, hour):
    said = time_from_to(speak(), from_to(date(*day), 9))
    assert f"0{hour}–09.45" in said
    assert said.startswith("svētdien")


# --- what is shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_locked_phone_shows_when_and_nothing_of_the_matter(language):
    hidden = ("12. kabinets", "Anna", "karjeras", "ABCD", "Slimība", "matemātik", "Grade", "viesnīca")  # fmt: skip
    for mail in every_mail(speak(language)).values():
        shown = mail.subject + mail.text[:PREVIEW]
        assert [word for word in hidden if word in shown] == []
    everything = "".join(mail.text for mail in every_mail(speak(language)).values())
    assert [word for word in hidden if word not in everything] == []  # they do stand further down


@pytest.mark.parametrize("register", ["tu", "jus"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_page_say_the_same(language, register):
    for kind, mail in every_mail(speak(language, register)).items():
        page = Page(mail.html)
        assert {tag for tag, _ in page.tags} <= TAGS, kind
        assert page.words == mail.subject.split() + words_of(mail)
        assert all(link in mail.text for link in page.links)
        assert (page.tags[0][1]["lang"], mail.language) == (language, language)


def test_a_page_fetches_nothing_and_sets_no_colour():
    for mail in every_mail(speak()).values():
        page = Page(mail.html)
        assert not any(name in found for _, found in page.tags for name in ("src", "style", "onclick", "background"))  # fmt: skip
        for word in ("url(", "color:", "background", "@import", "<img"):
            assert word not in mail.html.replace("color-scheme:", "")
        assert "color-scheme: light dark" in mail.html
        assert len(mail.html.encode()) < 8_000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=5).map(tuple))
def test_no_words_of_people_become_a_part_of_the_page(question, profile):
    change = {"question": f"<script>{question}</p><a href=x>", "profile": profile}
    mail = handoff(speak(), HANDOFF.model_copy(update=change), HANDOFF_PAGES)
    page = Page(mail.html)
    assert {tag for tag, _ in page.tags} <= TAGS
    assert page.links == [*HANDOFF_PAGES.model_dump().values()]
    assert "\x00" not in mail.text + mail.html
    assert MAIL.validate_json(mail.model_dump_json()) == mail  # any database takes it


# --- each mail


def test_a_handoff_begins_with_the_question_and_ends_with_four_acts():
    mail = every_mail(speak())["handoff"]
    order = ["Jautājums", QUESTION, "Īsumā", "Kas vēl nav zināms", "Kas tajā dienā ir blakus", "līdz 24.12.2026.",
             "Pieņemt", "Piedāvāt citu laiku", "Nodot kolēģim", "Noraidīt ar iemeslu"]  # fmt: skip
    places = [mail.text.replace("\u00a0", " ").index(f"\n{part}" if part == "Jautājums" else part) for part in order]  # fmt: skip
    assert places == sorted(places)
    # the question is in the language of who asks, whatever the mail is in
    assert {"lang": "uk"} in [found for tag, found in Page(mail.html).tags if tag == "p"]
    assert mail.expires == from_to().start
    bare = HANDOFF.model_copy(update={"question": " ", "during": None, "unknown": ()})
    without = handoff(speak(), bare, HANDOFF_PAGES)
    assert "Jautājums nav uzrakstīts." in without.text
    assert "Kas vēl nav zināms" not in without.text
    assert (without.subject, without.expires) == ("Jauns pieteikums", HANDOFF.consent_until)


def test_a_coordinator_is_told_nothing_of_who_asks():
    mails = every_mail(speak())
    for word in (*HANDOFF.profile, *QUESTION.split(), *HANDOFF.unknown):
        if len(word) > 3:
            assert word not in mails["nobody"].text
    assert "Darba stundas bez atbildes: 9" in mails["nobody"].text
    for line in ("Brīvi laiki tuvākajās 14 dienās: 3", "Gaida: 30", "Trūkst laiku: 27"):
        assert f"– {line}\n" in mails["supply"].text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("person", "Laiks ir atcelts, kā lūgts."),
        ("counsellor", "Laiku atcēla konsultants."),
        ("coordinator", "Laiku atcēla koordinators."),
        ("program", "Laiks ir atcelts."),
    ],
)
def test_a_cancelled_meeting_tells_by_whom(by, said):
    mail = cancelled(speak(), told(calendar=invited("CANCEL")), PAGES, by, "Slimība")
    assert mail.text.startswith(f"{said}\n")
    assert "– Iemesls: Slimība\n" in mail.text
    assert "izņem no kalendāra" in mail.text
    assert "Iemesls" not in cancelled(speak(), told(), PAGES, by, " ").text


def test_whether_a_new_time_fits_is_asked_where_there_is_a_page_for_it():
    before = MovedFrom(was=from_to(hour=9), by="counsellor")
    asked = moved(speak(), told(), PAGES, before).text
    told_only = moved(speak(), told(), PAGES.model_copy(update={"fits": ""}), before).text
    assert "Vai jaunais laiks der?" in asked
    assert "Vai jaunais laiks der?" not in told_only
    assert f"Pārcelt vai atcelt: {PAGES.change}" in told_only
    for by, said in (("coordinator", "Laiku pārcēla koordinators."), ("program", "Laiks ir pārcelts.")):  # fmt: skip
        given = MovedFrom(was=from_to(hour=9), by=by)
        assert moved(speak(), told(), PAGES, given).text.startswith(said)


def test_what_has_no_page_is_not_asked():
    mail = confirmed(speak(), told(), BookingPages())
    assert "http" not in mail.text
    assert "Saite" not in mail.text
    assert "Ja laiks neder" not in mail.text


def test_a_made_up_meeting_says_so_and_another_does_not():
    about_one = {"confirmed", "day_before", "moved", "cancelled", "offer"}
    examples = every_mail(speak(), meeting=a_meeting(example=True))
    assert {kind for kind, mail in examples.items() if "Šis ir paraugs" in mail.text} == about_one
    assert not any("paraugs" in mail.text for mail in every_mail(speak()).values())


def test_each_mail_ends_when_it_is_no_use_any_more():
    during, soon = from_to(), NOON + timedelta(hours=2)
    assert {kind: mail.expires for kind, mail in every_mail(speak()).items()} == {
        "confirmed": during.end, "day_before": during.start, "moved": during.end, "cancelled": during.end,
        "offer": soon, "address": soon, "handoff": during.start, "nobody": soon, "supply": soon,
    }  # fmt: skip


def test_only_what_nobody_asked_for_can_be_ended():
    mails = every_mail(speak())
    assert [kind for kind, mail in mails.items() if mail.unsubscribe] == ["day_before"]
    assert "Atgādinājumus vairs nesūtīt" in mails["day_before"].text
    assert "Atgādinājumus vairs nesūtīt" not in mails["confirmed"].text


def test_two_mails_have_one_key_only_where_they_are_the_same():
    mails = every_mail(speak())
    again = every_mail(speak())
    later = every_mail(speak(), meeting=a_meeting(sequence=1))
    assert len({mail.key for mail in mails.values()}) == len(mails)
    assert [mail.key for mail in again.values()] == [mail.key for mail in mails.values()]
    assert mails["confirmed"].key != later["confirmed"].key
    assert mails["confirmed"].key != confirmed(speak(), told(booking="c" * 32), PAGES).key


def test_pupils_and_adults_are_spoken_to_each_in_their_way():
    assert "Vai būsi?" in every_mail(speak("lv", "tu"))["day_before"].text
    assert "Vai būsiet?" in every_mail(speak("lv", "jus"))["day_before"].text


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "https://a.example/\r\nBcc: x@y", "https://a.example/<x>", "https://ā.example/", "a"],
)  # fmt: skip
def test_a_link_that_could_be_something_else_is_refused(link):
    with pytest.raises(ValidationError):
        confirmed(speak(), told(), BookingPages(change=link))
    mail = every_mail(speak())["day_before"]
    with pytest.raises(ValidationError):
        Mail.model_validate(mail.model_dump() | {"unsubscribe": link})
