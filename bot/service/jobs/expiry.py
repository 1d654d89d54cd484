"""The job that forgets what has been idle for too long, so that no promise is kept by chance."""

from bot.ports.records import Job
from bot.service.conversations import DurableConversations
from bot.service.jobs.scheduler import GoingOn, JobKind


def expiry(conversations: DurableConversations) -> JobKind:
    """Return the job that calls the service to forget, again and again as the policy says."""

    def run(_job: Job, going_on: GoingOn) -> bool:
        conversations.purge(going_on)
        return going_on()

    every = conversations.dialogue.library.policy.erase_every_minutes * 60
    return JobKind("expiry", run, every)
