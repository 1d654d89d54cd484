"""Earlier versions of a plan, for a turn that tells what has changed, or goes back."""

from collections.abc import Sequence

from pydantic import ValidationError

from bot.core.dialogue.requests import (
    PlanHistoryRequest,
    PlanHistoryResponse,
    PlanVersionRequest,
    PlanVersionResponse,
)
from bot.core.plan.history import KeptVersion
from bot.ports.protocols import moment_of
from bot.ports.records import Update
from bot.ports.snapshot import Snapshot
from bot.service.device_links import PULLED_CHANNEL

MOST_TOLD = 5  # in a conversation; the page has them all


def give_plan_history(
    request: PlanHistoryRequest, snapshot: Snapshot, update: Update
) -> PlanHistoryResponse:
    """Return the latest versions, and the one before them: without it nobody knows what the first of them changed."""
    kept = snapshot.plan_versions(update.conversation, request.version, MOST_TOLD + 1)
    place = "on_page" if update.channel == PULLED_CHANNEL else "here"
    return PlanHistoryResponse(versions=read_versions(kept), most=MOST_TOLD, place=place)


def give_plan_version(
    request: PlanVersionRequest, snapshot: Snapshot, update: Update
) -> PlanVersionResponse:
    """Return the version of a number; none where it is not kept any more."""
    kept = snapshot.plan_versions(update.conversation, request.number, 1)
    named = [one for one in read_versions(kept) if one.number == request.number]
    return PlanVersionResponse(kind=request.kind, found=named[0] if named else None)


def read_versions(kept: Sequence[tuple[int, str]]) -> tuple[KeptVersion, ...]:
    """Return versions as they were kept; one that cannot be read, by a newer program, is left out."""
    found: list[KeptVersion] = []
    for at, body in kept:
        try:
            version = KeptVersion.model_validate_json(body)
        except ValidationError:  # kept by a newer program; what it says is not lost
            continue
        found.append(version.model_copy(update={"at": moment_of(at)}))
    return tuple(found)
