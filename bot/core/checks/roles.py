"""Every part of `content/roles.yaml` that nothing in the content plays any more."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import assert_never

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.flows.occupation_steps import ShowOccupation
from bot.core.flows.place_steps import ShowPlace
from bot.core.flows.plan_steps import ChangePlan, FindInPlan
from bot.core.flows.steps import (
    NO,
    QUESTIONS,
    YES,
    Ask,
    Choice,
    Day,
    Enter,
    Flow,
    Number,
    Offer,
    RequestStep,
    Scale,
    Several,
    ShowProfile,
    Words,
    YesNo,
)
from bot.core.library import Library

ROLES_FILE = "content/roles.yaml"
# what a flow must hold to play its part, for those parts that ask for something
NEEDED_OF_ROLE = {
    "home": "an `offer` without `when`, where the conversation rests",
    "show_data": "a step `request: my_data`",
    "erase": "a step `request: forget`",
    "carry": "a step `request: carry`",
    "carried": "a step `request: join`",
    "class_start": "a step `show_profile`, of which the picture of a class is made",
    "look_up": "a step `show_occupation`",
    "correction": "a step `request: correction`",
    "place": "a step `show_place`",
    "plan.home": "an `offer` below a step `change_plan` that begins the plan",
    "plan.done": "a step `change_plan` by which one that was found is done",
    "plan.move": "a step `change_plan` by which one of the steps ahead gets another day",
    "plan.look": "a step `change_plan` by which what was found is taken out",
    "plan.proposals": "a step `change_plan` by which a proposal is taken",
    "plan.due": "a step `find_in_plan`, and `enter` to what can be done with what it finds",
    "plan.review": "a step `change_plan` by which some steps are done",
    "plan.check_in": "a step `enter` to the flow of `look`",
}


def role_faults(library: Library) -> Iterator[Finding]:
    """Find roles whose flow, question or option is gone, or is not made for the part."""
    roles = library.roles
    flows = {
        "first": roles.first,
        "home": roles.home,
        "human": roles.human,
        "show_data": roles.show_data,
        "erase": roles.erase,
        "carry": roles.carry,
        "carried": roles.carried,
        "class_start": roles.class_start,
    }
    for role, flow in flows.items():
        yield from _flow_faults(library, role, (role,), flow)
    yield from _flow_faults(library, "look_up", ("look_up", "flow"), roles.look_up.flow)
    yield from _look_up_faults(library)
    yield from _flow_faults(library, "correction", ("correction", "flow"), roles.correction.flow)
    yield from _correction_faults(library)
    yield from _flow_faults(library, "place", ("place", "flow"), roles.place.flow)
    yield from _place_faults(library)
    for part, flow in roles.plan.model_dump().items():
        yield from _flow_faults(library, f"plan.{part}", ("plan", part), flow)

    form, age, parent = roles.address_form, roles.age, roles.age.parent
    counted: dict[Keys, str] = {
        (part, at): option
        for part in ("informal", "of_child")
        for at, option in enumerate(getattr(form, part))
    }
    yield from _question_faults(library, ("audience",), roles.audience.fact, {})
    yield from _question_faults(library, ("address_form",), form.fact, counted)
    given = roles.consent.given
    yield from _question_faults(library, ("consent",), roles.consent.fact, {("given",): given})
    yield from _question_faults(library, ("age",), age.fact, {("child",): age.child})
    yield from _question_faults(library, ("age", "parent"), parent.fact, {("given",): parent.given})


def _flow_faults(library: Library, role: str, keys: Keys, name: str) -> Iterator[Finding]:
    look = library.roles.plan.look if library.roles.plan.look in library.flows else ""
    fitting = [other for other, flow in library.flows.items() if _plays(role, flow, look)]
    if name not in library.flows:
        yield fault("N001", ROLES_FILE, keys, f'{role}: no flow "{name}"', _meant(name, fitting))
    elif name not in fitting:
        text = f'{role}: the flow "{name}" lacks {NEEDED_OF_ROLE[role]}'
        yield fault("N004", ROLES_FILE, keys, text, _meant(name, fitting))


def _plays(role: str, flow: Flow, look: str) -> bool:
    """Return whether a flow holds what its part asks for. look: the flow that looks at one item of the plan, "" if it is gone."""
    wants = {step.request for step in flow.steps if isinstance(step, RequestStep)}
    match role:
        case "home":  # a home that does not rest would begin again and again
            return any(isinstance(step, Offer) and step.when is None for step in flow.steps)
        case "show_data":
            return "my_data" in wants
        case "erase":
            return "forget" in wants
        case "carry":
            return "carry" in wants
        case "carried":
            return "join" in wants
        case "class_start":
            return any(isinstance(step, ShowProfile) for step in flow.steps)
        case "correction":
            return "correction" in wants
        case "look_up":
            return any(isinstance(step, ShowOccupation) for step in flow.steps)
        case "place":
            return any(isinstance(step, ShowPlace) for step in flow.steps)
        case _ if role.startswith("plan."):
            return _plays_on_plan(role.removeprefix("plan."), flow, look)
        case _:
            return True


def _plays_on_plan(part: str, flow: Flow, look: str) -> bool:
    """Return whether a flow does with the plan what its part is for."""
    deeds = {step.do for step in flow.steps if isinstance(step, ChangePlan)}
    found = {step.part for step in flow.steps if isinstance(step, FindInPlan)}
    entered = {step.flow for step in flow.steps if isinstance(step, Enter)}
    played = {
        "home": "begin" in deeds and any(isinstance(step, Offer) for step in flow.steps),
        "done": "set_done" in deeds,
        "move": "set_day" in deeds and "steps" in found,
        "look": "remove" in deeds,
        "proposals": "take_proposal" in deeds,
        "due": bool(found) and bool(entered),
        "review": "done_some" in deeds,
        "check_in": look in entered if look else bool(entered),
        "bring": "take_file" in deeds,
    }
    return played[part]


def _look_up_faults(library: Library) -> Iterator[Finding]:
    """Find what is wrong with the question that is answered for a person who asks about a work."""
    flow = library.flows.get(library.roles.look_up.flow)
    if flow is None:
        return
    name, keys = library.roles.look_up.fact, ("look_up", "fact")
    described = {step.fact for step in flow.steps if isinstance(step, ShowOccupation)}
    fitting = [
        step.id
        for step in flow.steps
        if isinstance(step, Words) and step.fresh and step.id in described
    ]
    if name not in {step.id for step in flow.steps}:
        text = f'look_up: no question "{name}" in this flow'
        yield fault("N002", ROLES_FILE, keys, text, _meant(name, fitting))
    elif name not in fitting:
        text = f'look_up: "{name}" is not a `text` with `fresh: true` that the flow describes'
        yield fault("N004", ROLES_FILE, keys, text, _meant(name, fitting))


def _correction_faults(library: Library) -> Iterator[Finding]:
    """Find what is wrong with the question that asks what is not right with a card."""
    flow = library.flows.get(library.roles.correction.flow)
    name, keys = library.roles.correction.fact, ("correction", "fact")
    if flow is None:
        return
    fitting = [
        step.id for step in flow.steps if isinstance(step, Words) and step.fresh and step.skip
    ]
    if name not in {step.id for step in flow.steps}:
        text = f'correction: no question "{name}" in this flow'
        yield fault("N002", ROLES_FILE, keys, text, _meant(name, fitting))
    elif name not in fitting:
        text = f'correction: "{name}" is not a `text` of this flow with `fresh: true` and `skip`'
        yield fault("N004", ROLES_FILE, keys, text, _meant(name, fitting))


def _place_faults(library: Library) -> Iterator[Finding]:
    """Find what is wrong with the question that is answered where a place is pressed."""
    flow = library.flows.get(library.roles.place.flow)
    if flow is None:
        return
    name, keys = library.roles.place.fact, ("place", "fact")
    told = {step.fact for step in flow.steps if isinstance(step, ShowPlace)}
    texts = [step for step in flow.steps if isinstance(step, Words) and step.id in told]
    fitting = [step.id for step in texts if step.shared and not step.fresh]
    if name not in {step.id for step in flow.steps}:
        text = f'place: no question "{name}" in this flow'
        yield fault("N002", ROLES_FILE, keys, text, _meant(name, fitting))
    elif name not in fitting:
        text = f'place: "{name}" is not a shared `text` that the flow tells of'
        yield fault("N004", ROLES_FILE, keys, text, _meant(name, fitting))


def _question_faults(
    library: Library, role: Keys, name: str, counted: Mapping[Keys, str]
) -> Iterator[Finding]:
    """Find what is wrong with a question of a role. counted: the options that count, by their keys."""
    questions = {step.id: step for step in library.steps.values() if isinstance(step, QUESTIONS)}
    fitting = [
        other
        for other, question in questions.items()
        if not question.fresh and set(counted.values()) <= set(_options(question))
    ]
    said, keys = ".".join(map(str, role)), (*role, "fact")
    question = questions.get(name)
    if question is None:
        yield fault(
            "N002", ROLES_FILE, keys, f'{said}: no question "{name}"', _meant(name, fitting)
        )
        return
    if question.fresh or not _options(question):
        text = f'{said}: "{name}" is not a `choice` or `yes_no` whose answer is kept'
        yield fault("N004", ROLES_FILE, keys, text, _meant(name, fitting))
        return
    unnamed = [option for option in _options(question) if option not in counted.values()]
    for where, option in counted.items():
        if option not in _options(question):
            text = f'{said}: no option "{option}" of the question "{name}"'
            yield fault("N003", ROLES_FILE, (*role, *where), text, _meant(option, unnamed))


def _options(question: Ask) -> Sequence[str]:
    """Return the answers a question can have, where its answer is one name."""
    match question:
        case Choice():
            return [option.id for option in question.options]
        case YesNo():
            return [YES, NO]
        case Several() | Number() | Day() | Scale() | Words():
            return []
        case _:
            assert_never(question)


def _meant(gone: str, fitting: Sequence[str]) -> str:
    """Return a remedy: the name that was likely meant, or those there are."""
    near = get_close_matches(gone, fitting, n=1) or (fitting if len(fitting) == 1 else [])
    if near:
        return f'did you mean "{near[0]}"?'
    return f"one of: {', '.join(fitting)}" if fitting else "there is none yet: add one"
