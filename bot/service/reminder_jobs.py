"""Reminders of dates as jobs: what a turn has added to a session is planned, what it took away cancelled."""

from collections.abc import Iterator
from hashlib import blake2b

from bot.core.dialogue.inputs import DateDue
from bot.core.dialogue.session import Reminder, Session
from bot.ports.effects import CancelJob, PlanJob
from bot.ports.protocols import millis
from bot.service.unasked import UNASKED, UNASKED_INPUT


def reminder_effects(
    conversation: str, before: Session, after: Session
) -> Iterator[PlanJob | CancelJob]:
    """Return what is to be planned and cancelled, so that the jobs are those of the session after a turn.

    conversation: its key; the jobs are erased with it.
    """
    for one in before.reminders:
        if one not in after.reminders:
            yield CancelJob(UNASKED_INPUT, reminder_key(conversation, one))
    for one in after.reminders:
        if one not in before.reminders:
            body = UNASKED.dump_json(DateDue(entry=one.entry, on=one.on)).decode()
            key = reminder_key(conversation, one)
            yield PlanJob(UNASKED_INPUT, key, millis(one.due), body)


def reminder_key(conversation: str, reminder: Reminder) -> str:
    """Return the name of a reminder's job: of one date of one conversation there is one a day."""
    name = f"{conversation}/{reminder.entry}/{reminder.on}/{reminder.due.isoformat()}"
    return f"date:{blake2b(name.encode(), digest_size=16).hexdigest()}"
