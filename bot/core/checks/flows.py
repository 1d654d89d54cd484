"""Every way a flow can be wrong: lost steps, unknown names, circles."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, condition_faults, fault
from bot.core.checks.rule_questions import asked_faults
from bot.core.flows.booking_steps import ShowHanded
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.core.flows.date_steps import ShowDates
from bot.core.flows.entered import entered_flows
from bot.core.flows.occupation_steps import ShowOccupation
from bot.core.flows.path_steps import (
    ShowClosedPaths,
    ShowComparison,
    ShowPath,
    ShowPaths,
    ShowSavedPaths,
    ShowWays,
)
from bot.core.flows.place_steps import ShowPlace
from bot.core.flows.plan_steps import ChangePlan, CountPlan, FindInPlan, ShowPlan, plan_facts
from bot.core.flows.round_steps import CompareRounds
from bot.core.flows.steps import (
    QUESTIONS,
    Choice,
    Day,
    Enter,
    Flow,
    Judge,
    Measure,
    Number,
    Offer,
    Option,
    RequestStep,
    Say,
    Scale,
    Several,
    ShowProfile,
    Step,
    Words,
    YesNo,
)
from bot.core.library import Library
from bot.core.nlu.commands import GlobalWords, hear_global
from bot.core.nlu.normalize import normalize


def circle_faults(library: Library, name: str, flow: Flow, file: str) -> Iterator[Finding]:
    """Find routes that go back, and flows that come to themselves: both would walk for ever."""
    places = {step.id: place for place, step in enumerate(flow.steps)}
    for place, step in enumerate(flow.steps):
        for number, route in enumerate(step.next):
            # "end" and a step that is not there lie behind the last one
            if places.get(route.to, len(places)) <= place:
                text = f'"{step.id}" leads back to "{route.to}"'
                keys = ("steps", place, "next", number)
                yield fault("F013", file, keys, text, "lead on, or enter a flow of its own")
        through, key = _walked(step)
        if name in entered_flows(library.flows, through):
            text = f"through {through} the flow enters itself"
            yield fault("F014", file, ("steps", place, key), text, "offer it instead")


def _walked(step: Step) -> tuple[str, str]:
    """Return the flow that a step goes through, or looks into for what was measured, with its key."""
    match step:
        case Enter():
            return step.flow, "flow"
        case ShowComparison():
            return step.interests, "interests"
        case _:
            return "", ""


def questions_of(flow: Flow) -> Iterator[tuple[Keys, Step]]:
    """Return every question of a flow with the keys that lead to it, those of a judge among them."""
    for at, step in enumerate(flow.steps):
        if isinstance(step, QUESTIONS):
            yield ("steps", at), step
        elif isinstance(step, Judge):
            for number, ask in enumerate(step.asks):
                yield ("steps", at, "asks", number), ask


def flow_faults(library: Library, flow: Flow, file: str) -> Iterator[Finding]:
    """Find what is wrong within one flow: names, routes, conditions."""
    ids = [step.id for step in flow.steps]
    facts = {question.id for _, question in questions_of(flow)} | _shared(library)
    measures = {step.id for step in flow.steps if isinstance(step, Measure)}
    judged = {ask.id for step in flow.steps if isinstance(step, Judge) for ask in step.asks}
    facts |= {f"{name}_leading" for name in measures}
    facts |= {f"{name}_flags" for name in measures}
    if any(isinstance(step, ShowCourseSets) for step in flow.steps):
        facts |= {f"{name}_known" for name in library.measures}
    facts |= {f"{step.id}_found" for step in flow.steps if isinstance(step, ShowPlace)}
    facts |= {fact for step in flow.steps for fact in plan_facts(step)}
    facts |= {fact for step in flow.steps if isinstance(step, ShowHanded) for fact in step.gives}
    facts |= {f"{step.id}_is" for step in flow.steps if isinstance(step, RequestStep)}
    for at, step in enumerate(flow.steps):
        keys: Keys = ("steps", at)
        if step.id in ids[:at] or step.id == "end":
            yield fault("F006", file, (*keys, "id"), f'"{step.id}" stands twice', "rename one")
        for number, route in enumerate(step.next):
            here = (*keys, "next", number)
            if route.to != "end" and route.to not in ids:
                yield fault("F001", file, (*here, "to"), f'no step "{route.to}" in this flow')
            yield from condition_faults(route.when, facts, file, (*here, "when"))
        yield from condition_faults(step.when, facts, file, (*keys, "when"))
        yield from _names(library, step, judged, file, keys)
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
            yield fault("F002", file, ("steps", at), text, "route to it or remove it")


def _shared(library: Library) -> set[str]:
    return {
        step.id for step in library.steps.values() if isinstance(step, QUESTIONS) and step.shared
    }


def _names(
    library: Library, step: Step, judged: set[str], file: str, keys: Keys
) -> Iterator[Finding]:
    if isinstance(step, Enter) and step.flow not in library.flows:
        yield fault("F003", file, (*keys, "flow"), f'no flow "{step.flow}"')
    if isinstance(step, ShowComparison) and step.interests not in library.flows:
        yield fault("F003", file, (*keys, "interests"), f'no flow "{step.interests}"')
    if isinstance(step, Choice | Several) and step.options_by is not None:
        knowing = library.flows.get(step.options_by)
        if knowing is None or knowing.paths is None:
            text = f'no flow "{step.options_by}" that says how paths are judged'
            yield fault("P002", file, (*keys, "options_by"), text, "name the flow of paths")
    if isinstance(step, Offer):
        yield from _at_once(step, file, (*keys, "at_once"))
        groups = [group.id for group in step.groups]
        for number, way in enumerate(step.options):
            if way.flow is not None and way.flow not in library.flows:
                where = (*keys, "options", number, "flow")
                yield fault("F003", file, where, f'no flow "{way.flow}"')
            if (way.group is not None or step.groups) and way.group not in groups:
                where = (*keys, "options", number, "group")
                yield fault(
                    "F020", file, where, f'the group of "{way.id}" is not there', _named(groups)
                )
            if way.ask is not None and way.ask not in judged:
                where = (*keys, "options", number, "ask")
                yield fault("F005", file, where, f'no judge step of this flow asks "{way.ask}"')
    for key, source in _sources(step):
        if source not in library.sources:
            yield fault("F011", file, (*keys, key), f'no source "{source}"')
    if isinstance(step, Judge):
        if step.rule in library.rules:
            yield from asked_faults(library, library.rules[step.rule], step, file, keys)
        else:
            yield fault("F004", file, (*keys, "rule"), f'no rule "{step.rule}"')


def _at_once(offer: Offer, file: str, keys: Keys) -> Iterator[Finding]:
    """Find likely options that are not there, and others that nothing leads to."""
    options = [option.id for option in offer.options]
    for number, likely in enumerate(offer.at_once.first if offer.at_once is not None else ()):
        if likely.id not in options:
            where = (*keys, "first", number, "id")
            yield fault("F021", file, where, f'no option "{likely.id}"', "correct the name")
    if (offer.at_once is not None) != any(option.more for option in offer.options):
        text = "what is shown at once and what shows the rest go together"
        yield fault(
            "F021", file, keys[:-1], text, "name both, `at_once` and an option with `more: true`"
        )


def _named(groups: Sequence[str]) -> str:
    return f"one of: {', '.join(groups)}" if groups else "declare it under groups"


def _sources(step: Step) -> Iterator[tuple[str, str]]:
    """Return the sources of a step, each with its key."""
    match step:
        case Say() | ShowProfile() | ShowSetChanges():
            if step.source is not None:
                yield "source", step.source
        case ShowOccupation():
            yield from (("more", source) for source in step.more)
            yield from (("imported", step.imported), ("figures", step.figures))
        case ShowPath() | ShowPaths() | ShowClosedPaths() | ShowDates():
            return  # a card and a date name their sources themselves
        case ShowSavedPaths() | ShowComparison() | ShowWays():
            return
        case ShowPlan() | CountPlan() | FindInPlan() | ChangePlan():
            return  # each item of a plan tells where it comes from
        case ShowHanded():
            return  # it is the person's own
        case ShowPlace():
            return  # a place tells its own day
        case Judge() | Measure() | CompareRounds() | Enter() | Offer() | RequestStep():
            return  # a rule names its source itself
        case ShowCourseSets():
            return  # so do the catalogue of courses and a school
        case Choice() | Several() | YesNo() | Number() | Day() | Scale() | Words():
            return
        case _:
            assert_never(step)


def _told_of(
    step: Step, measures: set[str], facts: set[str], file: str, keys: Keys
) -> Iterator[Finding]:
    """Find what a portrait or a description is of, and is not there."""
    if isinstance(step, ShowProfile) and step.measure not in measures:
        yield fault("F015", file, (*keys, "measure"), f'no measure "{step.measure}" in this flow')
    named = step.preparation if isinstance(step, ShowProfile) else None
    named = (
        step.fact if isinstance(step, ShowOccupation | ShowPath | ShowDates | ShowPlace) else named
    )
    named = step.matters if isinstance(step, ShowPaths) else named
    named = step.number if isinstance(step, FindInPlan) else named
    named = step.question if isinstance(step, ShowHanded) else named
    compared = step.facts if isinstance(step, ShowComparison | ChangePlan | RequestStep) else ()
    for fact in (*([] if named is None else [named]), *compared):
        if fact not in facts:
            text = f'no question gives the fact "{fact}"'
            yield fault("F005", file, keys, text, "correct the name")


def _compared(flow: Flow, step: Step, file: str, keys: Keys) -> Iterator[Finding]:
    """Find what is compared and is no scale of this flow, or has other steps than the rest."""
    if not isinstance(step, CompareRounds):
        return
    lengths = {scale.id: len(scale.options) for scale in flow.steps if isinstance(scale, Scale)}
    for number, area in enumerate(step.areas):
        here = (*keys, "areas", number, "asks")
        for name in area.asks:
            if name not in lengths:
                yield fault("F016", file, here, f'no scale "{name}" in this flow')
        if len({lengths[name] for name in area.asks if name in lengths}) > 1:
            text = "statements of one area have different steps"
            yield fault("F016", file, here, text, "give them the same options")


def _options(
    library: Library, step: Step, file: str, keys: Keys, facts: set[str]
) -> Iterator[Finding]:
    lent = step.known_from if isinstance(step, Number) else None
    if lent is not None and lent not in {name for _, name in library.steps}:
        text = f'no question "{lent}"'
        yield fault("F005", file, (*keys, "known_from"), text, "name a question with a number")
    known_from = step.known_from if isinstance(step, Choice) else None
    if known_from is not None and known_from.fact not in facts:
        text = f'no question gives the fact "{known_from.fact}"'
        yield fault("F005", file, (*keys, "known_from"), text, "name a shared question")
    likely = step.at_once.first if isinstance(step, Offer) and step.at_once is not None else ()
    for number, one in enumerate(likely):
        here = (*keys, "at_once", "first", number, "when")
        yield from condition_faults(one.when, facts, file, here)
    options: tuple[Option, ...] = getattr(step, "options", ())
    for number, option in enumerate(options):
        here = (*keys, "options", number)
        yield from condition_faults(option.when, facts, file, (*here, "when"))
        if option.via is not None and option.via not in library.flows:
            yield fault("F003", file, (*here, "aside"), f'no flow "{option.via}"')
        if option.id in {other.id for other in options[:number]}:
            yield fault("F008", file, (*here, "id"), f'the option "{option.id}" stands twice')


def label_faults(words: GlobalWords, flow: Flow, file: str) -> Iterator[Finding]:
    """Find options that read like another one, or like a word that holds everywhere."""
    for at, step in enumerate(flow.steps):
        if isinstance(step, Judge):
            for number, ask in enumerate(step.asks):
                yield from _labels(words, ask, file, ("steps", at, "asks", number))
        else:
            yield from _labels(words, step, file, ("steps", at))


def _labels(words: GlobalWords, step: Step, file: str, keys: Keys) -> Iterator[Finding]:
    options: tuple[Option, ...] = getattr(step, "options", ())
    names: dict[str, str] = {}
    for number, option in enumerate(options):
        here = (*keys, "options", number, "label")
        label = str(option.label)
        if names.setdefault(normalize(label), option.id) != option.id:
            yield fault("F009", file, here, f'"{label}" reads like another option')
        word = hear_global(words, label, open_question=True)
        if word is not None:
            yield fault(
                "F010", file, here, f'"{label}" is the global word {word}', "use other words"
            )


def _reached(flow: Flow) -> set[int]:
    """Return the places of the steps that some path leads to, whatever its conditions come to."""
    places = {step.id: place for place, step in enumerate(flow.steps)}
    reached: set[int] = set()
    ahead = [0]
    while ahead:
        place = ahead.pop()
        if place in reached or place >= len(flow.steps):
            continue
        reached.add(place)
        step = flow.steps[place]
        ahead += [places[route.to] for route in step.next if route.to in places]
        leads_away = any(route.when is None for route in step.next)
        rests = isinstance(step, Offer)
        may_be_passed_over = step.when is not None
        if may_be_passed_over or not (leads_away or rests):
            ahead.append(place + 1)
    return reached
