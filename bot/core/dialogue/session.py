"""Where a person is: the session that a conversation keeps, and its answers."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import model_validator

from bot.core.base.frozen import Frozen
from bot.core.dialogue.booking_draft import BookingDraft
from bot.core.education.saved_path import SavedPath
from bot.core.flows.plan_steps import PlanPart
from bot.core.plan.orders import PlanOrder, ReplacePlan
from bot.core.plan.plan import Plan

Value = str | int | tuple[str, ...] | None
FREE_TEXT = "="  # begins a person's own words among the options of an answer; no option's id does


class Answer(Frozen):
    """The answer to one question.

    step: the question's id, which is the fact's too. meaning: the version of the question's meaning.
    took: seconds from the question to the answer, where they are read.
    """

    flow: str
    step: str
    value: Value
    meaning: int = 1
    took: float | None = None


class EarlierRound(Frozen):
    """What was answered in a flow before it was begun anew. on: the day it was begun anew."""

    flow: str
    on: date
    answers: tuple[Answer, ...]


class Reminder(Frozen):
    """A date to be reminded of. entry: its id. on: its day, as it was known. due: when to remind."""

    entry: str
    on: date
    due: datetime


class LinkingDevice(Frozen):
    """The account that asks to go on with a conversation from another channel.

    former: the key of the conversation it has had until now. answers: those given there; plan: begun there.
    """

    channel: str
    account: str
    former: str = ""
    answers: tuple[Answer, ...] = ()
    plan: Plan | None = None


class Disputed(Frozen):
    """A card that somebody says is wrong. card: its kind and id. version: of what was shown."""

    card: str
    version: str


class PlanStepTaken(Frozen):
    """A step of the open flows that has done its part on the plan. number: that was said, 0 for none.

    item: the id of what it found; what: its kind; activity: of a step; as `FindInPlan` tells them. counts: facts that are kept.
    """

    flow: str
    step: str
    number: int = 0
    item: str = ""
    what: str = "none"
    activity: str = "none"
    counts: tuple[tuple[str, int], ...] = ()


class PlanBrought(Frozen):
    """A plan's file that was sent, while it is asked whether to take it.

    version: of the plan that it was compared with. masked: something in it named a person.
    """

    order: ReplacePlan
    version: int
    masked: bool = False


class PlanListed(Frozen):
    """What was shown of the plan in a flow. keys: of the things, in the order of the numbers they were given."""

    flow: str
    part: PlanPart
    keys: tuple[str, ...]


class PlanItemNamed(Frozen):
    """The item of the plan that a flow was opened for, by a button or because it is due."""

    flow: str
    item: str


class QuietStep(Frozen):
    """Where distress was met: nothing is asked or recorded until the person says to go on.

    language: what the person wrote in. answer: what the words would have answered, had they been one;
    it is recorded only if the person says so, and gone when the step is left. orders: likewise, what a page
    with such words would have done to the plan.
    """

    language: str = ""
    answer: Answer | None = None
    orders: tuple[PlanOrder, ...] = ()

    @property
    def holds_words(self) -> bool:
        """Return whether the words may have been meant for something, and wait."""
        return self.answer is not None or bool(self.orders)


EARLIER_NAMES = {  # of a session's fields, in conversations kept by the release before 0.1
    "form": "schema_version", "told": "announced", "found": "answered_requests", "away": "hidden_families",
    "since": "asked_at", "last": "last_press", "visitor": "linking_device", "class_told": "class_reported",
}  # fmt: skip


class WordsKept(Frozen):
    """Own words that were typed before the question for them was asked. question: its id. text: without what names a person."""

    question: str
    text: str
    masked: bool = False


class Session(Frozen):
    """Where a person is: the answers and the open flows; the open step follows from them.

    language: "lv", "en", "uk" or "ru". release: of the content, when the person last did something.
    answers: in the order first given; an answer's step is the id of its fact.
    stack: the open flows, the present one last.
    announced: places ("flow/step") in the open flows that have been told, with a fingerprint each.
    ask: the number of the open question, by which a button of an older one is known.
    open: the place of the open step. tries: how often it was not answered. all_options: those not shown at once were asked for.
    guesses: options, or days in ISO form, that may have been meant. reviewing: the answers were listed, to choose one to change.
    changing: the fact whose answer is being changed. lent_flow: opened for that alone.
    last_press: the number of a question, and the options that were pressed there last.
    answered_requests: those of the present flow that the service has answered.
    language_offered: the last that was offered because the person wrote in it.
    quiet: the person said "stop"; nothing is sent that was not asked for.
    quiet_step: where distress was met; None everywhere else.
    wish: what the person came with, taken up when the first flow is over.
    school: whose link opened the conversation. linking_device: who asks to go on with it.
    rounds: what was answered in a flow before it was restarted.
    hidden_families: of work, by their ISCO-08 codes, put aside by the person.
    more_families: those after the first ones were asked for.
    asked_at: when the open question was asked, where the time that an answer takes is read.
    shared_computer: others use the computer it is on, and it is kept briefly.
    noted_questions: how many without an answer were noted. disputed: the card that is said to be wrong.
    reminders: of dates, that the person has asked for. notices: those told already, by id.
    saved_paths: of education, that the person is thinking about, the first saved first.
    judged: the rules whose verdict was told, by id.
    plan: the draft plan, once it is begun. plan_steps: those of the open flows that have done their part on it.
    plan_listed: what was shown of it in them, by number. plan_named: the item that the present flow was opened for.
    plan_brought: the file that was sent, until it is taken or left.
    words_kept: own words that answer a question which is about to be asked. booking: the meeting that is being booked.
    class_code: the class it belongs to. class_reported: whether its profile was noted there.
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
    all_options: bool = False
    guesses: tuple[str, ...] = ()
    reviewing: bool = False
    changing: str | None = None
    lent_flow: str = ""
    last_press: tuple[int, tuple[str, ...]] | None = None
    answered_requests: tuple[str, ...] = ()
    language_offered: str = ""
    quiet: bool = False
    quiet_step: QuietStep | None = None
    wish: str = ""
    school: str = ""
    linking_device: LinkingDevice | None = None
    rounds: tuple[EarlierRound, ...] = ()
    hidden_families: tuple[str, ...] = ()
    more_families: bool = False
    saved_paths: tuple[SavedPath, ...] = ()
    judged: tuple[str, ...] = ()
    plan: Plan | None = None
    plan_steps: tuple[PlanStepTaken, ...] = ()
    plan_listed: tuple[PlanListed, ...] = ()
    plan_named: PlanItemNamed | None = None
    plan_brought: PlanBrought | None = None
    words_kept: WordsKept | None = None
    booking: BookingDraft | None = None
    asked_at: datetime | None = None
    class_code: str = ""
    class_reported: bool = False
    shared_computer: bool = False
    noted_questions: int = 0
    disputed: Disputed | None = None
    reminders: tuple[Reminder, ...] = ()
    notices: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read_earlier_names(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.keys().isdisjoint(EARLIER_NAMES):
            return data
        return {EARLIER_NAMES.get(name, name): value for name, value in data.items()}
