"""What is guarded in a plan is on paper only where the person has said so, whichever way the paper is asked for."""

from base64 import b64decode
from contextlib import ExitStack
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.core.dialogue.requests import PlanFileRequest
from bot.core.plan.items import GapRow, Origin
from bot.ports.records import Update
from bot.service.plan_files import PlanPrinter, give_plan_file
from tests.channels.planning import Planner, said, serving_plans
from tests.conftest import TODAY
from tests.doubles.plan_people import decision, entry, goal, own, plan_of, step

SECRET = "Zvaigžņuputekļi"  # a word that stands nowhere else
AIM = goal(f"{SECRET} mērķis", date(2027, 6, 1), id="g1", occupation="cook", sensitive=True)
OPEN = step(
    "atklāts solis",
    date(2026, 12, 15),
    goal="g1",
    id="s2",
    origin=Origin(kind="gap", ref="r5", on=AIM.origin.on),
)
OPEN_ROW = GapRow(
    origin=AIM.origin, id="r6", goal="g1", asks=own("Atklāta rinda"), have=("e3",), step="s4"
)
GUARDED = {
    "goal": AIM,
    "entry": entry("skills", f"{SECRET} prot", id="e3", sensitive=True, document=SECRET, years=SECRET),
    "private life": entry("private_life", f"{SECRET} ģimenē", id="e3", sensitive=True),
    "step": step(f"{SECRET} solis", date(2026, 12, 16), id="s4", sensitive=True, document=SECRET),
    "row": GapRow(origin=AIM.origin, id="r5", goal="g1", asks=own(SECRET), show=own(SECRET), sensitive=True),
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving_plans(tmp_path_factory.mktemp("guarded")) as found:
        yield found


@pytest.fixture
def adult(served):
    with ExitStack() as open_ones:
        yield open_ones.enter_context(Planner(*served, "adult", "from_18", "keep"))


def pdf_text(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize("what", GUARDED)
def test_what_is_guarded_is_printed_only_where_it_is_asked_for(adult, what):
    items = {item.id: item for item in (AIM, OPEN, OPEN_ROW, GUARDED[what])}
    adult.has(plan_of("adult", *items.values()))
    path = "/plan.pdf"
    plain, whole = adult.get(path), adult.get(f"{path}?guarded=1")
    for shown in ("atklāts solis", "Atklāta rinda"):
        assert shown in pdf_text(plain.content)
    assert SECRET.casefold() not in pdf_text(plain.content).casefold()
    assert SECRET not in plain.content.decode("latin-1")
    # the control: there was something to tell
    assert SECRET in pdf_text(whole.content)
    # the same in the chat of a messenger
    printer = PlanPrinter(
        adult.conversations.dialogue.library, adult.conversations.dialogue.catalogues, TODAY
    )
    for kind, tells in (("plan_pdf", False), ("plan_pdf_whole", True)):
        asked = PlanFileRequest(kind=kind, plan=adult.plan, language="lv", addressed="jus")
        given = give_plan_file(asked, printer, Update("people", "1", "1", 0))
        assert (SECRET in pdf_text(b64decode(given.content))) is tells


def test_it_is_said_how_much_is_guarded_and_how_to_print_it_too(adult, talks):
    adult.put(entry("skills", "Rēķini"))
    assert "guarded=1" not in adult.get("/plan/take").text + adult.get("/plan").text
    adult.put(entry("private_life", "Rūpes par mammu", sensitive=True), decision(talks.library))
    for path in ("/plan", "/plan/take"):
        assert "Sargātā tajā nav (ieraksti: 2)." in said(adult.get(path))
        assert 'href="/plan.pdf?guarded=1"' in adult.get(path).text
