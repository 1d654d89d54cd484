"""Links that show some of a plan: exactly what is ticked, until a day, and never again after it is closed."""

import json
import re
import time
from datetime import timedelta
from io import BytesIO

import httpx
import pytest
from pypdf import PdfReader

from bot.core.plan.items import GapRow, PlanEntry
from bot.core.plan.orders import RemoveItem, SharePlan
from bot.core.plan.plan import Share
from bot.service.conversations import DurableConversations
from tests.channels.planning import ADULT, fields, said
from tests.conftest import TODAY
from tests.doubles.plan_items import entry, goal, own, step
from tests.doubles.plan_people import full_plan, plan_of

SECRET = "Zvaigžņuputekļi"  # a word that stands nowhere else


@pytest.fixture
def recipient(plans_served):
    with httpx.Client(
        base_url=plans_served[0], timeout=60, headers={"accept-language": "lv"}
    ) as one:
        yield one


def shares(planner, *items, **changes):
    """Make a link by the form; gives its path."""
    given = {"for_whom": "Klases audzinātāja", **changes} | (
        {"items": list(items)} if items else {}
    )
    page = planner.fill("/plan/share/new", **given)
    assert page.status_code == 200, said(page)
    return link_of(planner)


def link_of(planner):
    return f"/p/{planner.plan.shares[-1].token}"


def secretive():
    """A plan in which one word stands in whatever can refer to it, and in one open entry."""
    hidden_goal = goal(f"{SECRET} mērķis", id="g1", occupation="cook")
    return plan_of(
        "adult",
        hidden_goal,
        entry("private_life", f"{SECRET} ģimenē", sensitive=True, id="e2"),
        entry("skills", "Atklāta prasme", id="e3"),
        step("atklāts solis", goal="g1", id="s4"),
        GapRow(origin=hidden_goal.origin, id="r5", goal="g1", asks=own("Atklāta rinda"), have=("e2", "e3"), step="s6"),
        step(f"{SECRET} solis", id="s6", document=SECRET),
    )  # fmt: skip


def pdf_text(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_what_is_not_ticked_occurs_nowhere(adult, recipient):
    adult.has(secretive())
    path = shares(adult, "e3", "s4", "r5", until=str(TODAY + timedelta(days=30)))
    page = recipient.get(path)
    assert page.status_code == 200
    for shown in ("Atklāta prasme", "atklāts solis", "Atklāta rinda"):
        assert shown in page.text
    pdf = recipient.get(f"{path}?as=pdf")
    file = recipient.get(f"{path}?as=json")
    assert pdf.headers["content-type"] == "application/pdf"
    texts = [
        page.text,
        pdf_text(pdf.content),
        file.text,
        str(page.headers),
        pdf.content.decode("latin-1"),
    ]
    assert "Atklāta prasme" in texts[1]
    assert [text[:80] for text in texts if SECRET.casefold() in text.casefold()] == []
    assert "cook" not in file.text
    told = json.loads(file.text)["plan"]
    assert [item["id"] for item in told["items"]] == ["e3", "s4", "r5"]
    assert (told["shares"], told["proposals"]) == ([], [])


def test_the_word_is_found_where_it_is_ticked(adult, recipient):
    """The negative control of the test above."""
    adult.has(secretive())
    path = shares(adult, "e2")
    texts = [recipient.get(path).text, recipient.get(f"{path}?as=json").text,
             pdf_text(recipient.get(f"{path}?as=pdf").content)]  # fmt: skip
    assert [SECRET in text for text in texts] == [True, True, True]


def test_all_is_ticked_at_first_but_what_is_sensitive(adult):
    adult.has(secretive())
    form = fields(adult.get("/plan/share/new").text, "/plan/share/new")
    assert form["items"] == ["g1", "e3", "s4", "s6", "r5"]
    assert form["until"] == str(TODAY + timedelta(days=30))
    assert form["language"] == "lv"


def test_a_recipient_is_told_what_the_pdf_cannot_show(adult, recipient):
    adult.has(plan_of("adult", entry("skills", "Līdz 5 中文"), entry("agenda", "Jautājums")))
    note = "2 rakstzīmes PDF failā nav attēlojamas"
    assert note in said(recipient.get(shares(adult, "e1")))
    assert note not in said(recipient.get(shares(adult, "e2")))


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
def test_what_is_looked_at_before_is_what_is_seen_to_the_byte(adult, recipient, talks, language):
    adult.has(full_plan(talks.library))
    until = str(TODAY + timedelta(days=10))
    asked = fields(adult.get("/plan/share/new").text, "/plan/share/new")
    asked |= {"for_whom": "Skolas konsultants", "language": language, "until": until}
    before = adult.client.post("/plan/share/preview", data=asked)
    assert adult.plan.shares == ()  # looking makes nothing
    adult.client.post("/plan/share/new", data=asked)
    seen = recipient.get(link_of(adult))
    after = adult.get(f"/plan/share/{adult.plan.shares[0].id}/preview")
    assert before.status_code == seen.status_code == 200
    assert before.content == seen.content == after.content
    assert recipient.get(link_of(adult)).content == seen.content
    assert f'<html lang="{language}">' in seen.text
    assert "Skolas konsultants" not in seen.text  # for whom it is, is the person's own note
    pdf = recipient.get(f"{link_of(adult)}?as=pdf").content
    assert pdf_text(
        adult.get(f"/plan/share/{adult.plan.shares[0].id}/preview?as=pdf").content
    ) == pdf_text(pdf)


def test_a_recipients_page_is_private_and_leads_nowhere(adult, recipient):
    adult.has(secretive())
    answer = recipient.get(shares(adult, "e3"))
    headers = answer.headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert re.findall(r"(?:action|<script)", answer.text) == []
    addresses = set(re.findall(r'href="([^"]+)"', answer.text))
    assert {one for one in addresses if not one.startswith("/static/")} == {
        "#now",
        "/",
        "?as=pdf",
        "?as=json",
    }
    assert "Melnraksts." in answer.text
    assert "Vēl nekā nav" not in answer.text  # an empty section would say what is not so


def test_a_closed_link_is_gone_within_a_second(adult, recipient):
    adult.has(secretive())
    path = shares(adult, "e3")
    assert recipient.get(path).status_code == 200
    share = adult.plan.shares[0].id
    adult.send(adult.get("/plan/share"), f"/plan/share/{share}/end")
    closed = time.monotonic()
    answer = recipient.get(path)
    assert time.monotonic() - closed < 1
    assert answer.status_code == 410
    assert "Šī saite neko nerāda." in said(answer)
    assert "Atklāta prasme" not in answer.text
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    for kind in ("pdf", "json"):
        assert recipient.get(f"{path}?as={kind}").status_code == 410
    # that it was opened stays known to the person
    listed = adult.get("/plan/share")
    assert "Saite slēgta 24.11.2026." in said(listed)
    assert "Atvērta: 1" in said(listed)
    assert path not in listed.text
    assert f'/plan/share/{share}"' not in listed.text
    assert adult.get(f"/plan/share/{share}").status_code == 404


@pytest.mark.parametrize("path", ["/p/unknown", "/p/" + "x" * 500, "/p/%00", "/p/' OR 1=1 --"])
def test_whether_there_ever_was_such_a_link_is_told_to_nobody(recipient, path):
    answer = recipient.get(path)
    assert (answer.status_code, "Šī saite neko nerāda." in said(answer)) == (410, True)


def test_a_link_ends_by_itself_and_can_be_made_longer(adult, recipient, plans_served):
    adult.has(secretive())
    path = shares(adult, "e3", until=str(TODAY))
    assert recipient.get(path).status_code == 200
    conversations: DurableConversations = plans_served[1]
    day = conversations.dialogue._on
    conversations.dialogue._on = TODAY + timedelta(days=1)
    try:
        assert recipient.get(path).status_code == 410
        assert "Vairs neko nerāda: beidzās" in said(adult.get("/plan/share"))
        share = adult.plan.shares[0].id
        adult.fill(f"/plan/share/{share}", until=str(TODAY + timedelta(days=5)))
        assert recipient.get(path).status_code == 200
    finally:
        conversations.dialogue._on = day


def test_whom_it_is_for_and_an_end_within_a_year_are_needed(adult):
    adult.has(secretive())
    latest = TODAY + timedelta(days=365)
    for until in ("", "rīt", str(TODAY - timedelta(days=1)), str(latest + timedelta(days=1))):
        page = adult.fill("/plan/share/new", for_whom="", until=until, why="Sarunai", items="e3")
        assert page.status_code == 422
        assert "Der diena no šodienas līdz" in said(page)
        form = fields(page.text, "/plan/share/new")
        assert (form["why"], form["until"], form["items"]) == ("Sarunai", until, "e3")
    nothing = adult.fill("/plan/share/new", for_whom="X", items=None)
    assert "Nekas nav atzīmēts." in said(nothing)
    assert adult.plan.shares == ()
    shares(adult, "e3", until=str(latest))
    assert adult.plan.shares[0].until == latest


def test_a_link_shows_other_things_once_it_is_changed(adult, recipient):
    adult.has(secretive())
    path = shares(adult, "e3", "s4")
    share = adult.plan.shares[0].id
    adult.fill(f"/plan/share/{share}", items="s4", language="en")
    page = recipient.get(path)
    assert "Atklāta prasme" not in page.text
    assert "atklāts solis" in page.text
    assert '<html lang="en">' in page.text
    assert len(adult.plan.shares) == 1


def test_what_is_taken_out_of_the_plan_is_out_of_the_link(adult, recipient):
    adult.has(secretive())
    path = shares(adult, "e3", "s4")
    adult.order(RemoveItem(id="e3"))
    assert "Atklāta prasme" not in recipient.get(path).text


def test_a_link_shows_the_plan_and_never_the_copy(adult, recipient):
    adult.has(secretive())
    path = shares(adult, "e3")
    before = recipient.get(path).content
    adult.post("/plan/what-if", what="begin", once="1")
    adult.fill("/plan/item/e3", words="Izmēģināta prasme")
    assert recipient.get(path).content == before
    assert "Saite rāda plānu, nevis kopiju" in said(adult.get("/plan/share/new"))
    assert adult.get(f"/plan/share/{adult.plan.shares[0].id}/preview").content == before


def test_the_person_sees_when_a_link_was_opened(adult, recipient, plans_served):
    adult.has(secretive())
    path = shares(adult, "e3")
    share = adult.plan.shares[0].id
    assert "Vēl nav atvērta." in said(adult.get("/plan/share"))
    assert recipient.head(path).status_code == 200  # asks only whether it is there
    adult.get(path)  # the person's own browser
    adult.get(f"/plan/share/{share}/preview")
    assert plans_served[1].store.plans.opens(adult.key) == []
    recipient.get(path)
    recipient.get(path)
    told = said(adult.get("/plan/share"))
    assert "Atvērta: 2" in told
    assert re.search(r"\d\d\.\d\d\.20\d\d\. plkst\. \d\d\.\d\d", told)
    assert "programmas, kas čatā vai e-pastā rāda priekšskatu" in told


def test_the_list_tells_each_link_with_its_address_and_what_it_shows(adult, plans_served):
    adult.has(secretive())
    path = shares(adult, "e3", "s4", for_whom="Mamma", why="Lai zina")
    page = adult.get("/plan/share")
    told = said(page)
    assert f"{plans_served[0]}{path}" in told
    assert "Saite: Mamma" in told
    assert "Lai zina" in told
    assert "Ko tā rāda (2) Atklāta prasme" in told
    assert 'class="qr"' in page.text


def test_nobody_sees_another_persons_plan_by_its_ids(comes, adult):
    adult.has(secretive())
    shares(adult, "e3")
    other = comes(*ADULT)
    other.put(entry("skills", "Cita prasme"))
    share = adult.plan.shares[0].id
    assert other.get(f"/plan/share/{share}/preview").status_code == 404
    assert other.get(f"/plan/share/{share}").status_code == 404
    preview = other.get(f"/plan/share/preview/lv/{TODAY}/e3.g1.e2")
    assert "Atklāta prasme" not in preview.text
    other.post(f"/plan/share/{share}/end", once="1")
    assert len(adult.plan.shares) == 1


def test_a_link_is_gone_with_the_conversation(adult, recipient):
    adult.has(secretive())
    path = shares(adult, "e3")
    adult.post("/settle", forget="yes")
    assert recipient.get(path).status_code == 410


def test_a_hostile_share_form_is_no_failure(adult, recipient):
    adult.has(secretive())
    hostile = '<script>alert(1)</script>"><img src=x>'
    page = adult.fill("/plan/share/new", for_whom=hostile, why=hostile, items=["e3", "<b>", "e2' OR 1"],
                      language="<b>", until=str(TODAY))  # fmt: skip
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert adult.plan.shares[0].items == ("e3",)
    assert adult.plan.shares[0].language == "lv"
    assert recipient.get(link_of(adult)).status_code == 200
    long = adult.fill("/plan/share/new", for_whom="a" * 301, items="e3")
    assert long.status_code == 422
    for path in (
        "/plan/share/preview/xx/2026-12-01/e3",
        "/plan/share/preview/lv/never/e3",
        "/plan/share/k99",
    ):
        assert adult.get(path).status_code == 404


def test_a_copied_share_of_another_plan_opens_nothing(adult, comes, recipient):
    """A token that the plan says it has, but the store gave to somebody else, shows nothing."""
    adult.has(secretive())
    path = shares(adult, "e3")
    token = path.removeprefix("/p/")
    other = comes(*ADULT)
    other.put(entry("skills", "Cita prasme"))
    made = Share(id="", token="", items=("e1",), for_whom="X", made=TODAY, until=TODAY)
    other.order(SharePlan(share=made.model_copy(update={"token": "another-token"})))
    assert "Cita prasme" not in recipient.get(path).text
    assert "Cita prasme" in recipient.get("/p/another-token").text
    assert token not in recipient.get(path).text
    assert len(other.plan.of_kind(PlanEntry)) == 1
