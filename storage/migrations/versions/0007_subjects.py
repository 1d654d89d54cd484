"""What a code is for, counsellors with an id, what is noted of a class in two columns."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Rename, divide, and make a counsellor of each name that a code or an account leads to."""
    op.execute("ALTER TABLE code RENAME COLUMN conversation TO subject")
    op.drop_index("ix_code_conversation", "code")
    op.create_index("ix_code_subject", "code", ["subject"])
    for name in ("kind", "letters"):
        op.add_column("class_note", sa.Column(name, sa.String(16), nullable=False, server_default=""))
    op.execute("UPDATE class_note SET kind = 'begun' WHERE word = 'begun'")
    op.execute("UPDATE class_note SET kind = 'finished', letters = word WHERE word <> 'begun'")
    op.execute("ALTER TABLE class_note DROP COLUMN word")
    op.create_table(
        "counsellor",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counsellor"),
    )
    _add_counsellors()


def _add_counsellors() -> None:
    """Until now a name stood where a key stands; two of one name may well be two people."""
    connection = op.get_bind()
    add = sa.text("INSERT INTO counsellor (id, name, created_at) VALUES (:id, :name, :at)")
    codes = sa.text("SELECT code AS own, subject AS name, 0 AS at FROM code WHERE purpose = 'desk'")
    accounts = sa.text(
        "SELECT account AS own, conversation AS name, at FROM address WHERE channel = 'desk'"
    )
    for found, change in (
        (codes, sa.text("UPDATE code SET subject = :id WHERE code = :own")),
        (
            accounts,
            sa.text("UPDATE address SET conversation = :id WHERE channel = 'desk' AND account = :own"),
        ),
    ):
        for row in connection.execute(found).all():
            made = {"id": secrets.token_hex(8)}
            connection.execute(add, made | {"name": row.name, "at": row.at})
            connection.execute(change, made | {"own": row.own})
