"""A human hour: who can be met, when, what becomes of a meeting, and who waits for one."""
