"""What is remembered of the requests of a flow that the service has answered: each by its kind, and what was found."""

from bot.core.flows.steps import Flow, RequestStep

BETWEEN = "="  # the kind and what was found


def mark_of_request(kind: str, found: str = "") -> str:
    """Return the mark of an answered request. found: what came of it, in a word; "" where that leads nowhere else."""
    return f"{kind}{BETWEEN}{found}" if found else kind


def facts_of_request(step: RequestStep, marks: tuple[str, ...]) -> dict[str, str] | None:
    """Return the facts that a step gives once the service has answered it; None where it has not."""
    found = {kind: what for kind, _, what in (mark.partition(BETWEEN) for mark in marks)}
    if step.request not in found:
        return None
    return {f"{step.id}_is": found[step.request]} if found[step.request] else {}


def still_answered(flow: Flow, question: str, marks: tuple[str, ...]) -> tuple[str, ...]:
    """Return the marks that hold once a question is answered anew: what was asked with its answer is asked again."""
    anew = {
        step.request
        for step in flow.steps
        if isinstance(step, RequestStep) and question in step.facts
    }
    return tuple(mark for mark in marks if mark.partition(BETWEEN)[0] not in anew)
