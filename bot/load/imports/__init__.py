"""What others publish: read, compared and brought in."""
