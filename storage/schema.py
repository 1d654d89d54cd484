"""What the tables have in common; each table stands in the file of its subject."""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, MetaData

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def id_column() -> Column[Any]:
    """Return the column of a number that the database gives."""
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Column("id", kind, primary_key=True, autoincrement=True)
