"""The buttons a messenger was sent: what each stands for, and which message shows them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Column, Integer, String, Table, Text

from bot.ports.effects import Keyboard
from storage.connections.base import Transactions
from storage.lookups import Lookup
from storage.rows import clean
from storage.schema import metadata

keyboard: Final = Table(
    "keyboard",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("conversation", String(64), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("ask", Integer),  # the number of the question, and the message that shows it
    Column("message", String(32)),
)

FIND: Final = Lookup("SELECT body FROM keyboard WHERE token = :token")
SHOWING: Final = Lookup("""
SELECT body, message FROM keyboard
WHERE conversation = :key AND ask = :ask AND message IS NOT NULL""")
KEEP: Final = {
    "sqlite": """
INSERT INTO keyboard (token, conversation, body, ask)
SELECT json_extract(value, '$.token'), json_extract(value, '$.key'),
  json_extract(value, '$.body'), json_extract(value, '$.ask')
FROM json_each(:rows) WHERE true
ON CONFLICT (token) DO UPDATE SET body = excluded.body""",
    "postgresql": """
INSERT INTO keyboard (token, conversation, body, ask)
SELECT one->>'token', one->>'key', one->>'body', (one->>'ask')::bigint
FROM json_array_elements(%(rows)s) AS t(one)
ON CONFLICT (token) DO UPDATE SET body = excluded.body""",
}
MARK_SHOWN: Final = {
    "sqlite": """
UPDATE keyboard SET message = shown.message
FROM (SELECT json_extract(value, '$[0]') AS token, json_extract(value, '$[1]') AS message
  FROM json_each(:rows)) AS shown
WHERE keyboard.token = shown.token""",
    "postgresql": """
UPDATE keyboard SET message = shown.message
FROM (SELECT one->>0 AS token, one->>1 AS message
  FROM json_array_elements(%(rows)s) AS t(one)) AS shown
WHERE keyboard.token = shown.token""",
}
FIELDS: Final = tuple(field.name for field in fields(Keyboard))


def keep(cursor: Any, dialect: str, keyboards: Sequence[tuple[str, Keyboard]]) -> None:
    """Keep buttons as they are now, each with the conversation they belong to."""
    if keyboards:
        rows = [_to_row(key, one) for key, one in keyboards]
        cursor.execute(KEEP[dialect], {"rows": json.dumps(rows)})


def mark_shown(cursor: Any, dialect: str, shown: Mapping[str, str]) -> None:
    """Note by the token of some buttons what the message that shows them is called."""
    if shown:
        cursor.execute(MARK_SHOWN[dialect], {"rows": json.dumps(list(shown.items()))})


class Keyboards:
    """The buttons of the store. They are kept by a turn."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def find(self, token: str) -> Keyboard | None:
        """Return the buttons a token stands for."""
        body = FIND.first(self._transactions, token=token)
        return None if body is None else _from_body(body)

    def showing(self, key: str, ask: int) -> list[tuple[Keyboard, str]]:
        """Return the messages of a conversation that show a question's buttons, each with them."""
        rows = SHOWING.rows(self._transactions, key=key, ask=ask)
        return [(_from_body(body), message) for body, message in rows]


def _to_row(key: str, keyboard: Keyboard) -> dict[str, Any]:
    values = {name: getattr(keyboard, name) for name in FIELDS}
    body = clean(json.dumps(values, ensure_ascii=False))
    return {"token": keyboard.token, "key": key, "body": body, "ask": keyboard.ask}


def _from_body(text: str) -> Keyboard:
    body: dict[str, Any] = json.loads(text)
    lists = {name: tuple(value) for name, value in body.items() if isinstance(value, list)}
    return Keyboard(**(body | lists))
