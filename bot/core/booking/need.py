"""What somebody needs of a meeting, from which follows who can be offered."""

from datetime import date
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language
from bot.core.booking.counsellor import Audience
from bot.core.booking.kinds import MeetingMode
from bot.core.flows.step_base import Id

# what a person may be given a place before others for; its public reason stands in content/meetings.yaml (R6)
Priority = Literal[
    "education_low", "fifty_plus", "protection", "final_year", "cancelled_by_us", "none"
]


class MeetingNeed(Frozen):
    """What is looked for.

    audience: who asks; for a child, the child. place: id of a municipality, "" where unknown. institution: "place/institution".
    language: spoken. modes: that suit; all where none are named. age: in years; None where it is unknown.
    kind: of meeting. with_counsellor: an id, where it is to be the same as before. since: the first day that suits.
    """

    audience: Audience
    kind: Id
    place: str = ""
    institution: str = ""
    language: Language = "lv"
    modes: tuple[MeetingMode, ...] = ()
    age: int | None = None
    with_counsellor: str = ""
    since: date | None = None
    priority: tuple[Priority, ...] = ()
