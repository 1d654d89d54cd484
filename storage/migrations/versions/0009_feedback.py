"""What people asked without an answer, and what they said is wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make both tables; nothing in them leads to a person."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "asked_question",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asked_question"),
    )
    op.create_index("ix_asked_question_day", "asked_question", ["day"])
    op.create_table(
        "correction",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("card", sa.String(96), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
    )
