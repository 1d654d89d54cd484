"""Turns as the tests of the store take them."""

import threading

from bot.ports.effects import SendMessage
from bot.ports.records import TurnResult, Update
from storage.schema import metadata


def add(loaded):
    return TurnResult(
        state=str(int(loaded.state or 0) + 1),
        events=(("answered", "start/who"),),
        effects=(SendMessage("message", f"m{loaded.version + 1}"),),
    )


def update(key, name):
    return Update("web", key, f"{key}-{name}", 1000)


def together(*works):
    """Run works in threads at the same moment; give what they raised."""
    raised = []
    barrier = threading.Barrier(len(works))

    def run(work):
        barrier.wait()
        try:
            work()
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def everything(store):
    """All rows of all tables."""
    return {
        table.name: [tuple(row) for row in store._transactions.read(lambda c, t=table: c.execute(t.select()).all())]
        for table in metadata.sorted_tables
    }  # fmt: skip
