"""The commands about counsellors, their hours, bookings and who waits."""

import io
import sys
from datetime import UTC, datetime

import pytest

from bot.cli.main import main
from storage.store import Store
from tests.service.booking_turns import Town

COUNSELLOR = """\
anna:
  name: "Anna Ozola"
  provider: municipality
  place: paraugpils
  institution: paraugpils/board
  whole_place: true
  languages: [lv]
  modes: [in_person]
  kinds: [talk]
  audience: [adult]
  qualification: programme
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/celvedis.db"


@pytest.fixture
def celvedis(monkeypatch, capsys, url):
    """Runs a command on a database; gives its status, what it said and what it complained of."""

    def run(*arguments, db=url):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        try:
            status = main([*arguments, "--db", db])
        except SystemExit as error:  # of what argparse refuses
            status = error.code
        return status, *capsys.readouterr()

    return run


def test_a_counsellor_is_added_shown_offered_and_off(celvedis, tmp_path):
    file = tmp_path / "anna.yaml"
    file.write_text(COUNSELLOR)
    assert celvedis("counsellors", "add", str(file)) == (0, "added: anna\n", "")
    assert "name: Anna Ozola\n" in celvedis("counsellors", "show", "anna")[1]
    who = celvedis("counsellors", "who", "--place", "paraugpils")[1]
    assert who == "1. anna  municipality  in lv\n"  # made-up ones are gone with the first real one
    assert celvedis("counsellors", "off", "anna")[0] == 0
    assert "anna  Anna Ozola  paraugpils/board  off\n" in celvedis("counsellors", "list")[1]


def test_bookings_are_listed_without_who_comes_or_why(celvedis, url, loaded):
    store = Store(url)
    town = Town(store, loaded.library, now=datetime.now(UTC))
    town.book("somebody", question="Ko man darīt?")
    (part,) = town.parts("somebody")
    store.close()
    day = f"{part.meeting.during.start:%Y-%m-%d}"
    status, said, _ = celvedis("bookings", "list", "--day", day)
    assert status == 0
    assert f"talk  {part.meeting.counsellors[0]}  confirmed" in said
    assert "somebody" not in said
    assert "darīt" not in said
    assert "there is none" in celvedis("bookings", "list", "--day", day, "--state", "held")[1]
    (counsellor,) = part.meeting.counsellors
    under = celvedis("hours", "absence", counsellor, day, day)[1]
    assert "meetings under it: 1; nothing was changed" in under
    entered = celvedis("hours", "absence", counsellor, day, day, "--why", "kursi", "--yes")[1]
    assert "to be moved or called off: 1" in entered
    assert "absent  kursi" in celvedis("hours", "explain", counsellor, day)[1]
    assert "away: kursi" in celvedis("hours", "show", counsellor, "--from", day, "--days", "1")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["waitlist", "list"], "nobody waits\n"),
        (["bookings", "supply"], "nobody waits and nobody is invited\n"),
        (["bookings", "no-time", "--since", "2026-11-01"], "nobody since 2026-11-01\n"),
    ],
)
def test_an_empty_database_says_so(arguments, said, celvedis):
    assert celvedis(*arguments) == (0, said, "")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["counsellors", "show", "nobody"], 2, "nobody: no counsellor has this id"),
        (["counsellors", "who", "--place", "Qqqqqq"], 2, "Qqqqqq: no such place is known"),
        (["counsellors", "add", "missing.yaml"], 2, "missing.yaml: No such file"),
        (["hours", "show", "paraugpils_board", "--from", "9999-12-31"], 2, "ten years away"),
        (["hours", "explain", "paraugpils_board", "soon"], 2, "argument MOMENT"),
        (["bookings", "list", "--day", "2026-02-30"], 2, "argument --day"),
        (["bookings", "find", "ABCD"], 2, "no booking has this code"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(arguments, status, said, celvedis):
    found, out, complained = celvedis(*arguments)
    assert (found, out) == (status, "")
    assert said in complained.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "where"),
    [("anna: [\n", ":2: Y001"), (COUNSELLOR.replace("/board", "/none"), ":5: U003")],
)
def test_a_wrong_file_is_told_with_its_line(text, where, celvedis, tmp_path):
    file = tmp_path / "anna.yaml"
    file.write_text(text)
    status, out, complained = celvedis("counsellors", "add", str(file))
    assert (status, out, complained.count("\n")) == (1, "", 1)
    assert f"anna.yaml{where}" in complained


@pytest.mark.parametrize(("db", "wrong"), [("sqlite:////dev/null/x.db", 1), ("mysql://x", 2)])
def test_a_database_that_cannot_be_is_told_in_one_line(db, wrong, celvedis):
    status, out, complained = celvedis("bookings", "list", db=db)
    assert (status, out, complained.count("\n")) == (wrong, "", 1)
