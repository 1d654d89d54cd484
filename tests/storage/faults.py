"""Faults planted on purpose: each takes one guard away, so that a test can be seen to catch it."""

from storage import engines, hot


def unguard(monkeypatch):
    """No lock is held while a turn works, and nobody looks whether the version is still the same."""
    monkeypatch.setattr(engines, "_begun", lambda _: None)
    for kind in (hot.SqliteTurn, hot.PostgresTurn):
        monkeypatch.setattr(kind, "read", kind.read.replace("FOR UPDATE OF conversation", ""))
    form = {hot.SqliteTurn: ":before", hot.PostgresTurn: "%(before)s"}
    for kind, name in ((hot.SqliteTurn, "save"), (hot.PostgresTurn, "write")):
        guard = f"WHERE conversation.version = {form[kind]}"
        assert guard in getattr(kind, name)
        monkeypatch.setattr(kind, name, getattr(kind, name).replace(guard, ""))
