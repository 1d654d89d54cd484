"""The keys of conversations: made in one place, read by one expression.

Whoever has a key has the conversation, so it is drawn by chance and long enough not to be guessed.
"""

import re
import secrets

# 43 letters of base64; Telegram's conversations of earlier releases have 32
_KEY = re.compile(r"[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{32}")


def new_key() -> str:
    """Return the key of a new conversation: 256 bits of chance in 43 letters."""
    return secrets.token_urlsafe(32)


def read_key(text: str) -> str | None:
    """Return `text` if it has the form of a conversation's key, of this or of an earlier release."""
    return text if _KEY.fullmatch(text) else None
