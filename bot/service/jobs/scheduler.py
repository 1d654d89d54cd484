"""The only loop over jobs: what is due is leased, done, and put where it belongs afterwards."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import StorageError
from bot.ports.protocols import Clock, Jobs, millis
from bot.ports.records import JobItem
from bot.service.background import finish, keep_running
from bot.service.queues.inbox_worker import wait_for

AT_ONCE = 2  # so that a long job does not keep the short ones waiting
POLL = 1.0  # seconds between two looks for what is due
FIRST_WAIT, LONGEST_WAIT = 10.0, 3600.0  # seconds before what failed is tried again, doubling
TRIES = 8  # about half an hour in all; then it is set aside, where an operator sees it
LOST = 10  # a job taken this often without an end has killed its workers
logger = logging.getLogger(__name__)

GoingOn = Callable[[], bool]  # False once a job has to come to its end: it goes on another time


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    run: does it; returns the moment at which it is due again, or None when it is done for good.
    It may be called twice where a process is killed, and must do no harm then.
    every: seconds after which it is due again; None where it is scheduled one by one.
    """

    name: str
    run: Callable[[JobItem, GoingOn], int | None]
    every: float | None = None


class Scheduler:
    """Does jobs of the kinds it is given, for as long as the process runs.

    lease: seconds until another process takes over what a killed one had in hand. A job is to come
    to an end within half of it.
    """

    def __init__(
        self, jobs: Jobs, clock: Clock, kinds: Sequence[JobKind], lease: float = 60.0
    ) -> None:
        self._jobs = jobs
        self._clock = clock
        self._kinds: Mapping[str, JobKind] = {kind.name: kind for kind in kinds}
        self._lease = lease
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start on the running loop."""
        for number in range(AT_ONCE):
            kept = keep_running(f"jobs {number}", self._work, self._stop)
            self._tasks.append(asyncio.create_task(kept))

    async def stop(self) -> None:
        """Take no more jobs; those in hand come to their end, or go on another time."""
        self._stop.set()
        tasks, self._tasks = self._tasks, []
        await finish(tasks)

    async def _work(self) -> None:
        await asyncio.to_thread(self._plan)
        while not self._stop.is_set():
            if not await asyncio.to_thread(self.do_next):
                await wait_for(self._stop, POLL)

    def _plan(self) -> None:
        """See to it that what recurs stands in the table; it may stand there already."""
        for kind in self._kinds.values():
            if kind.every is not None:
                self._jobs.schedule(kind.name, "", self._now())

    def do_next(self) -> bool:
        """Do one job that is due; returns whether there was one. Errors: StorageError."""
        now = self._now()
        taken = self._jobs.take(tuple(self._kinds), 1, now, now + int(self._lease * 1000))
        for job in taken:
            self._do(job)
        return bool(taken)

    def _do(self, job: JobItem) -> None:
        kind = self._kinds[job.kind]
        end = time.monotonic() + self._lease / 2
        try:
            if job.attempt > LOST and kind.every is None:
                self._jobs.set_aside(job, "taken too often without an end")
                return
            due = kind.run(job, lambda: not self._stop.is_set() and time.monotonic() < end)
        except StorageError as error:
            logger.warning("job %s %s waits for the database: %s", job.kind, job.id, type(error).__name__)
            self._put_back(job, FIRST_WAIT, failed=False)
        except Exception as error:  # noqa: BLE001 - each job has its own end
            self._fail(kind, job, error)
        else:
            self._settle(job, due)

    def _settle(self, job: JobItem, due: int | None) -> None:
        if due is None:
            self._jobs.finish(job)
        else:
            self._jobs.put_back(job, due, failed=False)

    def _fail(self, kind: JobKind, job: JobItem, error: Exception) -> None:
        """Try again later; what recurs is never given up, what does not is set aside in the end."""
        number = secrets.token_hex(4)
        logger.error("failed %s: job %s %s", number, job.kind, job.id, exc_info=error)
        if kind.every is None and job.failures + 1 >= TRIES:
            self._jobs.set_aside(job, f"{number} {type(error).__name__}")
            return
        wait = min(FIRST_WAIT * 2**job.failures, LONGEST_WAIT)
        self._put_back(job, wait, failed=True)

    def _put_back(self, job: JobItem, seconds: float, *, failed: bool) -> None:
        self._jobs.put_back(job, self._now() + int(seconds * 1000), failed=failed)

    def _now(self) -> int:
        return millis(self._clock.now())
