"""A turn as each database takes it, and what it leaves."""
