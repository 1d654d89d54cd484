"""A plan's file that comes back in: looked at, then taken, or told why not."""

import json
import re
from datetime import date

import pytest

from bot.channels.web.uploads import LARGEST_UPLOAD
from bot.core.plan.exchange import (
    LARGEST_FILE,
    PlanFile,
    file_text,
    read_file,
    sealed,
    write_file,
)
from bot.core.plan.history import KeptVersion
from bot.core.plan.items import PlanEntry
from bot.core.plan.orders import ConfirmPlan, Propose, PutItem
from tests.channels.planning import ADULT, fields, said
from tests.doubles.clocks import NOON
from tests.doubles.plan_items import entry, goal, own, step
from tests.doubles.plan_people import full_plan, plan_of


def words(planner):
    return [item.wording.text for item in planner.plan.items]


def test_a_plan_goes_out_and_comes_back_whole_at_another_place(comes, talks):
    first, second = comes(*ADULT), comes(*ADULT)
    first.has(full_plan(talks.library))
    taken = first.get("/plan.json")
    assert taken.headers["content-disposition"] == 'attachment; filename="plans.json"'
    file = read_file(taken.content)
    assert isinstance(file, PlanFile)
    assert [one.number for one in file.history.versions] == [2]
    looked = second.bring(taken.content)
    assert "Ja plānu ieliek no faila, tas mainās tā: Ierakstīts:" in said(looked)
    assert second.conversations.read(second.key)[0].plan is None  # until it is said
    sends_file(second, looked)
    assert second.plan.items == first.plan.items
    again = read_file(second.get("/plan.json").content)
    assert again.plan.items == file.plan.items


def sends_file(planner, page, **changes):
    form = fields(page.text, "/plan/import") | {"take": "1"} | changes
    parts = {name: (None, str(value)) for name, value in form.items()}
    return planner.client.post("/plan/import", files=parts)


def contents(items):
    """What items say, whoever is said to have written them."""
    return [one.model_dump(mode="json", exclude={"owner", "origin"}) for one in items]


def test_a_plan_comes_back_with_its_versions_at_a_new_place(comes):
    """Out, to a new conversation, in, and out again: the same but for who is said to have done it."""
    first, second = comes(*ADULT), comes(*ADULT)
    first.fill("/plan/new/entry?section=skills", words="Pirmā")
    first.fill("/plan/item/e1", words="Pirmā, labota")
    first.work_on(PutItem(item=entry("agenda", "Par eksāmenu")))
    first.put(step("zvanīt"))
    first.send(first.get("/plan/item/e1"), "/plan/item/e1/remove")
    assert "Failā ir arī agrākās redakcijas. To skaits: 5." in said(first.get("/plan/take"))
    out = read_file(first.get("/plan.json").content)
    looked = second.bring(file_text(out))
    told = said(looked)
    assert "Līdzi nāk agrākās redakcijas. To skaits: 5." in told
    assert "Ko failā rakstījis konsultants vai skola, šeit stāv kā ņemts no faila." in told
    sends_file(second, looked)
    again = read_file(second.get("/plan.json").content)
    *came, own_version = again.history.unfolded()
    before = list(out.history.unfolded())
    assert [(one.number, one.at, one.last) for one in came] == [
        (one.number, one.at, one.last) for one in before
    ]
    assert [contents(one.items) for one in came] == [contents(one.items) for one in before]
    assert contents(again.plan.items) == contents(out.plan.items) == contents(own_version.items)
    assert [one.imported for one in came] + [own_version.imported] == [True] * 5 + [False]
    history = said(second.get("/plan/history"))
    assert "(kā teikts failā: konsultants Anna Kalniņa) Ierakstīts: Par eksāmenu" in history
    assert "Ielikts no faila (jūs)" in history
    second.send(second.get("/plan/history/2"), "/plan/history/2")
    assert words(second) == ["Pirmā"]


def test_versions_that_are_here_do_not_come_twice(adult):
    adult.put(entry("skills", "Rēķini"))
    adult.put(goal("Iegūt B2"))
    saved = adult.get("/plan.json").content
    adult.fill("/plan/item/e1", words="Cits")
    looked = adult.bring(saved)
    assert "redakcijas" not in said(looked).partition("Ja plānu ieliek")[2]
    sends_file(adult, looked)
    history = said(adult.get("/plan/history"))
    assert [f"{number}. redakcija" in history for number in (2, 3, 4, 5, 6)] == [True] * 4 + [False]
    assert "kā teikts failā" not in history


def test_what_a_file_has_and_cannot_bring_is_told_before(comes):
    first, second = comes(*ADULT), comes(*ADULT)
    first.put(step("zvanīt"))
    first.work_on(ConfirmPlan())
    first.work_on(Propose(item=entry("agenda", "Par kopmītni")))
    first.fill("/plan/share/new", for_whom="Mamma", items="s1")
    first.fill("/plan/review", review="2027-06-30")
    first.post("/plan/what-if", what="begin", once="1")
    told = said(second.bring(first.get("/plan.json").content))
    assert (
        "Līdzi nenāk: saites, kas plānu rādīja citiem, priekšlikumi, kas gaidīja atbildi, "
        "konsultanta apstiprinājums, kopija, kas bija izmēģinājumam." in told
    )
    assert "Diena, kad atgriezties pie plāna: 30.06.2027." in told


def test_versions_without_room_are_told_before_and_the_persons_stay(comes):
    first, second = comes(*ADULT), comes(*ADULT)
    for number in range(12):
        first.put(entry("skills", f"Prasme {number}"))
    for number in range(93):
        second.put(entry("skills", f"Mana prasme {number}"))
    looked = second.bring(first.get("/plan.json").content)
    told = said(looked)
    assert "To skaits: 6. Kad un kurš" in told
    assert "Vecākām redakcijām šeit nav vietas; tās paliek failā. To skaits: 6." in told
    sends_file(second, looked)
    kept = second.conversations.store.plans.versions(second.key)
    assert [one.number for one in kept] == list(range(2, 102))
    assert "Mana prasme 0" in kept[0].body


def test_versions_that_a_file_could_not_hold_are_told(comes):
    """Texts so long that no file holds all of their versions."""
    first = comes(*ADULT)
    plans = [
        plan_of("adult", *(entry("skills", f"{number}/{at} " + "🙂" * 4980) for at in range(12)))
        for number in range(60)
    ]
    for plan in plans:
        first.has(plan)
    told = said(first.get("/plan/take"))
    left_out = int(
        re.search(r"Vecākās tajā nesatilpst; tās ir lapā „Vēsture”. To skaits: (\d+)", told)[1]
    )
    taken = first.get("/plan.json")
    assert len(taken.content) <= LARGEST_FILE
    file = read_file(taken.content)
    assert (len(file.history.versions), file.history.left_out) == (60 - left_out, left_out)
    second = comes(*ADULT)
    looked = second.bring(taken.content)
    assert f"vecākās tajā nesatilpa. To skaits: {left_out}." in said(looked)
    assert sends_file(second, looked).status_code == 200
    assert second.plan.items == first.plan.items


def test_what_names_a_person_is_masked_before_anything_is_taken(comes):
    """In a file of another program, which did not mask it: looked at and taken, it is masked the same."""
    person = comes(*ADULT)
    secret = entry(
        "skills",
        "mans kods 010190-12345",
        id="e1",
        document="29123456",
        years="raksti anna@example.com",
    )
    earlier = entry("skills", "agrāk 010190-54321", id="e1")
    file = write_file(
        plan_of("adult", secret, step("zvanīt 26123456", id="s2")),
        [KeptVersion(number=2, at=NOON, items=(earlier,))],
        NOON,
        {"language": "lv", "release": ""},
    )  # fmt: skip
    person.put(entry("skills", "Rēķini"))
    looked = person.bring(file_text(file))
    told = said(looked)
    assert "mans kods •••" in told
    assert "aizstāju ar •••" in told
    sends_file(person, looked)
    kept = person.get("/plan.json").text + person.get("/plan/history").text
    for number in ("12345", "54321", "29123456", "26123456", "anna@example"):
        assert number not in told
        assert number not in kept


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
        looked = adult.bring(file_text(sealed(hostile)))
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
