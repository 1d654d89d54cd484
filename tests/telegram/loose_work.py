"""`celvedis work` without what makes a job be done once, as the negative control of a test.

A job is taken though another process has it, is marked as done only a moment later, and is brought
to the chat under a new name each time.
"""

import secrets
import sys
import time

from bot.cli.main import main
from bot.service.jobs import unasked_input
from bot.service.unasked import JOB_PREFIX
from storage import jobs
from storage.jobs import job
from storage.leases import DIALECTS, TAKEN, claim_statement, is_due


def loosen() -> None:
    free, order = [is_due(job) | (job.c.status == TAKEN)], [job.c.due, job.c.id]
    jobs.CLAIM = {dialect: claim_statement(job, dialect, free, order) for dialect in DIALECTS}
    done = jobs.Jobs.done

    def done_later(self, taken, at):
        time.sleep(1)
        return done(self, taken, at)

    jobs.Jobs.done = done_later
    jobs.Jobs.next_due = lambda _: 0  # and nobody sleeps while there is something to take
    unasked_input._update_of = lambda _: f"{JOB_PREFIX}{secrets.token_hex(8)}"


if __name__ == "__main__":
    loosen()
    sys.exit(main())
