"""What the answers of a flow say of paths of education, and of the ways on."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.core.dialogue.session import Value
from bot.core.education.judging import CardState, judge_cards
from bot.core.education.ways import WayState, judge_ways
from bot.core.flows.path_steps import PathRules
from bot.core.library import Library


def judged_cards(library: Library, flow: str, facts: Mapping[str, Value]) -> tuple[CardState, ...]:
    """Return how every path stands by the facts known in a flow, and by what follows from them."""
    rules = library.flows[flow].paths
    if rules is None:
        return judge_cards(library.paths, (), facts)
    standing = str(facts.get(rules.standing) or "")
    stages = rules.stages.get(standing, ())
    return judge_cards(library.paths, stages, known_facts(rules, facts))


def judged_ways(
    library: Library, flow: str, facts: Mapping[str, Value], today: date
) -> tuple[WayState, ...]:
    """Return how every way on from where the person stands is by the facts known in a flow."""
    rules = library.flows[flow].paths
    assert rules is not None  # the check sees to it
    stages = rules.stages.get(str(facts.get(rules.standing) or ""), ())
    return judge_ways(library.ways, library.paths, stages, known_facts(rules, facts), today)


def newly_closed(told: Iterable[CardState], cards: Iterable[CardState]) -> tuple[CardState, ...]:
    """Return the paths of education that are closed and were not told to be above."""
    known = {state.card for state in told}
    return tuple(state for state in cards if state.state == "closed" and state.card not in known)


def known_facts(rules: PathRules, facts: Mapping[str, Value]) -> dict[str, Value]:
    """Return what was answered with what follows from where somebody stands; an answer goes first."""
    standing = str(facts.get(rules.standing) or "")
    told = {name: value for name, value in facts.items() if value is not None}
    follows: dict[str, Value] = {}
    for question, answers in rules.follows.items():
        follows |= answers.get(str(told.get(question)), {})
    same = {name: told[question] for name, question in rules.same.items() if question in told}
    return {**follows, **rules.implied.get(standing, {}), **same, **told}
