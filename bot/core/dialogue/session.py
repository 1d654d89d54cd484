"""Where a person is: the session that a conversation keeps, and its answers."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import model_validator

from bot.core.base.frozen import Frozen

Value = str | int | tuple[str, ...] | None
FREE_TEXT = "="  # begins a person's own words among the options of an answer; no option's id does


class Answer(Frozen):
    """One fact with the question it answered and what that question meant then.

    took: seconds it took, where that is read.
    """

    flow: str
    step: str
    value: Value
    meaning: int = 1
    took: float | None = None


class EarlierRound(Frozen):
    """What was answered in a flow before it was begun anew, and the day of that."""

    flow: str
    on: date
    answers: tuple[Answer, ...]


class LinkingDevice(Frozen):
    """Who asks to go on with a conversation, and the answers given at that door so far.

    former: the conversation that door had until now.
    """

    channel: str
    account: str
    former: str = ""
    answers: tuple[Answer, ...] = ()


EARLIER_NAMES = {  # of a session's fields, in conversations kept by the release before 0.1
    "form": "schema_version", "told": "announced", "found": "answered_requests", "away": "hidden_families",
    "since": "asked_at", "last": "last_press", "visitor": "linking_device", "class_told": "class_reported",
}  # fmt: skip


class Session(Frozen):
    """Where a person is: facts by id and the open flows; the place itself is derived by walking.

    answers: in the order given; the step's name is the fact's.
    stack: the open flows, the present one last.
    announced: what has been told in the open flows, with a fingerprint of what it said.
    ask: the number of the open question, so that an old button is known; asked_at: when it was
    asked, where the time an answer takes is read; last_press: the number and the options pressed.
    answered_requests: those of the present flow that the service has answered.
    quiet: the person said "stop"; nothing is sent that was not asked for.
    school: whose link opened the conversation; linking_device: who waits to be let in.
    rounds: what was answered before a flow was restarted; hidden_families: put aside by the person.
    class_code: the class it belongs to; class_reported: its profile was noted there.
    """

    schema_version: Literal[1] = 1
    language: str = "lv"
    release: str = ""
    answers: tuple[Answer, ...] = ()
    stack: tuple[str, ...] = ()
    announced: tuple[tuple[str, str], ...] = ()
    ask: int = 0
    open: str = ""
    tries: int = 0
    guesses: tuple[str, ...] = ()
    changing: str | None = None
    last_press: tuple[int, tuple[str, ...]] | None = None
    answered_requests: tuple[str, ...] = ()
    quiet: bool = False
    school: str = ""
    linking_device: LinkingDevice | None = None
    rounds: tuple[EarlierRound, ...] = ()
    hidden_families: tuple[str, ...] = ()
    asked_at: datetime | None = None
    class_code: str = ""
    class_reported: bool = False

    @model_validator(mode="before")
    @classmethod
    def _read_earlier_names(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.keys().isdisjoint(EARLIER_NAMES):
            return data
        return {EARLIER_NAMES.get(name, name): value for name, value in data.items()}
