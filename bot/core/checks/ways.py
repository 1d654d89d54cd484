"""Every way the ways on, and the steps on them, can be wrong."""

from collections.abc import Iterator

from bot.core.base.texts import Pair
from bot.core.checks.finding import Finding, condition_faults, fault
from bot.core.checks.paths import MOST_CHARACTERS
from bot.core.education.ways import Way
from bot.core.flows.conditions import Condition
from bot.core.flows.path_steps import PathRules, ShowWays, Stage
from bot.core.flows.steps import QUESTIONS
from bot.core.library import Library

WAYS_FOLDER = "content/ways"


def way_structure_faults(library: Library) -> Iterator[Finding]:
    """Find cards, sources and facts that are named and not there, and steps on ways in flows that judge none."""
    given = _given(library)
    for id_, way in library.ways.items():
        for condition in _conditions(way):
            yield from condition_faults(condition, given, WAYS_FOLDER, (id_,))
        if way.card is not None and way.card not in library.paths:
            yield fault("V001", WAYS_FOLDER, (id_, "card"), f'no path "{way.card}"')
        for source in _sources(way):
            if source not in library.sources:
                yield fault("F011", WAYS_FOLDER, (id_,), f'no source "{source}"')
    for name, flow in library.flows.items():
        for at, step in enumerate(flow.steps):
            if isinstance(step, ShowWays) and flow.paths is None:
                text = "the flow does not say how ways are judged"
                yield fault("V002", f"flows/{name}/flow.yaml", ("steps", at), text, "add paths:")


def way_faults(library: Library) -> Iterator[Finding]:
    """Find ways that nothing judges or that nobody comes to, terms and days in no order, long texts."""
    showing = [
        flow.paths
        for flow in library.flows.values()
        if flow.paths is not None and any(isinstance(step, ShowWays) for step in flow.steps)
    ]
    known = {stage for rules in showing for stage in _stages(rules)}
    for id_, way in library.ways.items():
        if (way.card is None) == (way.not_judged is None):
            text = "a card judges it, or conditions of its own with not_judged: one of both"
            yield fault("V007", WAYS_FOLDER, (id_,), text, "name a card, or add not_judged")
        if way.after not in known:
            yield fault(
                "V003", WAYS_FOLDER, (id_, "after"), f'no flow tells ways from "{way.after}"'
            )
        yield from _day_faults(id_, way)


def _day_faults(id_: str, way: Way) -> Iterator[Finding]:
    for number, term in enumerate(way.terms):
        if term.until < term.opened:
            text = f"the term ends on {term.until}, before it begins"
            yield fault("V005", WAYS_FOLDER, (id_, "terms", number), text, "set both days")
    for name, fact in (("by_when", way.by_when), ("cost", way.cost), ("first", way.first)):
        if fact.review <= fact.checked:
            text = f"{name}: to be looked at again before it was looked at"
            yield fault("V005", WAYS_FOLDER, (id_, name, "review"), text, "set both days")
        said = fact.text.jus if isinstance(fact.text, Pair) else fact.text
        if len(said) > MOST_CHARACTERS:
            text = f"{name}: {len(said)} characters, at most {MOST_CHARACTERS}"
            yield fault("V006", WAYS_FOLDER, (id_, name, "text"), text, "say it shorter")


def _sources(way: Way) -> Iterator[str]:
    for fact in way.facts:
        yield from fact.sources
    yield from (closing.source for closing in way.closed if closing.source is not None)


def _conditions(way: Way) -> Iterator[Condition]:
    if way.open_when is not None:
        yield way.open_when
    yield from (closing.when for closing in way.closed)


def _stages(rules: PathRules) -> Iterator[Stage]:
    for stages in rules.stages.values():
        yield from stages


def _given(library: Library) -> set[str]:
    """Return every fact that a question gives, or that follows from an answer."""
    given = {step.id for step in library.steps.values() if isinstance(step, QUESTIONS)}
    for flow in library.flows.values():
        if flow.paths is not None:
            derived = (flow.paths.implied, *flow.paths.follows.values())
            given |= {fact for one in derived for facts in one.values() for fact in facts}
            given |= set(flow.paths.same)
    return given
