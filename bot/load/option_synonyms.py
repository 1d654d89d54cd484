"""Words people type for an option that mean something else: another option, or a global word."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.flows.steps import Choice, Flow, Judge, Offer, OfferOption, Option, Scale, Several
from bot.core.library import Library
from bot.core.nlu.commands import hear_global
from bot.core.nlu.normalize import normalize
from bot.words.i18n.translations import Catalogue

WithOptions = Choice | Several | Scale | Offer  # the steps whose options have words of their own


def synonym_faults(library: Library, catalogues: Mapping[str, Catalogue]) -> Iterator[Finding]:
    """Find synonyms, in any language, that are another option's label or a word heard everywhere.

    A global word may stand at an option that leads to the same flow.
    """
    for name, flow in library.flows.items():
        for keys, step in _steps_with_options(flow):
            labels = _labels(step, catalogues)
            for number, option in enumerate(step.options):
                here = (*keys, "options", number, "synonyms")
                for language, catalogue in catalogues.items():
                    for synonym in catalogue.synonyms(option.synonyms):
                        said = f'"{synonym}" ({language})'
                        for other in sorted(labels[normalize(synonym)] - {option.id}):
                            text = f'{said} is the label of the option "{other}"'
                            yield fault(
                                "F018", f"flows/{name}/flow.yaml", here, text, "take it out"
                            )
                        word = _global_word(library, step, option, synonym)
                        if word is not None:
                            text = f"{said} is the global word {word}"
                            yield fault(
                                "F019", f"flows/{name}/flow.yaml", here, text, "take it out"
                            )


def _steps_with_options(flow: Flow) -> Iterator[tuple[Keys, WithOptions]]:
    for at, step in enumerate(flow.steps):
        if isinstance(step, WithOptions):
            yield ("steps", at), step
        elif isinstance(step, Judge):
            for number, ask in enumerate(step.asks):
                if isinstance(ask, WithOptions):
                    yield ("steps", at, "asks", number), ask


def _labels(step: WithOptions, catalogues: Mapping[str, Catalogue]) -> Mapping[str, set[str]]:
    """Return the options that each label of any language is of."""
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for option in step.options:
        for catalogue in catalogues.values():
            labels[normalize(catalogue.say(option.label))].add(option.id)
    return labels


def _global_word(library: Library, step: WithOptions, option: Option, synonym: str) -> str | None:
    """Return the global word that a synonym is, unless it leads where the option leads too."""
    at_question = not isinstance(step, Offer)
    word = hear_global(library.global_words, synonym, open_question=at_question)
    roles = library.roles
    opened = {
        "menu": roles.home,
        "human": roles.human,
        "show_data": roles.show_data,
        "delete_data": roles.erase,
        "carry": roles.carry,
    }
    leads_to = option.flow if isinstance(option, OfferOption) else None
    if word is None or (leads_to is not None and leads_to == opened.get(word)):
        return None
    return word
