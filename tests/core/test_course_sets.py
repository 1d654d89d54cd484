"""Course sets: weighed by what is known, in an order with reasons; what each opens, and a change."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.dialogue.course_events import CourseSetsShown, SetChangesShown
from bot.core.dialogue.inputs import Started
from bot.core.education.course_sets import Course, ExamWeights
from bot.core.education.own_sets import read_own_set
from bot.core.education.set_outlook import change_of_set, outlook
from bot.core.education.set_weighing import BALANCE, ComparedSet, PersonView, weigh_sets
from bot.service.conversations import Dialogue
from bot.words.messages import plain
from tests.doubles.clocks import SetClock
from tests.doubles.person import Person
from tests.doubles.sample import load_sample, sample_talks, sample_words

LETTERS = "RIASEC"
EXAMS = ("e0", "e1", "e2", "e3")
# a dozen courses, each of a subject and a family of its own, so that one answer is about one course
COURSES = {
    f"c{at}": Course(
        name=f"Kurss {at}",
        level="advanced",
        area="nature",
        subjects=(f"s{at}",),
        families=(f"{10 + at}",),
        letters=(LETTERS[at % 6],),
        exam=f"e{at}" if at < len(EXAMS) else None,
    )
    for at in range(12)
}
FACTS = ("liked", "easy", "hard")


def subjects():
    return st.lists(st.sampled_from([f"s{at}" for at in range(12)]), max_size=4, unique=True)


@st.composite
def persons(draw):
    return PersonView(
        letters=draw(st.none() | st.lists(st.sampled_from(LETTERS), min_size=2, max_size=3).map(tuple)),
        families=draw(st.none() | st.lists(st.sampled_from([f"{10 + at}" for at in range(12)]), max_size=4).map(tuple)),
        liked=tuple(draw(subjects())),
        easy=tuple(draw(subjects())),
        hard=tuple(draw(subjects())),
    )  # fmt: skip


@st.composite
def many_sets(draw):
    count = draw(st.integers(1, 5))
    return [
        ComparedSet(
            id=f"set{at}",
            courses=tuple(draw(st.lists(st.sampled_from(list(COURSES)), max_size=4, unique=True))),
            unread=tuple(draw(st.lists(st.sampled_from(["robotika", "IB"]), max_size=2, unique=True))),
            own=draw(st.booleans()),
        )
        for at in range(count)
    ]  # fmt: skip


def rank(one):
    return BALANCE[one.word], sum(BALANCE[criterion.word] for criterion in one.criteria if criterion.known)  # fmt: skip


@given(many_sets(), persons())
def test_every_set_is_in_the_list_exactly_once(sets, person):
    weighed = weigh_sets(sets, person, COURSES)
    assert sorted(one.offered.id for one in weighed) == sorted(one.id for one in sets)
    assert [one.place for one in weighed] == sorted(one.place for one in weighed)
    for place, group in ((w.place, w) for w in weighed):
        ahead = [other for other in weighed if rank(other) > rank(group)]
        assert place == 1 + len(ahead)


@given(many_sets())
def test_who_told_nothing_is_told_no_no(sets):
    for one in weigh_sets(sets, PersonView(), COURSES):
        assert (one.word, one.place) == ("open", 1)
        assert not any(criterion.known for criterion in one.criteria)


@given(many_sets(), persons())
def test_own_words_nobody_knows_are_never_counted_as_a_no(sets, person):
    unread = [one for one in sets if one.unread]
    for one in weigh_sets(unread, person, COURSES) if unread else ():
        interests, _, goal = one.criteria
        for criterion in (interests, goal):
            assert not criterion.known or criterion.speaks_for


@given(many_sets(), persons(), st.sampled_from(["letters", "families"]))
def test_what_is_not_known_is_never_worse_than_a_no(sets, person, field):
    forgotten = person.model_copy(update={field: None, "liked": ()})
    known = {w.offered.id: w for w in weigh_sets(sets, person.model_copy(update={"liked": ()}), COURSES)}  # fmt: skip
    for one in weigh_sets(sets, forgotten, COURSES):
        told = known[one.offered.id].criteria[0 if field == "letters" else 2]
        if told.word == "open":
            assert rank(one) >= rank(known[one.offered.id])


@given(many_sets(), persons(), st.sampled_from([f"s{at}" for at in range(12)]), st.booleans())
@settings(max_examples=300)
def test_more_that_speaks_for_a_set_never_makes_it_less_near(sets, person, subject, good):
    fact = "easy" if good else "liked"
    more = person.model_copy(update={fact: (*getattr(person, fact), subject)})
    before = {one.offered.id: one for one in weigh_sets(sets, person, COURSES)}
    for one in weigh_sets(sets, more, COURSES):
        assert rank(one) >= rank(before[one.offered.id])


@given(many_sets(), persons())
def test_the_order_the_sets_came_in_changes_no_place(sets, person):
    there = {one.offered.id: one.place for one in weigh_sets(sets, person, COURSES)}
    back = {one.offered.id: one.place for one in weigh_sets(sets[::-1], person, COURSES)}
    assert there == back


def test_equal_sets_share_a_place_and_the_next_one_counts_them():
    sets = [ComparedSet(id=name, courses=courses) for name, courses in (("far", ("c5", "c6", "c7")), ("near", ("c0", "c1", "c2")), ("same", ("c0", "c1", "c3")))]  # fmt: skip
    person = PersonView(easy=("s0", "s1"), families=("10", "11"))
    weighed = weigh_sets(sets, person, COURSES)
    assert [(one.offered.id, one.place, one.word) for one in weighed] == [
        ("near", 1, "near"), ("same", 1, "near"), ("far", 3, "open"),
    ]  # fmt: skip


def test_a_hard_subject_is_told_and_weighs_against_an_easy_one():
    only = [ComparedSet(id="one", courses=("c0", "c1", "c2"))]
    (one,) = weigh_sets(only, PersonView(easy=("s0",), hard=("s1",)), COURSES)
    abilities = one.criteria[1]
    assert (abilities.word, abilities.speaks_for, abilities.against) == ("partly", ("c0",), ("c1",))


@given(many_sets())
def test_every_exam_is_reached_or_not_and_own_words_leave_it_open(sets):
    for one in sets:
        found = outlook(one, COURSES, EXAMS)
        assert [exam for exam, _ in found.exams] == list(EXAMS)
        assert not (one.unread and found.at("lower"))
        assert set(found.at("higher")) == {COURSES[c].exam for c in one.courses} & {*EXAMS}
        assert set(found.unsaid) == {c for c in one.courses if COURSES[c].exam is None}


@given(many_sets(), many_sets())
def test_a_change_and_its_way_back_open_and_close_the_same(here, there):
    before, after = here[0], there[0].model_copy(update={"id": "other"})
    change = change_of_set(before, after, COURSES, EXAMS)
    back = change_of_set(after, before, COURSES, EXAMS)
    assert (change.opens, change.closes, change.unsure) == (back.closes, back.opens, back.unsure)
    assert {*change.kept, *change.to_catch_up} == {*after.courses}
    assert change.decides == "school"


@pytest.mark.parametrize(
    ("typed", "courses", "unread"),
    [
        ("matemātika, bioloģija, ķīmija", ("mathematics", "biology", "chemistry"), ()),
        ("Bioloģija un ķīmija padziļināti", ("biology", "chemistry"), ()),
        ("matematika fizika", ("mathematics",), ("fizika",)),
        ("dizains un tehnoloģijas; vēsturi", ("history",), ("dizains un tehnoloģijas",)),
        ("matemātika, Matemātika", ("mathematics",), ()),
        ("un", (), ()),
    ],
)
def test_an_own_set_is_read_and_what_is_unknown_stays_as_typed(sample, typed, courses, unread):
    library = sample.library
    names, beside = library.course_names, library.beside_courses
    found = read_own_set("own", typed, names, library.tokenize, beside)
    assert (found.courses, found.unread, found.own) == (courses, unread, True)


def test_a_lower_level_counts_less_than_a_higher_one_or_is_refused():
    told = {"levels": "x", "source": "a", "higher_needed": 1, "needed": "y", "needed_source": "b"}
    with pytest.raises(ValueError, match="general level counts less"):
        ExamWeights(optimal=0.5, general=0.75, **told)


class Chooser(Person):
    """Goes through the sample's flow of course sets."""

    def __init__(self, school=""):
        super().__init__(sample_talks(), opening=Started(flow="course_sets", school=school))

    def of_kind(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


def test_sets_are_shown_with_an_own_one_and_what_a_change_opens():
    person = Chooser()
    person.press("sample_school")
    person.say("bioloģija, ķīmija, teoloģija")
    person.press("biology", "chemistry")
    person.press("healing")
    (shown,) = person.of_kind(CourseSetsShown)
    assert [(one.offered.id, one.place) for one in shown.weighed] == [
        ("numbers", 1), ("own_set", 1), ("people", 3),
    ]  # fmt: skip
    person.press("second_set")
    (changes,) = person.of_kind(SetChangesShown)
    first, own = changes.changes
    assert (first.from_set, first.to_set, first.opens, first.closes) == ("people", "numbers", ("chemistry",), ())  # fmt: skip
    assert (own.opens, own.unsure, own.new_words) == (("chemistry",), ("mathematics",), ("teoloģija",))  # fmt: skip


def test_who_came_by_the_link_of_a_school_is_not_asked_for_it():
    person = Chooser(school="Kalna skola")
    person.press("@skip")
    person.press("@skip")
    person.press("@skip")
    (shown,) = person.of_kind(CourseSetsShown)
    assert (shown.school, {one.word for one in shown.weighed}) == ("sample_school", {"open"})
    said = "\n".join(plain(message) for message in person.messages)
    assert "Pagaidām nav atbilžu" in said


def test_a_school_past_its_day_is_shown_with_a_caution():
    library, words = load_sample().library, sample_words()
    late = Dialogue(library, words, SetClock(), date(2029, 1, 1))
    person = Person(late, opening=Started(flow="course_sets", school="Kalna skola"))
    for _ in range(3):
        person.press("@skip")
    said = "\n".join(plain(message) for message in person.messages)
    assert "ziņas var būt novecojušas" in said.split("Skaitļi un daba")[0]
