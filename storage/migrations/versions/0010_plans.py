"""Earlier versions of plans, links that show some of one, when these were opened, and plans that are watched."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the four tables; all of them belong to a person."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "plan_version",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_version"),
    )
    op.create_index("uq_plan_version_number", "plan_version", ["conversation", "number"], unique=True)
    op.create_table(
        "plan_share",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("share", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_plan_share"),
    )
    op.create_index("ix_plan_share_conversation", "plan_share", ["conversation"])
    op.create_table(
        "share_opened",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("share", sa.String(8), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_share_opened"),
    )
    op.create_index("ix_share_opened_conversation", "share_opened", ["conversation"])
    op.create_table(
        "plan_watch",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("looked", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_plan_watch"),
    )
    op.create_index("ix_plan_watch_looked", "plan_watch", ["looked"])
