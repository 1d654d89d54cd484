"""What only the service can do, said beforehand."""

from collections import defaultdict, deque
from collections.abc import Iterable
from datetime import timedelta

from bot.core.dialogue.booking_requests import AboutMeetings
from bot.core.dialogue.requests import (
    CarryLinkRequest,
    CarryLinkResponse,
    PlanHistoryRequest,
    PlanVersionRequest,
    Request,
    Response,
    unserved,
)
from bot.core.plan.exchange import KeptVersion
from bot.core.plan.plan import Plan
from bot.ports.protocols import millis
from bot.ports.records import Update
from bot.ports.snapshot import NothingElse
from bot.service.plan_versions import give_plan_history, give_plan_version
from tests.doubles.clocks import NOON
from tests.doubles.scripted_meetings import ScriptedMeetings

IN_TELEGRAM = Update("people", "1", "1", 0)


class VersionsInMemory(NothingElse):
    """The versions of one plan, for a conversation that is kept nowhere."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, str]] = {}

    def keep(self, plan: Plan | None) -> None:
        """Keep a version, as made so many minutes after noon as its number says."""
        if plan is not None and plan.version > 1 and plan.version not in self._kept:
            version = KeptVersion(number=plan.version, last=plan.last, items=plan.items)
            at = millis(NOON + timedelta(minutes=plan.version))
            self._kept[plan.version] = (at, version.model_dump_json())

    def plan_versions(self, _conversation: str, last: int, most: int) -> list[tuple[int, str]]:
        numbers = [number for number in sorted(self._kept) if number <= last][-most:]
        return [self._kept[number] for number in numbers]


class ScriptedService:
    """Answers what a turn asks of the service: by the kind of request, in order, each response once.

    A request that has no response left is answered with nothing, as where no service is. asked:
    every request with its response, as a scene writes them.
    """

    def __init__(
        self,
        responses: Iterable[tuple[str, str]] = (),
        versions: VersionsInMemory | None = None,
        meetings: ScriptedMeetings | None = None,
    ) -> None:
        self.asked: list[str] = []
        self._versions = versions
        self._meetings = ScriptedMeetings() if meetings is None else meetings
        self._left: defaultdict[str, deque[str]] = defaultdict(deque)
        for kind, text in responses:
            self._left[kind].append(text)

    def answer(self, request: Request) -> Response:
        left = self._left[request.kind]
        text = left.popleft() if left else ""
        self.asked.append(f"? {request.kind} → {text}" if text else f"? {request.kind}")
        if isinstance(request, AboutMeetings):
            return self._meetings.answer(request, text)
        if isinstance(request, CarryLinkRequest):
            return CarryLinkResponse(link=text)
        if self._versions is not None and isinstance(request, PlanHistoryRequest):
            return give_plan_history(request, self._versions, IN_TELEGRAM)
        if self._versions is not None and isinstance(request, PlanVersionRequest):
            return give_plan_version(request, self._versions, IN_TELEGRAM)
        return unserved(request)

    def unasked(self) -> list[str]:
        """Return the kinds of request that have responses left."""
        return [kind for kind, left in self._left.items() if left]
