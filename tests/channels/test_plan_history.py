"""The versions of a plan on its pages, and the way back to one."""

from bot.core.plan.orders import PutItem
from tests.channels.planning import said
from tests.doubles.plan_items import entry


def words(planner):
    return [item.wording.text for item in planner.plan.items]


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
