"""A conversation handed to a counsellor: what they get, and how far it has come."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.core.base.texts import Language
from bot.core.base.whole_text import WholeText
from bot.core.booking.meeting import HandedItem, Short
from bot.core.booking.versioned import HexId, Versioned

# waiting: for a counsellor's answer. proposed: another time, for the person's answer. withdrawn: by the person.
HandoffState = Literal["waiting", "accepted", "proposed", "declined", "done", "withdrawn"]
BOT: Literal["bot"] = "bot"


class Handoff(Versioned):
    """What a counsellor gets of somebody, as far as they agreed, and who speaks with them.

    question: in the person's own words. unknown: what is still open, as the agenda. handed: what they agreed to hand over, item by item; handed_until: until when.
    institution: "place/institution"; to: a counsellor's id, "" where it is the whole institution's. passed_on: ids of who
    had it before. made: when; due: by when somebody answers; escalated: when the coordinator was told that nobody did.
    booking: the hour it is about, "" for none. proposed: other times, for the person to choose. reason: why it was declined.
    owner: who speaks with the person, "bot" or a counsellor's id. human_spoke: when a counsellor last did.
    asked_after: when the person was asked whether they were answered. summary: as the counsellor has read it.
    """

    id: HexId
    state: HandoffState = "waiting"
    institution: str
    to: str = ""
    passed_on: tuple[str, ...] = ()
    language: Language = "lv"
    question: Annotated[WholeText, Field(max_length=3000)] = ""
    unknown: tuple[Short, ...] = ()
    handed: tuple[HandedItem, ...] = ()
    handed_until: AwareDatetime
    booking: str = ""
    made: AwareDatetime
    due: AwareDatetime | None = None
    escalated: AwareDatetime | None = None
    proposed: tuple[AwareDatetime, ...] = ()
    reason: Short = ""
    owner: str = BOT
    human_spoke: AwareDatetime | None = None
    asked_after: AwareDatetime | None = None
    summary: Annotated[WholeText, Field(max_length=3000)] = ""
    ended_at: AwareDatetime | None = None
    example: bool = False

    @property
    def is_open(self) -> bool:
        """Return whether it pauses what is said by itself: somebody is to answer, or speaks with the person."""
        return self.state in {"waiting", "accepted", "proposed"}

    def may_be_read_at(self, now: AwareDatetime) -> bool:
        """Return whether what was handed over may still be looked at."""
        return self.state != "withdrawn" and now < self.handed_until
