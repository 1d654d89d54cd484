"""The job that looks behind watched plans when the content or the day is another, and plans what is to be told."""

from hashlib import blake2b

from bot.core.dialogue.inputs import PlanDue
from bot.core.dialogue.plan_turns import changed_behind
from bot.ports.protocols import millis
from bot.ports.records import Job
from bot.service.conversations import DurableConversations
from bot.service.jobs.scheduler import GoingOn, JobKind
from bot.service.jobs.unasked_input import plan_input
from bot.service.kept_form import read_session

LOOK_BEHIND_EVERY = 3600.0  # seconds; and whenever a process starts, as one does with new content
PORTION_LOOKED_AT = 100  # plans between two commits


def plan_watch(conversations: DurableConversations) -> JobKind:
    """Return the job that looks through the watched plans that were not looked at by this content on this day."""
    store, dialogue = conversations.store, conversations.dialogue

    def run(_job: Job, going_on: GoingOn) -> bool:
        world = dialogue.world()
        looked = f"{dialogue.library.release}/{world.today}"
        last = ""
        while keys := store.plans.to_look_at(looked, last, PORTION_LOOKED_AT):
            last = keys[-1]
            if not going_on():
                return False
            for key in keys:
                plan = read_session(store.conversations.load(key)).plan
                if plan is not None and changed_behind(dialogue.library, plan, world.today):
                    now = millis(world.now)
                    # told by the turn, which looks once more: what is told is noted with it
                    due = PlanDue(what="watch", on=world.today)
                    planned = plan_input(key, _job_key(key, looked), now, due)
                    store.jobs.schedule(planned, now)
            store.plans.note_looked(keys, looked)
        return True

    return JobKind("plan_watch", run, LOOK_BEHIND_EVERY)


def _job_key(conversation: str, looked: str) -> str:
    """Return the name of the job that tells of one look: what was told by it is not told by it again."""
    return f"watch:{blake2b(f'{conversation}/{looked}'.encode(), digest_size=16).hexdigest()}"
