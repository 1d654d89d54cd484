"""The plan in Telegram, on both drivers: made by pressing and typing, given as files, reminded of."""

import json
from datetime import datetime, timedelta
from io import BytesIO

import pypdf
import pytest
from icalendar import Calendar

from bot.core.dialogue.inputs import PlanWorkedOn
from bot.core.plan.orders import Propose
from bot.ports.records import Update
from bot.service.conversations import RIGA, DurableConversations
from bot.service.jobs.scheduler import Scheduler
from bot.service.jobs.unasked_input import unasked_input
from tests.doubles.clocks import NOON, SetClock
from tests.doubles.plan_items import step
from tests.doubles.plans import COUNSELLOR

DAY = NOON.astimezone(RIGA).date() + timedelta(days=15)


def kept_plan(service):
    key = service.store.addresses.whose("people", "77")
    return json.loads(service.store.conversations.load(key).state)["plan"]


def buttons(server):
    """What can be pressed below the newest message that has buttons."""
    return {*[found for message in server.chats[77] if (found := server.labels(message))][-1]}


@pytest.fixture
def planned(service):
    """Somebody with a goal and a step in their plan, the words typed."""
    service.say("/start")
    for words in ("strādāju", "45", "glabāt", "mans plāns"):
        service.say(words)
    service.press("Jauns mērķis")
    service.say("Kļūt par elektriķi")
    service.say("30.06.2027")
    service.press("Diezgan droši")
    service.press("Jauns solis")
    service.press("Parunāt ar kādu")
    service.say("Piezvanīt tehnikumam")
    service.say(DAY.strftime("%d.%m.%Y"))
    service.press("Jā")
    return service


def test_a_plan_is_made_by_pressing_and_typing(planned):
    items = kept_plan(planned)["items"]
    assert [(item["kind"], item["wording"]["text"]) for item in items] == [
        ("goal", "Kļūt par elektriķi"), ("step", "Piezvanīt tehnikumam"),
    ]  # fmt: skip
    assert (items[0]["by"], items[0]["sure"][0]["value"]) == ("2027-06-30", 4)
    assert (items[1]["on"], items[1]["remind"], items[1]["goal"]) == (DAY.isoformat(), True, "g1")


def test_it_comes_as_a_pdf_that_says_it_is_a_draft(planned, server):
    planned.press("Paņemt līdzi")
    planned.press("PDF drukāšanai")
    (sent,) = server.files
    assert sent["name"] == "plans.pdf"
    content = sent["content"]
    text = pypdf.PdfReader(BytesIO(content.encode() if isinstance(content, str) else content))
    said = "\n".join(page.extract_text() for page in text.pages)
    for words in ("Kļūt par elektriķi", "Piezvanīt tehnikumam", "Melnraksts"):
        assert words in said
    state = planned.store.conversations.load(planned.store.addresses.whose("people", "77"))
    assert len(state.said) < 20_000  # the file is sent, not kept with what was said


def test_a_pdf_says_what_of_the_plan_it_cannot_show(planned, server):
    planned.press("Rādīt vēl")
    planned.press("Ierakstīt sadaļā")
    planned.press("Dzīves apstākļi")
    planned.say("سلام un 中")
    planned.press("Paņemt līdzi")
    planned.press("PDF drukāšanai")
    planned.press("Jā")  # what is guarded is wanted in it
    note = "5\u00a0rakstzīmes PDF failā nav attēlojamas"
    assert sum(note in text for text in server.texts()) == len(server.files) == 1


def test_what_is_guarded_is_in_the_pdf_only_where_that_was_said(planned, server):
    planned.press("Rādīt vēl")
    planned.press("Ierakstīt sadaļā")
    planned.press("Dzīves apstākļi")
    planned.say("Rūpes par mammu")
    for answer in ("Nē", "Jā"):
        planned.press("Paņemt līdzi")
        planned.press("PDF drukāšanai")
        planned.press(answer)
    texts = [
        "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(one["content"])).pages)
        for one in server.files
    ]
    assert ["Rūpes par mammu" in text for text in texts] == [False, True]


def test_the_menu_is_short_until_more_is_asked_for(planned, server):
    short = buttons(server)
    assert len(short) == 7
    planned.press("Rādīt vēl")
    assert short - {"Rādīt vēl", "Tas pagaidām viss"} < buttons(
        server
    )  # the end is on the next page
    planned.press("Kad atgriezties")
    assert any("Kurā dienā atgriezties pie plāna?" in text for text in server.texts())


def test_what_changed_is_told_with_a_way_back_and_to_the_page(planned, server):
    planned.say("kas mainījies")
    told = "\n".join(server.texts()).replace("\u00a0", " ")
    for words in (
        "3. redakcija (tagadējā)",
        "Ierakstīts: Parunāt: Piezvanīt tehnikumam",
        "2. redakcija",
        "Ierakstīts: Kļūt par elektriķi",
    ):
        assert words in told
    planned.say("2")
    told = "\n".join(server.texts()).replace("\u00a0", " ")
    assert (
        "Ja atgriežas, tagadējais plāns mainās tā:\n• Izņemts: Parunāt: Piezvanīt tehnikumam"
        in told
    )
    assert len(kept_plan(planned)["items"]) == 2
    planned.press("Jā")
    assert [item["id"] for item in kept_plan(planned)["items"]] == ["g1"]
    assert kept_plan(planned)["version"] == 4
    planned.say("vēsture")
    planned.press("Atvērt šo sarunu tīmeklī")
    assert any("pārnest" in text for text in server.texts())


def test_its_steps_come_as_a_calendar_file(planned, server):
    planned.press("Paņemt līdzi")
    planned.press("Soļi kalendāram")
    (sent,) = server.files
    events = Calendar.from_ical(sent["content"]).walk("VEVENT")
    assert sorted(str(event["SUMMARY"]) for event in events) == [
        "Kļūt par elektriķi", "Parunāt: Piezvanīt tehnikumam",
    ]  # fmt: skip


def test_a_step_is_reminded_of_in_the_chat_and_done_there(planned, server, store, talks):
    kept = DurableConversations(talks, store)
    morning = datetime.combine(DAY, datetime.min.time(), RIGA).replace(hour=9)
    scheduler = Scheduler(store.jobs, SetClock(morning), [unasked_input(kept)])
    assert scheduler.do_next()
    planned.settle()
    assert any("Piezvanīt tehnikumam" in text and "Šodien" in text for text in server.texts())
    assert scheduler.do_next() is False
    planned.say("izdarīts")
    assert kept_plan(planned)["items"][1].get("state") == "done"


def test_a_counsellors_proposal_reaches_the_chat_and_is_taken_there(planned, store, talks):
    kept = DurableConversations(talks, store)
    key = store.addresses.whose("people", "77")
    given = PlanWorkedOn(order=Propose(item=step("izvēlēties kursu")), by=COUNSELLOR)
    kept.take_turn(Update("desk", key, "proposed", kept.at()), given)
    assert len(kept_plan(planned)["proposals"]) == 1
    planned.say("priekšlikumi")
    planned.say("1")
    planned.say("pieņemt")
    assert kept_plan(planned)["items"][-1]["wording"]["text"] == "izvēlēties kursu"
