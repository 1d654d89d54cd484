"""Stores what arrives at the same moment in one go: one thread and one commit for all of it."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

Waiting = list[tuple[Any, asyncio.Future[None]]]


class Batcher:
    """Collects on one loop while the last lot is being stored. store: may block; takes a list."""

    def __init__(self, store: Callable[[list[Any]], None]) -> None:
        self._store = store
        self._waiting: Waiting = []
        self._task: asyncio.Task[None] | None = None
        self.quiet = threading.Event()  # nothing is being stored
        self.quiet.set()

    async def put(self, one: Any) -> None:
        """Wait until something is stored. Errors: whatever `store` raises for it."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, stored))
        if self.quiet.is_set():
            self.quiet.clear()
            self._task = asyncio.create_task(self._flush())
        await stored

    async def _flush(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(0)  # what has come at the same moment comes along
                lot, self._waiting = self._waiting, []
                try:
                    await self._store_batch(lot)
                except Exception:  # noqa: BLE001 - which of them it was: each gets its own answer
                    for one in lot:
                        await self._alone(one)
        finally:
            self.quiet.set()

    async def _store_batch(self, lot: Waiting) -> None:
        await asyncio.to_thread(self._store, [one for one, _ in lot])
        for _, stored in lot:
            if not stored.done():
                stored.set_result(None)

    async def _alone(self, one: tuple[Any, asyncio.Future[None]]) -> None:
        try:
            await self._store_batch([one])
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it
            if not one[1].done():
                one[1].set_exception(error)
