"""Telegram, against a strict Bot API server of our own and peers nobody here wrote."""
