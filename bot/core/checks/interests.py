"""Every way the kinds of work, which join activities with occupations, can be wrong."""

from collections.abc import Iterator, Mapping

from bot.core.checks.finding import Finding, fault
from bot.core.interests.instrument import ItemBank
from bot.core.occupations.occupation import Occupation

BANK_FILE = "content/instruments/interests.yaml"


def kind_faults(bank: ItemBank, occupations: Mapping[str, Occupation]) -> Iterator[Finding]:
    """Find kinds that no activity has, and ISCO codes that no occupation of ours begins with.

    occupations: ours; where there are none nothing is said of codes.
    """
    used = {kind for item in bank.items.values() for kind in item.kinds}
    for kind, codes in bank.kinds.items():
        if kind not in used:
            text = f'no activity is of the kind "{kind}"'
            yield fault("I002", BANK_FILE, ("kinds", kind), text, "give it to one, or remove it")
        for code in codes:
            if occupations and not any(one.isco.startswith(code) for one in occupations.values()):
                text = f"no occupation is of the group {code}"
                yield fault("I003", BANK_FILE, ("kinds", kind), text, "correct the code")


def item_kind_faults(bank: ItemBank) -> Iterator[Finding]:
    """Find kinds of an activity that are not there."""
    for name, item in bank.items.items():
        for kind in item.kinds:
            if kind not in bank.kinds:
                text = f'no kind of work "{kind}"'
                keys = ("items", name, "kinds")
                yield fault("I001", BANK_FILE, keys, text, "one of `kinds` above")
