"""What pressed buttons do, and how an answer is taken, asked about or refused."""

from typing import assert_never

from bot.core.dialogue.actions import explain_question, restart_flow
from bot.core.dialogue.answers import read_picked
from bot.core.dialogue.booking_choosing import is_of_times, shows_times
from bot.core.dialogue.commands import do_command
from bot.core.dialogue.events import Refused
from bot.core.dialogue.inputs import Picked
from bot.core.dialogue.moves import flow_via, keep_answer, take_offer
from bot.core.dialogue.quiet_step import WAS_ANSWER, record_held_answer
from bot.core.dialogue.readings import Ambiguous, NotUnderstood, Reading, Understood
from bot.core.dialogue.session import Value
from bot.core.dialogue.shown_options import shown_options
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.dialogue.value_reading import SKIP
from bot.core.flows.steps import Ask, Choice, Offer

# what came was understood, and only its form is not what is asked for: no failure
FORM_SLIPS = frozenset(
    {"either", "no_day", "past", "far", "no_such", "least", "most", "long", "empty", "few", "many"}
)


def press(turn: TurnBuilder, picked: Picked) -> None:
    """Act on pressed buttons: of the open question, or good at any step; an old one harms nothing."""
    first = picked.options[0] if picked.options else ""
    if first == WAS_ANSWER:
        record_held_answer(turn)
        return
    turn.change_keeping_path(quiet_step=None, reviewing=False)
    session = turn.session
    if first.startswith("@") and first != SKIP:
        # a button beside the options: "@why", "@change:age"
        word, _, about = first[1:].partition(":")
        do_command(turn, word, about or None)
        return
    if picked.ask is not None and picked.ask != session.ask:
        # the second press of a double click, or a button of an old message
        already = session.last_press == (picked.ask, picked.options)
        turn.remark("already" if already else "stale")
        turn.ask_again()
        return
    step = turn.open_step()
    if step is None:
        turn.advance()
        return
    asked = session.ask
    apply_reading(turn, step, _read_pressed(turn, step, picked.options))
    if turn.session.ask != asked:  # it was an answer, and another question is open
        turn.change(last_press=(asked, picked.options))


def apply_reading(turn: TurnBuilder, step: Ask | Offer, reading: Reading) -> None:
    """Take an answer, ask which option was meant, or say why it is none."""
    if isinstance(reading, Understood):
        turn.talk_on()
    match reading:
        case Understood(value) if shows_times(turn, step, value):
            turn.ask_again()
        case Understood(value) if _restarts(step, value):
            restart_flow(turn)
        case Understood(value) if isinstance(step, Offer):
            take_offer(turn, step, str(value))
        case Understood(value):
            keep_answer(turn, step, reading, flow_via(step, value))
        case Ambiguous(options):
            turn.change(guesses=options)
            turn.ask_again()
        case NotUnderstood(unknown=True):
            turn.change(guesses=())
            explain_question(turn)
        case NotUnderstood(reason, among):
            tries = turn.session.tries + (reason not in FORM_SLIPS)
            turn.change(tries=tries, guesses=())
            shown = [option.id for option in shown_options(step, turn.path.facts)]
            refused = Refused(
                flow=turn.open_flow(),
                step=step.id,
                reason=reason,
                among=among,
                tries=tries,
                example=shown[0] if shown else "",
            )
            turn.events.append(refused)
            turn.ask_again()
        case _:
            assert_never(reading)


def _read_pressed(turn: TurnBuilder, step: Ask | Offer, picked: tuple[str, ...]) -> Reading:
    """Return what pressed options answer; a time that can be booked is one of them."""
    if is_of_times(turn, step, picked):
        return Understood(picked[0])
    return read_picked(step, shown_options(step, turn.path.facts), picked, turn.today)


def _restarts(step: Ask | Offer, value: Value) -> bool:
    """Return whether an option begins the flow anew."""
    options = step.options if isinstance(step, Choice | Offer) else ()
    return any(option.id == value and option.restart for option in options)
