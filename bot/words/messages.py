"""What a person reads: a message with its buttons, as every channel gets it."""

from typing import Literal

from bot.core.data import Data


class Button(Data):
    """A button: what is sent back when it is pressed, and what stands on it."""

    pick: str
    label: str


class State(Data):
    """One line of a card: a mark by shape, what it is about, and what holds."""

    mark: Literal["full", "half", "empty", "diamond"]
    label: str
    text: str


class Card(Data):
    """A result: the outcome first, then states, reasons, what is unknown, and the source."""

    title: str
    lead: tuple[str, ...]
    states_title: str
    states: tuple[State, ...]
    why_title: str
    why: tuple[str, ...]
    unknown_title: str
    unknown: tuple[str, ...]
    decides: str
    source: str


class Message(Data):
    """One thing said: plain words, and the parts a richer channel can show.

    kind: what it is; form: how it is answered, for an `ask`; link: an address to open elsewhere.
    """

    kind: Literal["say", "ask", "answer", "refuse", "note", "card", "help", "data"]
    text: str
    flow: str = ""
    step: str = ""
    hint: str = ""
    source: str = ""
    value: str = ""
    link: str = ""
    form: str = ""
    ask: int = 0
    again: bool = False
    buttons: tuple[Button, ...] = ()
    items: tuple[str, ...] = ()
    card: Card | None = None


def plain(message: Message) -> str:
    """Give a message as lines of text, for a terminal or a messenger."""
    if message.card is not None:
        return "\n".join(_card_lines(message.card))
    items = (f"• {item}" for item in message.items)
    lines = [message.text, *items, message.link, message.hint, message.source]
    return "\n".join(line for line in lines if line)


MARKS = {"full": "●", "half": "◐", "empty": "○", "diamond": "◇"}


def _card_lines(card: Card) -> list[str]:
    lines = [card.title, *card.lead]
    lines += [f"{MARKS[state.mark]} {state.label}. {state.text}" for state in card.states]
    if card.why:
        lines += ["", card.why_title, *(f"• {line}" for line in card.why)]
    if card.unknown:
        lines += ["", card.unknown_title, *(f"◇ {line}" for line in card.unknown)]
    return [*lines, "", card.decides, card.source]
