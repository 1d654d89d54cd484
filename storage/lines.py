"""The inbox and the outbox: what waits is taken with a lease, and marked by who still has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.ports.records import Claimed, Received, SetAside
from storage import tables
from storage.engines import Commits
from storage.hot import Hot
from storage.rows import clean, marking

NOTHING: Mapping[str, str] = {}


class Lines:
    """The part of the store that is worked off in the order of each lane."""

    _commits: Commits
    _hot: Hot
    dialect: str

    # --- the inbox

    def receive(
        self, channel: str, updates: Sequence[tuple[str, str, str]], at: int, until: int = 0
    ) -> list[Received]:
        """Keep updates as they came, as (update id, lane, raw); those known already stay as is.

        until: whoever brings them has those that are first in their lane, leased until then.
        Gives what was leased; on PostgreSQL nothing is, since two could find a lane free at once.
        """
        rows = [
            {"channel": channel, "lane": lane, "at": at, "update_id": name, "raw": clean(raw)}
            for name, lane, raw in updates
        ]
        if not rows:
            return []
        return self._commits.run(
            lambda connection: self._hot.receive(connection.connection.cursor(), rows, until)
        )

    def take(self, channel: str, most: int, now: int, until: int) -> list[Received]:
        """Take the first waiting update of each lane, leased until a moment."""
        rows = self._claim("inbox", channel, most, now, until)
        return [
            Received(
                row.id, row.channel, row.lane, row.update_id, row.raw, row.attempt, row.failures,
                row.at,
            )
            for row in rows
        ]  # fmt: skip

    def put_back(self, received: Received, due: int, *, failed: bool) -> bool:
        """Let an update wait until a moment; False if somebody else has taken it since."""
        return self._mark("inbox", received, status=tables.WAITING, until=due, failed=failed)

    def finish(self, received: Received) -> bool:
        """Mark an update as done that asks for no turn."""
        return self._mark("inbox", received, status=tables.DONE)

    def set_aside(self, received: Received, reason: str) -> bool:
        """Take an update out of its lane for good, visibly."""
        return self._mark("inbox", received, status=tables.ASIDE, why=reason, failed=True)

    def aside(self) -> list[SetAside]:
        """List what was set aside in either line."""
        return [
            SetAside(line, *row)
            for line, statement in tables.SET_ASIDE.items()
            for row in self._commits.read(lambda c, s=statement: c.execute(s).all())  # type: ignore[misc]
        ]

    # --- the outbox

    def claim(self, channel: str, most: int, now: int, until: int) -> list[Claimed]:
        """Take the first waiting message of each lane for sending, leased until a moment."""
        rows = self._claim("outbox", channel, most, now, until)
        return [
            Claimed(
                row.id, row.channel, row.lane, row.conversation, row.kind, row.body, row.attempt,
                row.failures, row.uncertain, row.rank,
            )
            for row in rows
        ]  # fmt: skip

    def mark_sent(self, *sent: Claimed, shown: Mapping[str, str] = NOTHING) -> bool:
        """Mark messages as sent and forget their words; False if somebody else has one since.

        shown: by the token of some buttons, what the message that shows them is called.
        """

        def work(connection: Connection) -> bool:
            cursor = connection.connection.cursor()
            kept = self._hot.mark_sent(cursor, [(one.id, one.attempt) for one in sent])
            for key, known in kept.items():
                if not known:
                    connection.execute(tables.FAREWELL, {"key": key})
            if shown:
                self._hot.mark_shown(cursor, shown)
            return len(kept) == len(sent)

        return self._commits.run(work)

    def mark_later(
        self, claimed: Claimed, due: int, *, failed: bool = False, uncertain: bool = False
    ) -> bool:
        """Put a message back until a moment.

        failed: it counts towards giving up. uncertain: it may have arrived all the same.
        """
        return self._mark(
            "outbox", claimed, status=tables.WAITING, until=due, failed=failed, doubt=uncertain
        )

    def mark_failed(self, claimed: Claimed, reason: str) -> bool:
        """Set a message aside for good, with the reason."""
        return self._mark("outbox", claimed, status=tables.ASIDE, why=reason, failed=True)

    def next_due(self, line: str, channel: str) -> int | None:
        """Tell when the first of a line is due; None where nothing waits."""
        given = {"of": channel}
        row = self._commits.read(lambda c: c.execute(tables.NEXT_DUE[line], given).first())
        return None if row is None else int(row.due)

    # --- both

    def _claim(self, line: str, channel: str, most: int, now: int, until: int) -> list[Any]:
        statement = tables.CLAIM[line, self.dialect]
        given = {"of": channel, "most": most, "now": now, "until": until}
        given["far"] = until + (until - now)
        rows = self._commits.run(lambda connection: connection.execute(statement, given).all())
        return sorted(rows, key=lambda row: row.id)

    def _mark(self, line: str, taken: Received | Claimed, **mark: Any) -> bool:
        given = marking(taken, **mark)
        row = self._commits.run(lambda c: c.execute(tables.MARK[line], given).first())
        return row is not None
