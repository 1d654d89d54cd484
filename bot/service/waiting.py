"""Waiting for an event, with an end to it."""

import asyncio
from contextlib import suppress

STORE_POLL = 0.5  # seconds between looks into the store when nobody wakes us


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, or for some seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


async def wake_to_stop(stop: asyncio.Event, wake: asyncio.Event) -> None:
    """Wake a worker that is to stop."""
    await stop.wait()
    wake.set()
