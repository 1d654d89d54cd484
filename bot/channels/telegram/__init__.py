"""Telegram: one port, two drivers, two bots."""
