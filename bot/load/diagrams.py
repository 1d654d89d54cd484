"""A flow to look at: as Mermaid, as a picture, and as a script to read aloud."""

from html import escape
from typing import assert_never

from bot.core.base.texts import Text
from bot.core.flows.booking_steps import ShowHanded
from bot.core.flows.conditions import Condition
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.core.flows.date_steps import ShowDates
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
from bot.core.flows.plan_steps import ChangePlan, CountPlan, FindInPlan, ShowPlan
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
    OfferOption,
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

WIDTH, HEIGHT, GAP = 640, 56, 28  # of a step and between two of them, in SVG's units
LONGEST_NODE = 80  # characters of a step's words that Mermaid shows
LONGEST_LINE = 76  # characters of them that fit the width of the SVG
STYLE = (
    "text{font:14px sans-serif;fill:#1a2524}rect{fill:#fff;stroke:#66756f}"
    "path{stroke:#66756f;fill:none}.ask{fill:#dcebe3}"
)


def draw(library: Library, name: str, form: str) -> str:
    """Return a flow drawn. form: "script" to read aloud, "svg", or else Mermaid."""
    flow = library.flows[name]
    match form:
        case "script":
            return _script(flow)
        case "svg":
            return _svg(flow)
        case _:
            return _mermaid(flow)


def _said(text: Text) -> str:
    return text if isinstance(text, str) else text.jus


def _words(step: Step) -> str:
    """Return what a step says; of one that says nothing itself, its kind and what it is about."""
    match step:
        case Judge():
            return f"judge {step.rule}"
        case Enter():
            return f"enter {step.flow}"
        case Measure():
            return f"measure {step.instrument}"
        case CompareRounds():
            return f"{step.kind} " + ", ".join(area.id for area in step.areas)
        case ShowProfile():
            return f"{step.kind} {step.measure}"
        case ShowOccupation() | ShowDates() | ShowPlace():
            return f"{step.kind} {step.fact}"
        case ShowCourseSets():
            return f"{step.kind} {step.school}"
        case ShowSetChanges():
            return f"{step.kind} {step.chosen}"
        case ShowPath():
            return f"{step.kind} {step.card or step.fact}"
        case ShowPaths() | ShowClosedPaths() | ShowSavedPaths() | ShowWays():
            return step.kind
        case ShowPlan() | FindInPlan():
            return f"{step.kind} {step.part}"
        case CountPlan():
            return step.kind
        case ChangePlan():
            return f"{step.kind} {step.do}"
        case ShowComparison():
            return f"{step.kind} {step.cards}"
        case ShowHanded():
            return step.kind
        case RequestStep():
            return f"{step.kind} {step.request}"
        case Say() | Offer():
            return _said(step.text)
        case Choice() | Several() | YesNo() | Number() | Day() | Scale() | Words():
            return _said(step.text)
        case _:
            assert_never(step)


def _when(condition: Condition | None) -> str:
    if condition is None:
        return ""
    # as its author wrote it, without characters that Mermaid reads otherwise
    plain = condition.model_dump(exclude_none=True, by_alias=True)
    return str(plain).replace("'", "").replace("{", "(").replace("}", ")")


def _edges(flow: Flow) -> list[tuple[str, str, str]]:
    """Return the arrows of a flow: (from, to, label)."""
    edges: list[tuple[str, str, str]] = []
    following = [step.id for step in flow.steps[1:]] + ["end"]
    for step, next_step in zip(flow.steps, following, strict=True):
        edges += [(step.id, route.to, _when(route.when)) for route in step.next]
        if isinstance(step, Offer):
            for option in step.options:
                edges.append((step.id, _leads_to(flow, option), _said(option.label)))
            if step.when is not None:
                edges.append((step.id, next_step, "otherwise"))
        elif not any(route.when is None for route in step.next):
            edges.append((step.id, next_step, "otherwise" if step.next else ""))
    return edges


def _leads_to(flow: Flow, option: OfferOption) -> str:
    if option.restart:
        return flow.steps[0].id
    if option.more:
        return next(
            step.id for step in flow.steps if isinstance(step, Offer) and option in step.options
        )
    if option.more_families:
        return next(step.id for step in flow.steps if isinstance(step, ShowProfile))
    for step in flow.steps:
        if isinstance(step, Judge) and option.ask in {ask.id for ask in step.asks}:
            return step.id
    return f"flow_{option.flow}" if option.flow else "end"


def _mermaid(flow: Flow) -> str:
    lines = ["flowchart TD"]
    for step in flow.steps:
        text = _words(step).replace('"', "'")[:LONGEST_NODE]
        # Mermaid's hexagon for a question, its box for everything else
        shape = '{{"%s"}}' if isinstance(step, QUESTIONS) else '["%s"]'
        lines.append(f"  {step.id}{shape % text}")
    for start, to, label in _edges(flow):
        arrow = f'-->|"{label}"|' if label else "-->"
        target = "finish((end))" if to == "end" else to  # "end" is a word of Mermaid's own
        lines.append(f"  {start} {arrow} {target}")
    return "\n".join(lines)


def _script(flow: Flow) -> str:
    lines = [_said(flow.title), "=" * len(_said(flow.title)), ""]
    for step in flow.steps:
        if step.when is not None:
            lines.append(f"  (when {_when(step.when)})")
        lines += _lines(step)
        lines += [f"    → {route.to} {_when(route.when)}".rstrip() for route in step.next]
        lines.append("")
    return "\n".join(lines).rstrip()


def _lines(step: Step) -> list[str]:
    lines = [f"{step.id}: {_words(step)}"]
    if isinstance(step, Say) and step.source:
        lines.append(f"    ({step.source})")
    lines += [f"    [{_said(option.label)}]" for option in getattr(step, "options", ())]
    skip = getattr(step, "skip", None)
    if skip is not None:
        lines.append(f"    [{_said(skip)}]")
    if isinstance(step, Judge):
        lines += [f"  {line}" for ask in step.asks for line in _lines(ask)]
    return lines


def _svg(flow: Flow) -> str:
    height = len(flow.steps) * (HEIGHT + GAP) + GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(_said(flow.title))}</title>",
        f"<style>{STYLE}</style>",
    ]
    for number, step in enumerate(flow.steps):
        top = GAP + number * (HEIGHT + GAP)
        kind = ' class="ask"' if isinstance(step, QUESTIONS) else ""
        parts.append(
            f'<rect{kind} x="20" y="{top}" width="{WIDTH - 40}" height="{HEIGHT}" rx="6"/>'
        )
        parts.append(f'<text x="34" y="{top + 22}" font-weight="600">{escape(step.id)}</text>')
        words = escape(_words(step)[:LONGEST_LINE])
        parts.append(f'<text x="34" y="{top + 42}">{words}</text>')
        if number:  # a line from the step above
            parts.append(f'<path d="M{WIDTH // 2} {top - GAP}v{GAP}"/>')
    return "\n".join([*parts, "</svg>"])
