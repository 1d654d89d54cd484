"""Counsellors let in: an invitation makes one, and joins one account of a messenger to them."""

import secrets
from typing import Final

from bot.errors import InputError
from bot.ports.effects import GiveCode
from bot.ports.protocols import DAY_MILLIS, Store
from bot.ports.records import Counsellor

INVITATION_PURPOSE: Final = "desk"  # what a counsellor's code is for
LONGEST_COUNSELLOR_NAME: Final = 120  # characters of a counsellor's name


def invite(store: Store, name: str, now: int, days: int) -> str:
    """Make a counsellor, and a code that joins one account to them, once, within some days.

    Two of one name are two. now: milliseconds. Return the code.
    Errors: InputError for a name that is none.
    """
    if not 0 < len(name.strip()) <= LONGEST_COUNSELLOR_NAME:
        message = f"a counsellor's name has 1 to {LONGEST_COUNSELLOR_NAME} characters"
        raise InputError(message)
    invited = Counsellor(secrets.token_hex(8), name.strip(), now)
    code = GiveCode(secrets.token_urlsafe(12), INVITATION_PURPOSE, now + days * DAY_MILLIS)
    store.counsellors.invite(invited, code)
    return code.code


def join(store: Store, code: str, channel: str, account: str, now: int) -> bool:
    """Lead an account to the counsellor whose code it has; False where the code opens nothing."""
    return store.counsellors.join(code, INVITATION_PURPOSE, channel, account, now)
