"""Events into messages: the only place where what happened becomes what is read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, assert_never

from bot.core.dialogue.answers import LONGEST_MESSAGE, SKIP
from bot.core.dialogue.engine import TRIES_BEFORE_HUMAN
from bot.core.dialogue.events import (
    Answered,
    Asked,
    ClassEventRecorded,
    Ended,
    Event,
    Explained,
    Judged,
    OccupationShown,
    ProfileShown,
    Refused,
    Remarked,
    RequestAnswered,
    Requested,
    Reviewed,
    RoundsCompared,
    Told,
    Updated,
    Withheld,
)
from bot.core.dialogue.requests import (
    CarryLinkResponse,
    DataResponse,
    DeclineDeviceResponse,
    ErasureResponse,
    LinkDeviceResponse,
    Response,
)
from bot.core.dialogue.session import FREE_TEXT, Answer, Session, Value
from bot.core.flows.roles import is_informal
from bot.core.flows.steps import (
    NO,
    YES,
    Choice,
    Number,
    Offer,
    Say,
    Scale,
    Several,
    Words,
    YesNo,
)
from bot.core.library import Library
from bot.words.i18n.formats import show_number
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.phrases import COUNTED
from bot.words.i18n.translations import LANGUAGE_NAMES, Catalogue
from bot.words.messages import Button, Message
from bot.words.portrait import PortraitWords
from bot.words.skills import say_levels
from bot.words.verdict import VerdictWords

Catalogues = Mapping[str, Catalogue]


def register_of(library: Library, session: Session) -> str:
    """Tell how a person is addressed: `tu` to pupils, `jus` to everybody else."""
    facts = {answer.step: answer.value for answer in session.answers}
    return "tu" if is_informal(library.roles, facts) else "jus"


def render(
    library: Library, catalogues: Catalogues, session: Session, events: Iterable[Event], today: date
) -> tuple[Message, ...]:
    """Say events in the session's language."""
    renderer = MessageRenderer(library, catalogues[session.language], session, today)
    return tuple(message for event in events for message in renderer.render(event))


class MessageRenderer(Localizer):
    """Says one turn."""

    def __init__(
        self, library: Library, catalogue: Catalogue, session: Session, today: date
    ) -> None:
        register = register_of(library, session)
        super().__init__(library, catalogue, register, today)
        self.session = session
        self.verdicts = VerdictWords(library, catalogue, register, today)
        self.portraits = PortraitWords(library, catalogue, register, today)

    def render(self, event: Event) -> list[Message]:
        """Return the messages of one event."""
        match event:
            case Told():
                return [self._told(event)]
            case Asked():
                return [self._asked(event)]
            case Answered():
                return [self._answered(event)]
            case Refused():
                return [self._refused(event)]
            case Remarked():
                return [self._remarked(event)]
            case Reviewed():
                return [self._reviewed(event)]
            case Updated():
                titles = [self.title(flow, step) for flow, step in event.questions]
                text = self.phrase("updated", change=", ".join(titles))
                return [Message(kind="note", text=text)]
            case Judged():
                return self.verdicts.judged(event, self._facts(event))
            case Explained():
                return [self.verdicts.explained(event, self._facts(event.judged))]
            case ProfileShown():
                return [self._profile_shown(event)]
            case RoundsCompared():
                return [say_levels(self, event)]
            case OccupationShown():
                return [self.portraits.occupation_shown(event)]
            case RequestAnswered():
                return [self._request_answered(event.response)]
            case Requested() | Ended() | ClassEventRecorded() | Withheld():
                return []
            case _:
                assert_never(event)

    def title(self, flow: str, step: str) -> str:
        """Return the words of a question."""
        question = self.library.steps.get((flow, step))
        return self.say(question.text) if question and hasattr(question, "text") else step

    def shown(self, flow: str, step: str, value: Value) -> str:
        """Say an answer as it was chosen."""
        question = self.library.question(flow, step)
        if value is None:
            skip = question.skip if question is not None else None
            return self.say(skip) if skip is not None else self.phrase("skipped")
        match question:
            case YesNo():
                return self.phrase(str(value))
            case Choice() | Several():
                chosen = value if isinstance(value, tuple) else (value,)
                labels = {option.id: self.say(option.label) for option in question.options}
                shown = (labels.get(str(one), str(one).removeprefix(FREE_TEXT)) for one in chosen)
                return "; ".join(shown)
            case Words() if str(value) in self.library.occupations:
                return self.portraits.job(str(value))
            case Scale() if isinstance(value, int):
                return self.say(question.options[value - 1].label)
            case _:
                return str(value)

    def _told(self, event: Told) -> Message:
        say = self.library.steps[event.flow, event.step]
        assert isinstance(say, Say)
        items: tuple[str, ...] = ()
        if say.show == "sources":
            items = tuple(self.source_line(source) for source in self.library.sources.values())
        if say.show == "answers":
            kept = {answer.step: answer for answer in self.session.answers}
            items = self._answers([kept[name] for name in event.answers])
        source = self.source_line(self.library.sources[say.source]) if say.source else ""
        place = {"flow": event.flow, "step": event.step}
        empty = say.show == "answers" and not items
        text = self.phrase("answers_none") if empty else self.say(say.text)
        return Message(kind="say", text=text, source=source, items=items, **place)

    def _asked(self, event: Asked) -> Message:
        step: Any = self.library.steps[event.flow, event.step]
        known = {option.id: option for option in getattr(step, "options", ())}
        names = event.guesses or event.options
        buttons = [
            Button(pick=name, label=self.say(known[name].label)) for name in names if name in known
        ]
        if isinstance(step, YesNo):
            buttons = [Button(pick=name, label=self.phrase(name)) for name in (YES, NO)]
        if (
            isinstance(step, Offer)
            and len(self.session.stack) > 1
            and event.flow == self.library.roles.home
        ):
            buttons.insert(0, Button(pick="@resume", label=self.phrase("resume")))
        skip = getattr(step, "skip", None)
        if skip is not None and not event.guesses:
            buttons.append(Button(pick=SKIP, label=self.say(skip)))
        text = self.say(step.text)
        if event.guesses:
            one = len(buttons) == 1
            text = self.phrase("guess", option=buttons[0].label) if one else self.phrase("guesses")
        hint = getattr(step, "hint", None)
        return Message(
            kind="ask",
            text=text,
            hint=self.say(hint) if hint else "",
            flow=event.flow,
            step=event.step,
            form="faces" if getattr(step, "faces", False) else step.kind,
            own=isinstance(step, Several) and step.free_text > 0,
            progress=self._progress(event),
            ask=event.ask,
            again=event.again,
            buttons=tuple(buttons),
        )

    def _answered(self, event: Answered) -> Message:
        question = self.library.question(event.flow, event.step)
        return Message(
            kind="answer",
            form="faces" if getattr(question, "faces", False) else "",
            text=self.title(event.flow, event.step),
            value=self.shown(event.flow, event.step, event.value),
            flow=event.flow,
            step=event.step,
        )

    def _refused(self, event: Refused) -> Message:
        step = self.library.steps.get((event.flow, event.step))
        limits = {"long": step.most if isinstance(step, Words) else LONGEST_MESSAGE}
        if isinstance(step, Number | Several):
            limits |= {"least": step.least, "most": step.most}
            limits |= {"few": step.least, "many": step.most}
        if isinstance(step, Several) and step.free_text:
            limits |= {"long": step.free_text}
        limit = limits.get(event.reason)
        shown = "" if limit is None else show_number(limit, self.catalogue.language)
        text = self.phrase(f"not_{event.reason}", limit=shown)
        buttons: tuple[Button, ...] = ()
        if event.tries >= TRIES_BEFORE_HUMAN:
            text = f"{text} {self.phrase('human_offer')}"
            buttons = (Button(pick="@human", label=self.phrase("talk_human")),)
        place = {"flow": event.flow, "step": event.step}
        return Message(kind="refuse", text=text, buttons=buttons, **place)

    def _remarked(self, event: Remarked) -> Message:
        match event.what:
            case "distress":
                human = Button(pick="@human", label=self.phrase("talk_human"))
                go_on = Button(pick="@continue", label=self.phrase("go_on"))
                text = self.say(self.library.distress.text)
                source = self.source_line(self.library.sources[self.library.distress.source])
                return Message(kind="help", text=text, source=source, buttons=(human, go_on))
            case "quiet_word":
                return Message(kind="note", text=self.say(self.library.distress.pointer))
            case "why":
                step = self.library.steps.get((event.flow, event.step))
                why = getattr(step, "why", None)
                text = self.say(why) if why else self.phrase("why_default")
                return Message(kind="note", text=text)
            case "language":
                buttons = tuple(
                    Button(pick=f"@language:{code}", label=name)
                    for code, name in LANGUAGE_NAMES.items()
                )
                return Message(kind="note", text=self.phrase("language"), buttons=buttons)
            case "help":
                text = f"{self.phrase('help')}\n\n{self.phrase('help_line')}"
                return Message(kind="note", text=text)
            case _:
                return Message(kind="note", text=self.phrase(event.what))

    def _reviewed(self, event: Reviewed) -> Message:
        buttons = tuple(
            Button(
                pick=f"@change:{step}",
                label=f"{self.title(flow, step)} {self.shown(flow, step, value)}",
            )
            for flow, step, value in event.answers
        )
        text = self.phrase("review" if buttons else "review_empty")
        return Message(kind="note", text=text, buttons=buttons)

    def _facts(self, event: Judged) -> dict[str, str]:
        """Say the facts a verdict used, as they were chosen, perhaps in another flow."""
        flows = {answer.step: answer.flow for answer in self.session.answers}
        facts = event.verdict.facts
        return {name: self.shown(flows.get(name, event.flow), name, value) for name, value in facts}

    def _profile_shown(self, event: ProfileShown) -> Message:
        portrait = self.portraits.portrait(event)
        return Message(
            kind="portrait",
            text=portrait.title,
            flow=event.flow,
            step=event.step,
            buttons=(*(family.aside for family in portrait.families), *portrait.aside),
            portrait=portrait,
        )

    def _progress(self, event: Asked) -> str:
        """Say where in an instrument's row of questions this one stands."""
        items = self.library.interests.questions
        if event.step not in items:
            return ""
        at = 1 + sum(one.flow == event.flow and one.step in items for one in self.session.answers)
        usual = self.library.policy.usual_items
        if at > usual:
            return self.phrase("progress_more")
        return self.phrase("progress", at=str(at), about=str(usual))

    def _request_answered(self, response: Response) -> Message:
        match response:
            case DataResponse():
                return self._data()
            case ErasureResponse():
                return Message(kind="data", text=self.phrase("forgotten"))
            case CarryLinkResponse(link=""):
                return Message(kind="note", text=self.phrase("carry_closed"))
            case CarryLinkResponse(link=link):
                text, hint = self.phrase("carry"), self.phrase("carry_hint")
                return Message(kind="note", text=text, link=link, hint=hint)
            case LinkDeviceResponse(linked=linked):
                return Message(
                    kind="note", text=self.phrase("carry_join" if linked else "carry_moved")
                )
            case DeclineDeviceResponse():
                return Message(kind="note", text=self.phrase("carry_decline"))
            case _:
                assert_never(response)

    def _data(self) -> Message:
        """Say what is kept of the person."""
        items = self._answers(self.session.answers)
        hint = self.phrase("data_more")
        if items:
            counted = self.catalogue.count(COUNTED["data_count"], len(items))
            hint = f"{counted} {hint}"
        else:
            hint = f"{self.phrase('data_none')} {hint}"
        if self.session.school:
            school = self.phrase("data_school", school=self.session.school)
            items = (*items, school)
        if self.session.class_code:
            items = (*items, self.phrase("data_class", code=self.session.class_code))
        return Message(kind="data", text=self.phrase("data_title"), items=items, hint=hint)

    def _answers(self, answers: Iterable[Answer]) -> tuple[str, ...]:
        return tuple(
            self.phrase(
                "data_line",
                question=self.title(answer.flow, answer.step),
                answer=self.shown(answer.flow, answer.step, answer.value),
            )
            for answer in answers
        )
