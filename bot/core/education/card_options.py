"""Questions whose options are path cards: filled once, as the content is read."""

from collections.abc import Collection, Mapping

from bot.core.education.path_card import PathCard
from bot.core.flows.conditions import Condition
from bot.core.flows.path_steps import PathRules, Stage
from bot.core.flows.steps import Choice, Flow, Option, Several, Step


def with_card_options(flow: Flow, cards: Mapping[str, PathCard], flows: Mapping[str, Flow]) -> Flow:
    """Return a flow in which every question with `options_from` has an option for each card.

    flows: all of them, among which one may know where somebody stands.
    """
    if not any(_is_from_cards(step) for step in flow.steps):
        return flow
    steps = tuple(_filled(step, cards, flows) for step in flow.steps)
    return flow.model_copy(update={"steps": steps})


def card_options(
    stages: Collection[Stage], cards: Mapping[str, PathCard], rules: PathRules | None = None
) -> tuple[Option, ...]:
    """Return an option for each card that starts from one of some stages.

    rules: which answers mean which stage; an option is then hidden from who certainly stands elsewhere.
    """
    return tuple(
        Option(id=id_, label=card.title, synonyms=card.called, when=_of_stage(card, rules))
        for id_, card in cards.items()
        if set(stages) & set(card.after)
    )


def _of_stage(card: PathCard, rules: PathRules | None) -> Condition | None:
    """Return the condition that somebody may stand where a path starts."""
    if rules is None:
        return None
    known = {rules.standing: rules.stages, **rules.also}
    elsewhere = [
        {"fact": fact, "one_of": answers}
        for fact, meant in known.items()
        if (
            answers := [name for name, stages in meant.items() if not set(stages) & set(card.after)]
        )
    ]
    return Condition.model_validate({"not": {"any": elsewhere}}) if elsewhere else None


def _is_from_cards(step: Step) -> bool:
    return isinstance(step, Choice | Several) and bool(step.options_from)


def _filled(step: Step, cards: Mapping[str, PathCard], flows: Mapping[str, Flow]) -> Step:
    if isinstance(step, Choice | Several) and step.options_from:
        knowing = flows.get(step.options_by or "")
        rules = None if knowing is None else knowing.paths
        options = (*card_options(step.options_from, cards, rules), *step.options)
        return step.model_copy(update={"options": options})
    return step
