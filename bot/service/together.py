"""Stores what arrives at the same moment in one go: one thread and one commit for all of it."""

import asyncio
from collections.abc import Callable
from typing import Any

Waiting = list[tuple[Any, asyncio.Future[None]]]


class Together:
    """Collects on one loop while the last lot is being stored. store: may block; takes a list."""

    def __init__(self, store: Callable[[list[Any]], None]) -> None:
        self._store = store
        self._waiting: Waiting = []
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Tell whether something is being stored."""
        return self._task is not None and not self._task.done()

    async def put(self, one: Any) -> None:
        """Wait until something is stored. Errors: whatever `store` raises for it."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, stored))
        if not self.busy:
            self._task = asyncio.create_task(self._flush())
        await stored

    async def _flush(self) -> None:
        while self._waiting:
            lot, self._waiting = self._waiting, []
            try:
                await self._keep(lot)
            except Exception:  # noqa: BLE001 - which of them it was: each gets its own answer
                for one in lot:
                    await self._alone(one)

    async def _keep(self, lot: Waiting) -> None:
        await asyncio.to_thread(self._store, [one for one, _ in lot])
        for _, stored in lot:
            if not stored.done():
                stored.set_result(None)

    async def _alone(self, one: tuple[Any, asyncio.Future[None]]) -> None:
        try:
            await self._keep([one])
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it
            if not one[1].done():
                one[1].set_exception(error)
