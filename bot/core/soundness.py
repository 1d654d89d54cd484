"""Every way a library can be wrong: lost steps, unknown names, gaps and contradictions in rules."""

from collections.abc import Iterator
from datetime import date

from bot.core.conditions import Condition, facts_of, holds
from bot.core.data import Data
from bot.core.distress import Heeded, heeds
from bot.core.hearing import fold, hear_global
from bot.core.library import Library
from bot.core.rules import FactValue, Rule, Verdict, completions, judge, read_facts
from bot.core.script import (
    QUESTIONS,
    Compare,
    Describe,
    Enter,
    Flow,
    Judge,
    Measure,
    Offer,
    Option,
    Portray,
    Say,
    Scale,
    Step,
)
from bot.errors import InputError

LEAVING = "content/help/leaving.yaml"
Keys = tuple[str | int, ...]


class Finding(Data):
    """A fault in one file of the library, by the keys that lead to it."""

    code: str
    file: str
    keys: Keys
    text: str
    remedy: str = ""


def find_faults(library: Library, today: date) -> list[Finding]:
    """Find everything wrong with a library on a day."""
    found: list[Finding] = []
    homes: dict[str, str] = {}
    for name, flow in library.flows.items():
        file = f"flows/{name}/flow.yaml"
        found += _flow(library, flow, file)
        for keys, question in _questions(flow):
            other = homes.setdefault(question.id, name)
            if other != name:
                text = f'the fact "{question.id}" is asked in {other} too'
                found.append(_fault("F007", file, (*keys, "id"), text, "give it a name of its own"))
        found += _circles(library, name, flow, file)
    for name, rule in library.rules.items():
        found += rule_faults(rule, f"content/support/{name}.yaml", library)
    found += _heard(library.distress, "content/help/distress.yaml")
    found += _heard(library.leaving, LEAVING)
    if library.leaving.flow not in library.flows:
        found.append(_fault("F003", LEAVING, ("flow",), f'no flow "{library.leaving.flow}"'))
    for name, source in library.sources.items():
        if today > source.review:
            text = f"{name}: to be checked again by {source.review}"
            keys = (name, "review")
            found.append(_fault("S001", "content/sources.yaml", keys, text, "look, and set both"))
    return found


def _circles(library: Library, name: str, flow: Flow, file: str) -> Iterator[Finding]:
    """Find routes that go back, and flows that come to themselves: both would walk for ever."""
    places = {step.id: at for at, step in enumerate(flow.steps)}
    for at, step in enumerate(flow.steps):
        for number, route in enumerate(step.next):
            if places.get(route.to, len(places)) <= at:
                text = f'"{step.id}" leads back to "{route.to}"'
                keys = ("steps", at, "next", number)
                yield _fault("F013", file, keys, text, "lead on, or enter a flow of its own")
        if isinstance(step, Enter) and name in _entered(library, step.flow):
            text = f"through {step.flow} the flow enters itself"
            yield _fault("F014", file, ("steps", at, "flow"), text, "offer it instead")


def _entered(library: Library, name: str) -> set[str]:
    """Gather a flow and all that it enters, at any depth."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here in found or here not in library.flows:
            continue
        found.add(here)
        waiting += [one.flow for one in library.flows[here].steps if isinstance(one, Enter)]
    return found


def _fault(code: str, file: str, keys: Keys, text: str, remedy: str = "") -> Finding:
    return Finding(code=code, file=file, keys=keys, text=text, remedy=remedy)


def _questions(flow: Flow) -> Iterator[tuple[Keys, Step]]:
    for at, step in enumerate(flow.steps):
        if isinstance(step, QUESTIONS):
            yield ("steps", at), step
        elif isinstance(step, Judge):
            for number, ask in enumerate(step.asks):
                yield ("steps", at, "asks", number), ask


def _flow(library: Library, flow: Flow, file: str) -> Iterator[Finding]:
    ids = [step.id for step in flow.steps]
    facts = {one.id for _, one in _questions(flow)} | _shared(library)
    measures = {step.id for step in flow.steps if isinstance(step, Measure)}
    facts |= {f"{name}_{what}" for name in measures for what in ("leading", "flags")}
    for at, step in enumerate(flow.steps):
        keys: Keys = ("steps", at)
        if step.id in ids[:at] or step.id == "end":
            yield _fault("F006", file, (*keys, "id"), f'"{step.id}" stands twice', "rename one")
        for number, route in enumerate(step.next):
            here = (*keys, "next", number)
            if route.to != "end" and route.to not in ids:
                yield _fault("F001", file, (*here, "to"), f'no step "{route.to}" in this flow')
            yield from _condition(route.when, facts, file, (*here, "when"))
        yield from _condition(step.when, facts, file, (*keys, "when"))
        yield from _names(library, step, file, keys)
        yield from _told_of(step, measures, facts, file, keys)
        yield from _compared(flow, step, file, keys)
        yield from _options(library, step, file, keys, facts)
        if isinstance(step, Judge):
            for number, ask in enumerate(step.asks):
                yield from _options(library, ask, file, (*keys, "asks", number), facts)
    reached = _reached(flow)
    for at, step in enumerate(flow.steps):
        if at not in reached:
            text = f'nothing leads to the step "{step.id}"'
            yield _fault("F002", file, ("steps", at), text, "route to it or remove it")


def _shared(library: Library) -> set[str]:
    return {
        step.id for step in library.steps.values() if isinstance(step, QUESTIONS) and step.shared
    }


def _condition(
    condition: Condition | None, facts: set[str], file: str, keys: Keys
) -> Iterator[Finding]:
    for fact in sorted(facts_of(condition) - facts) if condition is not None else ():
        yield _fault("F005", file, keys, f'no question gives the fact "{fact}"', "correct the name")


def _names(library: Library, step: Step, file: str, keys: Keys) -> Iterator[Finding]:
    if isinstance(step, Enter) and step.flow not in library.flows:
        yield _fault("F003", file, (*keys, "flow"), f'no flow "{step.flow}"')
    if isinstance(step, Offer):
        for number, way in enumerate(step.options):
            if way.flow is not None and way.flow not in library.flows:
                where = (*keys, "options", number, "flow")
                yield _fault("F003", file, where, f'no flow "{way.flow}"')
    for key, source in _sources(step):
        if source not in library.sources:
            yield _fault("F011", file, (*keys, key), f'no source "{source}"')
    if isinstance(step, Judge):
        if step.rule not in library.rules:
            yield _fault("F004", file, (*keys, "rule"), f'no rule "{step.rule}"')
            return
        asked = {ask.id for ask in step.asks}
        for fact in library.rules[step.rule].facts:
            if fact.id not in asked | _shared(library):
                text = f'the rule needs "{fact.id}", and nothing asks it'
                yield _fault("F012", file, (*keys, "asks"), text, "add a question for it")


def _sources(step: Step) -> Iterator[tuple[str, str]]:
    """Name the sources of a step, each with its key."""
    if isinstance(step, Say | Portray) and step.source is not None:
        yield "source", step.source
    if isinstance(step, Describe):
        yield from (("more", source) for source in step.more)
        yield from (("imported", step.imported), ("figures", step.figures))


def _told_of(
    step: Step, measures: set[str], facts: set[str], file: str, keys: Keys
) -> Iterator[Finding]:
    """Find what a portrait or a description is of, and is not there."""
    if isinstance(step, Portray) and step.of not in measures:
        yield _fault("F015", file, (*keys, "of"), f'no measure "{step.of}" in this flow')
    named = step.reach if isinstance(step, Portray) else None
    named = step.of if isinstance(step, Describe) else named
    if named is not None and named not in facts:
        yield _fault(
            "F005", file, keys, f'no question gives the fact "{named}"', "correct the name"
        )


def _compared(flow: Flow, step: Step, file: str, keys: Keys) -> Iterator[Finding]:
    """Find what is compared and is no scale of this flow, or has other steps than the rest."""
    scales = {one.id: len(one.options) for one in flow.steps if isinstance(one, Scale)}
    for number, area in enumerate(step.areas if isinstance(step, Compare) else ()):
        here = (*keys, "areas", number, "asks")
        for name in area.asks:
            if name not in scales:
                yield _fault("F016", file, here, f'no scale "{name}" in this flow')
        if len({scales[name] for name in area.asks if name in scales}) > 1:
            text = "statements of one area have different steps"
            yield _fault("F016", file, here, text, "give them the same options")


def _options(
    library: Library, step: Step, file: str, keys: Keys, facts: set[str]
) -> Iterator[Finding]:
    options: tuple[Option, ...] = getattr(step, "options", ())
    names: dict[str, str] = {}
    for number, option in enumerate(options):
        here = (*keys, "options", number)
        yield from _condition(option.when, facts, file, (*here, "when"))
        if option.aside is not None and option.aside not in library.flows:
            yield _fault("F003", file, (*here, "aside"), f'no flow "{option.aside}"')
        if option.id in {other.id for other in options[:number]}:
            yield _fault("F008", file, (*here, "id"), f'the option "{option.id}" stands twice')
        label = str(option.label)
        if names.setdefault(fold(label), option.id) != option.id:
            yield _fault("F009", file, (*here, "label"), f'"{label}" reads like another option')
        word = hear_global(library.global_words, label, open_question=True)
        if word is not None:
            text = f'"{label}" is the global word {word}'
            yield _fault("F010", file, (*here, "label"), text, "use other words")


def _reached(flow: Flow) -> set[int]:
    places = {step.id: at for at, step in enumerate(flow.steps)}
    reached: set[int] = set()
    ahead = [0]
    while ahead:
        at = ahead.pop()
        if at in reached or at >= len(flow.steps):
            continue
        reached.add(at)
        step = flow.steps[at]
        ahead += [places[route.to] for route in step.next if route.to in places]
        sure = any(route.when is None for route in step.next) and step.when is None
        rests = isinstance(step, Offer) and step.when is None
        if not sure and not rests:
            ahead.append(at + 1)
    return reached


def rule_faults(rule: Rule, file: str, library: Library | None = None) -> Iterator[Finding]:
    """Find what is wrong with a rule: names, examples, and every combination of its domains."""
    facts = {fact.id for fact in rule.facts}
    kinds = {offer.id for offer in rule.offers}
    for at, group in enumerate(rule.groups):
        for number, name in enumerate(group.offers):
            if name not in kinds:
                offers = ("groups", at, "offers", number)
                yield _fault("R004", file, offers, f'no offer "{name}"')
        for number, reason in enumerate(group.reasons):
            keys = ("groups", at, "reasons", number, "when")
            yield from _condition(reason.when, facts, file, keys)
    if library is not None and rule.source not in library.sources:
        yield _fault("F011", file, ("source",), f'no source "{rule.source}"')
    if not kinds.issuperset(name for group in rule.groups for name in group.offers):
        return  # nothing can be judged before the names are right
    for at, example in enumerate(rule.examples):
        try:
            verdict = judge(rule, read_facts(rule, example.given), example.on)
        except InputError as error:
            yield _fault("R003", file, ("examples", at, "given"), str(error))
            continue
        for name, wanted in example.then.items():
            came = example_value(verdict, name)
            if came != wanted:
                text = f"{name} came out as {came!r}, not {wanted!r}"
                yield _fault("R001", file, ("examples", at, "then"), text)
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
        yield _fault(code, file, ("groups",), f"{dict(full)} {what}")


def _heard(patterns: Heeded, file: str) -> Iterator[Finding]:
    for at, text in enumerate(patterns.must):
        if not heeds(patterns, text):
            yield _fault("D001", file, ("must", at), f'"{text}" is not heard', "add a pattern")
    for at, text in enumerate(patterns.must_not):
        if heeds(patterns, text):
            yield _fault("D002", file, ("must_not", at), f'"{text}" is heard', "narrow a pattern")
