"""The job that brings reminders forward whose date was moved to an earlier day, so that none comes late."""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.dialogue.inputs import DateDue
from bot.core.education.dates import reminder_moment
from bot.ports.protocols import millis
from bot.ports.records import Job, Planned
from bot.service.conversations import DurableConversations
from bot.service.jobs.scheduler import GoingOn, JobKind
from bot.service.unasked import UNASKED, UNASKED_INPUT

LOOK_FOR_MOVED_EVERY = (
    3600.0  # seconds; and whenever a process starts, as one does with new content
)


def moved_dates(conversations: DurableConversations) -> JobKind:
    """Return the job that looks through the reminders that wait."""
    jobs = conversations.store.jobs

    def run(_job: Job, going_on: GoingOn) -> bool:
        now = millis(conversations.dialogue.world().now)
        for planned in _earlier(conversations, jobs.waiting(UNASKED_INPUT)):
            if not going_on():
                return False
            jobs.schedule(planned, now)
        return True

    return JobKind("moved_dates", run, LOOK_FOR_MOVED_EVERY)


def _earlier(conversations: DurableConversations, waiting: list[Planned]) -> Iterator[Planned]:
    """Return the reminders that are due sooner than they were planned; what they say stays."""
    dates, now = conversations.dialogue.library.dates, conversations.dialogue.world().now
    for planned in waiting:
        given = UNASKED.validate_json(planned.body)
        entry = dates.get(given.entry) if isinstance(given, DateDue) else None
        moment = reminder_moment(entry, now) if entry is not None else None
        if moment is not None and millis(moment) < planned.due:
            yield replace(planned, due=millis(moment))
