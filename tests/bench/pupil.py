"""A pupil in the middle of the interests, and the answer that comes next: what a turn is here."""

import time
from collections.abc import Iterable

from bot.core.dialogue.inputs import Input, Picked, Started
from bot.core.dialogue.session import Session
from bot.ports.effects import SendMessage
from bot.ports.records import StoredConversation, TurnRequest, TurnResult, Update
from bot.service.conversations import ChannelOutput, Dialogue, DurableConversations, TurnOutput
from bot.service.kept_form import dump_messages
from storage.store import Store

BEGINNING: tuple[Input, ...] = (
    Started(),
    *(Picked(options=(option,)) for option in ("pupil_10_12", "from_18", "keep")),
    Started(flow="interests"),
)
FACES = ("rather", "never", "much", "unsure", "little")
BEFORE = 12  # answers in the interests before the one that is measured
MOST = 28  # answers that are asked of this pupil
ANSWER = Picked(options=("rather",))
TOGETHER = 64  # conversations that are put into a store with one commit


def inputs(answers: int = BEFORE) -> list[Input]:
    """Return what a pupil gives from the first page to so many answers in the interests."""
    faces = (FACES[number % len(FACES)] for number in range(answers))
    return [*BEGINNING, *(Picked(options=(face,)) for face in faces)]


def session_with(talks: Dialogue, answers: int) -> Session:
    """Return the session of a pupil with so many answers in the interests."""
    session = Session()
    for given in inputs(answers):
        session = talks.advance(session, given).session
    after = talks.advance(session, ANSWER).session
    assert len(after.answers) == len(session.answers) + 1  # else it would measure a refusal
    return session


def before_answer(talks: Dialogue) -> TurnResult:
    """Return what the last turn before the answer leaves."""
    session = session_with(talks, BEFORE - 1)
    said = talks.advance(session, inputs()[-1])
    return TurnResult(
        said.session.model_dump_json(exclude_defaults=True),
        dump_messages(said.messages),
        tuple((event.kind, "interests/r03") for event in said.events),
        queued(said).effects,
    )


def put(store: Store, keys: Iterable[str], result: TurnResult) -> None:
    """Put pupils into a store who are about to answer."""
    waiting = list(keys)
    while waiting:
        some, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
        at = int(time.time() * 1000)
        requests = [
            TurnRequest(Update("web", key, f"before {key}", at), lambda _: result) for key in some
        ]
        for outcome in store.turns.commit([store.turns.prepare(one) for one in requests]):
            assert not isinstance(outcome, Exception), outcome


def queued(said: TurnOutput, _before: StoredConversation | None = None) -> ChannelOutput:
    """Leave what a turn says as one message to be sent."""
    return ChannelOutput((SendMessage("message", dump_messages(said.messages)),))


def answer(kept: DurableConversations, key: str, number: int = 0) -> None:
    """Take the turn: seen once, loaded, stepped, put into words, saved, its message queued.

    number: which of a person's answers it is, where they give more than one.
    """
    update = Update("web", key, f"answer {number} {key}", kept.at())
    assert not kept.store.turns.run(*kept.turn_request(update, ANSWER, queued)).duplicate
