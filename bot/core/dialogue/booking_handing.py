"""What a person can hand to a counsellor, thing by thing, and how it reads in Latvian."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core.base.texts import Text
from bot.core.booking.meeting import HandedItem
from bot.core.dialogue.known_interests import near_families
from bot.core.dialogue.session import FREE_TEXT, Answer, Session
from bot.core.flows.booking_steps import SENSITIVE, HandedKind, ShowHanded
from bot.core.flows.steps import Choice, Several
from bot.core.library import Library
from bot.core.plan.items import PlanEntry, PlanGoal, PlanStep
from bot.core.plan.wording import OwnWords, Wording

MOST_FAMILIES = 3  # of work that are told
LONGEST_LINE, LONGEST_TITLE = 2000, 300


@dataclass(frozen=True, slots=True)
class ThingToHand:
    """One thing there is to hand over, in lines: texts of the content, words of the plan, answers."""

    kind: HandedKind
    texts: tuple[Text, ...] = ()
    wordings: tuple[Wording, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def is_there(self) -> bool:
        """Return whether it has anything in it."""
        return bool(self.texts or self.wordings or self.answers)


def things_to_hand(library: Library, session: Session) -> tuple[ThingToHand, ...]:
    """Return what there is, in the order it is shown."""
    answers = {answer.step: answer for answer in session.answers}
    near = near_families(library, answers)[:MOST_FAMILIES]
    families = [library.families[id_].name for id_ in near if id_ in library.families]
    cards = [
        library.paths[saved.card].title
        for saved in session.saved_paths
        if saved.card in library.paths and not saved.is_withdrawn
    ]
    told = {flow for step in _showing(library) for flow in step.flows}
    of_person = [one for one in session.answers if one.flow in told and one.value is not None]
    found = (
        ThingToHand("interests", texts=tuple(families)),
        ThingToHand("paths", texts=tuple(cards)),
        ThingToHand("plan", wordings=_planned(session)),
        ThingToHand("about_me", answers=tuple(of_person)),
    )
    return tuple(thing for thing in found if thing.is_there)


def facts_of_handed(library: Library, session: Session, step: ShowHanded) -> dict[str, str]:
    """Return the facts that a step gives: of which kinds there is something."""
    there = {thing.kind for thing in things_to_hand(library, session)}
    facts = dict.fromkeys(step.gives, "no")
    facts |= {f"{step.id}_{kind}": "yes" for kind in there}
    return facts | {f"{step.id}_any": "yes" if there else "no"}


def handed_items(
    library: Library, session: Session, ticked: Collection[str] | None
) -> tuple[HandedItem, ...]:
    """Return what is handed over, in Latvian. ticked: the kinds chosen; None for all that is not sensitive."""
    chosen: list[HandedItem] = []
    for thing in things_to_hand(library, session):
        if thing.kind in (ticked or ()) or (ticked is None and thing.kind not in SENSITIVE):
            lines = (line[:LONGEST_LINE] for line in _latvian_lines(library, thing))
            title = _title(library, thing.kind)[:LONGEST_TITLE]
            chosen.append(HandedItem(id=thing.kind, title=title, lines=tuple(lines)))
    return tuple(chosen)


def title_of(library: Library, kind: HandedKind) -> Text:
    """Return what a kind is called where it can be ticked."""
    options = (
        option
        for flow in library.flows.values()
        if any(isinstance(step, ShowHanded) for step in flow.steps)
        for step in flow.steps
        if isinstance(step, Several)
        for option in step.options
    )
    return next((option.label for option in options if option.id == kind), kind)


# --- within


def _showing(library: Library) -> list[ShowHanded]:
    flows = library.flows.values()
    return [step for flow in flows for step in flow.steps if isinstance(step, ShowHanded)]


def _planned(session: Session) -> tuple[Wording, ...]:
    """Return what stands in the plan in words: entries, goals and steps that are not sensitive."""
    if session.plan is None:
        return ()
    return tuple(
        item.wording
        for item in session.plan.shown
        if isinstance(item, PlanEntry | PlanGoal | PlanStep) and not item.sensitive
    )


def _title(library: Library, kind: HandedKind) -> str:
    return _latvian(title_of(library, kind))


def _latvian(text: Text) -> str:
    return text if isinstance(text, str) else text.jus


def _latvian_lines(library: Library, thing: ThingToHand) -> list[str]:
    lines = [_latvian(text) for text in thing.texts]
    lines += [one.text if isinstance(one, OwnWords) else one.noted for one in thing.wordings]
    lines += [_latvian_answer(library, answer) for answer in thing.answers]
    return lines


def _latvian_answer(library: Library, answer: Answer) -> str:
    """Return an answer with its question, as the content has them."""
    question = library.question(answer.flow, answer.step)
    if question is None:
        return str(answer.value)
    labels: dict[str, str] = {}
    if isinstance(question, Choice | Several):
        labels = {option.id: _latvian(option.label) for option in question.options}
    values = answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
    shown = "; ".join(labels.get(one, one.removeprefix(FREE_TEXT)) for one in values)
    return f"{_latvian(question.text)} {shown}"
