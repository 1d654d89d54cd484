"""Fingerprints of texts that are not ours to use: a text is known again, and cannot be read back.

A fingerprint is taken over the stems of the words that carry meaning, whatever their order, so a
text with another article, number or order of words has the same one.
"""

import hashlib
import re
from pathlib import Path

PROTECTED = Path(__file__).parent / "protected.txt"
LITTLE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "for",
        "and",
        "or",
        "on",
        "at",
        "with",
        "by",
        "how",
        "who",
        "that",
        "is",
        "are",
        "be",
        "it",
        "its",
        "their",
        "your",
        "own",
        "other",
        "others",
        "from",
        "up",
        "out",
        "into",
        "as",
    ]
)
ENDINGS = ("ing", "ies", "es", "s", "ed")


def fingerprint(text):
    words = {_stem(word) for word in re.findall(r"[a-z]+", text.lower()) if word not in LITTLE}
    return hashlib.sha256(" ".join(sorted(words)).encode()).hexdigest()[:16]


def _stem(word):
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def protected():
    return frozenset(PROTECTED.read_text(encoding="utf-8").split())
