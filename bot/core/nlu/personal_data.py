"""Numbers and addresses that name a person, masked before any words are kept."""

import re
from typing import Final

MASK: Final = "•••"
# a Latvian personal code: 010190-12345, also of the form that begins with 32, and without the dash
PERSONAL_CODE: Final = re.compile(r"(?<!\d)\d{6}\s?[-–]\s?\d{5}(?!\d)|(?<!\d)\d{11}(?!\d)")
EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# eight figures that begin with 2 or 6, as Latvian numbers do, or any with the sign of a country
PHONE: Final = re.compile(
    r"(?<!\d)(?:\+|00)\d{1,3}[\s-]?\d(?:[\s-]?\d){6,10}(?!\d)|(?<!\d)[26](?:[\s-]?\d){7}(?!\d)"
)


def mask_personal_data(text: str) -> tuple[str, bool]:
    """Return a text with what names a person masked, and whether there was any."""
    masked = text
    for pattern in (EMAIL, PERSONAL_CODE, PHONE):
        masked = pattern.sub(MASK, masked)
    return masked, masked != text
