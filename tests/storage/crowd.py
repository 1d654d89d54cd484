"""Many people who want something at the same moment."""

import time
from collections import Counter

from bot.ports.effects import KeepBooking, SendMessage
from bot.ports.records import TurnResult, Update
from storage.store import Store
from tests.bench.figures import spread
from tests.storage.booked import DAY, HOUR, NOW, booking, holding
from tests.storage.turns import together

CROWD, SEATS = 32, 10
OVERLAPS = """
SELECT count(*) FROM counsellor_time AS a JOIN counsellor_time AS b
  ON a.counsellor = b.counsellor AND a.meeting < b.meeting AND a.takes AND b.takes
  AND a.blocked_from < b.blocked_to AND b.blocked_from < a.blocked_to"""


class Crowd:
    """People who all want something at once, at the stores of some processes; what became of it, how long each waited."""

    def __init__(self, url, processes=2):
        self.stores = [Store(url) for _ in range(processes)]
        self.waits, self.raised = [], []
        self.said = Counter()
        self.computed = 0

    def close(self):
        for store in self.stores:
            store.close()

    def rush(self, number, want, at_once=CROWD):
        """Let them all take a turn at the same moment. want: makes the turn's result of what is stored, and of who it is.

        Gives what they were told, as often as each.
        """
        told = [None] * at_once

        def turn(who):
            def work(stored):
                self.computed += 1
                told[who], effects = want(stored, who)
                return TurnResult("1", effects=(SendMessage("m", told[who]), *effects))

            begun = time.perf_counter()
            update = Update("web", f"p{who} {number}", f"u{who} {number}", NOW)
            self.stores[who % len(self.stores)].turns.run(update, work)
            self.waits.append((time.perf_counter() - begun) * 1000)

        self.raised += together(*[lambda who=who: turn(who) for who in range(at_once)])
        self.said.update(told)
        return Counter(told)

    def count(self, sql):
        return self.stores[0]._transactions.read(lambda c: c.exec_driver_sql(sql).scalar_one())

    def show(self, what):
        turns = f"{len(self.waits)} turns, computed {self.computed} times"
        said = f"{dict(self.said)}, {turns}, {spread(self.waits)} ms"
        print(f"\n{self.stores[0].dialect}, {what}: {said}")


def want_hour(number):
    """A turn that takes an hour of Anna's if it is free, and says how that was."""
    start = NOW + DAY + number * DAY

    def want(stored, who):
        if stored.snapshot.busy(["anna"], start, start + HOUR, NOW):
            return "taken", ()
        return "yours", holding(f"m{who} {number}", start, conversation=f"p{who} {number}")

    return want


def want_place(key):
    """A turn that takes the first free place of a group, and says whether there was one."""

    def want(stored, who):
        found = stored.snapshot.meeting(key)
        taken = {one.seat for one in found.bookings if one.takes}
        free = [seat for seat in range(found.meeting.seats) if seat not in taken]
        if not free:
            return "full", ()
        row = booking(f"b{who} {key}", f"p{who} {key}", of=key, seat=free[0])
        return "yours", (KeepBooking(row, 0, NOW, meeting_version=found.meeting.version),)

    return want
