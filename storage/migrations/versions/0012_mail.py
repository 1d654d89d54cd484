"""Lanes as long as an address of mail may be, and the addresses at which there is nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Widen the lanes, where their length counts, and make a table that belongs to a person."""
    if op.get_bind().dialect.name == "postgresql":  # SQLite heeds no length
        for queue in ("inbox", "outbox"):
            op.alter_column(queue, "lane", type_=sa.String(254))
    op.create_table(
        "gone_address",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "address", name="pk_gone_address"),
    )
    op.create_index("ix_gone_address_address", "gone_address", ["address"])
