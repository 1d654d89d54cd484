"""A fault of the content, and the keys that lead to it."""

from collections.abc import Iterator

from bot.core.base.frozen import Frozen
from bot.core.base.problems import Keys
from bot.core.flows.conditions import Condition, facts_of


class Finding(Frozen):
    """A fault in one file of the content, by the keys that lead to it.

    file: a folder, as "content/wishes", where only the loader knows which file of it an id stands
    in; "" for an occupation.
    """

    code: str
    file: str
    keys: Keys
    text: str
    remedy: str = ""


def fault(code: str, file: str, keys: Keys, text: str, remedy: str = "") -> Finding:
    """Return a finding; the same as its fields, for calls that fit one line."""
    return Finding(code=code, file=file, keys=keys, text=text, remedy=remedy)


def condition_faults(
    condition: Condition | None, facts: set[str], file: str, keys: Keys
) -> Iterator[Finding]:
    """Find facts of a condition that no question gives."""
    if condition is None:
        return
    for name in sorted(facts_of(condition) - facts):
        text = f'no question gives the fact "{name}"'
        yield fault("F005", file, keys, text, "correct the name")
