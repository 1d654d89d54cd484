"""The inbox and the outbox worked off."""
