"""Builds one turn: the session as it changes, the path over it, and the events so far."""

from bot.core.dialogue.announcements import announced_outside, events_for, fingerprint
from bot.core.dialogue.booking_choosing import with_times
from bot.core.dialogue.events import (
    Answered,
    Asked,
    ClassEventRecorded,
    Ended,
    FactsTold,
    FlowState,
    ProfileShown,
    Requested,
    ResultKept,
    Updated,
)
from bot.core.dialogue.flow_states import flow_states
from bot.core.dialogue.path_entry import PathEntry
from bot.core.dialogue.plan_acting import PlanActing
from bot.core.dialogue.request_marks import still_answered
from bot.core.dialogue.requests import request_of
from bot.core.dialogue.session import (
    Answer,
    PlanListed,
    Value,
)
from bot.core.dialogue.shown_options import options_at_once, saved_first, shown_options
from bot.core.education.saved_path import notice_changes
from bot.core.flows.plan_steps import (
    ActingStep,
    PlanPart,
    ShowPlan,
)
from bot.core.flows.steps import QUESTIONS, Choice, Judge, Number, Offer, RequestStep, Words


class TurnBuilder(PlanActing):
    """Holds the changing session, the path over it and the events so far, for one `step()`."""

    # --- saying and answering

    def migrate_session(self) -> None:
        """Bring a session of an earlier release to this one; say what is asked again."""
        session, library = self.session, self.library
        if session.release == library.release:
            return
        stack = tuple(flow for flow in session.stack if flow in library.flows)
        if session.stack and not stack:
            stack = (library.roles.home,)
        is_new = not session.release
        saved = tuple(
            notice_changes(one, library.paths.get(one.card), self.today)
            for one in session.saved_paths
        )
        self.change(release=library.release, stack=stack, saved_paths=saved)
        if is_new or not stack:
            return
        invalid = tuple(dict.fromkeys(self.path.invalid_answers))  # each once, in order
        if invalid:
            questions = {question for _, question in invalid}
            self.drop_answers(questions)
            self.events.append(Updated(questions=invalid))
        if self.open_place() != session.open:
            self.advance()

    def answer(self, value: Value, aside: str | None = None) -> None:
        """Keep an answer to the open question and go on, through the flow `aside` if there is one.

        An answer given before is replaced in its place: the order tells what was asked first.
        """
        flow, question = self.open_question()
        asked_at = self.session.asked_at
        took = None if asked_at is None else round((self.now - asked_at).total_seconds(), 1)
        new = Answer(flow=flow, step=question.id, value=value, meaning=question.meaning, took=took)
        for old in self.session.answers:
            if old.step == new.step:
                self.drop_what_followed(old)
        answers = self.session.answers
        if any(old.step == new.step for old in answers):
            answers = tuple(new if old.step == new.step else old for old in answers)
        else:
            answers = (*answers, new)
        was_changed = self.session.changing == question.id
        marks = self.session.answered_requests
        marks = still_answered(self.library.flows[flow], question.id, marks)
        booking = self.session.booking
        if booking is not None and booking.flow == flow:
            kept = still_answered(self.library.flows[flow], question.id, booking.marks)
            self.change(booking=booking.model_copy(update={"marks": kept}))
        self.change(answers=answers, changing=None, quiet=False, answered_requests=marks)
        self.agree_on_age(new)
        if was_changed:
            self._note_kept_results(new)
            self.return_lent_flow()
        if aside is None:
            self.advance()
        else:
            self.enter(aside)

    def _note_kept_results(self, answer: Answer) -> None:
        """Say of verdicts that were told before and rest on a changed answer that they are the same."""
        announced = dict(self.session.announced)
        for entry in self.path.entries:
            verdict, step = entry.verdict, entry.step
            if verdict is None or not isinstance(step, Judge):
                continue
            is_asked = any(question.id == answer.step for question in step.asks)
            told = announced.get(f"{entry.flow}/{step.id}")
            if is_asked and told == fingerprint(entry, self.session):
                place = {"flow": entry.flow, "step": step.id, "rule": step.rule}
                self.events.append(ResultKept(fact=answer.step, value=answer.value, **place))

    def enter(self, flow: str) -> None:
        """Open a flow over the present one, with what it asks or requests each time asked anew.

        Where it is the present one and has nothing of that kind, its question is only repeated; of the plan it shows again what it
        shows.
        """
        if flow == self.session.stack[-1]:
            has_fresh = any(self._is_fresh(answer, flow) for answer in self.session.answers)
            on_plan = any(one.flow == flow for one in self.session.plan_steps)
            if not self.session.answered_requests and not has_fresh and not on_plan:
                self.ask_again()
                return
        else:
            self.change(stack=self.stack_with(flow), changing=None)
        self.clear_fresh_answers(flow)
        self.advance()

    def resume(self) -> None:
        """Leave the present flow and go back to the one below it, where that was left."""
        if len(self.session.stack) > 1:
            self.leave()
        self.advance()

    # --- going on

    def advance(self) -> None:
        """Say what is new on the path and open its next step; flows that are over are left.

        Once the last one is over, the menu opens: a conversation always waits at some step.
        """
        while True:
            self._announce(self.path.entries)
            if self.path.open is not None:
                if self._follows() or self.acts():
                    if self.session.quiet_step is not None:
                        return  # until the person goes on
                    continue
                self._open()
                return
            over = self.session.stack[-1]
            self.events.append(Ended(flow=over))
            self.leave()
            if not self.session.stack:
                self.change(stack=(self.library.roles.home,))

    def _follows(self) -> bool:
        """Answer the open question by what is known from another flow; return whether that was so."""
        flow, question = self.path.open or ("", None)
        if (
            not isinstance(question, Choice | Number | Words)
            or self.session.changing == question.id
        ):
            return False
        value = self.known_answer(question)
        if value is None:
            return False
        answer = Answer(flow=flow, step=question.id, value=value, meaning=question.meaning)
        self.change(answers=(*self.session.answers, answer))
        self.events.append(FactsTold(answers=((flow, question.id, value),), follow=True))
        return True

    def replay_path(self) -> None:
        """Say the whole path of the present flow, its answers too, and the open step."""
        for entry in self.path.entries:
            if isinstance(entry.step, QUESTIONS):
                self.events.append(Answered(flow=entry.flow, step=entry.step.id, value=entry.value))
            else:
                self._announce_entry(entry)
        if self.path.open is not None:
            self.events.append(self._asked(again=False))

    def tell_list_again(self) -> None:
        """Tell the part of the plan that the open question is about as it is now; what was numbered keeps its number."""
        last = self.path.entries[-1] if self.path.entries else None
        if last is not None and isinstance(last.step, ShowPlan) and last.step.part != "whole":
            self._announce_entry(last)

    def ask_again(self) -> None:
        """Ask the open question again under the same number, so that its old buttons still count.

        Where the flow is over by now, the one below it goes on.
        """
        if self.path.open is None and self.session.stack:
            self.advance()
        elif self.open_step() is not None:
            self.events.append(self._asked(again=True))

    # --- within

    def _announce(self, entries: list[PathEntry]) -> None:
        """Say what has not been said yet, or says something else now, and note that it was said."""
        before = dict(self.session.announced)
        on_path: dict[str, str] = {}  # place: fingerprint
        for entry in entries:
            if isinstance(entry.step, QUESTIONS):
                continue
            place = f"{entry.flow}/{entry.step.id}"
            mark = fingerprint(entry, self.session)
            on_path[place] = mark
            if before.get(place) != mark:
                self._announce_entry(entry)
        # What these flows said off the path is forgotten, to be said again if the path leads there.
        # While an answer is being changed, though, what lies behind it is only out of sight.
        walked: set[str] = set()
        if self.session.changing is None:
            walked = {entry.flow for entry in entries} | {self.session.stack[-1]}
        outside = announced_outside(self.session, walked)
        off_path = [(place, mark) for place, mark in outside if place not in on_path]
        announced = (*off_path, *on_path.items())
        if announced != self.session.announced:
            self.change_keeping_path(announced=announced)

    def _announce_entry(self, entry: PathEntry) -> None:
        self.events += events_for(self.library, self.session, self.path.facts, entry)
        if isinstance(entry.step, ShowPlan):
            self._note_listed(entry.flow, entry.step.part, entry.keys)
        if isinstance(entry.step, Judge) and entry.step.rule not in self.session.judged:
            self.change_keeping_path(judged=(*self.session.judged, entry.step.rule))
        shown = self.events[-1] if self.events else None
        code = self.session.class_code
        if isinstance(shown, ProfileShown) and code and not self.session.class_reported:
            self.change(class_reported=True)
            letters = "".join(shown.profile.leading)
            self.events.append(ClassEventRecorded(class_code=code, word=letters))

    def _note_listed(self, flow: str, part: PlanPart, keys: tuple[str, ...]) -> None:
        """Keep the numbers that the things of a part were shown by, so that they go on meaning these."""
        listed = self.session.plan_listed
        others = tuple(one for one in listed if (one.flow, one.part) != (flow, part))
        new = PlanListed(flow=flow, part=part, keys=keys)
        self.change_keeping_path(plan_listed=(*others, new))

    def _open(self) -> None:
        assert self.path.open is not None
        flow, step = self.path.open
        place = f"{flow}/{step.id}"
        # how long an answer takes is read of the items of a measure only
        asked_at = self.now if step.id in self.library.interests.questions else None
        number = self.session.ask + 1
        anew = {"tries": 0, "guesses": (), "all_options": False}
        self.change_keeping_path(ask=number, open=place, asked_at=asked_at, **anew)
        if isinstance(step, RequestStep):
            request = request_of(step, self.session, self.library, self.today)
            self.events.append(Requested(flow=flow, step=step.id, request=request))
        else:
            self.events.append(self._asked(again=False))

    def _asked(self, *, again: bool) -> Asked:
        assert self.path.open is not None
        flow, step = self.path.open
        options: tuple[str, ...] = ()
        states: tuple[tuple[str, FlowState], ...] = ()
        if not isinstance(step, RequestStep | ActingStep):
            offered = shown_options(step, self.path.facts)
            all_asked = self.session.all_options
            shown = options_at_once(step, offered, self.path.facts, all_asked=all_asked)
            saved = [one.card for one in self.session.saved_paths]
            options = tuple(option.id for option in saved_first(step, shown, saved))
            options = with_times(step, options, self.session.booking)
        if isinstance(step, Offer) and step.groups:
            states = tuple(flow_states(self.library, self.session, step, self.today))
        return Asked(
            flow=flow,
            step=step.id,
            ask=self.session.ask,
            options=options,
            guesses=self.session.guesses,
            again=again,
            states=states,
        )
