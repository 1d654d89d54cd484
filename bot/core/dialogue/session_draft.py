"""The session of one turn as it changes, and the path through the present flow over it."""

from typing import Any

from bot.core.dialogue.announcements import announced_outside
from bot.core.dialogue.inputs import World
from bot.core.dialogue.path import Path, PathFinder
from bot.core.dialogue.session import Answer, Session, Value
from bot.core.flows.steps import QUESTIONS, Ask, Choice, Offer, RequestStep
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
        if self.path.open is None or isinstance(self.path.open[1], RequestStep):
            return None
        return self.path.open[1]

    def open_step_name(self) -> str:
        """Return the id of the open step, or ""."""
        return self.path.open[1].id if self.path.open else ""

    def open_place(self) -> str:
        """Return the place of the open step, "flow/step", or ""."""
        return f"{self.open_flow()}/{self.open_step_name()}" if self.path.open else ""

    def changeable(self) -> tuple[tuple[str, str, Value], ...]:
        """Return the answers that can be changed, oldest first, as (flow, question, value).

        These are the answers on the paths of the open flows, and of those that share their facts.
        An answer off every path stays in the session, but nothing rests on it now.
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
        return tuple(changeable)

    def open_question(self) -> tuple[str, Ask]:
        """Return the flow and the question that are open, where it is a question that waits."""
        assert self.path.open is not None
        flow, question = self.path.open
        assert isinstance(question, QUESTIONS)
        return flow, question

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

    def leave(self) -> None:
        """Leave the present flow; what it asks each time is forgotten."""
        over = self.session.stack[-1]
        self.change(stack=self.session.stack[:-1], changing=None)
        self.clear_fresh_answers(over)

    def clear_fresh_answers(self, flow: str) -> None:
        """Forget what a flow asks and requests each time it is entered, and what it has said."""
        answers = tuple(a for a in self.session.answers if not self._is_fresh(a, flow))
        announced = announced_outside(self.session, {flow})
        self.change(answers=answers, announced=announced, answered_requests=())

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
            if isinstance(question, Choice) and answer.value == question.follows_from(before):
                followed.add(answer.step)
        if followed:
            self.drop_answers(followed)
