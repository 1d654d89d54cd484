"""Which message of a messenger shows which buttons, and the question they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Remember where buttons were shown."""
    with op.batch_alter_table("keyboard") as table:
        table.add_column(sa.Column("ask", sa.Integer, nullable=True))
        table.add_column(sa.Column("message", sa.String(32), nullable=True))
