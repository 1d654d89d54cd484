"""The job that lets an input come that nobody brings, at a door where the person can be reached."""

from hashlib import blake2b

from bot.core.dialogue.inputs import Unasked
from bot.ports.protocols import millis
from bot.ports.records import Job, Planned, Update
from bot.service.conversations import DurableConversations
from bot.service.jobs.scheduler import GoingOn, JobKind
from bot.service.unasked import JOB, UNASKED

NAME = "unasked_input"
PULLED = "web"  # a channel that shows what was said when somebody looks, and sends nothing


def plan_input(conversation: str, key: str, due: int, given: Unasked) -> Planned:
    """Return the plan of an input for a conversation at a moment (milliseconds).

    key: what it is about; of the same there is one. It is erased with the conversation.
    """
    return Planned(NAME, key, due, UNASKED.dump_json(given).decode(), conversation)


def unasked_input(talks: DurableConversations) -> JobKind:
    """Return the job that brings such an input: to a chat, or else to the page."""

    def run(job: Job, _going_on: GoingOn) -> bool:
        assert job.conversation is not None
        now = millis(talks.conversations.world().now)
        update = _update_of(job)
        doors = talks.store.addresses.of(job.conversation)
        chats = [door for door in doors if door[0] != PULLED]
        if chats:
            channel, account = chats[0]  # whoever has several chats is told once
            talks.store.inbox.receive(channel, [(update, account, job.body)], now)
        else:
            given = UNASKED.validate_json(job.body)
            talks.take(Update(PULLED, job.conversation, update, now), given)
        return True

    return JobKind(NAME, run)


def _update_of(job: Job) -> str:
    """Name the update of a job: the same whoever brings it, so that it is taken once."""
    name = f"{job.kind}/{job.key}/{job.id}".encode()
    return f"{JOB}{blake2b(name, digest_size=16).hexdigest()}"
