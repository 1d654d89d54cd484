"""Where a person stands: the path through a flow that follows from the answers given so far."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from bot.core.dialogue.booking_handing import facts_of_handed, things_to_hand
from bot.core.dialogue.compared_paths import compared_things
from bot.core.dialogue.course_facts import known_of_sets, sets_found
from bot.core.dialogue.education_paths import judged_cards, judged_ways, newly_closed
from bot.core.dialogue.kept_answers import still_valid
from bot.core.dialogue.measured import MeasureResult
from bot.core.dialogue.path_content import (
    chosen_dates,
    compare_rounds,
    numbers_of,
)
from bot.core.dialogue.path_entry import Path, PathEntry
from bot.core.dialogue.plan_reading import PlanReader
from bot.core.dialogue.request_marks import facts_of_request
from bot.core.dialogue.rounds import FEWEST_ANSWERS, earlier_profile
from bot.core.dialogue.session import Answer, Session, Value
from bot.core.education.judging import CardState
from bot.core.flows.booking_steps import ShowHanded
from bot.core.flows.conditions import holds
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.core.flows.date_steps import ShowDates
from bot.core.flows.occupation_steps import ShowOccupation
from bot.core.flows.path_steps import (
    ShowClosedPaths,
    ShowComparison,
    ShowPath,
    ShowPaths,
    ShowSavedPaths,
    ShowWays,
)
from bot.core.flows.place_steps import ShowPlace
from bot.core.flows.plan_steps import ActingStep, ChangePlan, CountPlan, FindInPlan, ShowPlan
from bot.core.flows.round_steps import CompareRounds
from bot.core.flows.steps import (
    QUESTIONS,
    Ask,
    Choice,
    Day,
    Enter,
    Judge,
    Measure,
    Number,
    Offer,
    RequestStep,
    Say,
    Scale,
    Several,
    ShowProfile,
    Step,
    Words,
    YesNo,
)
from bot.core.interests.next_item import MOST_ITEMS, next_item
from bot.core.interests.scoring import score
from bot.core.library import Library

MOST_STEPS = 400  # a path longer than this is a loop; the check refuses it, this is the belt


# steps that tell something and ask nothing
ToldStep = (
    Say | ShowProfile | ShowOccupation | ShowDates | ShowPlace | CompareRounds | ShowCourseSets | ShowSetChanges | ShowClosedPaths
    | ShowPaths | ShowWays | ShowPath | ShowSavedPaths | ShowComparison | ShowPlan | ShowHanded
)  # fmt: skip


class PathFinder:
    """Finds the paths of one session on one day. Lives no longer than a turn."""

    def __init__(self, library: Library, session: Session, today: date) -> None:
        self.library = library
        self.today = today
        self.answers: Mapping[str, Answer] = {answer.step: answer for answer in session.answers}
        booking = session.booking
        self.answered_requests = (
            *session.answered_requests,
            *(() if booking is None else booking.marks),
        )
        self.session = session
        self.changing = session.changing
        self.rounds = session.rounds
        self.more_families = session.more_families
        self.school = session.school
        self.plan_steps = session.plan_steps
        self.plan = PlanReader(library, session, today, self.find)
        self.present = session.stack[-1] if session.stack else ""
        self._measured: dict[str, MeasureResult] = {}

    def find(self, flow: str) -> Path:
        """Return the path through a flow from its first step, with the facts other flows share."""
        path = Path()
        for other in self.library.flows_with_shared:
            if other != flow and other in self.library.flows:
                path.facts |= self._shared(other, path.facts)
        if flow in self.library.flows_with_sets:
            path.facts |= known_of_sets(self.library, flow, self.answers, self.school)
        self._follow(flow, path)
        return path

    def _shared(self, flow: str, known: Mapping[str, Value]) -> dict[str, Value]:
        """Return the facts of the shared questions of another flow, as they are answered there."""
        path = Path(facts=dict(known))
        # an answer that is being changed keeps its old value for other flows
        changing, self.changing = self.changing, None
        self._follow(flow, path)
        self.changing = changing
        return {
            entry.step.id: entry.value
            for entry in path.answered()
            if isinstance(entry.step, QUESTIONS) and entry.step.shared
        }

    def _follow(self, name: str, path: Path) -> bool:
        """Lead the path through one flow; False where it stops at an open step."""
        steps = self.library.flows[name].steps
        places = self.library.step_places[name]
        place = 0
        while place < len(steps):
            if len(path.entries) > MOST_STEPS:
                message = f"flow {name} goes round in a circle"
                raise AssertionError(message)
            step = steps[place]
            place += 1
            if step.when is not None and holds(step.when, path.facts) is not True:
                continue
            if not self._pass(name, step, path):
                return False
            for route in step.next:
                if route.when is None or holds(route.when, path.facts) is True:
                    place = len(steps) if route.to == "end" else places[route.to]
                    break
        return True

    def _pass(self, flow: str, step: Step, path: Path) -> bool:
        """Add a step to the path; False where it waits for the person or the service."""
        match step:
            case Judge():
                return self._judge(flow, step, path)
            case Measure():
                return self._measure(flow, step, path)
            case Enter():
                return self._follow(step.flow, path)
            case Offer():
                path.open = (flow, step)
                return False
            case CountPlan() if not step.kept:
                path.facts.update(self.plan.counts(step, self.present))
                return True
            case CountPlan() | FindInPlan() | ChangePlan():
                return self._act(flow, step, path)
            case RequestStep():
                found = facts_of_request(step, self.answered_requests)
                path.facts |= found or {}
                path.open = (flow, step) if found is None else path.open
                return found is not None
            case Choice() | Several() | YesNo() | Number() | Day() | Scale() | Words():
                return self._ask(flow, step, path)
            case _:
                entry = self._told(flow, step, path)
                if entry is not None:
                    path.entries.append(entry)
                return True

    def _told(self, flow: str, step: ToldStep, path: Path) -> PathEntry | None:
        """Return what a step tells; None where there is nothing to tell."""
        library, facts = self.library, path.facts
        match step:
            case Say():
                listed = _told_so_far(flow, path) if step.show == "answers" else None
                return PathEntry(flow, step, value=listed)
            case ShowProfile():
                return PathEntry(flow, step, measured=self._measured[step.measure])
            case ShowOccupation():
                return PathEntry(flow, step, value=facts.get(step.fact))
            case ShowDates():
                return PathEntry(flow, step, dates=chosen_dates(library, step, facts, self.today))
            case ShowPlace():
                return self._place(flow, step, path)
            case CompareRounds():
                comparison = compare_rounds(library, self.rounds, flow, step, facts)
                return PathEntry(flow, step, compared=comparison)
            case ShowCourseSets() | ShowSetChanges():
                found = sets_found(library, flow, step, facts, self.answers)
                return PathEntry(flow, step, sets=found)
            case ShowClosedPaths():
                told = [state for entry in path.entries for state in _told_closed(entry)]
                closed = newly_closed(told, judged_cards(library, flow, facts))
                return PathEntry(flow, step, cards=closed) if closed else None
            case ShowPaths():
                return PathEntry(flow, step, cards=judged_cards(library, flow, facts))
            case ShowWays():
                return PathEntry(flow, step, ways=judged_ways(library, flow, facts, self.today))
            case ShowPath():
                card = step.card if step.fact is None else facts.get(step.fact)
                return PathEntry(flow, step, value=card) if card in library.paths else None
            case ShowSavedPaths():
                return PathEntry(flow, step)
            case ShowHanded():
                facts.update(facts_of_handed(library, self.session, step))
                things = tuple(str(one) for one in things_to_hand(library, self.session))
                return PathEntry(flow, step, value=facts.get(step.question), keys=things)
            case ShowPlan():
                of = self.plan.goal_of(flow, step)
                facts[f"{step.id}_count"] = len(self.plan.keys(step.part, of))
                offers = self.plan.offers if step.part in {"whole", "offers"} else ()
                keys = self.plan.numbered(flow, step.part, of)
                return PathEntry(flow, step, value=of, offers=offers, keys=keys)
            case ShowComparison():
                measured = self._measured_in(step.interests, facts)
                return PathEntry(flow, step, measured=measured, things=compared_things(step, facts))
            case _:
                assert_never(step)

    def _act(self, flow: str, step: ActingStep, path: Path) -> bool:
        """Pass a step that has done its part on the plan; what it found is a fact."""
        place = (flow, step.id)
        done = next((one for one in self.plan_steps if (one.flow, one.step) == place), None)
        said = path.facts.get(step.number or "") if isinstance(step, FindInPlan) else None
        if done is None or (isinstance(said, int) and done.number != said):
            path.open = (flow, step)
            return False
        path.facts.update(done.counts)
        if isinstance(step, FindInPlan):
            path.facts |= {f"{step.id}_is": done.what, f"{step.id}_activity": done.activity}
        return True

    def _place(self, flow: str, step: ShowPlace, path: Path) -> PathEntry | None:
        """Return a place, and make a fact of whether anything is known of it."""
        words = path.facts.get(step.fact)
        if words is None and step.if_known:
            words = self.library.place_finder.of_institution(self.school)
        named = words if isinstance(words, str) else ""
        is_known = self.library.place_finder.has_data(named)
        path.facts[f"{step.id}_found"] = "data" if is_known else "none"
        return PathEntry(flow, step, value=named) if is_known or not step.if_known else None

    def _ask(self, flow: str, question: Ask, path: Path) -> bool:
        answer = self.answers.get(question.id)
        if question.id in path.facts and (answer is None or answer.flow != flow):
            return True  # another flow has asked it already
        if answer is not None and not still_valid(question, answer):
            path.invalid_answers.append((flow, question.id))
            answer = None
        if answer is None or self.changing == question.id:
            path.open = (flow, question)
            return False
        path.facts[question.id] = answer.value
        path.entries.append(PathEntry(flow, question, value=answer.value))
        return True

    def _measure(self, flow: str, step: Measure, path: Path) -> bool:
        """Ask the items answered so far in their order, then the one that the instrument chooses.

        Once it chooses none, what was measured becomes facts and the path goes on.
        """
        questions = self.library.interests.questions
        asked = [
            name
            for name, answer in self.answers.items()
            if answer.flow == flow and name in questions
        ]
        for name in asked:
            if not self._ask(flow, questions[name], path):
                return False
        likes = numbers_of({name: path.facts[name] for name in asked})  # without those skipped
        letters = self.library.interests.letters
        if len(asked) < MOST_ITEMS:
            # its order counts the items answered; one that was skipped is never chosen again
            items = [name for name in questions if name in likes or name not in asked]
            chosen = next_item(letters, likes, items)
            if chosen is not None:
                path.open = (flow, questions[chosen])
                return False
        seconds: dict[str, float] = {}  # that each answer took, where that is known
        for name in likes:
            took = self.answers[name].took
            if took is not None:
                seconds[name] = took
        profile = score(letters, likes, seconds)
        few = ("few",) if len(likes) < FEWEST_ANSWERS else ()
        path.facts[f"{step.id}_leading"] = profile.leading
        more = ("more",) if self.more_families else ()
        path.facts[f"{step.id}_flags"] = (*profile.flags, *few, *more)
        self._measured[step.id] = MeasureResult(
            profile, likes, earlier_profile(self.library, self.rounds, flow)
        )
        return True

    def _measured_in(self, flow: str, known: Mapping[str, Value]) -> MeasureResult | None:
        """Return what another flow has measured and shown; None where it has not come that far."""
        path = Path(facts=dict(known))
        self._follow(flow, path)
        shown = (entry.measured for entry in path.entries if isinstance(entry.step, ShowProfile))
        return next(shown, None)

    def _judge(self, flow: str, step: Judge, path: Path) -> bool:
        """Ask for the facts that can still change the verdict, one after another; then judge."""
        judge = self.library.judges[step.rule]
        questions = {question.id: question for question in step.asks}
        known: dict[str, str | int] = {}
        asked: set[str] = set()
        while True:
            name = judge.next_fact(known, asked, self.today)
            if name is None:
                break
            if name in questions and not self._ask(flow, questions[name], path):
                return False
            asked.add(name)
            value = path.facts.get(name)
            if isinstance(value, str | int):
                known[name] = value
        verdict = judge.verdict(known, self.today)
        if verdict.gate != "closed":
            # what was answered beyond what is needed can still give a reason or touch a notice
            beyond = [name for name in questions if name not in asked and self._is_told(flow, name)]
            for name in beyond:
                if not self._ask(flow, questions[name], path):
                    return False
                value = path.facts.get(name)
                if isinstance(value, str | int):
                    known[name] = value
            verdict = judge.verdict(known, self.today)
        path.entries.append(PathEntry(flow, step, verdict=verdict))
        return True

    def _is_told(self, flow: str, question: str) -> bool:
        """Return whether somebody has answered a question of a flow, or is about to."""
        answer = self.answers.get(question)
        return self.changing == question or (answer is not None and answer.flow == flow)


def _told_closed(entry: PathEntry) -> tuple[CardState, ...]:
    return entry.cards if isinstance(entry.step, ShowClosedPaths) else ()


def _told_so_far(flow: str, path: Path) -> tuple[str, ...]:
    """Return the questions answered so far on the path through a flow, without those skipped."""
    return tuple(
        entry.step.id for entry in path.answered() if entry.flow == flow and entry.value is not None
    )
