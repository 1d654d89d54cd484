"""The language a browser asks for, out of all it would take, by the weights it gives them."""

import re
from collections.abc import Iterator

from bot.core.base.texts import LANGUAGES

# a language with what may follow it: a region or script, then its weight (RFC 9110, 12.5.4)
RANGE = re.compile(
    r"\s*(?P<language>[a-z]{1,8})(?:-[a-z0-9]{1,8})*"
    r"\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.[0-9]{0,3})?)\s*)?",
    re.IGNORECASE | re.ASCII,
)


def accepted_language(header: str) -> str | None:
    """Return the language of ours that is wanted most, the first of equals; None: none of them."""
    weighted = list(_weighted(header))
    return max(weighted, key=lambda one: one[1])[0] if weighted else None


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    """Give those of our languages that are wanted at all, in their order, with their weights."""
    for part in header.split(","):
        found = RANGE.fullmatch(part)
        if found is None:
            continue
        language, weight = found["language"].lower(), float(found["weight"] or 1)
        if language in LANGUAGES and weight > 0:
            yield language, weight
