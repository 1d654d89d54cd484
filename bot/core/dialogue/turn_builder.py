"""Builds one turn: the session as it changes, the path over it, and the events so far."""

from typing import Any

from bot.core.dialogue.announcements import events_for, fingerprint
from bot.core.dialogue.answers import shown_options
from bot.core.dialogue.events import (
    Answered,
    Asked,
    ClassEventRecorded,
    Ended,
    Event,
    ProfileShown,
    Refused,
    Remarked,
    Requested,
    Updated,
)
from bot.core.dialogue.inputs import World
from bot.core.dialogue.path import Path, PathEntry, PathFinder
from bot.core.dialogue.requests import (
    request_of,
)
from bot.core.dialogue.session import Answer, Session, Value
from bot.core.flows.steps import QUESTIONS, Ask, Offer, RequestStep
from bot.core.library import Library

MOST_OPEN_FLOWS = 6  # open flows; the oldest below is let go of, its answers stay


class TurnBuilder:
    """What one turn works on. Lives for the length of `step` and is never kept."""

    def __init__(self, library: Library, session: Session, world: World) -> None:
        self.library = library
        self.session = session
        self.now = world.now
        self.today = world.today
        self.events: list[Event] = []
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
        """Name the flow of the open step."""
        return self.path.open[0] if self.path.open else ""

    def open_step(self) -> Ask | Offer | None:
        """Find the step that waits for an answer."""
        if self.path.open is None or isinstance(self.path.open[1], RequestStep):
            return None
        return self.path.open[1]

    def changeable(self) -> tuple[tuple[str, str, Value], ...]:
        """List the answers on the paths of the open flows, oldest first."""
        on_path: dict[tuple[str, str], Value] = {}
        for flow in dict.fromkeys((*self.library.flows_with_shared, *self.session.stack)):
            if flow in self.library.flows:
                path = PathFinder(self.library, self.session, self.today).find(flow)
                on_path |= {(entry.flow, entry.step.id): entry.value for entry in path.answered()}
        kept = [(answer.flow, answer.step) for answer in self.session.answers]
        return tuple((*place, on_path[place]) for place in kept if place in on_path)

    # --- changing the session

    def change(self, **fields: Any) -> None:
        """Replace fields of the session."""
        self.session = self.session.model_copy(update=fields)
        self._path = None

    def talk_on(self) -> None:
        """Let messages come again that nobody asks for: the person goes on after a "stop"."""
        if self.session.quiet:
            self.change(quiet=False)

    def remark(self, what: Any) -> None:
        """Say something beside the script."""
        flow, step = self.session.open.split("/") if self.session.open else ("", "")
        self.events.append(Remarked(what=what, flow=flow, step=step))

    def migrate_session(self) -> None:
        """Bring a session of an earlier release to this one; say what is asked again."""
        session, library = self.session, self.library
        if session.release == library.release:
            return
        stack = tuple(flow for flow in session.stack if flow in library.flows)
        if session.stack and not stack:
            stack = (library.roles.home,)
        fresh = not session.release
        self.change(release=library.release, stack=stack)
        if fresh or not stack:
            return
        void = tuple(dict.fromkeys(self.path.invalid_answers))
        if void:
            gone = {step for _, step in void}
            kept = tuple(answer for answer in self.session.answers if answer.step not in gone)
            self.change(answers=kept)
            self.events.append(Updated(questions=void))
        if self._open_place() != session.open:
            self.advance()

    def answer(self, value: Value, aside: str | None = None) -> None:
        """Keep an answer to the open question and go on, through the flow `aside` if there is one."""
        flow, question = self._open_question()
        since = self.session.asked_at
        took = None if since is None else round((self.now - since).total_seconds(), 1)
        new = Answer(flow=flow, step=question.id, value=value, meaning=question.meaning, took=took)
        answers = self.session.answers
        if any(old.step == new.step for old in answers):
            answers = tuple(new if old.step == new.step else old for old in answers)
        else:
            answers = (*answers, new)
        self.change(answers=answers, changing=None, quiet=False)
        if aside is None:
            self.advance()
        else:
            self.enter(aside)

    def reopen(self, fact: str) -> None:
        """Open an answered question again; its answer stays until a new one comes."""
        flow = next(answer.flow for answer in self.session.answers if answer.step == fact)
        self.change(changing=fact)
        if flow != self.session.stack[-1] and self.open_step_name() != fact:
            self.change(stack=self.stack_with(flow))
        self.advance()

    def open_step_name(self) -> str:
        """Name the open step."""
        return self.path.open[1].id if self.path.open else ""

    def back(self) -> None:
        """Take back the last answer of the present flow, or leave the flow."""
        if self.session.changing is not None:
            self.change(changing=None)
            self.advance()
            return
        answered = self.path.answered()
        if answered:
            last = answered[-1].step.id
            kept = tuple(answer for answer in self.session.answers if answer.step != last)
            self.change(answers=kept)
            self.advance()
        elif len(self.session.stack) > 1:
            self._leave()
            self.advance()
        else:
            flow, step = self.open_flow(), self.open_step_name()
            self.events.append(Refused(flow=flow, step=step, reason="back", tries=0))
            self.ask_again()

    def enter(self, flow: str) -> None:
        """Open a flow over the present one, afresh."""
        if flow == self.session.stack[-1]:
            fresh = any(self._is_fresh(answer, flow) for answer in self.session.answers)
            if not self.session.answered_requests and not fresh:
                self.ask_again()
                return
            self.clear_fresh_answers(flow)  # what it found is wanted anew
            self.advance()
            return
        self.change(stack=self.stack_with(flow), changing=None)
        self.clear_fresh_answers(flow)
        self.advance()

    def drop_flow(self, flow: str) -> None:
        """Leave a flow that has nothing more to give, wherever it stands, unless it is the last."""
        rest = tuple(name for name in self.session.stack if name != flow)
        if rest and rest != self.session.stack:
            self.change(stack=rest)
            self.clear_fresh_answers(flow)

    def take_offer(self, offer: Offer, choice: str) -> None:
        """Go where a chosen option of an offer leads."""
        way = next(option for option in offer.options if option.id == choice)
        if way.resume or way.flow is None:
            self.resume()
        elif self.session.stack[-1] == self.library.roles.home:
            below = self.session.stack[:-1]
            at = below.index(way.flow) if way.flow in below else None
            stack = below[: at + 1] if at is not None else (self.library.roles.home, way.flow)
            self.change(stack=stack)
            self.clear_fresh_answers(way.flow)
            self.advance()
        else:
            self.enter(way.flow)

    def resume(self) -> None:
        """Leave a digression and go back to where it was left."""
        if len(self.session.stack) > 1:
            self._leave()
        self.advance()

    # --- going on

    def advance(self) -> None:
        """Tell what is new on the path and stand at the open step, leaving flows that are over."""
        while True:
            self._announce(self.path.entries)
            if self.path.open is not None:
                self._open()
                return
            over = self.session.stack[-1]
            self.events.append(Ended(flow=over))
            self._leave()
            if not self.session.stack:
                self.change(stack=(self.library.roles.home,))

    def replay_path(self) -> None:
        """Tell the whole path of the present flow, answers among it, and the open step."""
        for entry in self.path.entries:
            if isinstance(entry.step, QUESTIONS):
                self.events.append(Answered(flow=entry.flow, step=entry.step.id, value=entry.value))
            else:
                self._announce_entry(entry)
        if self.path.open is not None:
            self.events.append(self._asked(again=False))

    def ask_again(self) -> None:
        """Put the open question again; its buttons stay good."""
        if self.path.open is not None and not isinstance(self.path.open[1], RequestStep):
            self.events.append(self._asked(again=True))

    # --- within

    def _open_question(self) -> tuple[str, Ask]:
        assert self.path.open is not None
        flow, question = self.path.open
        assert isinstance(question, QUESTIONS)
        return flow, question

    def _open_place(self) -> str:
        return f"{self.open_flow()}/{self.open_step_name()}" if self.path.open else ""

    def stack_with(self, flow: str) -> tuple[str, ...]:
        """Return the open flows with one more on top; the oldest is let go where they are many."""
        stack = tuple(name for name in self.session.stack if name != flow)
        return (*stack, flow)[-MOST_OPEN_FLOWS:]

    def _leave(self) -> None:
        over = self.session.stack[-1]
        self.change(stack=self.session.stack[:-1], changing=None)
        self.clear_fresh_answers(over)

    def clear_fresh_answers(self, flow: str) -> None:
        """Forget what is asked anew each time a flow is entered, and what was told of it."""
        kept = tuple(a for a in self.session.answers if not self._is_fresh(a, flow))
        told = tuple(pair for pair in self.session.announced if not pair[0].startswith(f"{flow}/"))
        self.change(answers=kept, announced=told, answered_requests=())

    def _is_fresh(self, answer: Answer, flow: str) -> bool:
        question = self.library.question(flow, answer.step) if answer.flow == flow else None
        return question is not None and question.fresh

    def _announce(self, entries: list[PathEntry]) -> None:
        """Say what has not been said yet, or says something else now."""
        told = dict(self.session.announced)
        here: list[tuple[str, str]] = []
        for entry in entries:
            if isinstance(entry.step, QUESTIONS):
                continue
            place = f"{entry.flow}/{entry.step.id}"
            said = fingerprint(entry, self.session)
            here.append((place, said))
            if told.get(place) != said:
                self._announce_entry(entry)
        places = {place for place, _ in here}
        gone = {entry.flow for entry in entries} | {self.session.stack[-1]}
        if self.session.changing is not None:
            gone = set()  # what lies ahead of the answer that is changed is only out of sight
        others = [
            pair
            for pair in self.session.announced
            if pair[0] not in places and pair[0].split("/")[0] not in gone
        ]
        new = (*others, *here)
        if new != self.session.announced:
            path = self._path
            self.change(announced=new)
            self._path = path

    def _announce_entry(self, entry: PathEntry) -> None:
        self.events += events_for(self.library, self.session, self.path.facts, entry)
        shown = self.events[-1] if self.events else None
        code = self.session.class_code
        if isinstance(shown, ProfileShown) and code and not self.session.class_reported:
            self.change(class_reported=True)
            self.events.append(
                ClassEventRecorded(class_code=code, word="".join(shown.profile.leading))
            )

    def _open(self) -> None:
        assert self.path.open is not None
        flow, step = self.path.open
        place = f"{flow}/{step.id}"
        path = self._path
        since = self.now if step.id in self.library.interests.questions else None
        self.change(ask=self.session.ask + 1, open=place, tries=0, guesses=(), asked_at=since)
        self._path = path
        if isinstance(step, RequestStep):
            request = request_of(step.request, self.session)
            self.events.append(Requested(flow=flow, step=step.id, request=request))
        else:
            self.events.append(self._asked(again=False))

    def _asked(self, *, again: bool) -> Asked:
        assert self.path.open is not None
        flow, step = self.path.open
        options: tuple[str, ...] = ()
        if not isinstance(step, RequestStep):
            options = tuple(option.id for option in shown_options(step, self.path.facts))
        return Asked(
            flow=flow,
            step=step.id,
            ask=self.session.ask,
            options=options,
            guesses=self.session.guesses,
            again=again,
        )
