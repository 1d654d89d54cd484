"""What a set of courses opens and closes later, by exams, in three values; what a change would do."""

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.education.course_sets import Course
from bot.core.education.set_weighing import ComparedSet

Reach = Literal["higher", "lower", "unknown"]


class SetOutlook(Frozen):
    """Which exams a set leads to at the higher level.

    exams: each with whether the set leads to it; "lower": it does not, the exam at a lower level stays.
    unsaid: its courses of which no source says to which exam they lead.
    """

    exams: tuple[tuple[str, Reach], ...]
    unsaid: tuple[str, ...]

    def at(self, reach: Reach) -> tuple[str, ...]:
        """Return the exams that are reached so."""
        return tuple(exam for exam, value in self.exams if value == reach)


class SetChange(Frozen):
    """What changing from one set to another would do.

    opens, closes: exams at the higher level. unsure: exams of which it is not known. kept: courses that stand in both.
    to_catch_up: courses that are new; new_words: own words that name no course we know of.
    decides: who allows it; it is never the person alone, and never the bot.
    """

    from_set: str
    to_set: str
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    unsure: tuple[str, ...]
    kept: tuple[str, ...]
    to_catch_up: tuple[str, ...]
    new_words: tuple[str, ...] = ()
    decides: Literal["school"] = "school"


def outlook(
    offered: ComparedSet, courses: Mapping[str, Course], exams: Sequence[str]
) -> SetOutlook:
    """Return which exams a set leads to at the higher level.

    courses: by id. exams: all that a source names. Own words that name no course we know of may
    lead to any exam: then what is not reached is unknown.
    """
    reached = {courses[id_].exam for id_ in offered.courses}
    otherwise: Reach = "unknown" if offered.unread else "lower"
    return SetOutlook(
        exams=tuple((exam, "higher" if exam in reached else otherwise) for exam in exams),
        unsaid=tuple(id_ for id_ in offered.courses if courses[id_].exam is None),
    )


def change_of_set(
    before: ComparedSet, after: ComparedSet, courses: Mapping[str, Course], exams: Sequence[str]
) -> SetChange:
    """Return what changing from one set to another opens, closes and leaves to be caught up."""
    had = dict(outlook(before, courses, exams).exams)
    has = dict(outlook(after, courses, exams).exams)
    moved = [exam for exam in exams if had[exam] != has[exam]]
    sure = [exam for exam in moved if "unknown" not in (had[exam], has[exam])]
    words_before = {word.casefold() for word in before.unread}
    return SetChange(
        from_set=before.id,
        to_set=after.id,
        opens=tuple(exam for exam in sure if has[exam] == "higher"),
        closes=tuple(exam for exam in sure if had[exam] == "higher"),
        unsure=tuple(exam for exam in moved if exam not in sure),
        kept=tuple(id_ for id_ in after.courses if id_ in before.courses),
        to_catch_up=tuple(id_ for id_ in after.courses if id_ not in before.courses),
        new_words=tuple(word for word in after.unread if word.casefold() not in words_before),
    )
