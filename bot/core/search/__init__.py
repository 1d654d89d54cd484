"""Finds the occupation meant by what a person types, in four languages."""

from bot.core.search.index import Entry, Hit, Index

__all__ = ["Entry", "Hit", "Index"]
