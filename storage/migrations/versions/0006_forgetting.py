"""Indexes by which a person is forgotten without looking through everybody's rows."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the indexes; the one by the moment alone is not needed beside the one with `brief`."""
    of_somebody = sa.text("lane <> ''")
    op.create_index(
        "ix_inbox_lane_channel", "inbox", ["lane", "channel"],
        postgresql_where=of_somebody, sqlite_where=of_somebody,
    )
    op.create_index("ix_conversation_brief_at", "conversation", ["brief", "at"])
    op.drop_index("ix_conversation_at", "conversation")
    op.create_index("ix_code_until", "code", ["until"])
