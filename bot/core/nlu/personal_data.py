"""Numbers and addresses that name a person, masked before any words are kept."""

import re
from typing import Final

MASK: Final = "•••"
# a Latvian personal code: 010190-12345, also of the form that begins with 32, and without the dash
PERSONAL_CODE: Final = re.compile(r"(?<!\d)\d{6}[\s–-]{1,3}\d{5}(?!\d)|(?<!\d)\d{11}(?!\d)")
EMAIL: Final = re.compile(r"[\w.+-]+(?:@|\s?\(at\)\s?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# an account (IBAN), a bank card, a passport, and a name in a messenger: "@janis_b"
ACCOUNT: Final = re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{4}(?:\s?[A-Z0-9]){13}\b", re.IGNORECASE)
CARD: Final = re.compile(r"(?<!\d)\d{4}(?:[\s-]?\d{4}){3}(?!\d)")
PASSPORT: Final = re.compile(r"\b[A-Z]{2}\d{7}\b")
HANDLE: Final = re.compile(r"(?<![\w.])@\w{3,}")
# eight figures that begin with 2 or 6, as Latvian numbers do, or any with the sign of a country
PHONE: Final = re.compile(
    r"(?<!\d)(?:\+|00)\d{1,3}[\s-]?\d(?:[\s-]?\d){6,10}(?!\d)"
    # but not two years ("2000 2008"), nor a day ("2015-09-01")
    r"|(?<!\d)(?!(?:19|20)\d\d[\s-](?:19|20)\d\d|20\d\d-[01]\d-[0-3]\d(?!\d))[26](?:[\s-]?\d){7}(?!\d)"
)


def mask_personal_data(text: str) -> tuple[str, bool]:
    """Return a text with what names a person masked, and whether there was any."""
    masked = text
    for pattern in (ACCOUNT, CARD, EMAIL, HANDLE, PASSPORT, PERSONAL_CODE, PHONE):
        masked = pattern.sub(MASK, masked)
    return masked, masked != text
