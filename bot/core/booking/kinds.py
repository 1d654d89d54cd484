"""Kinds of meeting: how long one is, how it is held, and within which bounds it is booked."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text

MeetingMode = Literal["in_person", "video", "phone", "chat"]
MODES: tuple[MeetingMode, ...] = ("in_person", "video", "phone", "chat")
Minutes = Annotated[int, Field(ge=0, le=480)]
Hours = Annotated[int, Field(ge=0, le=24 * 60)]
Days = Annotated[int, Field(ge=0, le=365)]


class MeetingKind(Frozen):
    """One kind of meeting, as `content/meetings.yaml` says it.

    title: shown to the person who books. outside: what stands where others may read it: a lock screen, a calendar,
    a subject line; it betrays nothing. minutes: how long it is. every: minutes between two times that may begin.
    before, after: minutes the counsellor keeps free around it; they belong to nobody's meeting.
    notice: hours before which it can no longer be booked. horizon: days ahead that times are shown.
    cancel_notice, move_notice: hours before which a person may still do so by themselves without it being late.
    moves: how often a person may move it. seats: 1, or the places of a group, whose meetings the counsellor opens.
    hold: minutes a time is kept while somebody decides.
    """

    title: Text
    outside: Text
    minutes: Annotated[int, Field(ge=10, le=480)]
    every: Annotated[int, Field(ge=5, le=240)]
    before: Minutes = 0
    after: Minutes = 0
    notice: Hours
    horizon: Annotated[int, Field(ge=1, le=365)]
    cancel_notice: Hours
    move_notice: Hours
    moves: Annotated[int, Field(ge=0, le=20)]
    modes: Annotated[tuple[MeetingMode, ...], Field(min_length=1)]
    seats: Annotated[int, Field(ge=1, le=200)] = 1
    hold: Annotated[int, Field(ge=1, le=120)] = 10
