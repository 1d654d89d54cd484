"""What a turn leaves of the plan beside the session: versions, links, watch, and what is due as jobs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b

from bot.core.dialogue.events import Event
from bot.core.dialogue.inputs import PlanDue
from bot.core.dialogue.plan_events import PlanChanged
from bot.core.dialogue.session import Session
from bot.core.plan.due import PlanMoment, due_moments
from bot.core.plan.history import KeptVersion
from bot.core.plan.plan import Plan
from bot.ports.effects import (
    CancelJob,
    CloseShare,
    Effect,
    KeepPlanVersion,
    OpenShare,
    PlanJob,
    WatchPlan,
)
from bot.ports.protocols import millis
from bot.service.unasked import UNASKED, UNASKED_INPUT


def plan_effects(
    conversation: str, before: Session, after: Session, now: datetime, events: Sequence[Event] = ()
) -> Iterator[Effect]:
    """Return what is to be kept, opened, closed and planned, so that all is as the plan says after a turn.

    conversation: its key; all of it is erased with it. now: nothing is planned for a moment that is over.
    events: of the turn; what a file has brought is among them.
    """
    was, is_ = before.plan, after.plan
    if was == is_:
        return
    yield from _brought(events)
    yield from _versions(was, is_)
    yield from _shares(was, is_)
    if (was is not None and was.watch) != (is_ is not None and is_.watch):
        yield WatchPlan(on=is_ is not None and is_.watch)
    due_before, due_after = due_moments(was), due_moments(is_)
    for moment in sorted(due_before - due_after):
        yield CancelJob(UNASKED_INPUT, _job_key(conversation, moment))
    for moment in sorted(due_after - due_before):
        if moment.at > now:
            body = UNASKED.dump_json(PlanDue(what=moment.what, id=moment.id, on=moment.on)).decode()
            yield PlanJob(UNASKED_INPUT, _job_key(conversation, moment), millis(moment.at), body)


def _brought(events: Sequence[Event]) -> Iterator[KeepPlanVersion]:
    """Return the earlier versions that files have brought, which come before the plan's own one."""
    for event in events:
        for one in event.versions if isinstance(event, PlanChanged) else ():
            assert one.at is not None
            body = one.model_copy(update={"at": None}).model_dump_json(exclude_defaults=True)
            yield KeepPlanVersion(one.number, body, millis(one.at))


def _versions(was: Plan | None, is_: Plan | None) -> Iterator[KeepPlanVersion]:
    """Return the version to keep, where the items are others than before."""
    if is_ is None or (was is not None and was.version == is_.version):
        return
    kept = KeptVersion(number=is_.version, last=is_.last, items=is_.items)
    yield KeepPlanVersion(is_.version, kept.model_dump_json(exclude_defaults=True))


def _shares(was: Plan | None, is_: Plan | None) -> Iterator[OpenShare | CloseShare]:
    before = {} if was is None else {share.token: share.id for share in was.shares if share.token}
    after = {} if is_ is None else {share.token: share.id for share in is_.shares if share.token}
    for token in before.keys() - after.keys():
        yield CloseShare(token)
    for token in after.keys() - before.keys():
        yield OpenShare(token, after[token])


def _job_key(conversation: str, moment: PlanMoment) -> str:
    """Return the name of a moment's job: of one thing of one plan there is one a day."""
    name = f"{conversation}/{moment.what}/{moment.id}/{moment.at.isoformat()}"
    return f"plan:{blake2b(name.encode(), digest_size=16).hexdigest()}"
