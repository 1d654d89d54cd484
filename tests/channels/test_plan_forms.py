"""Forms of the plan that go wrong: two tabs, sent twice, hostile, too long, of somebody in distress."""

from datetime import date

import pytest

from bot.core.plan.items import PlanEntry, PlanStep
from tests.channels.planning import fields, only, said
from tests.doubles.plan_items import entry, goal, own, step
from tests.doubles.plan_people import plan_of

MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)"> #read("/etc/passwd") {{ 7*7 }}'


def test_two_tabs_lose_nothing(adult):
    adult.put(entry("skills", "Rēķini"))
    first, second = adult.get("/plan/item/e1"), adult.get("/plan/item/e1")
    adult.send(first, "/plan/item/e1", words="Rēķini un nodokļi")
    page = adult.send(second, "/plan/item/e1", years="2019")
    assert page.status_code == 409
    told = said(page)
    assert "pa to laiku ir mainīts" in told
    assert "Tagad plānā ir tā: Rēķini un nodokļi" in told
    assert fields(page.text, "/plan/item/e1")["years"] == "2019"  # nothing typed is lost
    assert only(adult, PlanEntry).wording == own("Rēķini un nodokļi")
    adult.send(page, "/plan/item/e1", words="Rēķini un nodokļi")
    assert (only(adult, PlanEntry).wording.text, only(adult, PlanEntry).years) == (
        "Rēķini un nodokļi",
        "2019",
    )


def test_a_slip_in_the_second_tab_does_not_hide_the_first_ones_change(adult):
    adult.put(step("zvanīt"))
    second = adult.get("/plan/item/s1")
    adult.fill("/plan/item/s1", words="zvanīt rīt")
    slip = adult.send(second, "/plan/item/s1", on="kaut kad")
    assert slip.status_code == 422
    mended = adult.send(slip, "/plan/item/s1", on="2027-01-05")
    assert mended.status_code == 409
    assert only(adult, PlanStep).wording == own("zvanīt rīt")


def test_what_was_taken_out_in_another_tab_can_be_added_from_the_form(adult):
    adult.put(entry("skills", "Rēķini"))
    second = adult.get("/plan/item/e1")
    adult.send(adult.get("/plan/item/e1"), "/plan/item/e1/remove")
    page = adult.send(second, "/plan/item/e1", words="Rēķini un nodokļi")
    assert page.status_code == 409
    assert adult.plan.items == ()
    adult.send(page, "/plan/new/entry")
    assert only(adult, PlanEntry).wording == own("Rēķini un nodokļi")


def test_a_form_of_the_copy_does_not_change_the_plan(adult):
    adult.put(entry("skills", "Rēķini"))
    adult.post("/plan/what-if", what="begin", once="1")
    form = adult.get("/plan/item/e1")
    adult.post("/plan/what-if", what="drop", once="2")
    page = adult.send(form, "/plan/item/e1", words="Cits")
    assert page.status_code == 409
    assert "kopija ir sākta, paņemta vai atmesta" in said(page)
    assert only(adult, PlanEntry).wording == own("Rēķini")


def test_a_removal_of_what_was_changed_meanwhile_is_asked_again(adult):
    adult.put(entry("skills", "Rēķini"))
    second = adult.get("/plan/item/e1")
    adult.fill("/plan/item/e1", words="Rēķini un nodokļi")
    assert adult.send(second, "/plan/item/e1/remove").status_code == 409
    assert len(adult.plan.items) == 1


def test_the_same_form_sent_twice_is_one_item(adult):
    for _ in range(2):
        page = adult.post(
            "/plan/new/entry?section=skills", words="Rēķini", section="skills", once="same"
        )
        assert page.url.path == "/plan"
    assert len(adult.plan.items) == 1


def test_a_form_of_an_item_sent_twice_is_no_quarrel(adult):
    adult.put(entry("skills", "Rēķini"))
    form = adult.get("/plan/item/e1")
    for _ in range(2):
        assert adult.send(form, "/plan/item/e1", words="Nodokļi").url.path == "/plan"
    assert adult.plan.version == 3


RESENT = "Šī veidlapa jau ir nosūtīta. Kas tajā ierakstīts pēc tam, plānā vēl nav; te tas ir"


@pytest.mark.parametrize(
    ("path", "first", "second", "kept"),
    [
        ("/plan/new/entry?section=skills", {"words": "Pirmā"}, {"words": "Otrā"}, {"words": "Otrā"}),
        ("/plan/new/entry?section=skills", {"words": "Tā pati"}, {"words": "Tā pati", "years": "2019"}, {"years": "2019"}),
        ("/plan/new/goal", {"words": "Pirmais"}, {"words": "Otrais", "by": "2027-06-30"}, {"words": "Otrais", "by": "2027-06-30"}),
        ("/plan/new/step", {"words": "Zvanīt"}, {"words": "Zvanīt", "on": "2027-01-05"}, {"on": "2027-01-05"}),
        ("/plan/new/gap?goal=g1", {"words": "Viens"}, {"words": "Divi"}, {"words": "Divi"}),
        ("/plan/share/new", {"for_whom": "Mamma"}, {"for_whom": "Skola"}, {"for_whom": "Skola"}),
        ("/plan/review", {"review": "2027-01-31"}, {"review": "2027-03-01"}, {"review": "2027-03-01"}),
    ],
)  # fmt: skip
def test_a_form_sent_again_with_other_words_loses_none(adult, path, first, second, kept):
    """Somebody goes back in the browser, writes something else over it, and sends the same form."""
    adult.put(goal("Mērķis"))
    form, action = adult.get(path), path.partition("?")[0]
    assert adult.send(form, action, **first).status_code == 200
    before = adult.plan
    page = adult.send(form, action, **second)
    assert page.status_code in (200, 409, 422)
    assert RESENT in said(page)
    assert adult.plan == before
    again = fields(page.text, action)
    assert {name: again[name] for name in kept} == kept
    assert again["once"] != fields(form.text, action)["once"]
    done = adult.send(page, action)
    assert RESENT not in said(done)
    assert adult.plan != before


def test_a_day_to_move_to_that_is_sent_again_is_not_lost(adult):
    adult.put(step("zvanīt", date(2027, 1, 5)))
    form = adult.get("/plan/item/s1")
    sent_once = {"once": "same", "seen": ""}
    adult.send(form, "/plan/item/s1/move", to="2027-01-12", **sent_once)
    page = adult.send(form, "/plan/item/s1/move", to="2027-01-19", **sent_once)
    assert RESENT in said(page)
    assert only(adult, PlanStep).on == date(2027, 1, 12)
    assert fields(page.text, "/plan/item/s1/move")["to"] == "2027-01-19"


def test_a_file_sent_again_in_place_of_another_is_shown_again(adult):
    adult.put(entry("skills", "Pirmā"))
    first = adult.get("/plan.json").content
    adult.fill("/plan/item/e1", words="Otrā")
    second = adult.get("/plan.json").content
    adult.fill("/plan/item/e1", words="Trešā")
    told = []
    for file in (first, second):
        form = fields(adult.bring(file).text, "/plan/import") | {"take": "1", "once": "same"}
        parts = {name: (None, text) for name, text in form.items()}
        told.append(RESENT in said(adult.client.post("/plan/import", files=parts)))
    assert told == [False, True]
    assert only(adult, PlanEntry).wording.text == "Pirmā"


def test_words_of_distress_sent_twice_are_met_in_the_talk_both_times(adult):
    form = adult.get("/plan/new/entry?section=agenda")
    for _ in range(2):
        page = adult.send(form, "/plan/new/entry", words="Es vairs negribu dzīvot")
        assert page.url.path == "/"
        assert "116111" in page.text


@pytest.mark.parametrize(
    "text",
    [MARKUP, "😀" * 5000, "مرحبا " * 800, "a" * 5000, "\u202eabc", "' OR 1=1 --", "\ud83d", "%00\0"],
    ids=["markup", "emoji", "arabic", "long", "override", "sql", "half", "zero"],
)  # fmt: skip
def test_hostile_text_is_kept_and_inert_everywhere(adult, text):
    body = "words=" + quoted(text) + "&section=skills&document=" + quoted(text[:200])
    headers = {"content-type": "application/x-www-form-urlencoded"}
    page = adult.client.post("/plan/new/entry?section=skills", content=body, headers=headers)
    assert page.status_code == 200
    assert len(only(adult, PlanEntry).wording.text) >= 1
    for path in ("/plan", "/plan/item/e1", "/plan/history", "/plan/share/new", "/plan.json"):
        shown = adult.get(path)
        assert shown.status_code == 200, path
        assert "<script>alert" not in shown.text or path == "/plan.json"
        assert "<img src=x" not in shown.text or path == "/plan.json"


def quoted(text):
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"))


def test_words_of_distress_in_a_form_are_met_in_the_talk_first(adult):
    page = adult.fill("/plan/new/entry?section=agenda", words="Es vairs negribu dzīvot")
    assert page.url.path == "/"
    assert "116111" in page.text
    assert adult.conversations.read(adult.key)[0].plan is None
    adult.fill("/plan/new/entry?section=agenda", words="Par kopmītni")
    assert only(adult, PlanEntry).wording == own("Par kopmītni")


def test_a_personal_code_in_a_form_is_masked_and_that_is_said(adult):
    page = adult.fill("/plan/new/entry?section=agenda", words="Mans kods 010190-12345")
    assert "12345" not in only(adult, PlanEntry).wording.text
    assert "aizstāju ar •••" in said(page)


def test_a_text_that_is_too_long_comes_back_whole(adult):
    page = adult.fill("/plan/new/goal", words="a" * 5001)
    assert page.status_code == 422
    assert "Robeža (rakstzīmēs): 5000" in said(page)
    assert len(fields(page.text, "/plan/new/goal")["words"]) == 5001


def test_an_empty_form_says_what_is_needed(adult):
    page = adult.fill("/plan/new/goal", words="  \r\n ")
    assert "Vajag vismaz vienu vārdu." in said(page)
    assert '<a href="#words">' in page.text


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u202e\u2066", "\u3164", "\U000e0041", "\u2800"], ids=ascii
)
def test_a_field_with_nothing_that_is_seen_is_an_empty_one(adult, unseen):
    for kind in ("goal", "step", "entry?section=skills"):
        page = adult.fill(f"/plan/new/{kind}", words=unseen)
        assert page.status_code == 422
        assert "Vajag vismaz vienu vārdu." in said(page)
    assert adult.conversations.read(adult.key)[0].plan is None
    adult.fill("/plan/new/entry?section=skills", words="Excel", document=unseen, years=unseen)
    assert (only(adult, PlanEntry).document, only(adult, PlanEntry).years) == ("", "")
    assert adult.fill("/plan/share/new", for_whom=unseen).status_code == 422
    assert adult.plan.shares == ()


def test_strange_values_of_choices_are_refused(adult):
    page = adult.post(
        "/plan/new/step", words="Zvanīt", activity="<b>", goal="g77", state="gone", once="x"
    )
    assert page.status_code == 422
    assert adult.conversations.read(adult.key)[0].plan is None
    for path in ("/plan/new/decision", "/plan/new/gap", "/plan/new/<b>"):
        assert adult.get(path).status_code == 404
    for path in (
        "/plan/item/x99",
        "/plan/item/x99/remove",
        "/plan/item/x99/move",
        "/plan/item/x99/step",
    ):
        assert adult.post(path, to="2027-01-01").status_code == 404


def test_a_full_plan_says_so(adult):
    adult.has(plan_of("adult", *(entry("skills", f"Prasme {number}") for number in range(200))))
    page = adult.fill("/plan/new/entry?section=skills", words="Vēl viena")
    assert (page.status_code, "Plānā vairs nav vietas." in said(page)) == (409, True)
    assert fields(page.text, "/plan/new/entry")["words"] == "Vēl viena"
