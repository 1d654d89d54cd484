"""Questions whose options are path cards: filled once, as the content is read."""

from collections.abc import Collection, Mapping

from bot.core.education.path_card import PathCard
from bot.core.flows.path_steps import Stage
from bot.core.flows.steps import Choice, Flow, Option, Several, Step


def with_card_options(flow: Flow, cards: Mapping[str, PathCard]) -> Flow:
    """Return a flow in which every question with `options_from` has an option for each card."""
    if not any(_is_from_cards(step) for step in flow.steps):
        return flow
    return flow.model_copy(update={"steps": tuple(_filled(step, cards) for step in flow.steps)})


def card_options(stages: Collection[Stage], cards: Mapping[str, PathCard]) -> tuple[Option, ...]:
    """Return an option for each card that starts from one of some stages."""
    return tuple(
        Option(id=id_, label=card.title, synonyms=card.called)
        for id_, card in cards.items()
        if set(stages) & set(card.after)
    )


def _is_from_cards(step: Step) -> bool:
    return isinstance(step, Choice | Several) and bool(step.options_from)


def _filled(step: Step, cards: Mapping[str, PathCard]) -> Step:
    if isinstance(step, Choice | Several) and step.options_from:
        options = (*card_options(step.options_from, cards), *step.options)
        return step.model_copy(update={"options": options})
    return step
