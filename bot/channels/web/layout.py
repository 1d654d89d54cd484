"""What stands on a page of the chat: decided from the path of the open flow and the last turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.words.messages import Message

BESIDE_KINDS = ("refuse", "note", "help", "data")
TOLD_KINDS = ("say", "card", "portrait", "families", "sheet")


@dataclass(frozen=True)
class Layout:
    """The parts of a page, from its top to its bottom.

    ended: what the last turn told of flows that are over now.
    folded: of what the last turn said, what a later visit does not show in the open.
    path: the open flow told from its start, the answers given among it.
    beside: what the last turn said beside the script: a refusal, a note, help.
    question: what waits for an answer; None where nothing does.
    first_new: the topmost of all these that the last turn said, where the page goes to.
    """

    ended: tuple[Message, ...]
    folded: tuple[Message, ...]
    path: tuple[Message, ...]
    beside: tuple[Message, ...]
    question: Message | None
    first_new: Message | None


def lay_out(
    path: Sequence[Message], last_turn: Sequence[Message], *, later: bool = False
) -> Layout:
    """Return what stands on a page.

    path: the open flow from its start to its open question, in the language of now.
    last_turn: what was said last, as it was said then. It alone knows what is said once: what
    stands beside the script, the end of a flow that was left, the guesses at an answer.
    later: the page is opened again, and not as the answer to what was just sent.
    """
    flows_on_path = {message.flow for message in path}
    question = _last_question(path)
    said = _last_question(last_turn)
    if question is not None and said is not None and _place(said) == _place(question):
        question = said  # with its guesses
    ended = tuple(
        message for message in last_turn if _is_told(message) and message.flow not in flows_on_path
    )
    beside = tuple(message for message in last_turn if _is_beside(message))
    folded: tuple[Message, ...] = ()
    if later:
        folded = tuple(message for message in (*ended, *beside) if message.private)
        ended = tuple(message for message in ended if not message.private)
        beside = tuple(message for message in beside if not message.private)
    told_now = {(*_place(message), message.kind) for message in last_turn}
    new_on_path = (
        message
        for message in path
        if _is_told(message) and (*_place(message), message.kind) in told_now
    )
    return Layout(
        ended=ended,
        folded=folded,
        path=tuple(message for message in path if message.kind != "ask"),
        beside=beside,
        question=question,
        first_new=next(chain(folded, ended, new_on_path, beside), question),
    )


def _is_beside(message: Message) -> bool:
    """Return whether a message stands beside the script: by its kind, or a sheet that no step told."""
    return message.kind in BESIDE_KINDS or (message.kind == "sheet" and not message.flow)


def _is_told(message: Message) -> bool:
    return message.kind in TOLD_KINDS and not _is_beside(message)


def _last_question(messages: Sequence[Message]) -> Message | None:
    return next((message for message in reversed(messages) if message.kind == "ask"), None)


def _place(message: Message) -> tuple[str, str]:
    return message.flow, message.step
