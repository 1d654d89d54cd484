"""Somebody in a conversation without a channel, who answers questions by their names."""

from collections.abc import Mapping

from bot.core.dialogue.events import Event, Input, Judged, Picked, Said, Session, Started
from bot.core.flows.steps import Day, Number
from bot.core.rules.judge import Verdict
from bot.service.conversations import Advanced, Find, Talks, find_nothing
from bot.words.messages import Message

LONGEST_WAY = 60  # questions passed over on the way to one that is named
OPENED = Started()

Answer = str | int | tuple[str, ...] | None  # as it is pressed or typed; None skips


def open_question(talks: Talks, session: Session) -> Message:
    """Return the open question or offer as it was first asked, with all its buttons."""
    return talks.trail(session.model_copy(update={"guesses": ()}))[-1]


class Person:
    """One conversation; the session is written out and read again between any two turns.

    opening: what is given first; None where the test gives it itself.
    last: the last turn. session: stays as it was where the last turn has forgotten all.
    """

    def __init__(self, talks: Talks, language: str = "lv", opening: Input | None = OPENED) -> None:
        self.talks = talks
        self.session = Session(language=language)
        self.last = Advanced(self.session, (), ())
        if opening is not None:
            self.give(opening)

    def give(self, given: Input, find: Find = find_nothing) -> Advanced:
        self.last = self.talks.advance(self.session, given, find)
        if self.last.session is not None:
            self.session = Session.model_validate_json(self.last.session.model_dump_json())
        return self.last

    def say(self, *texts: str) -> "Person":
        for text in texts:
            self.give(Said(text=text))
        return self

    def press(self, *options: str) -> "Person":
        self.give(Picked(options=options, ask=self.session.ask))
        return self

    def answer(self, answers: Mapping[str, Answer] | None = None, **named: Answer) -> "Person":
        """Answer until every named question is answered, in whatever order they are asked.

        A question that is not named is passed over: skipped, or given the first it takes. So a
        question added on the way changes nothing for who asks by name.
        """
        left = {**(answers or {}), **named}
        for _ in range(LONGEST_WAY):
            if not left:
                return self
            question = self.question
            if question.step in left:
                self._reply(left.pop(question.step))
                continue
            assert question.form != "offer", f"{sorted(left)} not asked before {self.session.open}"
            self.pass_over()
        message = f"{sorted(left)} not asked in {LONGEST_WAY} questions"
        raise AssertionError(message)

    def pass_over(self) -> None:
        """Skip the open question, or give it the first answer it takes."""
        question = self.question
        picks = [button.pick for button in question.buttons]
        if "@skip" in picks:
            self.press("@skip")
        elif picks:
            self.press(picks[0])
        else:
            self.say(self._least(question))

    def _reply(self, answer: Answer) -> None:
        picks = {button.pick for button in self.question.buttons}
        match answer:
            case None:
                self.press("@skip")
            case tuple():
                self.press(*answer)
            case str() if answer in picks:
                self.press(answer)
            case _:
                self.say(str(answer))

    def _least(self, question: Message) -> str:
        """Return the least that a question without options takes."""
        match self.talks.library.steps[question.flow, question.step]:
            case Number() as step:
                return str(step.least)
            case Day() as step:
                return step.earliest
            case _:
                return "hm"

    @property
    def question(self) -> Message:
        """The open question, whenever it was asked."""
        return open_question(self.talks, self.session)

    @property
    def asked(self) -> str:
        """The step that the last turn asked, the last where it asked several."""
        return [message.step for message in self.messages if message.kind == "ask"][-1]

    @property
    def messages(self) -> tuple[Message, ...]:
        return self.last.messages

    @property
    def events(self) -> tuple[Event, ...]:
        return self.last.events

    @property
    def kinds(self) -> list[str]:
        return [message.kind for message in self.last.messages]

    @property
    def answers(self) -> dict[str, object]:
        return {answer.step: answer.value for answer in self.session.answers}

    @property
    def verdict(self) -> Verdict | None:
        found = [event.verdict for event in self.last.events if isinstance(event, Judged)]
        return found[-1] if found else None
