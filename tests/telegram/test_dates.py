"""A date as a document in the chat, by either driver, and a reminder that comes by itself."""

from datetime import datetime

import pytest
from icalendar import Calendar

from bot.core.education.dates import RIGA
from bot.service.conversations import DurableConversations
from bot.service.jobs.scheduler import Scheduler
from bot.service.jobs.unasked_input import unasked_input
from tests.doubles.clocks import SetClock

DUE = datetime(2027, 1, 14, 10, tzinfo=RIGA)


@pytest.fixture
def talks(sample):
    return sample


@pytest.fixture
def told(service):
    """Somebody who has been told of a date, with its two buttons."""
    service.say("/start")
    for label in ("Mācos vidusskolā", "13–17", "180\u00a0dienas, lai var turpināt vēlāk"):
        service.press(label)
    service.say("/start f-dates")
    service.press("Viss pēc kārtas")
    service.press("15.01.2027. Parauga pieteikšanās")
    return service


def test_a_date_comes_as_a_document_that_calendars_read(told, server):
    told.press("Ielikt kalendārā")
    (sent,) = server.files
    (event,) = Calendar.from_ical(sent["content"]).walk("VEVENT")
    assert sent["name"] == "sign_up.ics"
    assert event["UID"] == "sign_up@celvedis"
    assert any("Kalendāra fails: Parauga pieteikšanās" in text for text in server.texts())


def test_a_reminder_comes_to_the_chat_by_itself_once(told, server, store, talks):
    told.press("Atgādināt dienu iepriekš")
    kept = DurableConversations(talks, store)
    scheduler = Scheduler(store.jobs, SetClock(DUE), [unasked_input(kept)])
    assert scheduler.do_next()
    told.settle()
    told_now = [text.replace("\u00a0", " ") for text in server.texts()]
    assert ["Atgādinu: 15.01.2027." in text for text in told_now].count(True) == 1
    assert scheduler.do_next() is False
