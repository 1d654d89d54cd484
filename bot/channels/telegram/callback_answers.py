"""Presses answered as soon as they are kept, so that no button keeps turning."""

import asyncio
import logging
from collections import deque

from bot.channels.telegram.protocol import AnswerPress, Driver

PRESSES_AT_ONCE = 8  # calls at a time
MOST_WAITING_PRESSES = (
    1000  # presses that wait for their answer; of more, the oldest turn until they run out
)
logger = logging.getLogger(__name__)


class CallbackAnswers:
    """Answers presses beside everything else.

    An answer says nothing; it only ends the clock on the button, and is of no use when it is late.
    So it is not kept in the outbox, not tried again, and has no place in the pace: Telegram takes
    `answerCallbackQuery` without any limit (tdlib/telegram-bot-api, issues 636 and 648).
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._queries: deque[str] = deque(maxlen=MOST_WAITING_PRESSES)
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, query: str) -> None:
        """Answer one press, on the running loop."""
        self._queries.append(query)
        if len(self._tasks) < PRESSES_AT_ONCE:
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Leave a moment to what is being answered."""
        self._queries.clear()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=1)
            for task in late:
                task.cancel()

    async def _work(self) -> None:
        while self._queries:
            try:
                await self._driver.send(AnswerPress(query=self._queries.popleft()), "")
            except Exception:
                logger.exception("a press was not answered")
