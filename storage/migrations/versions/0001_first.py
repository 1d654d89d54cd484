"""Conversations, what happened in them, what came in, and what is to be sent."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _line(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("lane", sa.String(96), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    waiting = sa.text("status < 2")
    op.create_index(
        f"ix_{name}_open", name, ["channel", "lane", "id"],
        postgresql_where=waiting, sqlite_where=waiting,
    )
    first = ["channel", "rank", "id"] if name == "outbox" else ["channel", "id"]
    op.create_index(
        f"ix_{name}_next", name, first, postgresql_where=waiting, sqlite_where=waiting
    )
    op.create_index(f"ix_{name}_settled", name, ["status", "at"])


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("brief", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_index("ix_conversation_at", "conversation", ["at"])
    op.create_table(
        "event",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_conversation", "event", ["conversation"])
    _line(
        "inbox",
        sa.Column("update_id", sa.String(64), nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
    )
    op.create_index("uq_inbox_channel_update_id", "inbox", ["channel", "update_id"], unique=True)
    _line(
        "outbox",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("uncertain", sa.Boolean, nullable=False),
    )
    op.create_index("ix_outbox_conversation", "outbox", ["conversation"])
