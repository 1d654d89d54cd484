"""Counsellors: who can be met, how, by whom, and when they are there."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.booking.kinds import MeetingMode, Minutes
from bot.core.flows.step_base import Id
from bot.core.places.place import Email, Line

# who a counsellor is there for; the answers of the question `who`
Audience = Literal[
    "pupil_5_9", "pupil_10_12", "vocational", "adult", "seeking", "newcomer", "parent"
]
# the two ways to qualify of the Cabinet's rules on teachers (S0-23), and what other services ask for
Qualification = Literal["programme", "counsellor_degree", "nva", "other"]
Provider = Literal["school", "municipality", "nva", "other"]
WallTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
MOST_MEETINGS_A_DAY = 12


class OpenHours(Frozen):
    """Hours of one day, by the clock on the wall in Riga. end: "24:00" is midnight.

    modes: how one can meet then; all of the counsellor's where none are named. kinds: of meeting; any where none are named.
    place: the institution, where it is another one than the counsellor's own. room: where to come.
    """

    start: WallTime
    end: WallTime
    modes: tuple[MeetingMode, ...] = ()
    kinds: tuple[Id, ...] = ()
    place: str = ""
    room: Annotated[str, Field(max_length=120)] = ""

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if self.start >= self.end:
            message = f"{self.start}–{self.end} ends before it begins"
            raise ValueError(message)
        return self


class WeeklyHours(OpenHours):
    """Hours of one weekday, every week. weekday: 1 Monday to 7 Sunday. since, until: days, both included."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    since: date | None = None
    until: date | None = None


class DayHours(Frozen):
    """A single day that is otherwise: its hours in place of the week's; none: nobody is there. why: for the counsellors."""

    day: date
    hours: tuple[OpenHours, ...] = ()
    why: Annotated[str, Field(max_length=120)] = ""


class Absence(Frozen):
    """Days on which somebody is away, both included. since_time, until_time: of the first and the last day; None: all of it.

    substitute: another counsellor's id, who may be offered in place of this one; "" where nobody is.
    """

    since: date
    until: date
    since_time: WallTime | None = None
    until_time: WallTime | None = None
    substitute: str = ""
    why: Annotated[str, Field(max_length=120)] = ""


class Schedule(Frozen):
    """When a counsellor can be met. breaks: every day, kept free. most_a_day, most_a_week: meetings; local days count.

    most_in_row: meetings without a pause of at least `pause` minutes. travel: minutes between two institutions.
    """

    weekly: tuple[WeeklyHours, ...] = ()
    days: tuple[DayHours, ...] = ()
    absences: tuple[Absence, ...] = ()
    breaks: tuple[OpenHours, ...] = ()
    most_a_day: Annotated[int, Field(ge=1, le=MOST_MEETINGS_A_DAY)] = 6
    most_a_week: Annotated[int, Field(ge=1, le=60)] = 24
    most_in_row: Annotated[int, Field(ge=1, le=MOST_MEETINGS_A_DAY)] = 4
    pause: Minutes = 15
    travel: Minutes = 30


class CounsellorProfile(Frozen):
    """A counsellor as people may meet them.

    institution: whose they are, as "place/institution". serves: other institutions of the kind. place: the municipality.
    whole_place: anybody of the municipality may come, not only who belongs to an institution.
    audience: who they are there for; qualification: by which way (S0-23). share: of a full workload, in percent.
    hidden_in_groups: their name is not shown for group meetings. example: made up, and said to be.
    active: whether they take bookings; only who is qualified does.
    """

    id: str
    name: Line
    provider: Provider
    place: Id
    institution: str
    serves: tuple[str, ...] = ()
    whole_place: bool = False
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    modes: Annotated[tuple[MeetingMode, ...], Field(min_length=1)]
    kinds: Annotated[tuple[Id, ...], Field(min_length=1)]
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)]
    qualification: Qualification | None = None
    email: Email | None = None
    share: Annotated[int, Field(ge=1, le=100)] = 100
    hidden_in_groups: bool = True
    example: bool = False
    active: bool = True
    schedule: Schedule = Schedule()

    @property
    def may_take_bookings(self) -> bool:
        """Return whether people can be offered this counsellor's time."""
        return self.active and self.qualification is not None
