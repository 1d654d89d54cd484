"""What a turn says happened with course sets, as events."""

from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.education.set_outlook import SetChange, SetOutlook
from bot.core.education.set_weighing import ComparedSet, PersonView, WeighedSet


class CourseSetsShown(Frozen):
    """Sets of courses are shown side by side, the nearest first.

    school: whose they are; "" where only own ones are compared. outlooks: what each opens later, by
    its id. person: what they were weighed by.
    """

    kind: Literal["course_sets_shown"] = "course_sets_shown"
    flow: str
    step: str
    school: str
    weighed: tuple[WeighedSet, ...]
    outlooks: tuple[tuple[str, SetOutlook], ...]
    person: PersonView


class SetChangesShown(Frozen):
    """What changing from one set to each of the others would do is shown.

    sets: all that were compared, those of the school first, in its order.
    """

    kind: Literal["set_changes_shown"] = "set_changes_shown"
    flow: str
    step: str
    school: str
    changes: tuple[SetChange, ...]
    sets: tuple[ComparedSet, ...]
