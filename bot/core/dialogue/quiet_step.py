"""The quiet step, where distress was met: nothing is asked or recorded until the person goes on.

Where the words would have been an answer, the person may say that they were one: they are held for
that until the step is left.
"""

from bot.core.dialogue.heard import Heard
from bot.core.dialogue.moves import flow_via, keep_answer
from bot.core.dialogue.readings import Understood
from bot.core.dialogue.session import Answer, QuietStep
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.steps import Ask, Offer

WAS_ANSWER = "@was_answer"  # the button by which held words are recorded as an answer


def enter_quiet_step(
    turn: TurnBuilder, step: Ask | Offer | None, heard: Heard, written_in: str
) -> None:
    """Answer words of distress, in the language they were written in; the open question waits."""
    held = None
    reading = heard.reading
    if isinstance(reading, Understood) and reading.value is not None and not _is_offer(step):
        held = Answer(flow=turn.open_flow(), step=turn.open_step_name(), value=reading.value)
    turn.change(quiet_step=QuietStep(language=written_in, answer=held), guesses=())
    turn.remark("distress", heard.distress, language=written_in)


def leaves_quiet_step(turn: TurnBuilder, heard: Heard, text: str) -> bool:
    """Answer words of the quiet step.

    Return whether the person goes on with something else, which is still to be done: a command.
    """
    quiet_step = turn.session.quiet_step
    assert quiet_step is not None
    reply = turn.library.distress_answers.reply_to(turn.library.tokenize(text))
    if reply == "was_answer" and not quiet_step.holds_words:
        reply = "mistake"
    if reply == "other" and heard.kind == "command" and heard.word not in {"why", "meaning"}:
        turn.change(quiet_step=None)
        return True
    turn.remark("quiet_reply", reply=reply, language=quiet_step.language)
    if reply == "was_answer":
        record_held_answer(turn)
    elif reply == "go_on":
        turn.change(quiet_step=None)
        turn.ask_again()
        if quiet_step.language != turn.session.language:
            turn.remark("language", language=quiet_step.language)
    return False


def record_held_answer(turn: TurnBuilder) -> None:
    """Record the words that were held, as the answer they were meant to be, and go on."""
    quiet_step = turn.session.quiet_step
    held = quiet_step.answer if quiet_step is not None else None
    turn.change(quiet_step=None)
    if quiet_step is not None and quiet_step.orders:
        turn.obey(quiet_step.orders)
        turn.advance()
        return
    step = turn.open_step()
    if held is None or step is None or step.id != held.step:
        turn.ask_again()
        return
    keep_answer(turn, step, Understood(held.value), flow_via(step, held.value))


def _is_offer(step: Ask | Offer | None) -> bool:
    return step is None or isinstance(step, Offer)
