"""Occupations, ours and those imported."""
