"""The plan's versions, what is taken away of it, and a file that comes back in."""

import json
from contextlib import ExitStack
from datetime import date
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from bot.channels.web.plan import takeaways
from bot.channels.web.uploads import LARGEST_UPLOAD
from bot.core.plan.exchange import PlanFile, checksum, read_file
from bot.core.plan.items import PlanEntry
from bot.core.plan.orders import PutItem
from bot.errors import DocumentError
from tests.channels.planning import Planner, said, serving_plans
from tests.doubles.plan_people import entry, full_plan, goal, own, plan_of, step

ADULT = ("adult", "from_18", "keep")


def pdf_text(answer):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving_plans(tmp_path_factory.mktemp("taken")) as found:
        yield found


@pytest.fixture
def comes(served):
    with ExitStack() as open_ones:
        yield lambda *opened, **named: open_ones.enter_context(Planner(*served, *opened, **named))


@pytest.fixture
def adult(comes):
    return comes(*ADULT)


def words(planner):
    return [item.wording.text for item in planner.plan.items]


# --- versions


def test_every_version_tells_when_who_and_what_changed(adult):
    adult.fill("/plan/new/goal", words="Iegūt B2 angļu valodā", by="2027-06-30")
    adult.fill("/plan/item/g1", words="Iegūt C1 angļu valodā", by="2027-12-31")
    adult.work_on(PutItem(item=entry("agenda", "Par eksāmenu")))
    told = said(adult.get("/plan/history"))
    assert (
        told.index("4. redakcija tagadējā")
        < told.index("3. redakcija")
        < told.index("2. redakcija")
    )
    assert "Pielikts vai labots (jūs)" in told
    assert "(konsultants Anna Kalniņa) Ierakstīts: Par eksāmenu" in told
    assert (
        "Bija „Iegūt B2 angļu valodā”, tagad „Iegūt C1 angļu valodā”; diena – bija „30.06.2027.”, tagad „31.12.2027.”"
        in told
    )
    assert "24.11.2026. plkst." in told or "plkst." in told


def test_going_back_makes_a_new_version_and_loses_none(adult):
    adult.fill("/plan/new/entry?section=skills", words="Pirmā")
    adult.fill("/plan/new/entry?section=skills", words="Otrā")
    adult.send(adult.get("/plan/item/e1"), "/plan/item/e1/remove")
    old = adult.get("/plan/history/3")
    assert "Pirmā" in said(old)
    assert "Ja atgriežas, tagadējais plāns mainās tā: Ierakstīts: Pirmā" in said(old)
    adult.send(old, "/plan/history/3")
    assert (words(adult), adult.plan.version) == (["Pirmā", "Otrā"], 5)
    told = said(adult.get("/plan/history"))
    assert "5. redakcija tagadējā" in told
    assert "Atgriešanās pie agrākas redakcijas (jūs)" in told
    assert "4. redakcija" in told


def test_going_back_drops_the_copy_and_says_so_before(adult):
    adult.fill("/plan/new/entry?section=skills", words="Pirmā")
    adult.fill("/plan/item/e1", words="Otrā")
    adult.post("/plan/what-if", what="begin", once="1")
    old = adult.get("/plan/history/2")
    assert "Atvērtā kopija tiek atmesta." in said(old)
    adult.send(old, "/plan/history/2")
    assert (words(adult), adult.plan.what_if) == (["Pirmā"], None)


def test_a_version_that_is_not_there_says_so(adult):
    adult.fill("/plan/new/entry?section=skills", words="Pirmā")
    assert adult.get("/plan/history/77").status_code == 404
    assert adult.post("/plan/history/77", once="1").status_code == 404
    assert adult.get("/plan/history/x").status_code == 404
    assert "Tā ir tāda pati kā tagadējais plāns." in said(adult.get("/plan/history/2"))


def test_what_is_only_tried_out_is_no_version(adult):
    adult.fill("/plan/new/entry?section=skills", words="Pirmā")
    adult.post("/plan/what-if", what="begin", once="1")
    adult.fill("/plan/item/e1", words="Otrā")
    assert said(adult.get("/plan/history")).count("redakcija tagadējā") == 1
    assert "Otrā" not in said(adult.get("/plan/history"))


# --- away


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


# --- and back in


def test_a_plan_goes_out_and_comes_back_whole_at_another_place(comes, talks):
    first, second = comes(*ADULT), comes(*ADULT)
    first.has(full_plan(talks.library))
    taken = first.get("/plan.json")
    assert taken.headers["content-disposition"] == 'attachment; filename="plans.json"'
    file = read_file(taken.content)
    assert isinstance(file, PlanFile)
    assert [one.number for one in file.versions] == [2]
    looked = second.bring(taken.content)
    assert "Ja plānu ieliek no faila, tas mainās tā: Ierakstīts:" in said(looked)
    assert second.conversations.read(second.key)[0].plan is None  # until it is said
    sends_file(second, looked)
    assert second.plan.items == first.plan.items
    again = read_file(second.get("/plan.json").content)
    assert again.plan.items == file.plan.items


def sends_file(planner, page, **changes):
    from tests.channels.planning import fields

    form = fields(page.text, "/plan/import") | {"take": "1"} | changes
    parts = {name: (None, str(value)) for name, value in form.items()}
    return planner.client.post("/plan/import", files=parts)


def test_what_a_file_would_change_is_shown_before(adult):
    adult.put(entry("skills", "Rēķini"))
    saved = adult.get("/plan.json").content
    adult.fill("/plan/item/e1", words="Rēķini un nodokļi")
    adult.put(goal("Iegūt B2"))
    looked = adult.bring(saved)
    told = said(looked)
    assert "Bija „Rēķini un nodokļi”, tagad „Rēķini”" in told
    assert "Izņemts: Iegūt B2" in told
    assert words(adult) == ["Rēķini un nodokļi", "Iegūt B2"]
    adult.put(goal("Vēl viens"))  # in another tab
    moved = sends_file(adult, looked)
    assert "Plāns pa to laiku ir mainīts." in said(moved)
    assert len(adult.plan.items) == 3
    sends_file(adult, moved)
    assert words(adult) == ["Rēķini"]
    assert "Failā ir tāds pats plāns kā šeit." in said(adult.bring(saved))


def test_links_and_proposals_that_would_end_are_told_before(adult):
    adult.put(entry("skills", "Rēķini"))
    saved = adult.get("/plan.json").content
    adult.fill("/plan/share/new", for_whom="Mamma", items="e1")
    adult.fill("/plan/item/e1", words="Cits")
    assert "Saites, kas plānu rāda citiem, tiek slēgtas." in said(adult.bring(saved))


def broken(file, **changes):
    return json.dumps(file | changes)


@pytest.mark.parametrize(
    ("what", "place", "why"),
    [
        (lambda _: "", "viss fails", "tas nav JSON fails"),
        (lambda _: "{", "viss fails", "tas nav JSON fails"),
        (lambda _: b"\xff\xfe\x00", "viss fails", "tas nav JSON fails"),
        (lambda _: "[" * 100_000, "viss fails", "tas nav JSON fails"),
        (lambda _: "{}", "plan", "kaut kā trūkst"),
        (lambda _: "null", "viss fails", "cita veida vērtība"),
        (lambda file: broken(file, surprise=1), "surprise", "šeit nepazīst"),
        (lambda file: broken(file, language="xx"), "language", "cita veida vērtība"),
        (lambda file: broken(file, checksum="0" * 64), "checksum", "mainīts pēc lejupielādes"),
        (lambda file: broken(file, plan=file["plan"] | {"made": "kaut kad"}), "plan.made", "cita veida"),
        (lambda file: broken(file, plan=file["plan"] | {"items": [{}]}), "plan.items.0", "cita veida"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_place_by_place_and_nothing_is_lost(adult, what, place, why):
    adult.put(entry("skills", "Rēķini"))
    file = json.loads(adult.get("/plan.json").content)
    page = adult.bring(what(file))
    told = said(page)
    assert page.status_code == 422
    assert "Šo failu nevar ielikt. Plāns ir tāds, kāds bija." in told
    assert f"{place} " in told
    assert why in told
    assert words(adult) == ["Rēķini"]


def test_a_file_cannot_make_a_plan_that_nobody_can_open_again(adult):
    """What a hostile hand writes with a right checksum: ids and numbers that no plan can go on with."""
    adult.put(entry("skills", "Rēķini"))
    file = read_file(adult.get("/plan.json").content)
    assert isinstance(file, PlanFile)
    item = entry("skills", "No faila", id="e1")
    near = step("zvanīt", date(2027, 1, 1), id="s1", remind=True)
    far = near.model_copy(update={"on": date(9999, 12, 31)})
    for changes in (
        {"following": 10**9}, {"following": -5}, {"following": 1},
        {"items": (item, item)}, {"items": (item.model_copy(update={"id": ""}),)},
        {"items": (item.model_copy(update={"section": "nowhere"}),)},
        {"items": (far,)},
        {"items": (item.model_copy(update={"id": "g1"}),)},
        {"version": 10**12}, {"review": date(9999, 12, 31)}, {"made": date(1, 1, 1)},
    ):  # fmt: skip
        changed = {"items": (item,), **changes}
        hostile = file.model_copy(update={"plan": file.plan.model_copy(update=changed)})
        hostile = hostile.model_copy(update={"checksum": checksum(hostile)})
        looked = adult.bring(hostile.model_dump_json())
        assert looked.status_code in (200, 422), changes
        if "Ielikt plānu no faila" in looked.text:
            assert sends_file(adult, looked).status_code == 200, changes
        added = adult.fill("/plan/new/entry?section=skills", words="Vēl")
        assert added.status_code in (200, 409), changes
        assert adult.get("/plan").status_code == 200, changes
        assert len({one.id for one in adult.plan.items}) == len(adult.plan.items), changes


def test_what_others_own_in_a_file_is_nobodys_word_here(comes):
    first, second = comes(*ADULT), comes(*ADULT)
    first.put(step("zvanīt"))
    first.work_on(PutItem(item=entry("agenda", "Konsultanta jautājums")))
    sends_file(second, second.bring(first.get("/plan.json").content))
    assert [one.owner for one in second.plan.of_kind(PlanEntry)] == ["imported"]
    second.fill("/plan/item/e2", words="Mans jautājums")
    assert second.plan.find("e2").wording == own("Mans jautājums")


def test_a_file_is_read_to_a_bound(adult):
    adult.put(entry("skills", "Rēķini"))
    answer = adult.bring(b" " * (LARGEST_UPLOAD + 1))
    assert answer.status_code == 413
    assert "Fails ir par lielu" in said(answer)
    assert words(adult) == ["Rēķini"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nno head\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data", b"--x--"),
        ("text/plain", b"{}"),
        ('multipart/form-data; boundary="; x', b"--x--"),
    ],
)
def test_what_is_no_upload_is_refused_kindly(adult, kind, body):
    answer = adult.client.post("/plan/import", content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert "Šo pieprasījumu nevar nolasīt." in said(answer)


def test_an_ordinary_plan_with_many_things_goes_through_the_form_twice(adult):
    items = (entry("skills", "ā" * 290 + str(number), id=f"e{number}") for number in range(1, 200))
    adult.has(plan_of("adult", *items))
    saved = adult.get("/plan.json").content
    adult.fill("/plan/item/e1", words="Cits")
    sends_file(adult, adult.bring(saved))
    assert adult.plan.find("e1").wording.text == "ā" * 290 + "1"
