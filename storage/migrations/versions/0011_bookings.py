"""Counsellors with their hours, meetings and bookings, who waits for one, and what is handed on.

Nothing can take a counsellor's time twice: PostgreSQL has an exclusion constraint, SQLite triggers. btree_gist is not
needed, since a range of one word equals only itself. The institution stands in it with `=`, so that the table can be
divided by it, and is the counsellor's own by a foreign key: of one counsellor there are never two.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

EXCLUDED = """
ALTER TABLE counsellor_time ADD CONSTRAINT ex_counsellor_time_overlap EXCLUDE USING gist (
  word_range(institution, institution, '[]') WITH =,
  word_range(counsellor, counsellor, '[]') WITH =,
  int8range(blocked_from, blocked_to) WITH &&) WHERE (takes)"""
TRIGGER = """
CREATE TRIGGER counsellor_time_{event} BEFORE {event} ON counsellor_time WHEN NEW.takes BEGIN
  SELECT RAISE(ABORT, 'overlap') WHERE EXISTS (
    SELECT 1 FROM counsellor_time AS other
    WHERE other.counsellor = NEW.counsellor AND other.institution = NEW.institution AND other.takes
      AND other.blocked_to > NEW.blocked_from AND other.blocked_from < NEW.blocked_to
      {besides});
END"""


def upgrade() -> None:
    """Widen counsellors, of whom those that are there have no profile yet, and make the tables."""
    _widen_counsellors()
    _make_meetings()
    _make_bookings()
    _make_waiting()
    _make_handoffs()


def _widen_counsellors() -> None:
    for name, length in (("institution", 160), ("place", 64), ("email", 320)):
        op.add_column("counsellor", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.add_column("counsellor", sa.Column("body", sa.Text, nullable=False, server_default=""))
    for name in ("active", "example"):
        op.add_column("counsellor", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    for name in ("version", "revision"):
        op.add_column("counsellor", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("ix_counsellor_revision", "counsellor", ["revision"])
    op.create_index("uq_counsellor_institution_id", "counsellor", ["institution", "id"], unique=True)


def _kept(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table whose rows are kept whole."""
    op.create_table(
        name,
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("institution", sa.String(160), nullable=False),
        *columns,
        sa.Column("example", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _word(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    some = sa.text(where)
    op.create_index(name, table, columns, unique=unique, postgresql_where=some, sqlite_where=some)


def _make_meetings() -> None:
    _kept(
        "meeting",
        _word("kind", 64),
        sa.Column("counsellors", sa.Text, nullable=False),
        *(_number(name) for name in ("start", "end", "blocked_from", "blocked_to")),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
    )
    op.create_index("ix_meeting_start", "meeting", ["start"])
    _partial("ix_meeting_group", "meeting", ["kind", "start"], "open AND seats > 1")
    op.create_table(
        "counsellor_time",
        _word("meeting", 64),
        _word("counsellor", 32),
        _word("institution", 160),
        _number("blocked_from"),
        _number("blocked_to"),
        sa.Column("takes", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("meeting", "counsellor", name="pk_counsellor_time"),
        sa.ForeignKeyConstraint(
            ["institution", "counsellor"], ["counsellor.institution", "counsellor.id"],
            name="fk_counsellor_time_counsellor", onupdate="CASCADE",
        ),
        # an empty time would overlap with none
        sa.CheckConstraint("blocked_from < blocked_to", name="ck_counsellor_time_forward"),
    )
    op.create_index("ix_counsellor_time_busy", "counsellor_time", ["counsellor", "blocked_to"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute('CREATE TYPE word_range AS RANGE (subtype = text, collation = "C")')
        op.execute(EXCLUDED)
    else:
        op.execute(TRIGGER.format(event="INSERT", besides=""))
        op.execute(TRIGGER.format(event="UPDATE", besides="AND other.rowid <> NEW.rowid"))


def _make_bookings() -> None:
    _kept(
        "booking",
        _word("meeting", 64),
        _word("conversation", 64, nullable=True),
        _word("whom", 300),
        _word("kind", 64),
        sa.Column("seat", sa.Integer, nullable=False),
        sa.Column("takes", sa.Boolean, nullable=False),
        sa.Column("sole", sa.Boolean, nullable=False),
        _word("state", 16),
        _number("hold_until", nullable=True),
        _word("code", 64),
    )
    op.create_index("ix_booking_meeting", "booking", ["meeting"])
    op.create_index("ix_booking_conversation", "booking", ["conversation"])
    _partial("ix_booking_hold_until", "booking", ["hold_until"], "takes AND hold_until IS NOT NULL")
    _partial("ix_booking_nobodys", "booking", ["id"], "conversation IS NULL AND body <> ''")
    _partial("uq_booking_meeting_seat", "booking", ["meeting", "seat"], "takes", unique=True)
    of_somebody = "sole AND conversation IS NOT NULL"
    _partial("uq_booking_sole", "booking", ["conversation", "whom", "kind"], of_somebody, unique=True)
    _partial("uq_booking_code", "booking", ["code"], "code <> ''", unique=True)


def _make_waiting() -> None:
    _kept(
        "waiting",
        _word("conversation", 64),
        _word("state", 16),
        _word("kind", 64),
        sa.Column("also", sa.Text, nullable=False),
        _word("place", 64),
        sa.Column("group", sa.Integer, nullable=False),
        _number("made"),
        _word("booking", 64),
    )
    op.create_index("ix_waiting_conversation", "waiting", ["conversation"])
    _partial("ix_waiting_place", "waiting", ["place", "group", "made", "id"], "state = 'waiting'")
    _partial("ix_waiting_offered", "waiting", ["booking"], "state = 'offered'")
    _kept(
        "invitation",
        _word("place", 64),
        _word("kind", 64),
        _word("state", 16),
        _number("made"),
        _number("until"),
    )
    key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "no_time",
        sa.Column("id", key, autoincrement=True, nullable=False),
        _word("day", 10),
        _word("place", 64),
        _word("kind", 64),
        sa.PrimaryKeyConstraint("id", name="pk_no_time"),
    )
    op.create_index("ix_no_time_day", "no_time", ["day"])
    op.create_table(
        "no_time_mark",
        _word("conversation", 64),
        _word("place", 64),
        _word("kind", 64),
        _number("until"),
        sa.PrimaryKeyConstraint("conversation", "place", "kind", name="pk_no_time_mark"),
    )
    op.create_index("ix_no_time_mark_until", "no_time_mark", ["until"])


def _make_handoffs() -> None:
    _kept(
        "handoff",
        _word("conversation", 64),
        _word("booking", 64),
        _word("counsellor", 32),
        _word("state", 16),
        _number("made"),
        _number("due", nullable=True),
    )
    op.create_index("ix_handoff_conversation", "handoff", ["conversation"])
    op.create_index("ix_handoff_counsellor_state", "handoff", ["counsellor", "state"])
    op.create_index("ix_handoff_institution_state", "handoff", ["institution", "state"])
    _partial("ix_handoff_due", "handoff", ["due"], "due IS NOT NULL")
    _kept(
        "referral",
        _word("conversation", 64),
        _word("digest", 64),
        _word("state", 16),
        _number("made"),
        _number("until"),
    )
    op.create_index("ix_referral_conversation", "referral", ["conversation"])
    _partial("uq_referral_digest", "referral", ["digest"], "digest <> ''", unique=True)
