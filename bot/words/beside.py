"""Says what stands beside an open question: what it asks, and how to go on once somebody leaves off."""

from bot.core.dialogue.events import Remarked
from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.plan_hearing import works_on_plan
from bot.core.dialogue.session import Session
from bot.core.flows.steps import Choice, Scale, Several
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Message


def why_asked(words: Localizer, event: Remarked) -> str:
    """Return why a question is asked."""
    why = getattr(words.library.steps.get((event.flow, event.step)), "why", None)
    return words.say(why) if why else words.phrase("why_default")


def meaning(words: Localizer, event: Remarked) -> Message:
    """Return why a question is asked, an answer that would do, and how it is passed over."""
    step = words.library.steps.get((event.flow, event.step))
    skip = getattr(step, "skip", None)
    said = [why_asked(words, event)]
    if isinstance(step, Scale):
        least, most = (words.say(step.options[place].label) for place in (0, -1))
        said.append(words.phrase("meaning_scale", least=least, most=most))
    elif isinstance(step, Choice | Several):
        labels = [one.label for one in step.options if one.id == event.example]
        said += [words.phrase("meaning_example", example=words.say(one)) for one in labels]
    if skip:
        said.append(words.phrase("meaning_skip", skip=words.say(skip)))
    return Message(kind="note", text=" ".join(said))


def paused(words: Localizer, event: Remarked, session: Session) -> Message:
    """Return what is kept where somebody leaves off, and how to come back."""
    kept = may_be_kept(words.library, session)
    at_plan = session.plan is not None and works_on_plan(words.library, event.flow)
    keys = (
        "paused",
        "paused_kept" if kept else "paused_briefly",
        "paused_plan" if at_plan else "paused_back",
    )
    buttons = (
        Button(pick="@continue", label=words.phrase("go_on")),
        Button(pick="@menu", label=words.phrase("menu")),
    )
    return Message(kind="note", text=" ".join(map(words.phrase, keys)), buttons=buttons)
