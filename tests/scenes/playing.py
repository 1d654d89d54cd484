"""A scene played: what the person does, line by line, and what comes of it."""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from pydantic import ValidationError

from bot.core.dialogue.events import (
    Answered,
    Asked,
    ClassNoted,
    Commanded,
    Compared,
    Described,
    Ended,
    Event,
    Input,
    Judged,
    Knocked,
    Noted,
    Picked,
    Portrayed,
    Refused,
    Reviewed,
    Said,
    Session,
    Shown,
    Started,
    Told,
    Updated,
    Visitor,
    Wanted,
)
from bot.service.conversations import Advanced, Talks
from bot.words.messages import Button, Message, plain
from tests.doubles.person import Person
from tests.scenes.reading import Line, Scene, SceneError

# `question: [option | option] typed beside`, or `[@global]` without a question
PRESS = re.compile(r"(?:([a-z0-9_/]+): *)?\[([^\]]*)\](.*)")


def play(talks: Talks, scene: Scene) -> str:
    """Play a scene; returns it as it should stand in its file.

    Errors: SceneError where a line presses what is not there to be pressed.
    """
    player = Player(talks, scene)
    blocks = [list(scene.head), player.open()]
    blocks += [[f"> {line.said}", *player.act(line)] for line in scene.lines]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


class Player:
    """Takes the person's lines, one after the other."""

    def __init__(self, talks: Talks, scene: Scene) -> None:
        self.scene = scene
        self.person = Person(talks, scene.language, opening=None)

    def open(self) -> list[str]:
        """Open the conversation; returns what is read then."""
        flow = self.scene.flow
        if self.scene.known:
            flow = flow or self.person.talks.library.home
            self._arrive()
        return self._take(self.scene.opening, Started(flow=flow))

    def _arrive(self) -> None:
        """Go through the first flow with the answers known before the scene."""
        person, first = self.person, self.person.talks.library.first
        person.give(Started())
        try:
            person.answer(self.scene.known)
        except AssertionError as fault:
            raise SceneError(f"{self.scene.opening.where}: known: {fault}") from fault
        while person.session.open.startswith(f"{first}/"):
            person.pass_over()

    def act(self, line: Line) -> list[str]:
        """Take one line of the person; returns what is read then."""
        if self.person.last.session is None:
            raise SceneError(f"{line.where}: the conversation was over before this line")
        return self._take(line, self._meant(line))

    def _take(self, line: Line, given: Input) -> list[str]:
        asked: list[str] = []
        waiting = list(line.responses)

        def find(request: str, _session: Session) -> str:
            fits = next((one for one in waiting if one.kind == request), None)
            if fits is None:
                asked.append(f"? {request}")
                return ""
            waiting.remove(fits)
            asked.append(f"? {request} → {fits.text}" if fits.text else f"? {request}")
            return fits.text

        turn = self.person.give(given, find)
        if waiting:
            where = f"{line.where.rpartition(':')[0]}:{waiting[0].line}"
            raise SceneError(f"{where}: nothing asks the service for `{waiting[0].kind}` here")
        return [*asked, *_shown(turn, words=self.scene.words)]

    def _meant(self, line: Line) -> Input:
        said = line.said
        press = PRESS.fullmatch(said)
        if press is not None:
            return self._press(line, press[1] or "", press[2].split("|"), press[3].strip())
        if said == "/knock":
            return Knocked(visitor=Visitor(channel="people", account="1"))
        if said.startswith("/"):
            word, _, about = said[1:].partition(" ")
            try:
                return Commanded.model_validate({"word": word, "about": about or None})
            except ValidationError as error:
                raise SceneError(f"{line.where}: no such word: {said}") from error
        return Said(text=said)

    def _press(self, line: Line, question: str, names: list[str], words: str) -> Input:
        """Press buttons: those of the open question, if it is the one named, or global ones."""
        seen = [button for message in self.person.messages for button in message.buttons]
        ask = self.person.question
        if not question:
            picks = [_pick(seen, name) or name.strip() for name in names]
            if all(pick.startswith("@") and pick != "@skip" for pick in picks):
                return Picked(options=tuple(picks))
            hint = f"> {ask.step}: {line.said}"
            raise SceneError(f"{line.where}: say which question is answered, as in `{hint}`")
        if question not in (ask.step, f"{ask.flow}/{ask.step}"):
            there = self.person.session.open
            raise SceneError(f"{line.where}: `{question}` is not the open question, `{there}` is")
        options = tuple(filter(None, (_pick(ask.buttons, name) for name in names)))
        if len(options) < len(names):
            there = " | ".join(button.pick for button in ask.buttons)
            wrong = next(name.strip() for name in names if _pick(ask.buttons, name) is None)
            raise SceneError(f"{line.where}: `{question}` has no button `{wrong}`: {there}")
        return Said(text=words, ticked=options) if words else Picked(options=options)


def _pick(buttons: Iterable[Button], name: str) -> str | None:
    """Return what is sent back by the button of this label or id, or None where there is none."""
    label = " ".join(name.split())
    for button in buttons:
        if label in (button.pick, " ".join(button.label.split())):  # labels have no-break spaces
            return button.pick
    return None


def _shown(advanced: Advanced, *, words: bool) -> Iterator[str]:
    for event in advanced.events:
        yield from _happened(event, words=words)
    if words:
        for message in advanced.messages:
            yield from _said(message)
    if advanced.session is None:
        yield "= forgotten"


def _said(message: Message) -> Iterator[str]:
    if message.kind == "answer":
        return
    yield from plain(message).splitlines()
    if message.buttons:
        yield "  " + " ".join(f"[{button.label}]" for button in message.buttons)


def _happened(event: Event, *, words: bool) -> Iterable[str]:
    match event:
        case Answered():
            yield f"= {event.step}: {_value(event.value)}"
        case Refused():
            yield f"! {event.step}: {event.reason}"
        case Judged():
            verdict = event.verdict
            reasons = ", ".join((*verdict.gate_reasons, *verdict.priority_reasons))
            yield f"= {event.rule}: gate {verdict.gate}, group {verdict.group} ({reasons})"
        case Noted():
            yield f"~ {event.what}"
        case Updated():
            yield f"~ updated: {', '.join(step for _, step in event.questions)}"
        case Reviewed():
            yield f"~ can be changed: {', '.join(step for _, step, _ in event.answers)}"
        case Told() if not words:
            yield f"{event.flow}/{event.step}"
        case Asked() if not words:
            options = "|".join(event.guesses or event.options)
            again = " again" if event.again else ""
            yield f"{event.flow}/{event.step}?{again}" + (f" [{options}]" if options else "")
        case (
            Told()
            | Asked()
            | Portrayed()
            | Compared()
            | Described()
            | ClassNoted()
            | Wanted()
            | Shown()
            | Ended()
        ):
            return  # read in the messages, or nothing to read
        case _:
            assert_never(event)


def _value(value: object) -> str:
    return "skipped" if value is None else str(value)
