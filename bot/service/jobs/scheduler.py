"""The only loop over jobs: what is due is leased, done, and put where it belongs afterwards."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.errors import StorageError
from bot.ports.protocols import Clock, millis
from bot.ports.queues import Jobs
from bot.ports.records import Job, Planned
from bot.service.background import finish, keep_running
from bot.service.waiting import wait_for

JOBS_AT_ONCE = 2  # so that a long job does not keep the short ones waiting
JOB_POLL = 1.0  # seconds between two looks for what is due
FIRST_JOB_WAIT, LONGEST_JOB_WAIT = (
    10.0,
    3600.0,
)  # seconds before what failed is tried again, doubling
UNKNOWN_KIND_WAIT = 60.0  # seconds that a job of a kind not known here is left to other processes
JOB_TRIES = 8  # about twenty minutes in all; then it is set aside, where an operator sees it
LOST_JOB_ATTEMPTS = 100  # a job taken this often without an end may have killed whoever took it
logger = logging.getLogger(__name__)

GoingOn = Callable[[], bool]  # False once a job has to come to its end; what is left waits


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    run: does a job, and returns whether it is done; what is not goes on at once, perhaps in another
    process. It may be called again where a process was killed, and must do no harm then.
    every: seconds after which it is to be done again; None where each is scheduled by itself.
    """

    name: str
    run: Callable[[Job, GoingOn], bool]
    every: float | None = None


class Scheduler:
    """Does the jobs of some kinds, for as long as the process runs.

    lease: seconds until another process takes over what a killed one had in hand; a job is told to
    come to its end when half of them are over.
    """

    def __init__(
        self, jobs: Jobs, clock: Clock, kinds: Sequence[JobKind], lease: float = 60.0
    ) -> None:
        self._jobs = jobs
        self._clock = clock
        self._kinds = {kind.name: kind for kind in kinds}
        self._lease = lease
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start on the running loop; what recurs is done at once."""
        works = (self._begin_recurring, *(JOBS_AT_ONCE * [self._work]))
        for work in works:
            self._tasks.append(asyncio.create_task(keep_running("jobs", work, self._stop)))

    async def stop(self) -> None:
        """Take no more jobs; those in hand come to their end, or go on another time."""
        self._stop.set()
        tasks, self._tasks = self._tasks, []
        await finish(tasks)

    async def _begin_recurring(self) -> None:
        for kind in self._kinds.values():
            if kind.every is not None:
                await asyncio.to_thread(self._schedule_now, kind)

    def _schedule_now(self, kind: JobKind) -> None:
        now = self._now()
        self._jobs.schedule(Planned(kind.name, key="", due=now), now)

    async def _work(self) -> None:
        while not self._stop.is_set():
            try:
                was_due = await asyncio.to_thread(self.do_next)
            except StorageError as error:
                logger.warning("jobs wait for the database: %s", type(error).__name__)
                was_due = False
            if not was_due:
                await wait_for(self._stop, JOB_POLL)

    # --- in a thread

    def do_next(self) -> bool:
        """Do one job that is due; return whether there was one. Errors: StorageError."""
        now = self._now()
        due = self._jobs.next_due()
        if due is None or due > now:  # a look, which keeps no writer from anything
            return False
        until = now + int(self._lease * 1000)
        for job in self._jobs.claim(1, now, until):
            kind = self._kinds.get(job.kind)
            if kind is None:  # a newer release has planned it, and does it
                self._jobs.later(job, self._after(UNKNOWN_KIND_WAIT))
            else:
                self._do(kind, job)
            return True
        return False

    def _do(self, kind: JobKind, job: Job) -> None:
        if job.attempt > LOST_JOB_ATTEMPTS and kind.every is None:
            self._jobs.set_aside(job, "taken too often without an end", self._now())
            return
        end = time.monotonic() + self._lease / 2
        try:
            is_done = kind.run(job, lambda: not self._stop.is_set() and time.monotonic() < end)
        except StorageError:
            self._jobs.later(job, self._after(FIRST_JOB_WAIT))
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
            self._fail(kind, job, error)
            return
        if not is_done:
            self._jobs.later(job, self._now())
        elif kind.every is not None:
            self._jobs.later(job, self._after(kind.every))
        else:
            self._jobs.done(job, self._now())

    def _fail(self, kind: JobKind, job: Job, error: Exception) -> None:
        """Let a job wait that failed by an error of ours, or set it aside after many tries.

        What recurs is never given up: it is done again when it would have been anyway.
        """
        number = secrets.token_hex(4)
        logger.error("failed %s: job %s %s", number, job.kind, job.id, exc_info=error)
        if kind.every is not None:
            self._jobs.later(job, self._after(kind.every))
        elif job.failures + 1 >= JOB_TRIES:
            self._jobs.set_aside(job, f"{number} {type(error).__name__}", self._now())
        else:
            wait = min(FIRST_JOB_WAIT * 2**job.failures, LONGEST_JOB_WAIT)
            self._jobs.later(job, self._after(wait), failed=True)

    def _now(self) -> int:
        return millis(self._clock.now())

    def _after(self, seconds: float) -> int:
        return self._now() + int(seconds * 1000)
