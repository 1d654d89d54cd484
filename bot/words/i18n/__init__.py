"""Translations, formats, and phrases in the right language and register."""
