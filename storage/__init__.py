"""The Store over SQLAlchemy Core, on SQLite and PostgreSQL."""
