"""Questions answered by their names, in a conversation alone or at a channel's door."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Protocol, Self

from bot.core.dialogue.session import Session
from bot.core.flows.steps import Day, Number
from bot.service.conversations import Dialogue
from bot.words.messages import Button, Message

LONGEST_WAY = 60  # questions passed over on the way to one that is named
SKIP = "@skip"

Answer = str | int | tuple[str, ...] | None  # as it is pressed or typed; None skips


def open_question(talks: Dialogue, session: Session) -> Message:
    """Return the open question or offer as it was first asked, with all its buttons."""
    return talks.transcript(session.model_copy(update={"guesses": ()}))[-1]


class Door(Protocol):
    """Where a person comes in: `tests/doubles/doors.py`."""

    def press(self, label: str) -> None: ...

    def say(self, text: str) -> None: ...


class AnswersByName(ABC):
    """Somebody who knows what is asked, and answers questions by their names.

    So a question added on the way changes nothing for a test: it is passed over.
    """

    talks: Dialogue

    @property
    @abstractmethod
    def known(self) -> Mapping[str, object]:
        """What is answered, by the question's name; what follows from other answers too."""

    @property
    @abstractmethod
    def question(self) -> Message:
        """The open question, whenever it was asked."""

    @abstractmethod
    def press_button(self, *buttons: Button) -> None: ...

    @abstractmethod
    def say(self, text: str) -> Self: ...

    def answer(self, answers: Mapping[str, Answer] | None = None, **named: Answer) -> Self:
        """Answer until every named question is answered, in whatever order they are asked.

        What is asked and not named is passed over: skipped, or given the first answer it takes. An
        answer is an option's id or label, several of them, words, a number; None skips. One that
        follows from others is not asked.
        """
        left = {**(answers or {}), **named}
        while left:
            question = self.reach(*left).question
            self._reply(question, left.pop(question.step))
            known = self.known
            for name in [one for one in left if one in known and known[one] == left[one]]:
                del left[name]
        return self

    def reach(self, *steps: str) -> Self:
        """Pass over what is asked until one of some questions is open."""
        for _ in range(LONGEST_WAY):
            question = self.question
            if question.step in steps:
                return self
            where = f"{question.flow}/{question.step}"
            assert question.form != "offer", f"{sorted(steps)} not asked before {where}"
            self.pass_over()
        message = f"{sorted(steps)} not asked in {LONGEST_WAY} questions"
        raise AssertionError(message)

    def pass_over(self) -> None:
        """Skip the open question, or give it the first answer it takes."""
        question = self.question
        skip = [button for button in question.buttons if button.pick == SKIP]
        if question.buttons:
            self.press_button(*(skip or question.buttons)[:1])
        else:
            self.say(self._least(question))

    def _reply(self, question: Message, answer: Answer) -> None:
        names = answer if isinstance(answer, tuple) else (SKIP if answer is None else str(answer),)
        buttons = [button for name in names for button in question.buttons if _is(button, name)]
        if len(buttons) == len(names):
            self.press_button(*buttons)
        else:
            self.say(", ".join(names))

    def _least(self, question: Message) -> str:
        """Return the least that a question without options takes."""
        match self.talks.library.steps[question.flow, question.step]:
            case Number() as step:
                return str(step.least)
            case Day() as step:
                return step.earliest
            case _:
                return "hm"


def _is(button: Button, name: str) -> bool:
    """Tell whether a button is meant by its id or its label, whose spaces may not break."""
    return name in (button.pick, button.label, " ".join(button.label.split()))


class AtADoor(AnswersByName):
    """Somebody at a channel's door: what is open is read where the channel keeps it.

    door: presses labels and types words. session: reads the conversation's session.
    """

    def __init__(self, door: Door, talks: Dialogue, session: Callable[[], Session]) -> None:
        self.door = door
        self.talks = talks
        self.session = session

    @property
    def question(self) -> Message:
        return open_question(self.talks, self.session())

    @property
    def known(self) -> Mapping[str, object]:
        return {answer.step: answer.value for answer in self.session().answers}

    def press_button(self, *buttons: Button) -> None:
        for button in buttons:
            self.door.press(button.label)

    def say(self, text: str) -> "AtADoor":
        self.door.say(text)
        return self
