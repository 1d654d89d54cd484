"""The steps that show course sets of schools."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bot.core.flows.step_base import Id, StepBase


class ShowCourseSets(StepBase):
    """Weigh the course sets of a school and a person's own, and show them side by side.

    school: the fact that names a school of the content. own: facts with own sets, as they were typed.
    liked, easy, hard: facts with subjects. goal: the fact with fields of work; goals: which families of
    work each of its options means.
    """

    kind: Literal["show_course_sets"]
    school: Id
    own: tuple[Id, ...] = ()
    liked: Id
    easy: Id
    hard: Id
    goal: Id
    goals: Mapping[Id, Annotated[tuple[str, ...], Field(min_length=1)]]


class ShowSetChanges(StepBase):
    """Show what changing from one of the sets shown above to each of the others would do.

    sets: the step that showed them. chosen: the fact that says which. places: its options for the
    sets of a school, in the school's order; an own set is chosen by the name of its fact.
    source: who says that the school decides.
    """

    kind: Literal["show_set_changes"]
    source: Id
    sets: Id
    chosen: Id
    places: tuple[Id, ...] = Field(min_length=1)
