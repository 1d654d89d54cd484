"""Which options of a step are shown to a person, by what is known."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import assert_never

from bot.core.dialogue.readings import Ambiguous, NotUnderstood, Reading, Understood
from bot.core.dialogue.session import Value
from bot.core.flows.conditions import holds
from bot.core.flows.steps import (
    Ask,
    Choice,
    Day,
    Number,
    Offer,
    OfferOption,
    Option,
    Scale,
    Several,
    Words,
    YesNo,
)
from bot.core.nlu.options import OptionNames


def shown_options(step: Ask | Offer, facts: dict[str, Value]) -> tuple[Option, ...]:
    """Return the options of a step that are to be shown.

    Only a condition that is certainly false hides its option; one on facts not known does not.
    What an option of an offer asks must be worth it for certain, and not have been asked.
    """
    match step:
        case Offer():
            return tuple(option for option in step.options if _is_offered(option, facts))
        case Choice() | Several() | Scale():
            return tuple(
                option
                for option in step.options
                if option.when is None or holds(option.when, facts) is not False
            )
        case YesNo() | Number() | Day() | Words():
            return ()
        case _:
            assert_never(step)


def options_at_once(
    step: Ask | Offer, options: tuple[Option, ...], facts: dict[str, Value], *, all_asked: bool
) -> tuple[Option, ...]:
    """Return those of the options to be shown that stand there at once: of many the likeliest, and one that leads to the others.

    all_asked: the person has asked for the others, too.
    """
    if not isinstance(step, Offer) or step.at_once is None:
        return options
    offered = {option.id: option for option in options}
    kept = {option.id for option in step.options if option.resume}
    leading = {option.id for option in step.options if option.more}
    likely = (
        one.id
        for one in step.at_once.first
        if one.id in offered and (one.when is None or holds(one.when, facts) is True)
    )
    first = tuple(dict.fromkeys(likely))[: step.at_once.many]
    hidden = offered.keys() - {*first, *kept, *leading}
    if all_asked or len(hidden) <= 1:  # one more takes no more room than what would lead to it
        return tuple(option for option in options if option.id not in leading)
    ahead = tuple(offered[id_] for id_ in first)
    return (*ahead, *(option for option in options if option.id in kept | leading))


def in_shown_order(
    step: Ask | Offer, names: Sequence[OptionNames], facts: dict[str, Value], *, all_asked: bool
) -> tuple[OptionNames, ...]:
    """Return what options are called, in the order they are seen: "the second" is the second that stands there.

    all_asked: as of `options_at_once`. Options that are not seen come last.
    """
    if not isinstance(step, Offer | Choice | Several):
        return tuple(names)
    offered = shown_options(step, facts)
    seen = options_at_once(step, offered, facts, all_asked=all_asked)
    order = dict.fromkeys(option.id for option in (*seen, *offered))
    places = {id_: place for place, id_ in enumerate(order)}
    return tuple(sorted(names, key=lambda one: places.get(one.id, len(places))))


def only_shown(step: Ask | Offer, reading: Reading, facts: dict[str, Value]) -> Reading:
    """Return a reading without the options that are not shown to a person: these are never taken.

    An offer is no answer: what it hides may well be asked for by its name. Of two that were named the one that is shown is meant.
    """
    if isinstance(step, Offer | YesNo | Number | Day | Words | Scale):
        return reading
    shown = {option.id for option in shown_options(step, facts)}
    hidden = {option.id for option in step.options} - shown
    match reading:
        case Understood(str() as value) if value in hidden:
            left = tuple(option for option in reading.others if option in shown)
            return (
                replace(reading, value=left[0], others=())
                if len(left) == 1
                else NotUnderstood("choice")
            )
        case Understood(tuple() as values) if hidden.intersection(values):
            kept = tuple(value for value in values if value not in hidden)
            return replace(reading, value=kept) if kept else NotUnderstood("choice")
        case Ambiguous(options) if hidden.intersection(options):
            left = tuple(option for option in options if option not in hidden)
            return replace(reading, options=left) if left else NotUnderstood("choice")
        case _:
            return reading


def saved_first(
    step: Ask | Offer, options: tuple[Option, ...], saved: Collection[str]
) -> tuple[Option, ...]:
    """Return the options shown, those first that a person has saved, where several paths are chosen.

    Where one is chosen the order stays: "the second" is read by the order of the content.
    """
    if not isinstance(step, Several) or not step.options_from:
        return options
    return tuple(sorted(options, key=lambda option: option.id not in saved))


def _is_offered(option: OfferOption, facts: dict[str, Value]) -> bool:
    known = True if option.when is None else holds(option.when, facts)
    if option.ask is None:
        return known is not False
    return known is True and option.ask not in facts
