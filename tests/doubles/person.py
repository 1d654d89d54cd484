"""Somebody in a conversation without a channel."""

from bot.core.dialogue.events import Event, Judged
from bot.core.dialogue.inputs import Input, Picked, Said, Started
from bot.core.dialogue.requests import unserved
from bot.core.dialogue.session import Session
from bot.core.rules.judge import Verdict
from bot.service.conversations import AnswerRequest, Dialogue, TurnOutput
from bot.words.messages import Button, Message
from tests.doubles.by_name import AnswersByName, open_question

OPENED = Started()


class Person(AnswersByName):
    """One conversation; the session is written out and read again between any two turns.

    opening: what is given first; None where the test gives it itself.
    last: the last turn. session: stays as it was where the last turn has forgotten all.
    done: what was pressed, as [the label], and typed; so others can do the same at a door.
    """

    def __init__(
        self, talks: Dialogue, language: str = "lv", opening: Input | None = OPENED
    ) -> None:
        self.talks = talks
        self.session = Session(language=language)
        self.last = TurnOutput(self.session, (), ())
        self.done: list[str] = []
        if opening is not None:
            self.give(opening)

    def give(self, given: Input, answer: AnswerRequest = unserved) -> TurnOutput:
        self.last = self.talks.advance(self.session, given, answer)
        if self.last.session is not None:
            kept = self.last.session.model_dump_json(exclude_defaults=True)  # as the store has it
            self.session = Session.model_validate_json(kept)
        return self.last

    def say(self, *texts: str) -> "Person":
        for text in texts:
            self.done.append(text)
            self.give(Said(text=text))
        return self

    def press(self, *options: str) -> "Person":
        self.give(Picked(options=options, ask=self.session.ask))
        return self

    def press_button(self, *buttons: Button) -> None:
        self.done += [f"[{button.label}]" for button in buttons]
        self.press(*(button.pick for button in buttons))

    @property
    def question(self) -> Message:
        return open_question(self.talks, self.session)

    @property
    def words(self) -> list[str]:
        """What was done, all of it typed."""
        return [one.strip("[]") for one in self.done]

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
    def known(self) -> dict[str, object]:
        return self.answers

    @property
    def answers(self) -> dict[str, object]:
        return {answer.step: answer.value for answer in self.session.answers}

    @property
    def verdict(self) -> Verdict | None:
        found = [event.verdict for event in self.last.events if isinstance(event, Judged)]
        return found[-1] if found else None
