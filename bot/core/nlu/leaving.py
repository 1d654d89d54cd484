"""Leaving school: what is heard of it, and the flow that is talked of then."""

from typing import Literal

from bot.core.nlu.frames import FrameWords

# leave: to leave a school or a course; put_out: the school puts one out; other_school: to go on
# elsewhere, which is a wish of its own and no leaving
LeavingKind = Literal["put_out", "leave", "other_school"]
OPENING: frozenset[LeavingKind] = frozenset({"put_out", "leave"})  # kinds that open the flow


class LeavingWords(FrameWords[LeavingKind]):
    """Words of leaving school; flow: what is talked of then, before going on."""

    flow: str
