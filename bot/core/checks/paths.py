"""Every way the cards of paths, and the steps on them, can be wrong."""

from collections.abc import Iterator, Mapping
from itertools import product

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, condition_faults, fault
from bot.core.education.judging import CardState, judge_card
from bot.core.education.path_card import PathCard
from bot.core.flows.conditions import Condition, facts_of, holds, thresholds
from bot.core.flows.path_steps import ShowClosedPaths, ShowPath, ShowPaths
from bot.core.flows.steps import Choice, Flow, Number, Several, YesNo
from bot.core.library import Library

CARDS = "content/paths"  # the folder: which file of it a card stands in, the loader knows
MOST_CHARACTERS = 420  # characters of a field that are still read on a phone


def path_structure_faults(library: Library) -> Iterator[Finding]:
    """Find names in cards and steps that stand for nothing."""
    for id_, card in library.paths.items():
        yield from _lost_names(library, id_, card)
    for name, flow in library.flows.items():
        yield from _lost_steps(library, flow, f"flows/{name}/flow.yaml")


def path_faults(library: Library) -> Iterator[Finding]:
    """Find cards that can never open, that nothing leads to, that contradict themselves, that age badly."""
    asked = _asked(library)
    reached = _reached(library)
    for id_, card in library.paths.items():
        if id_ not in reached:
            text = f'nobody comes to "{id_}": no path leads there, and no flow knows the stage it starts from'
            yield fault("V003", CARDS, (id_, "after"), text, "lead to it, or correct the stage")
        yield from _day_faults(id_, card)
        for name, fact in card.facts.items():
            text = fact.text if isinstance(fact.text, str) else fact.text.tu
            if len(text) > MOST_CHARACTERS:
                said = f"{name}: {len(text)} characters, at most {MOST_CHARACTERS}"
                yield fault("V006", CARDS, (id_, "facts", name, "text"), said, "say it shorter")
        yield from _rule_faults(id_, card, asked)


def _lost_names(library: Library, id_: str, card: PathCard) -> Iterator[Finding]:
    for number, onward in enumerate(card.leads_to):
        if onward not in library.paths:
            keys: Keys = (id_, "leads_to", number)
            yield fault("V001", CARDS, keys, f'no path "{onward}"', "correct the name")
    for number, isco in enumerate(card.families):
        if isco not in library.families:
            yield fault("V001", CARDS, (id_, "families", number), f'no family of work "{isco}"')
    for part in ("facts", "withheld"):
        for name, fact in getattr(card, part).items():
            for source in (fact.source, *fact.also):
                if source is not None and source not in library.sources:
                    keys = (id_, part, name, "source" if source == fact.source else "also")
                    yield fault("F011", CARDS, keys, f'no source "{source}"')
    for number, closing in enumerate(card.closed):
        if closing.source is not None and closing.source not in library.sources:
            keys = (id_, "closed", number, "source")
            yield fault("F011", CARDS, keys, f'no source "{closing.source}"')


def _lost_steps(library: Library, flow: Flow, file: str) -> Iterator[Finding]:
    for at, step in enumerate(flow.steps):
        keys: Keys = ("steps", at)
        if isinstance(step, ShowPath) and step.card is not None and step.card not in library.paths:
            yield fault("V001", file, (*keys, "card"), f'no path "{step.card}"')
        if isinstance(step, ShowPaths | ShowClosedPaths) and flow.paths is None:
            yield fault(
                "V002", file, keys, "the flow does not say how paths are judged", "add paths:"
            )


def _reached(library: Library) -> set[str]:
    """Return the cards that start from a stage that some flow knows, and all that follow from them."""
    rules = [flow.paths for flow in library.flows.values() if flow.paths is not None]
    stages = {stage for one in rules for named in one.stages.values() for stage in named}
    cards = library.paths
    reached: set[str] = set()
    ahead = [id_ for id_, card in cards.items() if stages & set(card.after)]
    while ahead:
        id_ = ahead.pop()
        if id_ not in reached and id_ in cards:
            reached.add(id_)
            ahead += cards[id_].leads_to
    return reached


def _day_faults(id_: str, card: PathCard) -> Iterator[Finding]:
    for part in ("facts", "withheld"):
        for name, fact in getattr(card, part).items():
            if fact.review <= fact.checked:
                text = f"{name}: looked at on {fact.checked}, and to be looked at again before that"
                yield fault("V005", CARDS, (id_, part, name, "review"), text, "set both days")


Domains = Mapping[str, tuple[str, ...] | Number]


def _asked(library: Library) -> Domains:
    """Return what each question may be answered with: the names of options, or a number's bounds."""
    found: dict[str, tuple[str, ...] | Number] = {}
    for step in library.steps.values():
        if isinstance(step, Choice | Several):
            found[step.id] = tuple(option.id for option in step.options)
        elif isinstance(step, YesNo):
            found[step.id] = ("yes", "no")
        elif isinstance(step, Number):
            found[step.id] = step
    for flow in library.flows.values():
        if flow.paths is None:
            continue
        for facts in flow.paths.implied.values():
            for name, value in facts.items():
                names = found.get(name, ())
                if isinstance(names, tuple) and value not in names:
                    found[name] = (*names, value)
    return found


def _rule_faults(id_: str, card: PathCard, asked: Domains) -> Iterator[Finding]:
    """Find conditions on what nobody is asked, contradictions, and answers nothing is said of."""
    conditions = [closing.when for closing in card.closed]
    conditions += [doubt.when for doubt in card.unclear]
    conditions += [card.open_when] if card.open_when is not None else []
    conditions += [card.meant_for.when] if card.meant_for is not None else []
    lost = [
        finding
        for condition in conditions
        for finding in condition_faults(condition, set(asked), CARDS, (id_,))
    ]
    yield from lost
    if lost or not conditions:
        return
    names = sorted({name for condition in conditions for name in facts_of(condition)})
    domains = [_values(name, asked[name], conditions) for name in names]
    states: set[str] = set()
    for values in product(*domains):
        facts = dict(zip(names, values, strict=True))
        state = judge_card(id_, card, (), facts)
        states.add(state.state)
        yield from _contradiction(id_, card, state, facts)
    if card.open_when is not None and "open" not in states:
        yield fault(
            "V003", CARDS, (id_, "open_when"), "no answers open it", "correct the condition"
        )


def _values(
    name: str, domain: tuple[str, ...] | Number, conditions: list[Condition]
) -> list[str | int]:
    """Return every answer that may make a difference: of a number, those on both sides of each bound."""
    if not isinstance(domain, Number):
        return list(domain)
    bounds = {bound for condition in conditions for bound in thresholds(condition, name)}
    near = {number for bound in bounds for number in (bound - 1, bound)}
    return sorted(number for number in near if domain.least <= number <= domain.most)


def _contradiction(
    id_: str, card: PathCard, state: CardState, facts: Mapping[str, str | int]
) -> Iterator[Finding]:
    """Find answers that open and close a path at once, and those of which nothing can be said."""
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    opens = card.open_when is not None and holds(card.open_when, facts) is True
    if state.state == "closed" and opens:
        yield fault(
            "V004", CARDS, (id_, "closed", state.closing), f"open and closed at once: {told}"
        )
    is_told = state.is_elsewhere or state.doubt is not None or card.not_judged is not None
    if state.state == "not_judged" and not is_told:
        text = f"neither open nor closed, and no reason is given: {told}"
        yield fault("V004", CARDS, (id_,), text, "add not_judged, or a closing")
