"""Rules of support, judged in three values."""
