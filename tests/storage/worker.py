"""A process of the service that lives until it is killed. Says `turn N` once a turn is durable, `unknown` of one that failed.

Roles: `receive` puts updates into the inbox, some of them twice; `work` works off inbox and outbox
and takes turns of its own in one hot conversation; `book` is in `booker.py`. A planted fault takes one guard away.
"""

import asyncio
import http.client
import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from bot.errors import StorageError
from bot.ports.effects import SendMessage
from bot.ports.records import (
    InboxItem,
    OutboxItem,
    StoredConversation,
    TurnOutcome,
    TurnRequest,
    TurnResult,
    Update,
)
from bot.service.queues.delivery import Delivery, RetryLater, Sent
from bot.service.queues.inbox_worker import InboxWorker
from bot.service.queues.outbox_worker import OutboxWorker, RateLimiter
from storage.store import Store
from tests.doubles.clocks import GoingClock
from tests.storage.booker import book
from tests.storage.faults import plant

LANES = 6
AWAY = 0.3  # seconds until what failed is tried again
LEASE = 0.6  # seconds; short, so that what a killed worker held is soon free


def counted(name: str, loaded: StoredConversation) -> TurnResult:
    """Add a name to the conversation, slowly enough to be killed in the middle."""
    time.sleep(random.uniform(0, 0.02))
    seen = [*filter(None, (loaded.state or "").split(",")), name]
    return TurnResult(",".join(seen), "", (("answered", name),), (SendMessage("message", name),))


def receive(store: Store, first: int, say: Callable[[str], None]) -> None:
    number = first
    while True:
        batch = [*range(max(0, number - 3), number), number, number + 1]
        updates = [(str(one), f"lane{one % LANES}", str(one)) for one in batch]
        # what is leased to it nobody works off before the lease ends, as if it had been killed
        until = int((time.time() + LEASE) * 1000) if random.random() < 0.2 else 0
        try:
            store.inbox.receive("bot", updates, 1000 + number, until)
        except StorageError:  # the server is away; whoever brings it brings it again
            time.sleep(AWAY)
            continue
        number += 2
        say(f"received {number}")
        time.sleep(0.01)


def take_hot_turns(store: Store, say: Callable[[str], None]) -> None:
    number = 0
    while True:
        name = f"{os.getpid()}-{number}"
        update = Update("hot", "hot", name, 1)
        try:
            store.turns.run(update, lambda loaded: TurnResult(str(int(loaded.state or 0) + 1)))
            say(f"turn {name}")
        except StorageError:
            say("unknown")
            time.sleep(AWAY)
        number += 1
        time.sleep(0.01)


async def send(port: int, claimed: OutboxItem) -> Delivery:
    def post() -> Delivery:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("POST", "/", f"{claimed.lane}\n{claimed.body}")
            status = connection.getresponse().status
        except OSError:
            return RetryLater(0.05, uncertain=True)
        except http.client.HTTPException:
            return RetryLater(0.05, uncertain=True)
        finally:
            connection.close()
        return Sent() if status == 200 else RetryLater(0.05, counted=False)

    return await asyncio.to_thread(post)


async def work(store: Store, port: int, fault: str) -> None:
    def handle(received: InboxItem) -> TurnRequest:
        lane, hold = received.lane, sending.until() if random.random() < 0.7 else 0
        update = Update("bot", lane, received.update, received.at, lane, hold)
        return TurnRequest(update, lambda loaded: counted(received.raw, loaded))

    def kept(dones: Sequence[TurnOutcome]) -> None:
        for done in dones:
            if done.leased:
                sending.add_leased(done)
            else:
                sending.request_poll()
        loop.call_soon_threadsafe(answer.set)

    async def deliver(claimed: OutboxItem) -> Delivery:
        delivery = await send(port, claimed)
        if fault == "a failure taken as sent" and delivery == RetryLater(0.05, counted=False):
            return Sent()
        return delivery

    stop, answer = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    clock = GoingClock()
    intake = InboxWorker(store, "bot", clock, handle, kept, lease=LEASE)
    pace = RateLimiter(rate=10_000, rest=0)
    sending = OutboxWorker(store.outbox, "bot", clock, deliver, pace=pace, lease=LEASE * 5)
    await asyncio.gather(intake.run(stop, asyncio.Event()), sending.run(stop, answer))


def main(role: str, url: str, number: int, fault: str, told: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a kill makes the libraries say is no news
    plant(fault)
    store = Store(url)
    if role == "receive":
        receive(store, number, told.send)
    if role == "book":
        book(store, told.send)
    if role == "work":
        threading.Thread(target=take_hot_turns, args=(store, told.send), daemon=True).start()
        asyncio.run(work(store, number, fault))
