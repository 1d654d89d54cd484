"""A plan as a file and back: all of it, with its versions, by a checksum of what stands in it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.dialogue.session import Session
from bot.core.plan.acts import obey_all
from bot.core.plan.exchange import (
    LARGEST_FILE,
    LARGEST_PLAN,
    PlanFile,
    checksum,
    file_schema,
    file_text,
    read_file,
    sealed,
    write_file,
)
from bot.core.plan.history import MOST_KEPT_VERSIONS, KeptVersion
from bot.core.plan.items import (
    GapRow,
    PlanDecision,
    PlanEntry,
    PlanGoal,
    PlanMap,
    PlanPath,
    PlanPortrait,
    PlanStep,
)
from bot.core.plan.orders import PutItem, RemoveItem, ReplacePlan
from bot.core.plan.plan import MOST_CHARACTERS, MOST_ITEMS, MOST_PROPOSALS, PERSON, Proposal, Share
from storage.plans import MOST_VERSIONS
from tests.doubles.plan_items import DAY, SAID, entry, goal, own, step
from tests.doubles.plan_people import empty_plan, full_plan
from tests.doubles.plans import COUNSELLOR, MOMENT, plan_of

ABOUT = {"language": "lv", "release": "r1"}
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
OLD_FILES = sorted((Path(__file__).parent / "files").glob("plan-*.json"))


def written(plan, *versions):
    return write_file(plan, versions, NOON, ABOUT)


def taken(text):
    """Read a file that is to be read without a fault."""
    file = read_file(text)
    assert isinstance(file, PlanFile), file
    return file


def kept(number, items, **more):
    return KeptVersion(number=number, at=NOON + timedelta(hours=number), items=items, **more)


def lived(*acts):
    """A plan with its versions, after acts of one order each. acts: (order, by)."""
    plan, versions = plan_of(), []
    for at, (order, by) in enumerate(acts):
        moment = MOMENT._replace(now=MOMENT.now + timedelta(minutes=at))
        plan, _ = obey_all(plan, (order,), by, moment)
        versions.append(
            KeptVersion(number=plan.version, at=moment.now, last=plan.last, items=plan.items)
        )
    return plan, versions


def test_a_file_comes_back_whole_without_the_secrets_of_links(loaded):
    plan = full_plan(loaded.library)
    share = Share(id="k1", token="SLEPENS", items=("g1",), for_whom="x", made=DAY, until=DAY)
    version = kept(2, plan.items[:1])
    text = file_text(written(plan.model_copy(update={"shares": (share,)}), version))
    assert "SLEPENS" not in text
    back = taken(text)
    assert back.plan.items == plan.items
    assert list(back.history.unfolded()) == [version]


def test_a_plan_is_kept_whole_with_its_conversation_in_few_bytes(loaded):
    session = Session(plan=full_plan(loaded.library))
    body = session.model_dump_json(exclude_defaults=True)
    assert Session.model_validate_json(body) == session
    assert len(body) < len(session.model_dump_json())
    version = KeptVersion(number=1, items=session.plan.items)
    assert (
        KeptVersion.model_validate_json(version.model_dump_json(exclude_defaults=True)) == version
    )


def test_a_flipped_bit_is_found_wherever_it_is(loaded):
    plan = full_plan(loaded.library)
    data = bytearray(file_text(written(plan, kept(2, plan.items[:3]))).encode())
    missed = []
    for place in range(0, len(data), 37):
        changed = bytearray(data)
        changed[place] ^= 1
        if isinstance(read_file(bytes(changed)), PlanFile):
            missed.append(place)
    assert missed == []


# --- its versions


def brought(text, plan=None):
    """The plan that a file is taken into, with the versions that came."""
    file = taken(text)
    order = ReplacePlan(plan=file.plan, history=file.history)
    return obey_all(plan or plan_of(), (order,), PERSON, MOMENT)


def test_written_taken_in_and_written_again_it_has_the_same_versions(loaded):
    plan, versions = lived(
        (PutItem(item=entry("skills", "Pirmā")), PERSON),
        (PutItem(item=goal("Mērķis")), PERSON),
        (PutItem(item=entry("agenda", "Konsultanta jautājums")), COUNSELLOR),
        (RemoveItem(id="e1"), PERSON),
        (PutItem(item=step("Solis", goal="g2")), PERSON),
        (PutItem(item=full_plan(loaded.library).items[-1].model_copy(update={"id": ""})), PERSON),
    )
    first = taken(file_text(written(plan, *versions)))
    now, came = brought(file_text(first))
    assert [one.imported for one in came] == [True] * len(versions)
    own_version = KeptVersion(number=now.version, at=MOMENT.now, last=now.last, items=now.items)
    second = taken(file_text(written(now, *came, own_version)))

    *after, last = second.history.unfolded()
    before = list(first.history.unfolded())
    assert [(one.number, one.at, one.last) for one in before] == [
        (one.number, one.at, one.last) for one in after
    ]
    assert [contents(one.items) for one in before] == [contents(one.items) for one in after]
    assert contents(now.items) == contents(plan.items)
    assert (last.last.what, last.imported) == ("replace", False)


def contents(items):
    """What items say, whoever is said to have written them."""
    left = {"owner", "origin"}
    return [one.model_dump(mode="json", exclude=left) for one in items]


def test_an_item_means_the_same_in_every_version_that_comes():
    plan, versions = lived(
        (PutItem(item=entry("skills", "Pirmā")), PERSON),
        (PutItem(item=goal("Mērķis")), PERSON),
        (PutItem(item=step("Solis", goal="g2")), PERSON),
        (RemoveItem(id="e1"), PERSON),
        (PutItem(item=entry("skills", "Cita")), PERSON),
    )
    now, came = brought(file_text(written(plan, *versions)))
    ids = [[one.id for one in version.items] for version in came]
    assert ids == [["e1"], ["e1", "g2"], ["e1", "g2", "s3"], ["g2", "s3"], ["g2", "s3", "e4"]]
    assert [one.id for one in now.items] == ["g2", "s3", "e4"]
    assert [one.goal for one in now.of_kind(PlanStep)] == ["g2"]
    assert now.following == 5


def test_what_comes_follows_the_versions_and_pushes_none_out():
    theirs = [kept(number, (entry("skills", f"v{number}", id="e1"),)) for number in range(2, 90)]
    text = file_text(written(plan_of(entry("skills", "v89")), *theirs))
    mine = plan_of(*(entry("skills", f"mana {number}") for number in range(30)))
    now, came = brought(text, mine)
    assert [one.number for one in came] == list(range(mine.version + 1, now.version))
    assert mine.version - 1 + len(came) + 1 == MOST_KEPT_VERSIONS == MOST_VERSIONS
    assert came[-1].items[0].wording.text == "v89"  # the latest ones have come
    full = plan_of(*(entry("skills", f"mana {number}") for number in range(150)))
    assert brought(text, full).versions == ()


def test_versions_that_say_the_same_are_written_once():
    items = tuple(entry("skills", "ā" * 300, id=f"e{number}") for number in range(1, 190))
    versions = [kept(number, items) for number in range(2, 102)]
    file = written(plan_of(), *versions)
    assert (len(file.history.states), len(file.history.versions)) == (189, 100)
    assert len(file_text(file).encode()) < 1_000_000


@pytest.mark.parametrize("sign", ["🙂", "\x01", "ā"])
def test_a_file_holds_as_many_versions_as_come_back_in(sign):
    versions = [
        kept(number, tuple(entry("skills", f"{number}{at}{sign * 4990}", id=f"e{at}") for at in range(1, 13)))
        for number in range(2, 103)
    ]  # fmt: skip
    file = written(plan_of(), *versions)
    size = len(file_text(file).encode())
    assert LARGEST_FILE * 0.9 < size <= LARGEST_FILE
    back = taken(file_text(file).encode())
    assert list(back.history.unfolded()) == versions[-len(back.history.versions) :]
    assert back.history.left_out == len(versions) - len(back.history.versions) > 0


def test_the_largest_plan_by_hand_goes_out_and_comes_back(loaded):
    """Own words to the limit in the plan, in the copy and in what is proposed, in signs of most bytes."""
    long = "\x01" * 4990
    of_words = tuple(entry("skills", long, id=f"e{at}") for at in range(1, MOST_CHARACTERS // 4990))
    decided = full_plan(loaded.library).items[-1]
    items = (
        *of_words,
        *(decided.model_copy(update={"id": f"d{at}"}) for at in range(100, MOST_ITEMS)),
    )
    gap = GapRow(origin=SAID, goal="g1", asks=own(long), show=own(long), get=own(long))
    waiting = tuple(
        Proposal(id=f"w{at}", by=COUNSELLOR, on=DAY, target="", item=gap, note="x" * 300)
        for at in range(MOST_PROPOSALS)
    )
    plan = empty_plan().model_copy(update={"items": items, "what_if": items, "proposals": waiting})
    text = file_text(written(plan, kept(2, items), kept(3, items[1:])))
    assert len(taken(text).history.versions) == 2
    assert len(plan.model_dump_json(indent=1).encode()) < LARGEST_PLAN


# --- files of other programs


@pytest.mark.parametrize("path", OLD_FILES, ids=lambda path: path.name)
def test_a_file_of_an_earlier_program_is_read_with_its_versions(path):
    """Frozen as they were written by programs whose items had fewer fields."""
    raw = path.read_bytes()
    file = taken(raw)
    assert file.plan.of_kind(PlanEntry)[0].wording == own("Kase, pasūtījumi")
    assert [one.number for one in file.history.versions] == [2, 3, 4, 5, 6, 7, 8]
    assert [one.last.by.role for one in file.history.versions][-1] == "counsellor"
    assert "needs_school" not in raw.decode()
    changed = raw.replace("Kase, pasūtījumi".encode(), "Kase, pasūtījumu".encode())
    assert [one.place for one in read_file(changed)] == ["checksum"]
    assert taken(file_text(sealed(file))).plan == file.plan


def test_there_are_frozen_files_of_each_format():
    assert [path.name for path in OLD_FILES] == ["plan-1.json", "plan-2.json"]


def raw_of(file):
    return json.loads(file_text(file))


def resealed(raw):
    return json.dumps(raw | {"checksum": checksum(raw)}, ensure_ascii=False)


def test_the_checksum_is_of_what_stands_in_the_file_not_its_layout(loaded):
    raw = raw_of(written(full_plan(loaded.library)))
    for text in (
        json.dumps(raw),
        json.dumps(raw, ensure_ascii=False, indent=4, sort_keys=True),
        json.dumps(dict(reversed(raw.items())), indent=1).replace("\n", "\r\n"),
    ):
        assert taken(text).plan.items


@pytest.mark.parametrize("field", ["needs_school", "sensitive", "owner", "years"])
def test_a_file_from_before_a_field_was_there_is_read(loaded, field):
    raw = raw_of(written(full_plan(loaded.library)))
    for item in raw["plan"]["items"]:
        item.pop(field, None)
    assert len(taken(resealed(raw)).plan.items) == len(raw["plan"]["items"])


def test_a_field_to_come_is_told_as_such_and_not_as_a_slip(loaded):
    raw = raw_of(written(full_plan(loaded.library)))
    raw["plan"]["items"][0]["mood"] = "labs"
    (fault,) = read_file(resealed(raw))
    assert (fault.place, fault.what) == ("plan.items.0.goal.mood", "Extra inputs are not permitted")


@pytest.mark.parametrize("name", ["celvedis-plan-3", "celvedis-plan-12", "celvedis-plan-999999999"])
def test_a_format_to_come_is_told_as_such_and_nothing_else(loaded, name):
    raw = raw_of(written(full_plan(loaded.library))) | {"format": name, "shape": {"new": 1}}
    (fault,) = read_file(json.dumps(raw))
    assert (fault.place, fault.what) == ("format", "it was written by a newer program")


@pytest.mark.parametrize(
    "name", ["celvedis-plan-0", "celvedis-plan-", "celvedis-plan-x", "", None, 3]
)
def test_what_is_no_format_is_no_newer_one(name):
    faults = read_file(json.dumps({"format": name}))
    assert "it was written by a newer program" not in {one.what for one in faults}


# --- what cannot be read


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ('"format":', '"format": "celvedis-plan-2", "format":', "format"),
        ('"audience":', '"audience": "pupil", "audience":', "plan.audience"),
        ('"text": "prasme"', '"text": "cits", "text": "prasme"', "plan.items.0.wording.text"),
        ('"prasme"', '"prasme", "prasme": 1, "prasme": 1', "plan.items.0.wording.prasme"),
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_place(was, now, place):
    text = file_text(written(plan_of(entry("skills", "prasme"))))
    (fault,) = read_file(text.replace(was, now, 1))
    assert (fault.place, fault.what) == (place, "the key stands there twice")


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000, '"\\ud83d"']
)
def test_what_is_no_value_of_json_is_refused(value):
    text = file_text(written(plan_of())).replace('"version": 1', f'"version": {value}')
    (fault,) = read_file(text)
    assert fault.what.startswith("Invalid JSON")


def of_history(file, **changes):
    raw = raw_of(file)
    raw["history"] |= changes
    return resealed(raw)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"states": []}, "history.versions.0.items"),
        ({"versions": [{"number": 2, "at": "2026-11-30T12:00:00Z", "items": [0, 0]}]}, "history.versions.0.items.1.id"),
        ({"versions": [{"number": 2, "at": "0001-01-01T00:00:00Z", "items": [0]}]}, "history.versions.0.at"),
        ({"versions": [{"number": 2, "at": "2026-11-30T12:00:00", "items": [0]}]}, "history.versions.0.at"),
        ({"versions": [{"number": 2, "at": "2026-11-30T12:00:00Z", "items": [-1]}]}, "history.versions.0.items.0"),
        ({"versions": [{"number": 0, "at": "2026-11-30T12:00:00Z", "items": [0]}]}, "history.versions.0.number"),
        ({"left_out": -1}, "history.left_out"),
    ],
)  # fmt: skip
def test_versions_that_cannot_be_are_told_by_place(changes, place):
    plan = plan_of(entry("skills", "prasme"))
    faults = read_file(of_history(written(plan, kept(2, plan.items)), **changes))
    assert [one.place for one in faults] == [place]


def test_a_file_of_too_many_bytes_is_told_so():
    (fault,) = read_file(" " * (LARGEST_FILE + 1))
    assert "larger than any plan" in fault.what


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"format": "celvedis-plan-2"}',
        b"[" * 100_000,
        b'{"plan": 7}',
        b"\0",
    ],
)
def test_a_broken_file_is_told_by_place_and_never_by_its_words(data):
    faults = read_file(data)
    assert isinstance(faults, tuple)
    assert faults


def test_faults_hold_no_words_of_a_person(loaded):
    file = json.loads(file_text(written(plan_of(entry("skills", "SLEPENI VĀRDI")))))
    file["plan"]["items"][0]["surplus"] = "SLEPENI VĀRDI"
    faults = read_file(json.dumps(file))
    assert any("items.0" in fault.place for fault in faults)
    assert "SLEPENI" not in str(faults)


def test_the_schema_tells_every_kind_of_item_with_its_fields():
    told = file_schema()["$defs"]
    for kind in (
        PlanEntry,
        PlanPath,
        PlanGoal,
        PlanStep,
        GapRow,
        PlanDecision,
        PlanPortrait,
        PlanMap,
    ):
        assert set(told[kind.__name__]["properties"]) == set(kind.model_fields)
