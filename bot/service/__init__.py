"""What the program does, over ports."""
