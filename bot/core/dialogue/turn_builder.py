"""A turn in the making: the session as it changes, the walk over it, and what has happened."""

from typing import Any

from bot.core.dialogue.announcements import happened, mark
from bot.core.dialogue.answers import shown_options
from bot.core.dialogue.events import (
    Answer,
    Answered,
    Asked,
    ClassNoted,
    Ended,
    Event,
    Noted,
    Portrayed,
    Refused,
    Session,
    Updated,
    Value,
    Wanted,
    World,
)
from bot.core.dialogue.path import Stop, Walk, Walker
from bot.core.flows.steps import QUESTIONS, Ask, Offer, Want
from bot.core.library import Library

DEEPEST = 6  # open flows; the oldest below is let go of, its answers stay


class Standing:
    """What one turn works on. Lives for the length of `step` and is never kept."""

    def __init__(self, library: Library, session: Session, world: World) -> None:
        self.library = library
        self.session = session
        self.now = world.now
        self.today = world.today
        self.events: list[Event] = []
        self._walk: Walk | None = None

    # --- reading

    @property
    def walk(self) -> Walk:
        """The walk of the present flow over the session as it is now."""
        if self._walk is None:
            walker = Walker(self.library, self.session, self.today)
            self._walk = walker.walk(self.session.stack[-1]) if self.session.stack else Walk()
        return self._walk

    def open_flow(self) -> str:
        """Name the flow of the open step."""
        return self.walk.open[0] if self.walk.open else ""

    def open_step(self) -> Ask | Offer | None:
        """Find the step that waits for an answer."""
        if self.walk.open is None or isinstance(self.walk.open[1], Want):
            return None
        return self.walk.open[1]

    def changeable(self) -> tuple[tuple[str, str, Value], ...]:
        """List the answers on the paths of the open flows, oldest first."""
        on_path: dict[tuple[str, str], Value] = {}
        for flow in dict.fromkeys((*self.library.sharing, *self.session.stack)):
            if flow in self.library.flows:
                walk = Walker(self.library, self.session, self.today).walk(flow)
                on_path |= {(stop.flow, stop.step.id): stop.value for stop in walk.answered()}
        kept = [(answer.flow, answer.step) for answer in self.session.answers]
        return tuple((*place, on_path[place]) for place in kept if place in on_path)

    # --- changing the session

    def change(self, **fields: Any) -> None:
        """Replace fields of the session."""
        self.session = self.session.model_copy(update=fields)
        self._walk = None

    def talk_on(self) -> None:
        """Let messages come again that nobody asks for: the person goes on after a "stop"."""
        if self.session.quiet:
            self.change(quiet=False)

    def note(self, what: Any) -> None:
        """Say something beside the script."""
        flow, step = self.session.open.split("/") if self.session.open else ("", "")
        self.events.append(Noted(what=what, flow=flow, step=step))

    def renew(self) -> None:
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
        void = tuple(dict.fromkeys(self.walk.void))
        if void:
            gone = {step for _, step in void}
            kept = tuple(answer for answer in self.session.answers if answer.step not in gone)
            self.change(answers=kept)
            self.events.append(Updated(questions=void))
        if self._open_id() != session.open:
            self.settle()

    def answer(self, value: Value, aside: str | None = None) -> None:
        """Keep an answer to the open question and go on, through the flow `aside` if there is one."""
        flow, question = self._open_question()
        since = self.session.since
        took = None if since is None else round((self.now - since).total_seconds(), 1)
        new = Answer(flow=flow, step=question.id, value=value, meaning=question.meaning, took=took)
        answers = self.session.answers
        if any(old.step == new.step for old in answers):
            answers = tuple(new if old.step == new.step else old for old in answers)
        else:
            answers = (*answers, new)
        self.change(answers=answers, changing=None, quiet=False)
        if aside is None:
            self.settle()
        else:
            self.enter(aside)

    def reopen(self, fact: str) -> None:
        """Open an answered question again; its answer stays until a new one comes."""
        flow = next(answer.flow for answer in self.session.answers if answer.step == fact)
        self.change(changing=fact)
        if flow != self.session.stack[-1] and self.open_id_step() != fact:
            self.change(stack=self.pushed(flow))
        self.settle()

    def open_id_step(self) -> str:
        """Name the open step."""
        return self.walk.open[1].id if self.walk.open else ""

    def back(self) -> None:
        """Take back the last answer of the present flow, or leave the flow."""
        if self.session.changing is not None:
            self.change(changing=None)
            self.settle()
            return
        answered = self.walk.answered()
        if answered:
            last = answered[-1].step.id
            kept = tuple(answer for answer in self.session.answers if answer.step != last)
            self.change(answers=kept)
            self.settle()
        elif len(self.session.stack) > 1:
            self._leave()
            self.settle()
        else:
            flow, step = self.open_flow(), self.open_id_step()
            self.events.append(Refused(flow=flow, step=step, reason="back", tries=0))
            self.ask_again()

    def enter(self, flow: str) -> None:
        """Open a flow over the present one, afresh."""
        if flow == self.session.stack[-1]:
            fresh = any(self._is_fresh(answer, flow) for answer in self.session.answers)
            if not self.session.found and not fresh:
                self.ask_again()
                return
            self.forget_fresh(flow)  # what it found is wanted anew
            self.settle()
            return
        self.change(stack=self.pushed(flow), changing=None)
        self.forget_fresh(flow)
        self.settle()

    def let_go(self, flow: str) -> None:
        """Leave a flow that has nothing more to give, wherever it stands, unless it is the last."""
        rest = tuple(name for name in self.session.stack if name != flow)
        if rest and rest != self.session.stack:
            self.change(stack=rest)
            self.forget_fresh(flow)

    def follow(self, offer: Offer, choice: str) -> None:
        """Go where a chosen option of an offer leads."""
        way = next(option for option in offer.options if option.id == choice)
        if way.resume or way.flow is None:
            self.resume()
        elif self.session.stack[-1] == self.library.roles.home:
            below = self.session.stack[:-1]
            at = below.index(way.flow) if way.flow in below else None
            stack = below[: at + 1] if at is not None else (self.library.roles.home, way.flow)
            self.change(stack=stack)
            self.forget_fresh(way.flow)
            self.settle()
        else:
            self.enter(way.flow)

    def resume(self) -> None:
        """Leave a digression and go back to where it was left."""
        if len(self.session.stack) > 1:
            self._leave()
        self.settle()

    def found(self, want: str) -> None:
        """Note that a want is answered, and what follows from it for the session."""
        self.change(found=(*self.session.found, want))
        visitor = self.session.visitor
        if visitor is None or want not in ("join", "decline"):
            return
        known = {answer.step for answer in self.session.answers}
        brought = visitor.answers if want == "join" else ()
        added = tuple(answer for answer in brought if answer.step not in known)
        self.change(visitor=None, answers=(*self.session.answers, *added))

    # --- going on

    def settle(self) -> None:
        """Tell what is new on the path and stand at the open step, leaving flows that are over."""
        while True:
            self._tell(self.walk.path)
            if self.walk.open is not None:
                self._open()
                return
            over = self.session.stack[-1]
            self.events.append(Ended(flow=over))
            self._leave()
            if not self.session.stack:
                self.change(stack=(self.library.roles.home,))

    def retell(self) -> None:
        """Tell the whole path of the present flow, answers among it, and the open step."""
        for stop in self.walk.path:
            if isinstance(stop.step, QUESTIONS):
                self.events.append(Answered(flow=stop.flow, step=stop.step.id, value=stop.value))
            else:
                self._say(stop)
        if self.walk.open is not None:
            self.events.append(self._asked(again=False))

    def ask_again(self) -> None:
        """Put the open question again; its buttons stay good."""
        if self.walk.open is not None and not isinstance(self.walk.open[1], Want):
            self.events.append(self._asked(again=True))

    # --- within

    def _open_question(self) -> tuple[str, Ask]:
        assert self.walk.open is not None
        flow, question = self.walk.open
        assert isinstance(question, QUESTIONS)
        return flow, question

    def _open_id(self) -> str:
        return f"{self.open_flow()}/{self.open_id_step()}" if self.walk.open else ""

    def pushed(self, flow: str) -> tuple[str, ...]:
        """Give the open flows with one more on top; the oldest is let go where they are many."""
        stack = tuple(name for name in self.session.stack if name != flow)
        return (*stack, flow)[-DEEPEST:]

    def _leave(self) -> None:
        over = self.session.stack[-1]
        self.change(stack=self.session.stack[:-1], changing=None)
        self.forget_fresh(over)

    def forget_fresh(self, flow: str) -> None:
        """Forget what is asked anew each time a flow is entered, and what was told of it."""
        kept = tuple(a for a in self.session.answers if not self._is_fresh(a, flow))
        told = tuple(pair for pair in self.session.told if not pair[0].startswith(f"{flow}/"))
        self.change(answers=kept, told=told, found=())

    def _is_fresh(self, answer: Answer, flow: str) -> bool:
        question = self.library.question(flow, answer.step) if answer.flow == flow else None
        return question is not None and question.fresh

    def _tell(self, path: list[Stop]) -> None:
        """Say what has not been said yet, or says something else now."""
        told = dict(self.session.told)
        here: list[tuple[str, str]] = []
        for stop in path:
            if isinstance(stop.step, QUESTIONS):
                continue
            place = f"{stop.flow}/{stop.step.id}"
            said = mark(stop, self.session)
            here.append((place, said))
            if told.get(place) != said:
                self._say(stop)
        places = {place for place, _ in here}
        gone = {stop.flow for stop in path} | {self.session.stack[-1]}
        if self.session.changing is not None:
            gone = set()  # what lies ahead of the answer that is changed is only out of sight
        others = [
            pair
            for pair in self.session.told
            if pair[0] not in places and pair[0].split("/")[0] not in gone
        ]
        new = (*others, *here)
        if new != self.session.told:
            walk = self._walk
            self.change(told=new)
            self._walk = walk

    def _say(self, stop: Stop) -> None:
        self.events += happened(self.library, self.session, self.walk.facts, stop)
        shown = self.events[-1] if self.events else None
        code = self.session.class_code
        if isinstance(shown, Portrayed) and code and not self.session.class_told:
            self.change(class_told=True)
            self.events.append(ClassNoted(class_code=code, word="".join(shown.profile.leading)))

    def _open(self) -> None:
        assert self.walk.open is not None
        flow, step = self.walk.open
        place = f"{flow}/{step.id}"
        walk = self._walk
        since = self.now if step.id in self.library.interests.questions else None
        self.change(ask=self.session.ask + 1, open=place, tries=0, guesses=(), since=since)
        self._walk = walk
        if isinstance(step, Want):
            self.events.append(Wanted(flow=flow, step=step.id, want=step.want))
        else:
            self.events.append(self._asked(again=False))

    def _asked(self, *, again: bool) -> Asked:
        assert self.walk.open is not None
        flow, step = self.walk.open
        options: tuple[str, ...] = ()
        if not isinstance(step, Want):
            options = tuple(option.id for option in shown_options(step, self.walk.facts))
        return Asked(
            flow=flow,
            step=step.id,
            ask=self.session.ask,
            options=options,
            guesses=self.session.guesses,
            again=again,
        )
