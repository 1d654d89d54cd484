"""A scene played: what the person does, line by line, and what comes of it."""

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from bot.core.base.strict_json import NO_JSON, FileFault
from bot.core.dialogue.inputs import (
    Commanded,
    Input,
    LinkRequested,
    Picked,
    PlanDue,
    PlanFileSent,
    PlanWorkedOn,
    Said,
    Started,
)
from bot.core.dialogue.session import LinkingDevice
from bot.core.plan.items import Origin, PlanStep
from bot.core.plan.orders import Propose, ReplacePlan
from bot.core.plan.plan import Actor, Plan
from bot.core.plan.wording import OwnWords
from bot.service.conversations import Dialogue
from bot.words.messages import Button
from tests.doubles.person import Person
from tests.doubles.scripted_meetings import ScriptedMeetings
from tests.doubles.service import ScriptedService, VersionsInMemory
from tests.scenes.outcomes import fault_of
from tests.scenes.reading import Line, Scene, SceneError, read_scene
from tests.scenes.written import written

# `question: [option | option] typed beside`, or `[@global]` without a question
PRESS = re.compile(r"(?:([a-z0-9_/]+): *)?\[([^\]]*)\](.*)")


def play(talks: Dialogue, scene: Scene) -> str:
    """Play a scene; returns it as it should stand in its file.

    Errors: SceneError at the first line that presses what is not there to be pressed, or that was
    accepted when the scene was last written and is refused now.
    """
    player = Player(talks, scene)
    blocks = [list(scene.head), player.open()]
    blocks += [[f"> {line.said}", *player.act(line)] for line in scene.lines]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def update_scene(path: Path, name: str, talks: Dialogue) -> None:
    """Write into a scene's file what comes of it today. name: the file, as faults name it.

    Errors: SceneError as when it is played; the file is left as it was.
    """
    played = play(talks, read_scene(path.read_text(encoding="utf-8"), name))
    path.write_text(played, encoding="utf-8")


class Player:
    """Takes the person's lines, one after the other."""

    def __init__(self, talks: Dialogue, scene: Scene) -> None:
        self.scene = scene
        self.person = Person(talks, scene.language, opening=None)
        self.versions = VersionsInMemory()
        self.meetings = ScriptedMeetings()

    def open(self) -> list[str]:
        """Open the conversation; returns what is read then."""
        flow = self.scene.flow
        if self.scene.known:
            flow = flow or self.person.talks.library.roles.home
            self._arrive()
        return self._take(self.scene.opening, Started(flow=flow))

    def _arrive(self) -> None:
        """Go through the first flow with the answers known before the scene."""
        person, first = self.person, self.person.talks.library.roles.first
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
        told = self._take(line, self._meant(line))
        fault = fault_of(line, told, self.person.talks.library.rules)
        if fault:
            raise SceneError(fault)
        return told

    def _take(self, line: Line, given: Input) -> list[str]:
        responses = ((one.kind, one.text) for one in line.responses)
        service = ScriptedService(responses, self.versions, self.meetings)
        turn = self.person.give(given, service.answer)
        if turn.session is not None:
            self.versions.keep(turn.session.plan)
        for one in line.responses:
            if one.kind in service.unasked():
                raise SceneError(f"{one.where}: nothing asks the service for `{one.kind}` here")
        menu = self.scene.flow == self.person.talks.library.roles.home
        return [*service.asked, *written(turn, words=self.scene.words, menu=menu)]

    def _meant(self, line: Line) -> Input:
        said = line.said
        press = PRESS.fullmatch(said)
        if press is not None:
            return self._press(line, press[1] or "", press[2].split("|"), press[3].strip())
        if said == "/knock":
            return LinkRequested(device=LinkingDevice(channel="people", account="1"))
        if said == "/file":
            return PlanFileSent(faults=(FileFault(place="", what=NO_JSON),))
        if said.startswith(("/due ", "/proposed ", "/file ")):
            return self._of_plan(line)
        if said.startswith("/"):
            word, _, about = said[1:].partition(" ")
            try:
                return Commanded.model_validate({"word": word, "about": about or None})
            except ValidationError as error:
                raise SceneError(f"{line.where}: no such word: {said}") from error
        return Said(text=said)

    def _of_plan(self, line: Line) -> Input:
        """Let the day come of something of the plan, let a counsellor propose a step, or send a file with one."""
        word, _, about = line.said[1:].partition(" ")
        day = self.person.talks.world().today
        if word == "proposed":
            origin, wording = Origin(kind="counsellor", on=day), OwnWords(text=about)
            step = PlanStep(origin=origin, wording=wording)
            return PlanWorkedOn(order=Propose(item=step), by=Actor(role="counsellor", name="Ilze"))
        if word == "file":
            origin, wording = Origin(kind="said", on=day), OwnWords(text=about)
            items = (PlanStep(id="s1", origin=origin, wording=wording),)
            return PlanFileSent(
                order=ReplacePlan(plan=Plan(audience="adult", made=day, items=items))
            )
        plan = self.person.session.plan
        steps = plan.of_kind(PlanStep) if plan is not None else ()
        id_ = ""
        if about == "step":
            dated = [one for one in steps if one.on is not None]
            if not dated:
                raise SceneError(f"{line.where}: no step of the plan has a day")
            id_, day = dated[0].id, dated[0].on
        elif about == "review" and plan is not None and plan.review is not None:
            day = plan.review
        return PlanDue.model_validate({"what": about, "id": id_, "on": day})

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
        # days that may be meant are asked about once only
        asked = (one for one in self.person.messages if (one.kind, one.step) == ("ask", ask.step))
        days = (button for one in asked for button in one.buttons if button not in ask.buttons)
        buttons = (*ask.buttons, *days)
        options = tuple(filter(None, (_pick(buttons, name) for name in names)))
        if len(options) < len(names):
            there = " | ".join(button.pick for button in buttons)
            wrong = next(name.strip() for name in names if _pick(buttons, name) is None)
            raise SceneError(f"{line.where}: `{question}` has no button `{wrong}`: {there}")
        return Said(text=words, ticked=options) if words else Picked(options=options)


def _pick(buttons: Iterable[Button], name: str) -> str | None:
    """Return what is sent back by the button of this label or id, or None where there is none."""
    label = " ".join(name.split())
    for button in buttons:
        if label in (button.pick, " ".join(button.label.split())):  # labels have no-break spaces
            return button.pick
    return None
