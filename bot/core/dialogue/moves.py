"""Where a person goes: on with an answer, back, to an answer that is changed, where an offer leads."""

from bot.core.dialogue.actions import tell_more_families
from bot.core.dialogue.events import Answered, Asked, Refused
from bot.core.dialogue.readings import Understood
from bot.core.dialogue.session import Value
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.steps import Ask, Choice, Offer


def keep_answer(
    turn: TurnBuilder, step: Ask | Offer, understood: Understood, aside: str | None
) -> None:
    """Keep the answer to the open question, and go on, through the flow `aside` if there is one."""
    flow, value = turn.open_flow(), understood.value
    turn.events.append(
        Answered(flow=flow, step=step.id, value=value, said_back=understood.said_back)
    )
    if understood.masked:
        turn.remark("masked")
    turn.answer(value, aside)


def flow_via(step: Ask | Offer, value: Value) -> str | None:
    """Return the flow that an option leads through before the next question, if it names one."""
    options = step.options if isinstance(step, Choice) else ()
    return next((option.via for option in options if option.id == value), None)


def go_back(turn: TurnBuilder) -> None:
    """Take back the last answer of the present flow, or leave the flow."""
    if turn.session.changing is not None:
        turn.change(changing=None)
        turn.return_lent_flow()
        turn.advance()
        return
    answered = turn.path.answered()
    if answered:
        turn.drop_answers({answered[-1].step.id})
        turn.advance()
    elif len(turn.session.stack) > 1:
        turn.leave()
        turn.advance()
    else:
        flow, step = turn.open_flow(), turn.open_step_name()
        turn.events.append(Refused(flow=flow, step=step, reason="back", tries=0))
        turn.ask_again()


def reopen(turn: TurnBuilder, fact: str) -> None:
    """Open an answered question again; its answer stays until a new one comes.

    A flow that was never gone through, and is opened for that alone, is left with the new answer. An answer that was told before
    its question can be asked is taken back, and asked for when it is needed.
    """
    before = turn.session
    flow = next(answer.flow for answer in before.answers if answer.step == fact)
    is_lent = flow not in before.stack and turn.waits_for_an_answer(flow)
    turn.change(changing=fact)
    if flow != before.stack[-1] and turn.open_step_name() != fact:
        turn.change(stack=turn.stack_with(flow), lent_flow=flow if is_lent else "")
    if turn.open_step_name() != fact:
        turn.change(stack=before.stack, lent_flow=before.lent_flow, changing=None)
        turn.drop_answers({fact})
        turn.remark("taken_back")
        turn.ask_again()
        return
    turn.advance()


def take_offer(turn: TurnBuilder, offer: Offer, choice: str) -> None:
    """Go where a chosen option of an offer leads.

    From the menu, a flow that is open below is gone back to, and those above it are left.
    A flow that is not open begins over the menu alone, and all others are left.
    An option that asks opens its question, and the verdict above is judged with the answer. One that
    tells more families, or shows the other options, leads nowhere.
    """
    option = next(option for option in offer.options if option.id == choice)
    if option.ask is not None:
        turn.change(changing=option.ask)
        turn.advance()
        return
    if option.more_families:
        tell_more_families(turn)
        return
    if option.more:
        turn.change_keeping_path(all_options=True)
        turn.ask_again()
        return
    home = turn.library.roles.home
    if option.resume or option.flow is None:
        if len(turn.session.stack) == 1 and turn.session.stack != (home,):
            # the menu was opened above it and left: there is nothing below to go back to
            turn.change(stack=(home, *turn.session.stack))
        turn.resume()
    elif turn.session.stack[-1] == home:
        below = turn.session.stack[:-1]
        if option.flow in below:
            stack = below[: below.index(option.flow) + 1]
        else:
            stack = (home, option.flow)
        turn.change(stack=stack)
        for flow in (option.flow, *(left for left in below if left not in stack)):
            turn.clear_fresh_answers(flow)
        turn.advance()
    else:
        turn.enter(option.flow)
    if option.answer is not None:
        answer_first_question(turn, option.answer)


def answer_first_question(turn: TurnBuilder, option: str) -> None:
    """Answer the question that a flow has just opened with, where it is a choice that has the option."""
    step = turn.open_step()
    chosen = [one for one in step.options if one.id == option] if isinstance(step, Choice) else []
    if step is None or not chosen:
        return
    if turn.events and isinstance(turn.events[-1], Asked):
        turn.events.pop()  # it is answered before it is asked
    turn.events.append(Answered(flow=turn.open_flow(), step=step.id, value=option))
    turn.answer(option, chosen[0].via)
