"""Stores what arrives at the same moment in one go: one thread and one commit for all of it."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

Item = tuple[Any, asyncio.Future[None]]  # what is to be stored, and what its bringer waits for


class Batcher:
    """Collects items on one loop while the batch before is being stored.

    store: stores a list of them; it may block.
    """

    def __init__(self, store: Callable[[list[Any]], None]) -> None:
        self._store = store
        self._waiting: list[Item] = []
        self._task: asyncio.Task[None] | None = None
        self.quiet = threading.Event()  # nothing is being stored
        self.quiet.set()

    async def put(self, item: Any) -> None:
        """Wait until an item is stored. Errors: whatever `store` raises for it."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, stored))
        if self.quiet.is_set():
            self.quiet.clear()
            self._task = asyncio.create_task(self._flush())
        await stored

    async def _flush(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(0)  # what has come at the same moment comes along
                batch, self._waiting = self._waiting, []
                try:
                    await self._store_batch(batch)
                except Exception:  # noqa: BLE001 - which of them it was: each gets its own answer
                    for waiting in batch:
                        await self._store_alone(*waiting)
        finally:
            self.quiet.set()

    async def _store_batch(self, batch: list[Item]) -> None:
        await asyncio.to_thread(self._store, [item for item, _ in batch])
        for _, stored in batch:
            if not stored.done():  # who brought it may have gone
                stored.set_result(None)

    async def _store_alone(self, item: Any, stored: asyncio.Future[None]) -> None:
        try:
            await self._store_batch([(item, stored)])
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it
            if not stored.done():
                stored.set_exception(error)
