"""Which flows a flow goes through."""

from collections.abc import Mapping

from bot.core.flows.steps import Enter, Flow


def entered_flows(flows: Mapping[str, Flow], name: str) -> frozenset[str]:
    """Return a flow with all that it goes through, at any depth; without those that are not there."""
    entered: set[str] = set()
    ahead = [name]
    while ahead:
        flow = ahead.pop()
        if flow in flows and flow not in entered:
            entered.add(flow)
            ahead += [step.flow for step in flows[flow].steps if isinstance(step, Enter)]
    return frozenset(entered)
