"""Where conversations come in and go out."""
