"""Where a conversation can be reached, the buttons it has been sent, and one-time codes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the messenger."""
    op.create_table(
        "address",
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name="pk_address"),
    )
    op.create_index("ix_address_conversation", "address", ["conversation"])
    op.create_table(
        "keyboard",
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_keyboard"),
    )
    op.create_index("ix_keyboard_conversation", "keyboard", ["conversation"])
    op.create_table(
        "code",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_code"),
    )
    op.create_index("ix_code_conversation", "code", ["conversation"])
