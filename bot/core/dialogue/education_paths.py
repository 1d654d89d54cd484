"""What the answers of a flow say of paths of education."""

from collections.abc import Iterable, Mapping

from bot.core.dialogue.session import Value
from bot.core.education.judging import CardState, judge_cards
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


def newly_closed(told: Iterable[CardState], cards: Iterable[CardState]) -> tuple[CardState, ...]:
    """Return the paths of education that are closed and were not told to be above."""
    known = {state.card for state in told}
    return tuple(state for state in cards if state.state == "closed" and state.card not in known)


def known_facts(rules: PathRules, facts: Mapping[str, Value]) -> dict[str, Value]:
    """Return what was answered with what follows from where somebody stands; an answer goes first."""
    standing = str(facts.get(rules.standing) or "")
    told = {name: value for name, value in facts.items() if value is not None}
    return {**rules.implied.get(standing, {}), **told}
