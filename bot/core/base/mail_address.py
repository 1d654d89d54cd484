"""What an address of mail is, asked in this one place by everybody who takes one."""

import re
from typing import Annotated

import idna
from pydantic import AfterValidator

LONGEST_ADDRESS = 254  # characters that SMTP takes
# Of what mail allows before the @ only what people have there: nothing that has to be quoted in a header
# or in a calendar, and nothing that old servers read as a way to somewhere else ("%", "!").
NAME_FORM = re.compile(r"(?=.{1,64}\Z)[A-Za-z0-9_+'-]+(\.[A-Za-z0-9_+'-]+)*")
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN_FORM = re.compile(rf"({LABEL}\.)+(?=[a-z]){LABEL}")


def mail_address(text: str) -> str:
    """Return an address as it is sent to: what surrounds it is taken off, its domain is small and in ASCII.

    Errors: ValueError says what is wrong, and never the address, since that is somebody's.
    """
    name, at, domain = text.strip().rpartition("@")
    if not at:
        raise ValueError("an address of mail has an @")
    if NAME_FORM.fullmatch(name) is None:
        raise ValueError("what stands before the @ cannot be an address of mail")
    address = f"{name}@{_in_ascii(domain)}" if len(domain) <= LONGEST_ADDRESS else text
    if len(address) > LONGEST_ADDRESS:
        raise ValueError("an address of mail is not so long")
    return address


def _in_ascii(domain: str) -> str:
    """Return a domain as servers know it: „piemērs.lv” as "xn--piemrs-s3a.lv"."""
    try:
        known = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except UnicodeError:
        known = ""
    if DOMAIN_FORM.fullmatch(known.lower()) is None:
        raise ValueError("what stands after the @ is not the name of a domain")
    return known.lower()


MailAddress = Annotated[str, AfterValidator(mail_address)]
