"""The tables brought to the newest form, by one process at a time."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from bot.errors import StorageNewer

MIGRATION_LOCK: Final = 0xCE1  # the number by which processes on one PostgreSQL know this lock


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest form.

    Errors: StorageNewer for a database of a newer program; whatever the driver raises.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.connect() as connection:
        _wait_for_others(connection)
        if _revision(connection, config) == ScriptDirectory.from_config(config).get_current_head():
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _wait_for_others(connection: Connection) -> None:
    """Let one process at a time go on; SQLite does so by itself, with the first statement."""
    if connection.dialect.name != "postgresql":
        return
    # a large table takes longer than a turn may; until the end of this transaction
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})


def _revision(connection: Connection, config: Config) -> str | None:
    """Return the form the tables have; None where there are none."""
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in known:
        message = (
            f"the database has form {found}, which is newer than this program's {max(known)}: "
            "start the newer program, or restore a backup of before it"
        )
        raise StorageNewer(message)
    return found
