"""What the service does for a turn: an answer to each kind of request."""
