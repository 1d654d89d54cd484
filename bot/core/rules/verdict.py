"""What a rule says of somebody, and the two forms in which `celvedis decide` prints it."""

from typing import Literal, assert_never

from pydantic import StrictInt, StrictStr

from bot.core.base.frozen import Frozen
from bot.core.rules.rule import Rule

GateState = Literal["open", "closed", "unknown"]
YesNoUnknown = Literal["yes", "no", "unknown"]
Availability = Literal["yes", "planned", "verify"]


class Offered(Frozen):
    """One kind of support for this person on this day; begins: the day or the year, if it has one."""

    id: str
    primary: bool
    available: Availability
    begins: str | None


class Verdict(Frozen):
    """What a rule says of the facts given on a day.

    period: the one the day belongs to; None where the rule does not hold, and then the gate is closed.
    outcome: of the rule's outcomes or eithers, "unknown" where none can be named, "none" where the
    gate is closed. priority: None in a rule that names no priority.
    missing: the facts not given that can still change something, in the author's order.
    """

    period: str | None
    gate: GateState
    gate_reasons: tuple[str, ...]
    outcome: str
    outcome_reasons: tuple[str, ...] = ()
    offers: tuple[Offered, ...] = ()
    priority: YesNoUnknown | None = None
    priority_reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    facts: tuple[tuple[str, StrictStr | StrictInt], ...] = ()


def print_verdict(rule: Rule, verdict: Verdict) -> dict[str, object]:
    """Return a verdict in the form its rule names, ready for JSON."""
    match rule.form:
        case "general":
            return _general(verdict)
        case "grouped":
            return _grouped(verdict)
        case _:
            assert_never(rule.form)


def _general(verdict: Verdict) -> dict[str, object]:
    plain = verdict.model_dump(mode="json", exclude={"facts"})
    plain["offers"] = [
        {
            "id": offer.id,
            "primary": offer.primary,
            "available": offer.available,
            "from": offer.begins,
        }
        for offer in verdict.offers
    ]
    return plain


def _grouped(verdict: Verdict) -> dict[str, object]:
    """Return the form that was fixed first: outcomes are groups, priority is that of counselling."""
    plain = _general(verdict)
    return {
        "gate": plain["gate"],
        "gate_reasons": plain["gate_reasons"],
        "group": plain["outcome"],
        "group_reasons": plain["outcome_reasons"],
        "offers": [
            # every offer a verdict names is one that is made at first
            {
                "id": offer.id,
                "initial": True,
                "primary": offer.primary,
                "available": offer.available,
                "from": offer.begins,
            }
            for offer in verdict.offers
        ],
        "counselling_priority": plain["priority"],
        "priority_reasons": plain["priority_reasons"],
        "missing": plain["missing"],
        "sources": plain["sources"],
        "notices": plain["notices"],
    }
