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
    fault = "an address of mail has an @"
    name, at, domain = text.strip().rpartition("@")
    if at:
        fault = "what stands before the @ cannot be an address of mail"
    if NAME_FORM.fullmatch(name) is not None:
        fault = "what stands after the @ is not the name of a domain"
        known = _in_ascii(domain)
        if DOMAIN_FORM.fullmatch(known) and len(name) + len(known) < LONGEST_ADDRESS:
            return f"{name}@{known}"
    raise ValueError(fault)


def _in_ascii(domain: str) -> str:
    """Return a domain as servers know it, „piemērs.lv” as "xn--piemrs-s3a.lv"; "" for what can be none."""
    if domain.isascii():
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True).decode() if len(domain) <= LONGEST_ADDRESS else ""
    except UnicodeError:
        return ""


MailAddress = Annotated[str, AfterValidator(mail_address)]
