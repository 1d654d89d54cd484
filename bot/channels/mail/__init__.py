"""Mail: a channel that only speaks."""
