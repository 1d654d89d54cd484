"""What schools offer in grades 10 to 12: sets of advanced courses, as data of each school."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language, Placeholders, Text
from bot.core.flows.step_base import Id
from bot.core.nlu.phrase_text import PhraseText
from bot.core.nlu.wishes import spread

FEWEST_SETS = 2  # that a school offers
FEWEST_ADVANCED = 3  # advanced courses in a set, of which a pupil takes three
AREA_COUNT = 7  # learning areas of the standard

InterestLetter = Annotated[str, Field(pattern="^[RIASEC]$")]
FamilyCode = Annotated[str, Field(pattern=r"^\d{2}$")]
SchoolYear = Annotated[str, Field(pattern=r"^\d{4}/\d{4}$")]


class LearningArea(Frozen):
    """One of the seven areas of learning."""

    name: Text


class HigherExam(Frozen):
    """A subject that a source names among those with an exam at the higher level."""

    name: Text


class Course(Frozen):
    """One course of a set.

    area: of learning. subjects: of school that it goes on from. families, letters: the families of
    work and the interests that it is near to, by our own judgement. exam: the higher-level exam that
    it leads to; None where no source says so. source: who names it; None: the school itself.
    called: what people type for it.
    """

    name: Text
    level: Literal["advanced", "specialised"]
    area: Id
    subjects: tuple[Id, ...] = ()
    families: tuple[FamilyCode, ...] = ()
    letters: tuple[InterestLetter, ...] = ()
    exam: Id | None = None
    source: Id | None = None
    called: Mapping[Language, tuple[PhraseText, ...]] = Field(default_factory=dict)


class ExamWeights(Frozen):
    """What a result counts in the competition for a place, where the higher level counts 1.

    levels: both halves in one text, the right to apply and the competition. source: who says so.
    higher_needed: how many exams at the higher level are required today; needed: told of it.
    """

    optimal: float = Field(gt=0, lt=1)
    general: float = Field(gt=0, lt=1)
    levels: Annotated[Text, Placeholders("optimal", "general", needed=True)]
    source: Id
    higher_needed: int = Field(ge=1)
    needed: Annotated[Text, Placeholders("count", needed=True)]
    needed_source: Id

    @model_validator(mode="after")
    def _fall_with_the_level(self) -> Self:
        if self.general >= self.optimal:
            message = "the general level counts less than the optimal one"
            raise ValueError(message)
        return self


class CourseCatalogue(Frozen):
    """The courses that sources name, and the exams that they lead to.

    passed_over: words that stand beside the names of courses and name none.
    """

    areas: Mapping[Id, LearningArea] = Field(min_length=AREA_COUNT, max_length=AREA_COUNT)
    exams: Mapping[Id, HigherExam] = Field(min_length=1)
    weights: ExamWeights
    courses: Mapping[Id, Course] = Field(min_length=1)
    passed_over: Mapping[Language, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def phrases(self) -> Iterator[tuple[str, str]]:
        """Return every phrase that people type for an advanced course, with its id."""
        for id_, course in self.courses.items():
            if course.level == "advanced":
                for said in course.called.values():
                    for line in said:
                        yield from ((phrase, id_) for phrase in spread(line))


class CourseSet(Frozen):
    """A set that a school offers. smallest_group: how many choose it before it is opened, if known."""

    id: Id
    name: Text
    advanced: tuple[Id, ...] = Field(min_length=FEWEST_ADVANCED)
    specialised: tuple[Id, ...] = ()
    smallest_group: int | None = Field(default=None, ge=1)


class CourseSchool(Frozen):
    """The sets of one school in one school year.

    example: it is invented, to show what the data of a school look like. link: what the school is
    called in the link that opens the conversation for it. courses: of its own, beside the catalogue.
    source: where the sets are published; checked, review: the day it was looked at, and when to again.
    """

    name: Text
    example: bool = False
    link: str = ""
    school_year: SchoolYear
    source: Id
    checked: date
    review: date
    courses: Mapping[Id, Course] = Field(default_factory=dict)
    sets: tuple[CourseSet, ...] = Field(min_length=FEWEST_SETS)


def courses_at(catalogue: CourseCatalogue, school: CourseSchool | None) -> Mapping[str, Course]:
    """Return the courses by id that can stand in a set of a school, its own among them."""
    return {**catalogue.courses, **(school.courses if school is not None else {})}


CATALOGUE: TypeAdapter[CourseCatalogue] = TypeAdapter(CourseCatalogue)
SCHOOL: TypeAdapter[CourseSchool] = TypeAdapter(CourseSchool)
