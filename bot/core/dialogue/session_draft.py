"""The session of one turn as it changes, and the path through the present flow over it."""

from collections.abc import Iterable
from typing import Any

from bot.core.dialogue.announcements import announced_outside
from bot.core.dialogue.inputs import World
from bot.core.dialogue.path import PathFinder
from bot.core.dialogue.path_entry import Path
from bot.core.dialogue.session import Answer, Session, Value
from bot.core.flows.entered import entered_flows
from bot.core.flows.plan_steps import ActingStep
from bot.core.flows.roles import asks_of_child
from bot.core.flows.steps import QUESTIONS, Ask, Choice, Number, Offer, RequestStep, Words
from bot.core.library import Library

MOST_OPEN_FLOWS = 6  # with more, the one opened first is left; its answers stay


class SessionDraft:
    """Holds the changing session and the path over it; says nothing."""

    def __init__(self, library: Library, session: Session, world: World) -> None:
        self.library = library
        self.session = session
        self.now = world.now
        self.today = world.today
        self._path: Path | None = None

    # --- reading

    @property
    def path(self) -> Path:
        """The path of the present flow over the session as it is now."""
        if self._path is None:
            finder = PathFinder(self.library, self.session, self.today)
            self._path = finder.find(self.session.stack[-1]) if self.session.stack else Path()
        return self._path

    def open_flow(self) -> str:
        """Return the flow of the open step, or ""."""
        return self.path.open[0] if self.path.open else ""

    def open_step(self) -> Ask | Offer | None:
        """Return the step that waits for the person; None where a request waits for the service."""
        if self.path.open is None or isinstance(self.path.open[1], RequestStep | ActingStep):
            return None
        return self.path.open[1]

    def open_step_name(self) -> str:
        """Return the id of the open step, or ""."""
        return self.path.open[1].id if self.path.open else ""

    def open_place(self) -> str:
        """Return the place of the open step, "flow/step", or ""."""
        return f"{self.open_flow()}/{self.open_step_name()}" if self.path.open else ""

    def waits_for_an_answer(self, flow: str) -> bool:
        """Return whether a flow, were it opened, would ask something that has no answer yet."""
        path = PathFinder(self.library, self.session, self.today).find(flow)
        return path.open is not None and isinstance(path.open[1], QUESTIONS)

    def changeable(self) -> tuple[tuple[str, str, Value], ...]:
        """Return the answers that can be changed, oldest first, as (flow, question, value).

        These are the answers on the paths of the open flows, and of those that share their facts.
        An answer off every path stays in the session, but nothing rests on it now; what was told
        beside a question can be changed wherever it stands.
        """
        flows = (*self.library.flows_with_shared, *self.session.stack)
        on_path: dict[tuple[str, str], Value] = {}
        for flow in dict.fromkeys(flows):  # each once, in order
            if flow not in self.library.flows:
                continue
            path = PathFinder(self.library, self.session, self.today).find(flow)
            for entry in path.answered():
                on_path[entry.flow, entry.step.id] = entry.value
        changeable: list[tuple[str, str, Value]] = []
        for answer in self.session.answers:
            place = (answer.flow, answer.step)
            if place in on_path:
                changeable.append((*place, on_path[place]))
            elif self._is_told(answer) and not self._is_in_a_band(answer, on_path):
                changeable.append((*place, answer.value))
        return tuple(changeable)

    def open_question(self) -> tuple[str, Ask]:
        """Return the flow and the question that are open, where it is a question that waits."""
        assert self.path.open is not None
        flow, question = self.path.open
        assert isinstance(question, QUESTIONS)
        return flow, question

    def _is_in_a_band(self, answer: Answer, places: Iterable[tuple[str, str]]) -> bool:
        """Return whether an answer is a number that one at some places tells by its band."""
        if not isinstance(self.library.question(answer.flow, answer.step), Number):
            return False
        others = (self.library.question(flow, step) for flow, step in places)
        return any(other is not None and self.library.phrases_for(other).bands for other in others)

    def _is_told(self, answer: Answer) -> bool:
        question = self.library.question(answer.flow, answer.step)
        return question is not None and self.library.phrases_for(question).told

    # --- changing

    def change(self, **fields: Any) -> None:
        """Replace fields of the session."""
        self.session = self.session.model_copy(update=fields)
        self._path = None

    def change_keeping_path(self, **fields: Any) -> None:
        """Replace fields of the session that no path depends on, so that it need not be found anew."""
        self.session = self.session.model_copy(update=fields)

    def talk_on(self) -> None:
        """Let reminders come again: the person talks again after a "stop"."""
        if self.session.quiet:
            self.change(quiet=False)

    def drop_answers(self, questions: set[str]) -> None:
        """Take answers back, by the ids of their questions."""
        answers = tuple(a for a in self.session.answers if a.step not in questions)
        self.change(answers=answers)

    def stack_with(self, flow: str) -> tuple[str, ...]:
        """Return the open flows with one on top; with too many, the one opened first is left."""
        others = tuple(name for name in self.session.stack if name != flow)
        return (*others, flow)[-MOST_OPEN_FLOWS:]

    def drop_flow(self, flow: str) -> None:
        """Leave a flow, wherever it stands among the open ones, unless it is the only one."""
        others = tuple(name for name in self.session.stack if name != flow)
        if others and others != self.session.stack:
            self.change(stack=others)
            self.clear_fresh_answers(flow)

    def return_lent_flow(self) -> None:
        """Leave the flow that was opened only to change an answer."""
        if self.session.lent_flow:
            self.drop_flow(self.session.lent_flow)
            self.change(lent_flow="")

    def leave(self) -> None:
        """Leave the present flow; what it asks each time is forgotten."""
        over = self.session.stack[-1]
        self.change(stack=self.session.stack[:-1], changing=None)
        self.clear_fresh_answers(over)

    def clear_fresh_answers(self, flow: str) -> None:
        """Forget what a flow, with those it goes through, asks and requests each time it is entered, and has said."""
        flows = entered_flows(self.library.flows, flow)
        session = self.session
        named, booking = session.plan_named, session.booking
        self.change(
            answers=tuple(
                answer
                for answer in session.answers
                if not any(self._is_fresh(answer, one) for one in flows)
            ),
            announced=announced_outside(session, flows),
            answered_requests=(),
            plan_steps=tuple(one for one in session.plan_steps if one.flow not in flows),
            plan_listed=tuple(one for one in session.plan_listed if one.flow not in flows),
            plan_named=None if named is not None and named.flow == flow else named,
            booking=None if booking is not None and booking.flow in flows else booking,
        )

    def _is_fresh(self, answer: Answer, flow: str) -> bool:
        """Return whether an answer is to a question that the flow asks each time it is entered."""
        question = self.library.question(flow, answer.step) if answer.flow == flow else None
        return question is not None and question.fresh

    def drop_what_followed(self, old: Answer) -> None:
        """Take back the answers that followed from one that is answered anew."""
        before = {old.step: old.value}
        followed: set[str] = set()
        for answer in self.session.answers:
            question = self.library.question(answer.flow, answer.step)
            follows = question.follows_from(before) if isinstance(question, Choice) else None
            if follows is not None and answer.value == follows:
                followed.add(answer.step)
        if followed:
            self.drop_answers(followed)

    def agree_on_age(self, new: Answer) -> None:
        """Bring the other answers that tell an age in line with a new one.

        A band follows the number; a number outside a new band is taken back.
        """
        question = self.library.question(new.flow, new.step)
        bands = self.library.phrases_for(question).bands if question is not None else {}
        new_age = self._age(new)
        kept: list[Answer] = []
        for old in self.session.answers:
            other = self.library.question(old.flow, old.step)
            if other is None or old.step == new.step:
                kept.append(old)
            elif (age := self._age(old)) is not None and new.value in bands:
                least, most = bands[str(new.value)]
                kept += [old] if least <= age <= most else []
            elif new_age is not None:
                kept.append(self._in_its_band(old, other, new_age))
            else:
                kept.append(old)
        if tuple(kept) != self.session.answers:
            self.change(answers=tuple(kept))

    def _age(self, answer: Answer) -> int | None:
        """Return the age in years that an answer tells to all flows; None where it is no such answer."""
        question = self.library.question(answer.flow, answer.step)
        is_told = isinstance(question, Number) and self._is_told(answer)
        return answer.value if is_told and isinstance(answer.value, int) else None

    def known_answer(self, question: Choice | Number | Words) -> str | int | None:
        """Return the answer to a question that what is known gives; None where nothing does."""
        if isinstance(question, Words):
            from_school = question.known_from == "school" and bool(self.session.school)
            finder = self.library.place_finder
            return (finder.of_institution(self.session.school) or None) if from_school else None
        if isinstance(question, Choice):
            return question.follows_from(self.path.facts) or self._band_of_age(question)
        if asks_of_child(self.library.roles, question.text, self.path.facts):
            return None  # what a parent has said of themselves is not of the child
        numbers = [one.value for one in self.session.answers if one.step == question.known_from]
        known = numbers[0] if numbers else None
        fits = isinstance(known, int) and question.least <= known <= question.most
        return known if isinstance(known, int) and fits else None

    def _band_of_age(self, question: Ask) -> str | None:
        """Return the option of a question with bands that the age told so far is in; None where none is."""
        bands = self.library.phrases_for(question).bands.items()
        ages = [age for one in self.session.answers if (age := self._age(one)) is not None]
        fitting = [option for option, (least, most) in bands if ages and least <= ages[0] <= most]
        return fitting[0] if fitting else None

    def _in_its_band(self, old: Answer, question: Ask, number: int) -> Answer:
        """Return the answer to a question with bands that a number means; the old one to any other."""
        bands = self.library.phrases_for(question).bands.items()
        fitting = [option for option, (least, most) in bands if least <= number <= most]
        return old.model_copy(update={"value": fitting[0]}) if fitting else old
