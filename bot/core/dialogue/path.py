"""Where a person stands: a flow walked over the answers given so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from bot.core.dialogue.session import FREE_TEXT, Answer, Session, Value
from bot.core.flows.conditions import holds
from bot.core.flows.steps import (
    NO,
    QUESTIONS,
    YES,
    Ask,
    Choice,
    CompareRounds,
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
    ShowOccupation,
    ShowProfile,
    Step,
    Words,
    YesNo,
)
from bot.core.interests.next_item import MOST_ITEMS, next_item
from bot.core.interests.profile import Profile
from bot.core.interests.scoring import score
from bot.core.library import Library
from bot.core.rules.verdict import Verdict
from bot.core.skills.levels import Level, level

MOST_STEPS = 400  # a path longer than this is a loop; the check refuses it, this is the belt
FEWEST_ANSWERS = 12  # answers below which a measure says nothing


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """What a measure found: the profile, what was answered, and an earlier round's profile."""

    profile: Profile
    likes: Mapping[str, int]
    before: tuple[date, Profile] | None


@dataclass(frozen=True, slots=True)
class RoundsComparison:
    """Where a person stands area by area, and the day of the round it is compared with."""

    levels: tuple[Level, ...]
    before: date | None


@dataclass(frozen=True, slots=True)
class PathEntry:
    """A step on the path: told, answered, judged, measured or compared.

    value: an answer; of what tells the answers, the names of those on the path.
    """

    flow: str
    step: Step
    value: Value = None
    verdict: Verdict | None = None
    measured: MeasureResult | None = None
    compared: RoundsComparison | None = None


@dataclass(slots=True)
class Path:
    """The path through a flow, the facts on it, and the open step (None: the flow is over)."""

    entries: list[PathEntry] = field(default_factory=list)
    facts: dict[str, Value] = field(default_factory=dict)
    invalid_answers: list[tuple[str, str]] = field(default_factory=list)
    open: tuple[str, Ask | Offer | RequestStep] | None = None

    def answered(self) -> list[PathEntry]:
        """Return the questions on the path that have an answer, in the order asked."""
        return [entry for entry in self.entries if isinstance(entry.step, QUESTIONS)]


def still_valid(question: Ask, answer: Answer) -> bool:
    """Return whether an answer given earlier still answers the question as it stands today."""
    if answer.meaning != question.meaning:
        return False
    value = answer.value
    if value is None:
        return question.skip is not None
    match question:
        case Choice():
            return any(option.id == value for option in question.options)
        case Several():
            ids = {option.id for option in question.options}
            return isinstance(value, tuple) and all(
                one in ids or _is_free_text(question, one) for one in value
            )
        case YesNo():
            return value in (YES, NO)
        case Number():
            return isinstance(value, int) and question.least <= value <= question.most
        case Scale():
            return isinstance(value, int) and 1 <= value <= len(question.options)
        case Day():
            return isinstance(value, str) and question.earliest <= value <= question.latest
        case Words():
            return isinstance(value, str) and len(value) <= question.most
        case _:
            assert_never(question)


def _is_free_text(question: Several, words: str) -> bool:
    return words.startswith(FREE_TEXT) and len(words) <= len(FREE_TEXT) + question.free_text


class PathFinder:
    """One path: what it may read, and what it has found. Not kept beyond a turn."""

    def __init__(self, library: Library, session: Session, today: date) -> None:
        self.library = library
        self.today = today
        self.answers: Mapping[str, Answer] = {answer.step: answer for answer in session.answers}
        self.found = session.answered_requests
        self.changing = session.changing
        self.rounds = session.rounds
        self._measured: dict[str, MeasureResult] = {}

    def find(self, flow: str) -> Path:
        """Walk a flow from its first step, with the facts other flows share."""
        path = Path()
        for other in self.library.flows_with_shared:
            if other != flow and other in self.library.flows:
                path.facts |= self._shared(other, path.facts)
        self._follow(flow, path)
        return path

    def _shared(self, flow: str, known: Mapping[str, Value]) -> dict[str, Value]:
        path = Path(facts=dict(known))
        changing, self.changing = self.changing, None
        self._follow(flow, path)
        self.changing = changing
        return {
            entry.step.id: entry.value
            for entry in path.answered()
            if isinstance(entry.step, QUESTIONS) and entry.step.shared
        }

    def _follow(self, name: str, path: Path) -> bool:
        """Walk on through one flow; False where the path stops at an open step."""
        steps = self.library.flows[name].steps
        places = self.library.step_places[name]
        at = 0
        while at < len(steps):
            if len(path.entries) > MOST_STEPS:
                message = f"flow {name} goes round in a circle"
                raise AssertionError(message)
            step = steps[at]
            at += 1
            if step.when is not None and holds(step.when, path.facts) is not True:
                continue
            if not self._pass(name, step, path):
                return False
            for route in step.next:
                if route.when is None or holds(route.when, path.facts) is True:
                    at = len(steps) if route.to == "end" else places[route.to]
                    break
        return True

    def _pass(self, flow: str, step: Step, path: Path) -> bool:
        match step:
            case Say():
                listed = _told_so_far(flow, path) if step.show == "answers" else None
                path.entries.append(PathEntry(flow, step, value=listed))
                return True
            case Judge():
                return self._judge(flow, step, path)
            case Measure():
                return self._measure(flow, step, path)
            case ShowProfile():
                path.entries.append(PathEntry(flow, step, measured=self._measured[step.measure]))
                return True
            case ShowOccupation():
                path.entries.append(PathEntry(flow, step, value=path.facts.get(step.fact)))
                return True
            case CompareRounds():
                path.entries.append(
                    PathEntry(flow, step, compared=self._compare(flow, step, path.facts))
                )
                return True
            case Enter():
                return self._follow(step.flow, path)
            case Offer():
                path.open = (flow, step)
                return False
            case RequestStep():
                if step.request in self.found:
                    return True
                path.open = (flow, step)
                return False
            case Choice() | Several() | YesNo() | Number() | Day() | Scale() | Words():
                return self._ask(flow, step, path)
            case _:
                assert_never(step)

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
        """Ask in the order answered so far, then what the instrument chooses next."""
        questions = self.library.interests.questions
        had = [name for name, one in self.answers.items() if one.flow == flow and name in questions]
        for name in had:
            if not self._ask(flow, questions[name], path):
                return False
        likes = {name: value for name in had if isinstance(value := path.facts[name], int)}
        left = [name for name in questions if name in likes or name not in had]
        letters = self.library.interests.letters
        follows = next_item(letters, likes, left) if len(had) < MOST_ITEMS else None
        if follows is not None:
            path.open = (flow, questions[follows])
            return False
        seconds = {name: took for name in likes if (took := self.answers[name].took) is not None}
        profile = score(letters, likes, seconds)
        few = ("few",) if len(likes) < FEWEST_ANSWERS else ()
        path.facts[f"{step.id}_leading"] = profile.leading
        path.facts[f"{step.id}_flags"] = (*profile.flags, *few)
        self._measured[step.id] = MeasureResult(profile, likes, self._before(flow))
        return True

    def _before(self, flow: str) -> tuple[date, Profile] | None:
        """Return what the latest earlier round of a flow had found, and its day, where it is enough."""
        earlier = next((one for one in reversed(self.rounds) if one.flow == flow), None)
        letters = self.library.interests.letters
        likes = {
            answer.step: answer.value
            for answer in (earlier.answers if earlier else ())
            if isinstance(answer.value, int) and answer.step in letters
        }
        if earlier is None or len(likes) < FEWEST_ANSWERS:
            return None
        return earlier.on, score(letters, likes)

    def _compare(
        self, flow: str, step: CompareRounds, facts: Mapping[str, Value]
    ) -> RoundsComparison:
        first = next((one for one in self.rounds if one.flow == flow), None)
        before = _numbers_of({a.step: a.value for a in first.answers}) if first else None
        now = _numbers_of(facts)
        found = []
        for area in step.areas:
            scale = self.library.steps[flow, area.asks[0]]
            assert isinstance(scale, Scale)
            found.append(level(area.id, area.asks, len(scale.options), now, before))
        compared = first is not None and any(one.change is not None for one in found)
        return RoundsComparison(tuple(found), first.on if first and compared else None)

    def _judge(self, flow: str, step: Judge, path: Path) -> bool:
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
        path.entries.append(PathEntry(flow, step, verdict=judge.verdict(known, self.today)))
        return True


def _told_so_far(flow: str, path: Path) -> tuple[str, ...]:
    """Name what has been answered on the path through a flow, leaving out what was skipped."""
    return tuple(
        entry.step.id for entry in path.answered() if entry.flow == flow and entry.value is not None
    )


def _numbers_of(values: Mapping[str, Value]) -> dict[str, int]:
    return {name: value for name, value in values.items() if isinstance(value, int)}
