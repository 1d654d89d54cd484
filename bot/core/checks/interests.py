"""Every way the kinds of work, which join activities with occupations, can be wrong."""

from collections.abc import Container, Iterator

from bot.core.checks.finding import Finding, fault
from bot.core.interests.instrument import ItemBank

BANK_FILE = "content/instruments/interests.yaml"
FAMILY_DIGITS = 2  # of an ISCO-08 code, that name a family of work


def kind_faults(bank: ItemBank, families: Container[str]) -> Iterator[Finding]:
    """Find kinds that no activity has, and ISCO codes of no family of work.

    families: their codes of two digits.
    """
    used = {kind for item in bank.items.values() for kind in item.kinds}
    for kind, codes in bank.kinds.items():
        if kind not in used:
            text = f'no activity is of the kind "{kind}"'
            yield fault("I002", BANK_FILE, ("kinds", kind), text, "give it to one, or remove it")
        for code in codes:
            if code[:FAMILY_DIGITS] not in families:
                text = f"{code} is of no family of work"
                yield fault("I003", BANK_FILE, ("kinds", kind), text, "correct the code")


def item_kind_faults(bank: ItemBank) -> Iterator[Finding]:
    """Find kinds of an activity that are not there."""
    for name, item in bank.items.items():
        for kind in item.kinds:
            if kind not in bank.kinds:
                text = f'no kind of work "{kind}"'
                keys = ("items", name, "kinds")
                yield fault("I001", BANK_FILE, keys, text, "one of `kinds` above")
