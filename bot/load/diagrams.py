"""A flow to look at: as Mermaid, as a picture, and as a script to read aloud."""

from html import escape
from typing import assert_never

from bot.core.base.texts import Text
from bot.core.flows.conditions import Condition
from bot.core.flows.steps import (
    QUESTIONS,
    Choice,
    CompareRounds,
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
    ShowOccupation,
    ShowProfile,
    Step,
    Words,
    YesNo,
)
from bot.core.library import Library

WIDTH, HEIGHT, GAP = 640, 56, 28
STYLE = (
    "text{font:14px sans-serif;fill:#1a2524}rect{fill:#fff;stroke:#66756f}"
    "path{stroke:#66756f;fill:none}.ask{fill:#dcebe3}"
)


def draw(library: Library, name: str, form: str) -> str:
    """Draw a flow in one of the three forms."""
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
        case ShowOccupation():
            return f"{step.kind} {step.fact}"
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
    plain = condition.model_dump(exclude_none=True, by_alias=True)
    return str(plain).replace("'", "").replace("{", "(").replace("}", ")")


def _edges(flow: Flow) -> list[tuple[str, str, str]]:
    edges = []
    for at, step in enumerate(flow.steps):
        after = flow.steps[at + 1].id if at + 1 < len(flow.steps) else "end"
        edges += [(step.id, route.to, _when(route.when)) for route in step.next]
        if isinstance(step, Offer):
            edges += [(step.id, _leads(flow, way), _said(way.label)) for way in step.options]
            if step.when is not None:
                edges.append((step.id, after, "otherwise"))
        elif not any(route.when is None for route in step.next):
            edges.append((step.id, after, "otherwise" if step.next else ""))
    return edges


def _leads(flow: Flow, way: OfferOption) -> str:
    if way.restart:
        return flow.steps[0].id
    return f"flow_{way.flow}" if way.flow else "end"


def _mermaid(flow: Flow) -> str:
    lines = ["flowchart TD"]
    for step in flow.steps:
        text = _words(step).replace('"', "'")[:80]
        shape = '{{"%s"}}' if isinstance(step, QUESTIONS) else '["%s"]'
        lines.append(f"  {step.id}{shape % text}")
    for start, to, label in _edges(flow):
        arrow = f'-->|"{label}"|' if label else "-->"
        lines.append(f"  {start} {arrow} {'finish((end))' if to == 'end' else to}")
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
    for at, step in enumerate(flow.steps):
        top = GAP + at * (HEIGHT + GAP)
        kind = ' class="ask"' if isinstance(step, QUESTIONS) else ""
        parts.append(
            f'<rect{kind} x="20" y="{top}" width="{WIDTH - 40}" height="{HEIGHT}" rx="6"/>'
        )
        parts.append(f'<text x="34" y="{top + 22}" font-weight="600">{escape(step.id)}</text>')
        words = escape(_words(step)[:76])
        parts.append(f'<text x="34" y="{top + 42}">{words}</text>')
        if at:
            parts.append(f'<path d="M{WIDTH // 2} {top - GAP}v{GAP}"/>')
    return "\n".join([*parts, "</svg>"])
