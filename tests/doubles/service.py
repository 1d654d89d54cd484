"""What only the service can do, said beforehand."""

from collections import defaultdict, deque
from collections.abc import Iterable

from bot.core.dialogue.requests import (
    CarryLinkRequest,
    CarryLinkResponse,
    Request,
    Response,
    unserved,
)


class ScriptedService:
    """Answers what a turn asks of the service: by the kind of request, in order, each response once.

    A request that has no response left is answered with nothing, as where no service is. asked:
    every request with its response, as a scene writes them.
    """

    def __init__(self, responses: Iterable[tuple[str, str]] = ()) -> None:
        self.asked: list[str] = []
        self._left: defaultdict[str, deque[str]] = defaultdict(deque)
        for kind, text in responses:
            self._left[kind].append(text)

    def answer(self, request: Request) -> Response:
        left = self._left[request.kind]
        text = left.popleft() if left else ""
        self.asked.append(f"? {request.kind} → {text}" if text else f"? {request.kind}")
        if isinstance(request, CarryLinkRequest):
            return CarryLinkResponse(link=text)
        return unserved(request)

    def unasked(self) -> list[str]:
        """Return the kinds of request that have responses left."""
        return [kind for kind, left in self._left.items() if left]
