"""What comes of a turn, as the lines of a scene."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.core.dialogue.course_events import CourseSetsShown, SetChangesShown
from bot.core.dialogue.date_events import (
    CalendarGiven,
    DatesShown,
    DateTold,
    NoticeTold,
    Reminded,
    ReminderKept,
    ReminderRefused,
    RemindersDropped,
)
from bot.core.dialogue.events import (
    Answered,
    Asked,
    ClassEventRecorded,
    Ended,
    Event,
    Explained,
    FactsTold,
    HandedShown,
    Judged,
    KnowledgeTold,
    OccupationShown,
    PlaceShown,
    ProfileShown,
    QuestionNoted,
    Refused,
    Remarked,
    RequestAnswered,
    Requested,
    ResultKept,
    Reviewed,
    RoundsCompared,
    Told,
    Updated,
    WishHeard,
    Withheld,
)
from bot.core.dialogue.path_events import (
    ComparisonShown,
    PathsShown,
    PathTold,
    SavedPathsShown,
    WaysShown,
)
from bot.core.dialogue.plan_events import PlanChanged, PlanDueTold, PlanNotChanged, PlanShown
from bot.service.conversations import TurnOutput
from bot.words.messages import Message, button_line, grouped, plain


def written(advanced: TurnOutput, *, words: bool, menu: bool = False) -> Iterator[str]:
    """Write a turn. words: whether wording is shown, or the ids of what is told and asked.

    menu: what is said of each of its doors is shown too.
    """
    for event in advanced.events:
        yield from _happened(event, words=words)
    if words:
        for message in advanced.messages:
            yield from _read(message, menu=menu)
    if advanced.session is None:
        yield "= forgotten"


def _read(message: Message, *, menu: bool) -> Iterator[str]:
    if message.kind == "answer":
        return
    yield from plain(message).splitlines()
    for title, buttons in grouped(message) if menu else ():
        yield from (title, *map(button_line, buttons)) if title else ()
    if message.buttons:
        yield "  " + " ".join(f"[{button.label}]" for button in message.buttons)


def _of_plan(event: PlanChanged | PlanNotChanged | PlanDueTold) -> str:
    if isinstance(event, PlanDueTold):
        return f"~ plan due: {event.what} {event.on}"
    if isinstance(event, PlanNotChanged):
        return f"~ plan as it was: {event.reason}"
    done = [f"{one.what} {(one.after or one.before).id}" for one in event.different]
    trying = " (copy)" if event.trying else ""
    return f"~ plan {event.what}{trying}: {', '.join(done) or 'nothing else in it'}"


def _happened(event: Event, *, words: bool) -> Iterable[str]:
    match event:
        case Answered():
            yield f"= {event.step}: {_value(event.value)}"
        case Refused():
            yield f"! {event.step}: {event.reason}"
        case Judged():
            verdict = event.verdict
            reasons = ", ".join((*verdict.gate_reasons, *verdict.priority_reasons))
            yield f"= {event.rule}: gate {verdict.gate}, group {verdict.outcome} ({reasons})"
        case Remarked():
            yield f"~ {event.what}"
        case FactsTold():
            for _, step, value in event.answers:
                yield f"= {step}: {_value(value)}"
        case WishHeard():
            yield f"~ wish: {', '.join(event.wishes)}" + (" ?" if event.asked else "")
        case KnowledgeTold():
            yield f"~ knowledge: {', '.join(event.entries)}" + ("" if event.sure else " ?")
        case QuestionNoted():
            yield f"~ noted: {event.words}"
        case DatesShown():
            listed = event.listed
            shown = zip(("coming", "unknown", "past"), listed.model_dump().values(), strict=True)
            for name, dates in shown:
                yield f"~ dates {name}: {', '.join(dates)}"
        case DateTold() | CalendarGiven() | ReminderKept() | Reminded():
            yield f"~ {event.kind}: {event.entry}"
        case ReminderRefused():
            yield f"! reminder: {event.why}"
        case RemindersDropped():
            yield f"~ reminders dropped: {', '.join(event.entries)}"
        case NoticeTold():
            yield f"~ notice: {event.notice}"
        case PlanChanged() | PlanNotChanged() | PlanDueTold():
            yield _of_plan(event)
        case Updated():
            yield f"~ updated: {', '.join(step for _, step in event.questions)}"
        case Reviewed():
            yield f"~ can be changed: {', '.join(step for _, step, _ in event.answers)}"
        case ResultKept():
            yield f"= {event.rule}: the same"
        case Told() if not words:
            yield f"{event.flow}/{event.step}"
        case Asked() if not words:
            options = "|".join(event.guesses or event.options)
            again = " again" if event.again else ""
            yield f"{event.flow}/{event.step}?{again}" + (f" [{options}]" if options else "")
        case (
            Told()
            | Asked()
            | ProfileShown()
            | RoundsCompared()
            | OccupationShown()
            | WaysShown()
            | HandedShown()
            | CourseSetsShown()
            | SetChangesShown()
            | PathsShown()
            | PathTold()
            | PlaceShown()
            | PlanShown()
            | Explained()
            | KnowledgeTold()
            | SavedPathsShown()
            | ComparisonShown()
            | ClassEventRecorded()
            | Requested()
            | RequestAnswered()
            | Ended()
            | Withheld()
        ):
            return  # read in the messages, or nothing to read
        case _:
            assert_never(event)


def _value(value: object) -> str:
    return "skipped" if value is None else str(value)
