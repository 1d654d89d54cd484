"""What is looked up for nearly every message: plain SQL, one statement each, beside the writers."""

from typing import Any

from bot.ports.records import Keyboard, Loaded
from storage.connections.base import Transactions
from storage.hot import named
from storage.rows import keyboard_of

LOAD = "SELECT state, version, said FROM conversation WHERE id = {key}"
WHOSE = "SELECT conversation FROM address WHERE channel = {channel} AND account = {account}"
BUTTONS = "SELECT body FROM keyboard WHERE token = {token}"
SHOWING = """
SELECT body, message FROM keyboard
WHERE conversation = {key} AND ask = {ask} AND message IS NOT NULL"""
KNOWN_CODE = """
SELECT conversation FROM code WHERE code = {key} AND purpose = {purpose} AND until >= {now}"""
FORMS = {
    dialect: {sql: named(sql, form) for sql in (LOAD, WHOSE, BUTTONS, SHOWING, KNOWN_CODE)}
    for dialect, form in (("sqlite", ":{}"), ("postgresql", "%({})s"))
}


class Looks:
    """The part of the store that only looks."""

    _commits: Transactions
    dialect: str

    def load(self, key: str) -> Loaded:
        """Read a conversation without a turn."""
        for row in self._look(LOAD, key=key):
            return Loaded(*row)
        return Loaded(None, 0)

    def whose(self, channel: str, account: str) -> str | None:
        """Tell whose conversation an account has."""
        return self._first(WHOSE, channel=channel, account=account)

    def keyboard(self, token: str) -> Keyboard | None:
        """Find the buttons a token stands for."""
        body = self._first(BUTTONS, token=token)
        return None if body is None else keyboard_of(body)

    def showing(self, key: str, ask: int) -> list[tuple[Keyboard, str]]:
        """List the messages that show a question's buttons, each with its keyboard."""
        rows = self._look(SHOWING, key=key, ask=ask)
        return [(keyboard_of(body), message) for body, message in rows]

    def known_code(self, code: str, purpose: str, now: int) -> str | None:
        """Tell what a code opens, without taking it; None where it is unknown, used or too old."""
        return self._first(KNOWN_CODE, key=code, purpose=purpose, now=now)

    def _first(self, sql: str, **given: Any) -> str | None:
        rows = self._look(sql, **given)
        return str(rows[0][0]) if rows else None

    def _look(self, sql: str, **given: Any) -> list[Any]:
        own = FORMS[self.dialect][sql]
        return self._commits.fast_read(lambda cursor: list(cursor.execute(own, given).fetchall()))
