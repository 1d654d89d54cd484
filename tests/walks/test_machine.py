"""Stateful tests: whatever comes in, in whatever order, twice or late, the session stays sound.

On the sample, which has every kind of step; `test_walks.py` walks through what is in production.
"""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.dialogue.events import Remarked
from bot.core.dialogue.inputs import Commanded, Picked, Said, Started, TimedOut
from bot.core.dialogue.path import PathFinder
from bot.core.dialogue.session import Session
from bot.core.flows.steps import QUESTIONS
from tests.doubles.clocks import TODAY
from tests.doubles.sample import sample_talks

TALKS = sample_talks()
FLOWS = sorted(TALKS.library.flows)
WORDS = (
    "menu",
    "back",
    "change",
    "why",
    "language",
    "help",
    "human",
    "stop",
    "show_data",
    "resume",
)
DEEPEST, MOST_MESSAGES = 6, 40


class Conversation(RuleBasedStateMachine):
    """One person, and the same person again in a second tab that lags behind."""

    @initialize(language=st.sampled_from(["lv", "en", "uk", "ru"]))
    def open(self, language):
        self.session = Session(language=language)
        self.pressed = []
        self._give(Started())

    def _give(self, given):
        advanced = TALKS.advance(self.session, given)
        again = TALKS.advance(self.session, given)
        assert advanced == again  # pure: the same in, the same out
        if self.session.quiet and isinstance(given, TimedOut):
            assert advanced.messages == ()  # who has said "stop" is not spoken to unasked
        else:
            assert 0 < len(advanced.messages) < MOST_MESSAGES
        if advanced.session is None:
            self.session = Session(language=self.session.language)
            advanced = TALKS.advance(self.session, Started())
        self.session = Session.model_validate_json(advanced.session.model_dump_json())
        self.last = advanced

    @rule(data=st.data())
    def press(self, data):
        buttons = [b.pick for m in self.last.messages for b in m.buttons]
        if buttons:
            pick = data.draw(st.sampled_from(buttons))
            self.pressed.append(Picked(options=(pick,), ask=self.session.ask))
            self._give(self.pressed[-1])

    @rule(data=st.data())
    def press_an_old_button(self, data):
        """Of those that the open question has too there may be one: it would look like an answer."""
        old = [press for press in self.pressed if press.ask != self.session.ask]
        now = {b.pick for m in self.last.messages for b in m.buttons}
        alike = [press for press in old if press.options[0] in now]
        if old:
            press = data.draw(st.sampled_from(alike or old))
            before = self.session.answers
            self._give(press)
            if not press.options[0].startswith("@") or press.options[0] == "@skip":
                assert self.session.answers == before

    @rule(data=st.data())
    def change_an_answer(self, data):
        if self.session.answers:
            answer = data.draw(st.sampled_from(self.session.answers))
            self._give(Commanded(word="change", about=answer.step))
            # one whose question is on no path is taken back, and that is said
            remarks = [event.what for event in self.last.events if isinstance(event, Remarked)]
            assert answer in self.session.answers or "taken_back" in remarks

    @rule(text=st.text(max_size=60))
    def type_anything(self, text):
        self._give(Said(text=text))

    @rule(number=st.integers(-5, 10**9))
    def type_a_number(self, number):
        self._give(Said(text=str(number)))

    @rule(word=st.sampled_from(WORDS), about=st.sampled_from([None, "age", "who", "en", "lv", "x"]))
    def say_a_global_word(self, word, about):
        answers = dict.fromkeys(a.step for a in self.session.answers)
        self._give(Commanded(word=word, about=about))
        if word in ("why", "help", "language", "stop"):
            assert dict.fromkeys(a.step for a in self.session.answers) == answers

    @rule(flow=st.sampled_from(FLOWS))
    def follow_a_link(self, flow):
        self._give(Started(flow=flow))

    @rule()
    def fall_silent(self):
        before = self.session
        self._give(TimedOut())
        assert self.session == before

    @invariant()
    def the_session_is_sound(self):
        session = self.session
        assert len(session.stack) <= DEEPEST
        assert len({answer.step for answer in session.answers}) == len(session.answers)
        walk = PathFinder(TALKS.library, session, TODAY).find(session.stack[-1])
        assert walk.open is not None
        assert session.open == f"{walk.open[0]}/{walk.open[1].id}"
        kept = {answer.step for answer in session.answers}
        for stop in walk.entries:
            if isinstance(stop.step, QUESTIONS):
                assert stop.step.id in kept
        assert TALKS.transcript(session)[-1].kind == "ask"


Conversation.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestConversation = Conversation.TestCase
