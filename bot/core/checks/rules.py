"""Every way a rule can be wrong: unknown names, examples, gaps and contradictions."""

from collections.abc import Iterator

from bot.core.checks.finding import Finding, condition_faults, fault
from bot.core.flows.conditions import holds
from bot.core.library import Library
from bot.core.rules.judge import FactValue, Rule, Verdict, completions, judge, read_facts
from bot.errors import InputError


def rule_faults(rule: Rule, file: str, library: Library | None = None) -> Iterator[Finding]:
    """Find what is wrong with a rule: names, examples, and every combination of its domains."""
    facts = {fact.id for fact in rule.facts}
    kinds = {offer.id for offer in rule.offers}
    for at, group in enumerate(rule.groups):
        for number, name in enumerate(group.offers):
            if name not in kinds:
                offers = ("groups", at, "offers", number)
                yield fault("R004", file, offers, f'no offer "{name}"')
        for number, reason in enumerate(group.reasons):
            keys = ("groups", at, "reasons", number, "when")
            yield from condition_faults(reason.when, facts, file, keys)
    if library is not None and rule.source not in library.sources:
        yield fault("F011", file, ("source",), f'no source "{rule.source}"')
    if not kinds.issuperset(name for group in rule.groups for name in group.offers):
        return  # nothing can be judged before the names are right
    for at, example in enumerate(rule.examples):
        try:
            verdict = judge(rule, read_facts(rule, example.given), example.on)
        except InputError as error:
            yield fault("R003", file, ("examples", at, "given"), str(error))
            continue
        for name, wanted in example.then.items():
            came = example_value(verdict, name)
            if came != wanted:
                text = f"{name} came out as {came!r}, not {wanted!r}"
                yield fault("R001", file, ("examples", at, "then"), text)
    yield from _combinations(rule, file)


def example_value(verdict: Verdict, name: str) -> object:
    """Give what an example compares: a field of `decide`, or the primary offers."""
    plain = verdict.as_json()
    if name == "primary":
        return [offer.id for offer in verdict.offers if offer.primary]
    if name == "offers":
        return [f"{offer.id}:{offer.available}" for offer in verdict.offers]
    return plain.get(name)


def _combinations(rule: Rule, file: str) -> Iterator[Finding]:
    """Try every full set of facts: two groups at once contradict; a named one must come out."""
    from_conditions = {
        group.id: tuple(reason.when for reason in group.reasons) for group in rule.groups
    }
    clashes: dict[tuple[str, ...], dict[str, FactValue]] = {}
    for full in completions(rule, {}):
        groups = tuple(
            name
            for name, conditions in from_conditions.items()
            if any(holds(condition, full) is True for condition in conditions)
        )
        if len(groups) > 1:
            clashes.setdefault(groups, full)
        elif not groups and not any(holds(gap, full) is True for gap in rule.undecided):
            clashes.setdefault(("none",), full)
    for groups, full in clashes.items():
        code = "R002" if groups == ("none",) else "R005"
        what = "falls into no group" if code == "R002" else f"falls into {' and '.join(groups)}"
        yield fault(code, file, ("groups",), f"{dict(full)} {what}")
