"""The words of a button that stands beside the options of a step, typed instead of pressed."""

from bot.core.dialogue.commands import do_command
from bot.core.dialogue.inputs import Picked
from bot.core.dialogue.pressed import press
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.steps import Ask, Day, Offer
from bot.core.nlu.days_ahead import named_end


def takes_button_beside(turn: TurnBuilder, step: Ask | Offer | None, text: str) -> bool:
    """Act on the words of a button that stands beside the options; return whether it was one.

    After a guess these are its place in the list that is seen, of days which end, and „Neviens no šiem”; to go on, anywhere.
    """
    words, guesses = turn.library.global_words, turn.session.guesses
    place = text.strip().rstrip(".)")
    if guesses and isinstance(step, Day):
        end = named_end(text, turn.library.number_words)
        if end is not None:
            press(turn, Picked(options=(guesses[0 if end == "start" else -1],)))
            return True
    if guesses and place.isdecimal() and not _is_number_asked(turn, step):
        if 1 <= int(place) <= len(guesses):
            press(turn, Picked(options=(guesses[int(place) - 1],)))
        else:
            do_command(turn, "none", None)
        return True
    if guesses and words.is_none_of_these(text):
        do_command(turn, "none", None)
        return True
    if words.is_going_on(text):
        turn.talk_on()
        rests = turn.session.quiet or isinstance(step, Offer)
        is_home = rests and turn.session.stack[-1:] == (turn.library.roles.home,)
        do_command(turn, "resume" if is_home and len(turn.session.stack) > 1 else "continue", None)
        return True
    return False


def _is_number_asked(turn: TurnBuilder, step: Ask | Offer | None) -> bool:
    """Return whether a number is an answer of its own at a question, not the place of one."""
    return isinstance(step, Day) or (
        step is not None and bool(turn.library.phrases_for(step).bands)
    )
