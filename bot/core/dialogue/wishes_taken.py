"""Takes up what somebody comes with: a line back, then the door it leads to."""

from bot.core.base.texts import Pair
from bot.core.dialogue.events import Asked, WishHeard
from bot.core.dialogue.moves import answer_first_question
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.flows.roles import is_informal
from bot.core.flows.steps import Offer
from bot.core.nlu.wishes import Wish


def take_wish(turn: TurnBuilder, wishes: tuple[str, ...]) -> None:
    """Answer what was said by a line, and open its door.

    While the first flow asks, the wish is kept, and its door opens when that flow is over.
    At any other question the door is only offered, and so is that of what people tell of themselves.
    """
    first = turn.library.wishes[wishes[0]]
    is_kept = turn.library.roles.first in turn.session.stack
    asked = not is_kept and not isinstance(turn.open_step(), Offer)
    told = isinstance(first, Wish) and (first.kind == "told" or asked)
    turn.talk_on()
    turn.change(guesses=())
    if asked and isinstance(first, Wish) and first.door == turn.open_flow():
        turn.ask_again()  # it is what is being done
        return
    turn.events.append(WishHeard(wishes=wishes, offered=told, turn=turn.session.ask))
    if told or not isinstance(first, Wish):
        turn.ask_again()
    elif is_kept:
        turn.change(wish=wishes[0])
        turn.ask_again()
    else:
        open_door(turn, first)


def keep_wish(turn: TurnBuilder, wishes: tuple[str, ...]) -> None:
    """Keep the wish that was told beside an answer while the first flow asks; elsewhere it is let go.

    The door of what somebody tells of themselves is only offered.
    """
    if not wishes or turn.open_flow() != turn.library.roles.first:
        return
    first = turn.library.wishes[wishes[0]]
    told = isinstance(first, Wish) and first.kind == "told"
    if not told:
        turn.change(wish=wishes[0])
    turn.events.append(WishHeard(wishes=wishes, offered=told, turn=turn.session.ask))


def ask_which_wish(turn: TurnBuilder, wishes: tuple[str, ...]) -> None:
    """Ask which of some wishes is meant; the open question stays."""
    turn.talk_on()
    turn.events.append(WishHeard(wishes=wishes, asked=True))


def take_up_kept_wish(turn: TurnBuilder) -> None:
    """Open the door of the wish that was told before the first flow was over."""
    kept = turn.library.wishes.get(turn.session.wish)
    roles = turn.library.roles
    if not turn.session.wish or roles.first in turn.session.stack:
        return
    turn.change(wish="")
    if not isinstance(kept, Wish) or turn.session.stack[-1:] != (roles.home,):
        return
    asked = turn.events[-1] if turn.events else None
    if isinstance(asked, Asked) and asked.flow == roles.home:
        turn.events.pop()  # the menu: what would be chosen there was said already
    open_door(turn, kept)


def open_door(turn: TurnBuilder, wish: Wish) -> None:
    """Open the flow a wish leads to, past the first question where the wish has answered it."""
    facts = {answer.step: answer.value for answer in turn.session.answers}
    informal = is_informal(turn.library.roles, facts)
    answer = None if wish.answer is None else _for(wish.answer, informal=informal)
    open_flow(turn, _for(wish.door, informal=informal), answer)


def open_flow(turn: TurnBuilder, flow: str, answer: str | None = None) -> None:
    """Open a flow. answer: to its first question, where that offers it."""
    turn.enter(flow)
    if answer is not None:
        answer_first_question(turn, answer)


def _for(pair: str | Pair, *, informal: bool) -> str:
    if isinstance(pair, str):
        return pair
    return pair.tu if informal else pair.jus
