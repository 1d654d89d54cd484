"""What was imported of ESCO and O*NET."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of imported records."""
    op.create_table(
        "imported",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("id", sa.String(160), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_imported"),
    )
    op.create_index("ix_imported_revision", "imported", ["revision"])
