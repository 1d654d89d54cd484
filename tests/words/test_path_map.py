"""The map of paths: nothing overlaps, every state stands once, the own way holds together."""

import re
import struct
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.dialogue.education_paths import judged_cards
from bot.core.dialogue.path_events import PathsShown
from bot.load.data_folder import find_data
from bot.load.translations import load_words
from bot.words.graphics.lettering import width_of, wrap
from bot.words.graphics.path_drawing import draw_path_map
from bot.words.graphics.path_layout import (
    ALONE_WIDTH,
    NAME_SIZE,
    PAGE_WIDTH,
    SUB_SIZE,
    Box,
    lay_out,
)
from bot.words.graphics.path_map import KeyLine, PathGoal, PathMap, PathStation
from bot.words.graphics.png import paint
from bot.words.messages import plain
from bot.words.paths import PathWords
from tests.conftest import TODAY
from tests.doubles.person import Person

SVG = "{http://www.w3.org/2000/svg}"
PUPIL_9 = {"standing": "grade_9", "path_age": 15, "failed_exams": "one", "yearly_marks": "all_4"}
PEOPLE = (
    {"standing": "grade_5_6"},
    PUPIL_9,
    {"standing": "grade_10_12"},
    {"standing": "vocational_learner"},
    {"standing": "arod_learner"},
    {"standing": "adult", "path_age": 35, "secondary": "yes", "path_work": "no"},
)
STATES = ("open", "not_judged", "closed")


@pytest.fixture(scope="module")
def speak(loaded):
    words = load_words(find_data())
    return lambda lang="lv", who="tu": PathWords(loaded.library, words[lang], who, TODAY)


@pytest.fixture(scope="module")
def shown(loaded):
    def show(facts, lit=(), flow="paths"):
        states = judged_cards(loaded.library, flow, facts)
        standing = facts.get("standing", "")
        return PathsShown(flow=flow, step="my_paths", states=states, standing=standing, lit=lit)

    return show


# --- any map


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=90)
NAMES = TEXTS.filter(str.strip)


@st.composite
def maps(draw):
    goals = draw(st.integers(0, 2))
    to_goals = st.lists(st.integers(0, goals - 1), unique=True) if goals else st.just([])

    def station():
        at_once, later = draw(to_goals), draw(to_goals)
        lit = draw(st.booleans())
        return PathStation(
            name=draw(NAMES),
            state=draw(st.sampled_from(STATES)),
            gives=draw(TEXTS),
            onward=draw(TEXTS),
            goals=tuple(at_once),
            later=tuple(goal for goal in later if goal not in at_once),
            part_of=draw(st.sampled_from([None, 0])) if goals and 0 not in at_once else None,
            lit=lit,
            lit_goals=tuple(at_once) if lit else (),
        )

    def goal():
        state = draw(st.sampled_from([None, *STATES]))
        return PathGoal(
            name=draw(NAMES), state=state, lit=state is not None and draw(st.booleans())
        )

    return PathMap(
        title=draw(TEXTS),
        text=draw(TEXTS),
        here=draw(NAMES),
        where=draw(TEXTS),
        stations=tuple(station() for _ in range(draw(st.integers(1, 14)))),
        goals=tuple(goal() for _ in range(goals)),
        support_title=draw(NAMES),
        support=tuple(station() for _ in range(draw(st.integers(0, 3)))),
        key=tuple(KeyLine(sign=sign, text=draw(NAMES)) for sign in (*STATES, "lit", "later")),
    )


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def line_box(line) -> Box:
    size = SUB_SIZE if line.is_sub else NAME_SIZE
    width = width_of(line.text, size, bold=not line.is_sub)
    return Box(line.x, line.y - 11, width, 14)


def nothing_overlaps(layout) -> None:
    """Assert that plates, words, signs and lanes keep clear of each other and of the edges."""
    frames = [one for one in layout.placed if one.kind == "frame"]
    plates = [one.box for one in layout.placed if one.kind != "frame"]
    lines = [line_box(line) for one in layout.placed for line in one.lines]
    lines += [line_box(line) for place in layout.key for line in place.words]
    for boxes in (plates, lines, [one.box for one in frames]):
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    for frame in frames:
        for box in [*plates, *(line_box(line) for line in frame.lines)]:
            inside = frame.box.y <= box.y and box.bottom <= frame.box.bottom
            assert inside or not overlap(frame.box, box)
    for one in layout.placed:
        for box in map(line_box, one.lines):
            assert one.box.y <= box.y
            assert box.bottom <= one.box.bottom + 1
            assert box.right <= one.box.right
    for box in [*plates, *lines]:
        assert 0 <= box.x < box.right <= layout.width
        assert 0 <= box.y < box.bottom <= layout.height
    beside = [one.box for one in layout.placed if one.kind in ("start", "station", "goal", "frame")]
    assert all(box.right < lane for box in beside for lane in layout.columns.lanes)
    assert all(right - left > 9 for left, right in pairwise(layout.columns.lanes))


@settings(max_examples=60, deadline=None)
@given(maps())
def test_nothing_overlaps_whatever_the_map(path_map):
    for width in (PAGE_WIDTH, ALONE_WIDTH):
        nothing_overlaps(lay_out(path_map, width))


@settings(max_examples=60, deadline=None)
@given(maps())
def test_every_state_is_drawn_once_and_the_own_way_holds_together(path_map):
    svg = ET.fromstring(draw_path_map(path_map))
    states = [one.state for one in (*path_map.stations, *path_map.support)]
    states += [goal.state for goal in path_map.goals if goal.state is not None]
    assert marks_of(svg) == sorted(states)
    own_way_holds(path_map, svg)


def marks_of(svg: ET.Element) -> list[str]:
    """Return the states that the drawing's marks show, without those of its key."""
    signs = svg.find(f"{SVG}g")
    in_key = set() if signs is None else set(signs.iter())
    nodes = [
        one for one in svg.iter() if "node" in one.get("class", "").split() and one not in in_key
    ]
    return sorted(
        "open" if one.tag == f"{SVG}circle" else "closed" if "zm" in one.get("d") else "not_judged"
        for one in nodes
    )


def ends_of(way: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Follow a way drawn of M, V, H and q; return where it begins and where it ends."""
    at = begin = (0.0, 0.0)
    for command, numbers in re.findall(r"([MVHq])([^MVHq]*)", way):
        values = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        match command:
            case "M":
                at = begin = (values[0], values[1])
            case "V":
                at = (at[0], values[0])
            case "H":
                at = (values[0], at[1])
            case "q":
                at = (at[0] + values[2], at[1] + values[3])
    return begin, at


def own_way_holds(path_map: PathMap, svg: ET.Element) -> None:
    """Assert that each lit way begins at the start or a lit plate and ends where it should."""
    layout = lay_out(path_map)
    ways = [ends_of(one.get("d")) for one in svg.iter() if one.get("class") == "path lit"]
    cased = [ends_of(one.get("d")) for one in svg.iter() if one.get("class") == "path casing"]
    assert ways == cased
    lit = [one for one in layout.stations if one.station.lit]
    into = {end for begin, end in ways if begin == (layout.columns.own, layout.start.box.bottom)}
    boxes = [one.place.box for one in lit]
    boxes += [
        place.box for goal, place in zip(path_map.goals, layout.goals, strict=True) if goal.lit
    ]
    assert into == {(box.x, box.middle) for box in boxes}
    onward = [pair for pair in ways if pair[1] not in into]
    expected = 0
    for one in lit:
        goals = one.station.lit_goals if one.place.kind != "closed" else ()
        expected += len(goals)
        box = one.place.box
        leaving = [
            begin for begin, _ in onward if begin[0] == box.right and box.y < begin[1] < box.bottom
        ]
        assert len(leaving) == len(goals)
    assert len(onward) == expected
    plates = [one.box for one in layout.goals if one.lit]
    for _, (x, y) in onward:
        assert any(x == box.right and box.y < y < box.bottom for box in plates)


def test_hostile_names_stay_words():
    name = "</text><script>alert(1)</script>&\"'" + "x" * 200
    station = PathStation(name=name, state="open", onward=name, goals=(0,))
    path_map = PathMap(
        title=name, text=name, here=name, where=name, stations=(station,),
        goals=(PathGoal(name=name),), support_title=name, support=(station,),
        key=(KeyLine(sign="open", text=name),),
    )  # fmt: skip
    for alone in (False, True):
        svg = ET.fromstring(draw_path_map(path_map, alone=alone))
        assert svg.find(f"{SVG}title").text == name
        assert not list(svg.iter(f"{SVG}script"))
        assert any("</text><script>" in (one.text or "") for one in svg.iter(f"{SVG}text"))


def test_a_line_is_never_wider_than_asked_and_says_where_it_was_cut():
    lines = wrap("Vakara, nepilna laika vai tālmācības vidusskola", 150, 13.5, bold=True, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width_of(line, 13.5, bold=True) <= 150 for line in lines)
    assert wrap("Īss", 150, 13.5) == ("Īss",)
    assert "".join(wrap("x" * 40, 100, 13.5, most=9)) == "x" * 40


# --- production's maps


@pytest.mark.parametrize("language", ["lv", "en", "uk", "ru"])
@pytest.mark.parametrize("person", PEOPLE, ids=lambda facts: facts["standing"])
def test_the_maps_of_production_fit_in_every_language(speak, shown, person, language):
    lit = ("vocational_secondary", "bachelor", "state_gymnasium_from_7")
    path_map = speak(language).maps.drawn(shown(person, lit))
    for width in (PAGE_WIDTH, ALONE_WIDTH):
        layout = lay_out(path_map, width)
        nothing_overlaps(layout)
        assert not [line for one in layout.placed for line in one.lines if "…" in line.text]
    svg = ET.fromstring(draw_path_map(path_map))
    own_way_holds(path_map, svg)
    assert len(marks_of(svg)) == sum(not one.is_elsewhere for one in shown(person).states)


def test_the_map_stands_in_the_sheet_with_the_same_in_words(speak, shown, loaded):
    message = speak().shown(shown(PUPIL_9, ("vocational_secondary",)))
    sheet = message.sheet
    svg = ET.fromstring(sheet.drawing)
    assert svg.get("role") == "img"
    assert svg.find(f"{SVG}title").text == sheet.drawing_title == "Ceļu karte"
    assert svg.find(f"{SVG}desc").text == sheet.drawing_text
    assert sheet.drawing_text.startswith(
        "Karte: tu esi šeit\u00a0– 9. klasē.\nTavs ceļš: Profesionālā"
    )
    assert sheet.drawing_text in plain(message)
    own = [one.card for one in shown(PUPIL_9).states if not one.is_elsewhere]
    said = sheet.drawing_text.replace("\u00a0", " ")
    assert all(loaded.library.paths[card].title in said for card in own)
    assert "<style>" in sheet.drawing_alone
    assert "<style>" not in sheet.drawing


def test_the_words_tell_what_comes_at_once_and_what_later(speak, shown):
    text = speak().shown(shown(PUPIL_9)).sheet.drawing_text
    assert (
        "Vaļā: Arodizglītība. Tālāk: Viens gads līdz vidējai izglītībai; Darbs. "
        "Vēlāk: Augstskola, koledža."
    ) in text
    assert "Vaļā: Profesionālā vidējā izglītība. Tālāk: Augstskola, koledža; Darbs." in text


def test_the_own_way_leads_through_the_chosen_paths_only(speak, shown):
    def lit_goals(*lit):
        path_map = speak().maps.drawn(shown(PUPIL_9, lit))
        return [path_map.goals[at].name for at in (0, 1) if path_map.is_lit(at)]

    assert lit_goals() == []
    assert lit_goals("vocational_arod") == ["Darbs"]
    assert lit_goals("vocational_arod", "bridge_year") == ["Augstskola, koledža", "Darbs"]


def test_a_person_whose_place_is_unknown_gets_no_map(speak, shown):
    sheet = speak().shown(shown({})).sheet
    assert (sheet.drawing, sheet.drawing_alone, sheet.drawing_text) == ("", "", "")


def test_adults_are_addressed_as_adults_on_the_map(speak, shown):
    path_map = speak(who="jus").maps.drawn(shown(PEOPLE[-1], ("bachelor",)))
    assert path_map.here == "Jūs esat šeit"
    assert "Jūsu ceļš: Bakalaura studijas." in path_map.text


def test_the_map_becomes_a_picture(speak, shown):
    png = paint(speak().shown(shown(PUPIL_9)).sheet.drawing_alone)
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert 800 < width < height < 4000


def test_a_saved_path_is_lit_when_the_paths_are_shown_again(talks):
    person = Person(talks).answer(who="pupil_5_9", age_band="from_13", what_next="paths")
    person.answer(standing="grade_9", path_age=15, failed_exams="none", matters=None)
    person.press("@path:vocational_arod")
    person.press("@save:vocational_arod")
    sheets = [one.sheet for one in talks.transcript(person.session) if one.sheet is not None]
    own = "Tavs ceļš: Arodizglītība."
    assert [own in sheet.drawing_text for sheet in sheets if sheet.drawing] == [True]
    person.press("@unsave:vocational_arod")
    sheets = [one.sheet for one in talks.transcript(person.session) if one.sheet is not None]
    assert [own in sheet.drawing_text for sheet in sheets if sheet.drawing] == [False]
