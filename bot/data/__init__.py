"""Where the data folders stand in an installed package; empty in a clone."""
