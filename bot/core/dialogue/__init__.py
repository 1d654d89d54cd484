"""The conversation: events, path, and one step."""
