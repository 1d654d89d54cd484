"""A process that takes turns until it is killed, saying each one once it is durable."""

import sys

from bot.core.turns import Kept, Loaded, Outgoing, Update
from storage.store import Store


def work(name: str, loaded: Loaded) -> Kept:
    seen = [*filter(None, (loaded.state or "").split(",")), name]
    return Kept(",".join(seen), "", (("answered", name),), (Outgoing("message", name),))


def run(url: str, first: int) -> None:
    store = Store(url)
    print("ready", flush=True)
    number = first
    while True:
        name = str(number)
        key = f"c{number % 5}"
        store.turn(Update("web", key, name, number), lambda loaded, n=name: work(n, loaded))
        print(name, flush=True)
        number += 1


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
