"""Short codes that people read, say and type: a meeting is found by one, and an address confirmed."""

import secrets
from hashlib import blake2b
from typing import Final

LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ"  # without I, L and O, which look like others
LENGTH: Final = 8


def new_code() -> str:
    """Return a code of eight letters that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def code_digest(code: str, address: str = "") -> str:
    """Return what is kept of a code, however it was typed: capital or small, with spaces or dashes.

    address: of mail, that a code is to confirm; it confirms no other one.
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    named = f"{letters}/{address}".encode()
    return blake2b(named, digest_size=16, person=b"meeting code").hexdigest()
