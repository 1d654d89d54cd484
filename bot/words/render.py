"""Events into messages: the only place where what happened becomes what is read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from bot.core.dialogue.booking_requests import BookingResponse
from bot.core.dialogue.course_events import CourseSetsShown, SetChangesShown
from bot.core.dialogue.date_events import (
    CalendarGiven,
    DatesShown,
    DateTold,
    NoticeTold,
    Reminded,
    ReminderKept,
    ReminderRefused,
    RemindersDropped,
)
from bot.core.dialogue.events import (
    Answered,
    Asked,
    ClassEventRecorded,
    Ended,
    Event,
    Explained,
    FactsTold,
    HandedShown,
    Judged,
    KnowledgeTold,
    OccupationShown,
    PlaceShown,
    ProfileShown,
    QuestionNoted,
    Refused,
    Remarked,
    RequestAnswered,
    Requested,
    ResultKept,
    Reviewed,
    RoundsCompared,
    Told,
    Updated,
    WishHeard,
    Withheld,
)
from bot.core.dialogue.path_events import (
    ComparisonShown,
    PathsShown,
    PathTold,
    SavedPathsShown,
    WaysShown,
)
from bot.core.dialogue.plan_events import PlanChanged, PlanDueTold, PlanNotChanged, PlanShown
from bot.core.dialogue.quiet_step import WAS_ANSWER
from bot.core.dialogue.requests import (
    CarryLinkResponse,
    CorrectionResponse,
    DataResponse,
    DeclineDeviceResponse,
    ErasureResponse,
    LinkDeviceResponse,
    PlanFileResponse,
    PlanHistoryResponse,
    PlanImportResponse,
    PlanVersionResponse,
    Response,
)
from bot.core.dialogue.session import Session
from bot.core.flows.roles import register_for
from bot.core.flows.steps import Say
from bot.core.library import Library
from bot.core.plan.wording import Wording
from bot.words.beside import meaning, paused, why_asked
from bot.words.comfort import comfort, point_to_help, quiet_answer
from bot.words.comparison import ComparisonWords
from bot.words.course_sets import CourseSetWords
from bot.words.dates import DateWords
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.translations import LANGUAGE_NAMES, Catalogue
from bot.words.kept_data import kept_data
from bot.words.knowledge import KnowledgeWords
from bot.words.messages import Button, Message
from bot.words.paths import PathWords
from bot.words.places import PlaceWords
from bot.words.plan_history import PlanHistoryWords
from bot.words.portrait import PortraitWords
from bot.words.questions import QuestionWords
from bot.words.saved_paths import SavedPathWords
from bot.words.skills import say_levels
from bot.words.verdict import VerdictWords
from bot.words.ways import WayWords
from bot.words.wish_words import WishWords

Catalogues = Mapping[str, Catalogue]


def register_of(library: Library, session: Session) -> str:
    """Return how a person is addressed: "tu" to pupils, "child" to who asks for a child, else "jus"."""
    facts = {answer.step: answer.value for answer in session.answers}
    return register_for(library.roles, facts)


def render(
    library: Library, catalogues: Catalogues, session: Session, events: Iterable[Event], today: date
) -> tuple[Message, ...]:
    """Return events as messages in the session's language, or in the one they are to be said in."""
    renderers: dict[str, MessageRenderer] = {}
    messages: list[Message] = []
    for event in events:
        language = event.language if isinstance(event, Remarked) else ""
        language = language or session.language
        if language not in renderers:
            renderers[language] = MessageRenderer(library, catalogues[language], session, today)
        messages += renderers[language].render(event)
    return tuple(messages)


class MessageRenderer(Localizer):
    """Says the events of one turn."""

    def __init__(
        self, library: Library, catalogue: Catalogue, session: Session, today: date
    ) -> None:
        register = register_of(library, session)
        super().__init__(library, catalogue, register, today)
        self.session = session
        self.questions = QuestionWords(library, catalogue, register, today)
        self.verdicts = VerdictWords(library, catalogue, register, today)
        self.knowledge = KnowledgeWords(library, catalogue, register, today)
        self.dates = DateWords(library, catalogue, register, today)
        self.paths = PathWords(library, catalogue, register, today)
        self.saved_paths = SavedPathWords(library, catalogue, register, today)
        self.comparisons = ComparisonWords(library, catalogue, register, today)
        self.ways = WayWords(library, catalogue, register, today)
        self.portraits = PortraitWords(library, catalogue, register, today)
        self.course_sets = CourseSetWords(library, catalogue, register, today)
        self.plans = PlanHistoryWords(library, catalogue, register, today)
        self.places = PlaceWords(library, catalogue, register, today)
        self.wishes = WishWords(library, catalogue, register, today)

    def render(self, event: Event) -> list[Message]:
        """Return the messages of one event."""
        match event:
            case Told():
                return [self._told(event)]
            case Asked():
                return [self.questions.asked(event, self.session)]
            case Answered():
                return self.questions.answered(event)
            case FactsTold():
                return [self.questions.facts_told(event, self.session)]
            case Refused():
                return [self.questions.refused(event)]
            case Remarked():
                return [self._remarked(event)]
            case WishHeard():
                return [self.wishes.heard(event)]
            case KnowledgeTold():
                return [self.knowledge.told(event)]
            case Reviewed():
                return [self._reviewed(event)]
            case Updated():
                return [self._updated(event)]
            case Judged():
                return self.verdicts.judged(event, self._facts(event))
            case ResultKept():
                return [self.questions.result_kept(event)]
            case Explained():
                return [self.verdicts.explained(event, self._facts(event.judged))]
            case ProfileShown():
                return [self._profile_shown(event)]
            case RoundsCompared():
                return [say_levels(self, event)]
            case OccupationShown():
                return [self.portraits.occupation_shown(event)]
            case CourseSetsShown():
                return [self.course_sets.compared(event)]
            case SetChangesShown():
                return [self.course_sets.changes(event)]
            case PathsShown():
                return [self.paths.shown(event)]
            case PathTold():
                return [self.paths.told(event)]
            case PlaceShown():
                return [self.places.told(event)]
            case SavedPathsShown():
                return [self.saved_paths.saved(event)]
            case ComparisonShown():
                return [self.comparisons.compared(event)]
            case WaysShown():
                return [self.ways.shown(event)]
            case RequestAnswered(response=PlanVersionResponse(kind="plan_restore")):
                return []  # what came of it is told as the change
            case HandedShown():
                return [self._handed(event)]
            case RequestAnswered():
                return self._request_answered(event.response)
            case (
                DatesShown()
                | DateTold()
                | CalendarGiven()
                | ReminderKept()
                | ReminderRefused()
                | RemindersDropped()
                | Reminded()
                | NoticeTold()
            ):
                return self.dates.render(event)
            case PlanShown() | PlanChanged() | PlanNotChanged() | PlanDueTold():
                return self.plans.render(event)
            case Requested() | Ended() | ClassEventRecorded() | QuestionNoted() | Withheld():
                return []
            case _:
                assert_never(event)

    def _handed(self, event: HandedShown) -> Message:
        def wording(one: Wording) -> str:
            return self.plans.wording(one).text

        return self.questions.bookings.handed(event, self.session, self.questions.lines, wording)

    def _told(self, event: Told) -> Message:
        step = self.library.steps[event.flow, event.step]
        assert isinstance(step, Say)
        text = self.say(step.text)
        items: tuple[str, ...] = ()
        if step.show == "sources":
            sources = self.library.sources.values()
            items = tuple(self.source_line(one, listed=True) for one in sources if one.listed)
        elif step.show == "answers":
            answers = {answer.step: answer for answer in self.session.answers}
            items = self.questions.lines(answers[name] for name in event.answers)
            text = text if items else self.phrase("answers_none")
        source = self.source_line(self.library.sources[step.source]) if step.source else ""
        place = {"flow": event.flow, "step": event.step}
        told = {"text": text, "source": source, "items": items, "private": step.private}
        return Message(kind="say", **told, **place)

    def _remarked(self, event: Remarked) -> Message:
        match event.what:
            case "distress":
                return comfort(self, event.about or "gone", self._quiet_buttons())
            case "quiet_word":
                return point_to_help(self)
            case "quiet_reply":
                reply = event.reply or "other"
                is_left = reply in {"go_on", "was_answer"}
                return quiet_answer(self, reply, () if is_left else self._quiet_buttons())
            case "why":
                return Message(kind="note", text=why_asked(self, event))
            case "meaning":
                return meaning(self, event)
            case "paused":
                return paused(self, event, self.session)
            case "language":
                names = LANGUAGE_NAMES.items()
                buttons = tuple(
                    Button(pick=f"@language:{code}", label=name) for code, name in names
                )
                return Message(kind="note", text=self.phrase("language"), buttons=buttons)
            case "help":
                text = f"{self.phrase('help')}\n\n{self.phrase('help_line')}"
                return Message(kind="note", text=text)
            case _:
                return Message(kind="note", text=self.phrase(event.what))

    def _quiet_buttons(self) -> tuple[Button, ...]:
        """Return what may be pressed in the quiet step; words that would have been an answer may be one."""
        quiet_step = self.session.quiet_step
        held = quiet_step is not None and quiet_step.holds_words
        was_answer = (Button(pick=WAS_ANSWER, label=self.phrase("was_answer")),) if held else ()
        human = Button(pick="@human", label=self.phrase("talk_human"))
        go_on = Button(pick="@continue", label=self.phrase("go_on"))
        return (human, *was_answer, go_on)

    def _reviewed(self, event: Reviewed) -> Message:
        """Return a button for each answer that can be changed."""
        buttons: list[Button] = []
        for flow, step, value in event.answers:
            label = f"{self.questions.title(flow, step)} {self.questions.shown(flow, step, value)}"
            buttons.append(Button(pick=f"@change:{step}", label=label))
        text = self.phrase("review" if buttons else "review_empty")
        return Message(kind="note", text=text, buttons=tuple(buttons))

    def _updated(self, event: Updated) -> Message:
        titles = [self.questions.title(flow, step) for flow, step in event.questions]
        return Message(kind="note", text=self.phrase("updated", change=", ".join(titles)))

    def _facts(self, event: Judged) -> dict[str, str]:
        """Return the facts a verdict used, as they were chosen, perhaps in another flow."""
        flows = {answer.step: answer.flow for answer in self.session.answers}
        shown: dict[str, str] = {}
        for name, value in event.verdict.facts:
            flow = flows.get(name, event.flow)
            shown[name] = self.questions.shown(flow, name, value)
        return shown

    def _profile_shown(self, event: ProfileShown) -> Message:
        portrait = self.portraits.portrait(event)
        put_aside = tuple(card.aside for card in portrait.families)
        return Message(
            kind="portrait" if event.part == "first" else "families",
            text=portrait.title,
            flow=event.flow,
            step=event.step,
            buttons=(*put_aside, *portrait.aside, *self.portraits.choose(event)),
            portrait=portrait,
        )

    def _request_answered(self, response: Response) -> list[Message]:
        match response:
            case DataResponse():
                return [kept_data(self.questions, self.saved_paths, self.dates, self.session)]
            case ErasureResponse():
                return [Message(kind="data", text=self.phrase("forgotten"))]
            case CarryLinkResponse(link=""):
                return [Message(kind="note", text=self.phrase("carry_closed"))]
            case CarryLinkResponse(link=link):
                text, hint = self.phrase("carry"), self.phrase("carry_hint")
                return [Message(kind="note", text=text, link=link, hint=hint)]
            case LinkDeviceResponse(linked=linked):
                text = self.phrase("carry_join" if linked else "carry_moved")
                return [Message(kind="note", text=text)]
            case (
                PlanFileResponse()
                | PlanHistoryResponse()
                | PlanImportResponse()
                | PlanVersionResponse()
            ):
                return [self.plans.answered(response, self.session.plan)]
            case BookingResponse():
                return self.questions.bookings.answered(response, self.session)
            case CorrectionResponse():
                return [Message(kind="note", text=self.phrase("correction_kept"))]
            case DeclineDeviceResponse():
                return [Message(kind="note", text=self.phrase("carry_decline"))]
            case _:
                assert_never(response)
