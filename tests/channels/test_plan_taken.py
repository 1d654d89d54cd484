"""What is taken away of a plan: as PDF, as a calendar, as a CV, as an empty form."""

from datetime import date
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from bot.channels.web.plan import takeaways
from bot.errors import DocumentError
from tests.channels.planning import ADULT, said
from tests.doubles.plan_items import entry, goal, step
from tests.doubles.plan_people import full_plan


def pdf_text(answer):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_the_plan_is_taken_as_pdf_in_the_persons_language_and_in_latvian(comes, talks):
    person = comes(*ADULT, language="en")
    person.has(full_plan(talks.library))
    for path, title in (
        ("/plan.pdf", talks.catalogues["en"]),
        ("/plan.pdf?lang=lv", talks.catalogues["lv"]),
    ):
        answer = person.get(path)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"] == 'attachment; filename="plans.pdf"'
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        assert "Excel и бухгалтерия" in text
        assert title.say("Karjeras attīstības plāns") in text
    assert 'href="/plan.pdf?lang=lv"' in person.get("/plan/take").text


def test_what_a_pdf_cannot_show_is_said_before_it_is_taken(comes):
    person = comes(*ADULT, language="uk")
    assert "символ" not in said(person.get("/plan/take"))
    person.put(entry("skills", "♥ 中文 \ue000"))
    note = "4 символи не можна показати в PDF; на вебсторінці й у файлі JSON вони є."
    assert note in said(person.get("/plan/take"))
    assert note in " ".join(pdf_text(person.get("/plan.pdf")).split())
    assert "♥ 中文" in person.get("/plan").text
    assert "中文" in person.get("/plan.json").json()["plan"]["items"][0]["wording"]["text"]


def test_a_pdf_that_cannot_be_made_leads_to_the_page(adult, monkeypatch):
    def fails(_document):
        raise DocumentError("the typesetter failed")

    adult.put(entry("skills", "Rēķini"))
    monkeypatch.setattr(takeaways, "set_pdf", fails)
    answer = adult.get("/plan.pdf")
    assert answer.status_code == 200
    assert "Šo PDF neizdevās salikt." in said(answer)
    assert 'href="/plan"' in answer.text


def test_the_days_of_the_plan_go_into_a_calendar(adult):
    assert "Kalendārā nav ko likt" in said(adult.get("/plan.ics"))
    adult.put(step("zvanīt tehnikumam", date(2026, 12, 15)), goal("Iegūt B2", date(2027, 6, 30)))
    answer = adult.get("/plan.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    days = {event["dtstart"].dt for event in Calendar.from_ical(answer.content).walk("vevent")}
    assert days == {date(2026, 12, 15), date(2027, 6, 30)}
    again = Calendar.from_ical(adult.get("/plan.ics").content).walk("vevent")
    assert {str(one["uid"]) for one in again} == {
        str(one["uid"]) for one in Calendar.from_ical(answer.content).walk("vevent")
    }
    assert adult.key not in answer.text


def test_a_europass_cv_is_given_and_says_what_was_not_tried(adult):
    adult.put(entry("work_experience", "Kase veikalā"), entry("skills", "Sargāts", sensitive=True))
    answer = adult.get("/plan.xml")
    assert answer.headers["content-disposition"] == 'attachment; filename="europass.xml"'
    assert "Kase veikalā" in answer.text
    assert "Sargāts" not in answer.text
    assert "nav pārbaudīts" in said(adult.get("/plan/take"))


def test_the_empty_form_is_given_for_who_writes_by_hand(adult):
    answer = adult.get("/plan/form.pdf")
    assert len(PdfReader(BytesIO(answer.content)).pages) == 2


DOCUMENTS = ["/plan.pdf", "/plan.json", "/plan.ics", "/plan.xml", "/plan/form.pdf", "/plan/take"]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_asks_for_the_head_alone_is_told_what_the_document_is(adult, encoding):
    adult.put(entry("skills", "ā" * 3000), step("zvanīt", date(2027, 1, 5)))
    adult.fill("/plan/share/new", for_whom="Mamma", items="e1")
    shared = f"/p/{adult.plan.shares[0].token}"
    adult.get("/plan")  # the answer to the form is seen
    for path in (*DOCUMENTS, shared, f"{shared}?as=pdf", f"{shared}?as=json"):
        asked = {"accept-encoding": encoding}
        whole, head = adult.client.get(path, headers=asked), adult.client.head(path, headers=asked)
        told = [{**answer.headers, "date": ""} for answer in (whole, head)]
        if (
            encoding == "gzip" and path == "/plan/take"
        ):  # the mark in its form is another one each time
            told = [{**one, "content-length": ""} for one in told]
        assert (path, told[0]) == (path, told[1])
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert encoding == "gzip" or int(head.headers["content-length"]) == len(whole.content)
