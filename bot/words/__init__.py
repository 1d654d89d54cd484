"""Pure: events to what is read."""
