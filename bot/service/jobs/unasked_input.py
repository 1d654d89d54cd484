"""The job that lets an input come that nobody brings, at a door where the person can be reached."""

from hashlib import blake2b

from bot.core.dialogue.inputs import Unasked
from bot.ports.protocols import millis
from bot.ports.records import Job, Planned, Update
from bot.service.conversations import DurableConversations
from bot.service.device_links import PULLED_CHANNEL
from bot.service.jobs.scheduler import GoingOn, JobKind
from bot.service.unasked import JOB_PREFIX, UNASKED, UNASKED_INPUT


def plan_input(conversation: str, key: str, due: int, given: Unasked) -> Planned:
    """Return the plan of an input for a conversation at a moment (milliseconds).

    key: what it is about; of the same there is one. It is erased with the conversation.
    """
    return Planned(UNASKED_INPUT, key, due, UNASKED.dump_json(given).decode(), conversation)


def unasked_input(conversations: DurableConversations) -> JobKind:
    """Return the job that brings such an input: to a chat, or else to the page."""

    def run(job: Job, _going_on: GoingOn) -> bool:
        assert job.conversation is not None
        now = millis(conversations.dialogue.world().now)
        update = _update_of(job)
        doors = conversations.store.addresses.accounts_of(job.conversation)
        chats = [door for door in doors if door[0] != PULLED_CHANNEL]
        if chats:
            channel, account = chats[0]  # whoever has several chats is told once
            conversations.store.inbox.receive(channel, [(update, account, job.body)], now)
        else:
            given = UNASKED.validate_json(job.body)
            conversations.take_turn(Update(PULLED_CHANNEL, job.conversation, update, now), given)
        return True

    return JobKind(UNASKED_INPUT, run)


def _update_of(job: Job) -> str:
    """Name the update of a job: the same whoever brings it, so that it is taken once."""
    name = f"{job.kind}/{job.key}/{job.id}".encode()
    return f"{JOB_PREFIX}{blake2b(name, digest_size=16).hexdigest()}"
