"""One step of a conversation: what came in, what happened, and where the person is now."""

from typing import assert_never

from bot.core.dialogue.actions import join_class
from bot.core.dialogue.activities import answer_page
from bot.core.dialogue.answers import HearOptions
from bot.core.dialogue.commands import do_command
from bot.core.dialogue.events import Event, RequestAnswered, Turn, Withheld
from bot.core.dialogue.inputs import (
    Commanded,
    DateDue,
    Input,
    LinkRequested,
    MeetingChanged,
    MeetingDue,
    PageAnswered,
    Picked,
    PlanDue,
    PlanFileSent,
    PlanOrdered,
    PlanWorkedOn,
    Responded,
    Said,
    Started,
    TimedOut,
    Unasked,
    Unread,
    Woken,
    World,
)
from bot.core.dialogue.notices_told import tell_notices
from bot.core.dialogue.plan_bringing import bring_file, leave_file
from bot.core.dialogue.plan_events import PlanDueTold
from bot.core.dialogue.plan_found import audience_of
from bot.core.dialogue.plan_offers import suited_plan
from bot.core.dialogue.plan_page import take_orders
from bot.core.dialogue.plan_picks import open_due, rests
from bot.core.dialogue.plan_turns import obey_orders, tell_due
from bot.core.dialogue.pressed import press
from bot.core.dialogue.reminders import after_reminder, move_reminders, remind
from bot.core.dialogue.responses import record_response
from bot.core.dialogue.session import Session
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.typed import hear_words
from bot.core.dialogue.wishes_taken import take_up_kept_wish
from bot.core.dialogue.words_within import take_up_kept_words
from bot.core.library import Library


def step(
    library: Library,
    session: Session,
    given: Input,
    world: World,
    hear: HearOptions,
) -> Turn:
    """Return the session after one input, and what happened; pure.

    An input that nobody asked for says nothing to a person who has said "stop".

    hear: returns the options of a step with all that people call them, in every language.
    """
    told: tuple[Event, ...] = ()
    if isinstance(given, PlanWorkedOn):  # it is kept also where nothing may be said
        session, told = obey_orders(library, session, (given.order,), given.by, world)
    if session.quiet and isinstance(given, Unasked):
        return Turn(session=session, events=(Withheld(what=given.kind),))
    if isinstance(given, DateDue | PlanDue):
        session, told = _due(library, session, given, world)
        if not told:
            return Turn(session=session, events=(Withheld(what=given.kind),))
    turn = TurnBuilder(library, session, world)
    turn.migrate_session()
    opening = isinstance(given, Started) or (isinstance(given, Commanded) and given.about)
    if not turn.session.stack and not opening:
        # the conversation was erased since the message was sent: begun anew
        turn.change(stack=(library.roles.first,))
    match given:
        case Started():
            _start(turn, given)
        case Said():
            hear_words(turn, given, hear)
        case Picked():
            press(turn, given)
        case Commanded():
            do_command(turn, given.word, given.about)
        case PageAnswered():
            answer_page(turn, dict(given.values))
        case Responded():
            turn.events.append(RequestAnswered(response=given.response))
            record_response(turn, given.response)
            turn.advance()
        case LinkRequested():
            turn.change(linking_device=given.device)
            turn.drop_flow(library.roles.carry)  # its link is used
            turn.enter(library.roles.carried)
        case PlanOrdered():
            take_orders(turn, given.orders)
        case PlanFileSent():
            bring_file(turn, given)
        case DateDue() | PlanDue() | PlanWorkedOn():
            _tell_unasked(turn, told)
        case MeetingChanged() | MeetingDue():
            turn.ask_again()
        case Unread() | TimedOut() | Woken():
            turn.remark(_remark(given))
            turn.ask_again()
        case _:
            assert_never(given)
    if not isinstance(given, Unasked):
        move_reminders(turn)
    if audience_of(library, turn.session) != audience_of(library, session):
        turn.change(plan=suited_plan(library, turn.session))  # who the person is was changed
    _end(turn, given)
    return Turn(session=turn.session, events=tuple(turn.events))


def _end(turn: TurnBuilder, given: Input) -> None:
    """Take up what was kept for the end of a turn, and let go what nobody is asked about any more."""
    take_up_kept_wish(turn)
    take_up_kept_words(turn)
    leave_file(turn)
    tell_notices(turn, given)


def _remark(given: Unread | TimedOut | Woken) -> str:
    """Return what is said beside the open question."""
    match given:
        case Unread():
            return given.what
        case TimedOut():
            return "still_here"
        case Woken():
            return "resumed"
        case _:
            assert_never(given)


def _due(
    library: Library, session: Session, given: DateDue | PlanDue, world: World
) -> tuple[Session, tuple[Event, ...]]:
    """Return the session once something was due, and what is said; nothing where it is not any more."""
    if isinstance(given, PlanDue):
        return tell_due(library, session, given, world)
    reminded = remind(library, session, given, world)
    session = after_reminder(library, session, given, reminded, world)
    return session, () if reminded is None else (reminded,)


def _tell_unasked(turn: TurnBuilder, told: tuple[Event, ...]) -> None:
    """Say what was not asked for; about what is due of the plan it is asked, where the conversation rests."""
    turn.events += told
    last = told[-1]
    if isinstance(last, PlanDueTold) and rests(turn) and last.what != "watch":
        turn.events[-1] = last.model_copy(update={"asked": True})
        open_due(turn, last)
    elif turn.session.quiet_step is None:
        turn.tell_list_again()
        turn.ask_again()


def replay(library: Library, session: Session, world: World) -> Turn:
    """Return the events of the present flow from its start to the open question, for a page.

    The session stays as it is.
    """
    turn = TurnBuilder(library, session.model_copy(update={"announced": ()}), world)
    turn.replay_path()
    return Turn(session=session, events=tuple(turn.events))


def _start(turn: TurnBuilder, started: Started) -> None:
    turn.talk_on()
    if started.school:
        turn.change(school=started.school)
    if started.class_code:
        join_class(turn, started.class_code)
        return
    if turn.session.stack and started.flow is None:
        turn.remark("resumed")
        turn.ask_again()
        return
    if not turn.session.stack:
        turn.change(stack=(turn.library.roles.first,))
    if started.flow is not None and started.flow in turn.library.flows:
        turn.enter(started.flow)
        return
    turn.advance()  # also where the link names a flow that is gone
