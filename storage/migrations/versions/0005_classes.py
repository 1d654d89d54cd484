"""What is noted of a class that looks at its interests together."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table of notes; nothing in it leads to a person."""
    op.create_table(
        "class_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("class_code", sa.String(16), nullable=False),
        sa.Column("word", sa.String(8), nullable=False),
    )
    op.create_index("ix_class_note_class_code", "class_note", ["class_code"])
