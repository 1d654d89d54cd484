"""A turn of a conversation: the engine stepped, its wants found, the words said, all kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.core.dialogue.engine import replay, step
from bot.core.dialogue.events import (
    ClassEventRecorded,
    Event,
    QuestionNoted,
    Requested,
    Withheld,
)
from bot.core.dialogue.inputs import Input, Responded, Said, Started, Unasked, World
from bot.core.dialogue.requests import ErasureRequest, Request, Response, unserved
from bot.core.dialogue.session import Session
from bot.core.flows.roles import has_consent
from bot.core.flows.steps import QUESTIONS, Ask, Offer
from bot.core.library import Library
from bot.core.nlu.options import OptionNames
from bot.ports.effects import (
    Effect,
    Keyboard,
    RecordClassEvent,
    RecordQuestion,
    SendMessage,
)
from bot.ports.protocols import Clock, Store, millis
from bot.ports.records import StoredConversation, TurnOutcome, TurnRequest, TurnResult, Update
from bot.service.booking.office import BookingOffice
from bot.service.class_runs import class_code, record_class_event
from bot.service.device_links import ChannelLinks
from bot.service.kept_form import dump_messages, read_messages, read_session
from bot.service.plan_effects import plan_effects
from bot.service.plan_files import PlanPrinter
from bot.service.reminder_jobs import reminder_effects
from bot.service.requests.registry import RequestContext, answer
from bot.words.messages import Message
from bot.words.option_names import option_names
from bot.words.render import Catalogues, register_of, render

RIGA = ZoneInfo("Europe/Riga")


@dataclass(frozen=True)
class TurnOutput:
    """A turn taken: the session, what happened and what is said of it.

    forgotten: the person had everything deleted; there is no session any more.
    language: what the messages are in, also where there is no session any more.
    """

    session: Session | None
    events: tuple[Event, ...]
    messages: tuple[Message, ...]
    forgotten: bool = False
    language: str = "lv"

    @property
    def withheld(self) -> bool:
        """Return whether nothing was said because the person had said "stop"."""
        return any(isinstance(event, Withheld) for event in self.events)


@dataclass(frozen=True)
class ChannelOutput:
    """A turn's messages as one channel sends them, with the buttons they carry."""

    effects: tuple[SendMessage | Keyboard, ...] = ()


# of a turn, and of the conversation before it
Formatter = Callable[[TurnOutput, StoredConversation], ChannelOutput]
AnswerRequest = Callable[[Request], Response]


class Dialogue:
    """Takes turns with one library and its words; keeps nothing itself."""

    def __init__(
        self, library: Library, catalogues: Catalogues, clock: Clock, on: date | None = None
    ) -> None:
        self.library = library
        self.catalogues = catalogues
        self._clock = clock
        self._on = on
        self._heard: dict[int, Sequence[OptionNames]] = {
            id(place): option_names(library.global_words, catalogues, place)
            for place in library.steps.values()
            if isinstance(place, (*QUESTIONS, Offer))
        }

    def replace_library(self, library: Library) -> None:
        """Go on with the same content, and other imported occupations."""
        self.library = library

    def world(self) -> World:
        """Return the moment; `on` stands for today where a day was named."""
        now = self._clock.now()
        return World(now=now, today=self._on or now.astimezone(RIGA).date())

    def hear(self, place: Ask | Offer) -> Sequence[OptionNames]:
        """Return an open step's options with all their names."""
        return self._heard[id(place)]

    def advance(
        self, session: Session, given: Input, answer: AnswerRequest = unserved
    ) -> TurnOutput:
        """Take one input without keeping anything.

        answer: what the service says to a request of the turn.
        """
        world, library = self.world(), self.library
        events: list[Event] = []
        for _ in range(MOST_REQUESTS):
            turn = step(library, session, given, world, self.hear)
            session = turn.session
            events += turn.events
            request = _request_in(turn.events)
            if request is None:
                break
            given = Responded(response=answer(request))
            if isinstance(request, ErasureRequest):
                return self._erased(session, given, world)
        messages = render(library, self.catalogues, session, events, world.today)
        return TurnOutput(session, tuple(events), messages, language=session.language)

    def _erased(self, session: Session, given: Responded, world: World) -> TurnOutput:
        """Say that all is erased, and nothing more: no session is left to go on with."""
        turn = step(self.library, session, given, world, self.hear)
        told = turn.events[:1]
        said = render(self.library, self.catalogues, session, told, world.today)
        return TurnOutput(None, told, said, forgotten=True, language=session.language)

    def transcript(self, session: Session) -> tuple[Message, ...]:
        """Tell the present flow from its start, as a page shows it."""
        world = self.world()
        library = self.library
        turn = replay(library, session, world)
        return render(library, self.catalogues, session, turn.events, world.today)


MOST_REQUESTS = 4  # of one turn: a flow that asked for more would go round in a circle
NOTHING = TurnResult(state=None)


class DurableConversations:
    """The same, each turn durable and taken once."""

    def __init__(
        self,
        dialogue: Dialogue,
        store: Store,
        links: ChannelLinks | None = None,
        *,
        examples: bool = True,
    ) -> None:
        """Take turns with a dialogue, kept in a store. examples: whether made-up counsellors may be offered."""
        self.dialogue = dialogue
        self.store = store
        self.links = links or ChannelLinks()
        self.office = BookingOffice(
            lambda: dialogue.library, dialogue.catalogues, self.links, examples=examples
        )

    def take_turn(
        self, update: Update, given: Input | tuple[Input, ...], left: TurnResult = NOTHING
    ) -> tuple[TurnOutcome, TurnOutput]:
        """Take one update, for a page that shows what is said; a duplicate changes and says nothing."""
        said: list[TurnOutput] = []

        def note(output: TurnOutput, _stored: StoredConversation) -> ChannelOutput:
            said[:] = [output]
            return ChannelOutput()

        done = self.store.turns.run(*self.turn_request(update, given, note, left))
        return done, (said[0] if said and not done.duplicate else TurnOutput(None, (), ()))

    def turn_request(
        self,
        update: Update,
        given: Input | tuple[Input, ...],
        formatter: Formatter,
        left: TurnResult = NOTHING,
    ) -> TurnRequest:
        """Make the turn of one update.

        given: one input, or several that belong to one update.
        formatter: how a channel makes messages of what is said.
        left: whose effects the turn leaves besides (codes used, chats to wake).
        """
        inputs = tuple(map(self._with_class_code, given if isinstance(given, tuple) else (given,)))

        def work(stored: StoredConversation) -> TurnResult:
            assert stored.snapshot is not None
            unasked = all(isinstance(one, Unasked) for one in inputs)
            if stored.state is None and unasked:
                return TurnResult(state=None)  # it was forgotten meanwhile: nobody is written to
            minutes = self.dialogue.library.policy.carry_minutes
            today = self.dialogue.world().today
            printer = PlanPrinter(self.dialogue.library, self.dialogue.catalogues, today)
            before = read_session(stored)
            register = register_of(self.dialogue.library, before)
            context = RequestContext(
                update, stored.snapshot, self.links, minutes, printer, self.office, register
            )
            effects: list[Effect] = []

            def served(request: Request) -> Response:
                response, left_by_it = answer(request, context)
                effects.extend(left_by_it)
                return response

            output = self._advance(before, inputs, served)
            formatted = formatter(output, stored)
            if output.session is None:
                return TurnResult(state=None, effects=formatted.effects)
            return TurnResult(
                state=output.session.model_dump_json(exclude_defaults=True),
                said=stored.said if output.withheld else dump_messages(output.messages),
                events=tuple((event.kind, _place(event)) for event in output.events),
                effects=(
                    *left.effects,
                    *effects,
                    *_class_events(output.events),
                    *_questions(output.events),
                    *reminder_effects(update.conversation, before, output.session),
                    *plan_effects(
                        update.conversation,
                        before,
                        output.session,
                        self.dialogue.world().now,
                        output.events,
                    ),
                    *formatted.effects,
                ),
                brief=self._brief(output.session),
                unasked=unasked,
            )

        return TurnRequest(update, work)

    def _with_class_code(self, given: Input) -> Input:
        """Take the typed code of a class as what it stands for."""
        code = class_code(self.store, given.text, self.at()) if isinstance(given, Said) else None
        return Started(class_code=code) if code is not None else given

    def _advance(
        self, session: Session, inputs: Sequence[Input], answer: AnswerRequest
    ) -> TurnOutput:
        events: list[Event] = []
        messages: list[Message] = []
        now: Session | None = session
        language = session.language
        for one in inputs:
            output = self.dialogue.advance(now or Session(language=language), one, answer)
            events += output.events
            messages += output.messages
            now, language = output.session, output.language
        return TurnOutput(
            now, tuple(events), tuple(messages), forgotten=now is None, language=language
        )

    def unchanged(self, stored: StoredConversation) -> tuple[Session, TurnResult]:
        """Return a conversation as it is, to be kept unchanged."""
        session = read_session(stored)
        return session, TurnResult(stored.state, said=stored.said, brief=self._brief(session))

    def share_computer(self, update: Update, *, shared: bool) -> None:
        """Note whether others use the computer too; what was said last stays on the page."""

        def work(stored: StoredConversation) -> TurnResult:
            if stored.state is None:
                return NOTHING
            session = read_session(stored).model_copy(update={"shared_computer": shared})
            state = session.model_dump_json(exclude_defaults=True)
            return TurnResult(state, said=stored.said, brief=self._brief(session))

        self.store.turns.run(update, work)

    def _brief(self, session: Session) -> bool:
        """Return whether a conversation is kept briefly: more is not agreed to, or others come by."""
        if session.shared_computer:
            return True
        facts = {answer.step: answer.value for answer in session.answers}
        return not has_consent(self.dialogue.library.roles, facts)

    def at(self) -> int:
        """Return the moment as the store keeps it."""
        return millis(self.dialogue.world().now)

    def read(self, key: str) -> tuple[Session, int, tuple[Message, ...]] | None:
        """Read a conversation as it stands: its session, version and the last turn's messages.

        Errors: StorageNewer.
        """
        stored = self.store.conversations.load(key)
        if stored.state is None:
            return None
        return read_session(stored), stored.version, read_messages(stored)

    def purge(self, going_on: Callable[[], bool] = lambda: True) -> int:
        """Forget what has been idle for too long, for as long as `going_on` says so."""
        now, policy = self.dialogue.world().now, self.dialogue.library.policy
        return self.store.people.purge(
            millis(now - timedelta(days=policy.keep_days)),
            millis(now - timedelta(hours=policy.keep_hours_without_consent)),
            millis(now - timedelta(days=policy.keep_update_days)),
            going_on,
        )


def _place(event: Event) -> str:
    """Say where an event happened, and nothing of what was answered."""
    if isinstance(event, Withheld):
        return event.what
    return f"{getattr(event, 'flow', '')}/{getattr(event, 'step', '')}"


def _request_in(events: Sequence[Event]) -> Request | None:
    for event in events:
        if isinstance(event, Requested):
            return event.request
    return None


def _class_events(events: Sequence[Event]) -> Iterator[RecordClassEvent]:
    """Return what is to be noted of a class, with nothing in it of whose it is."""
    for event in events:
        if isinstance(event, ClassEventRecorded):
            yield record_class_event(event)


def _questions(events: Sequence[Event]) -> Iterator[RecordQuestion]:
    """Return the questions without an answer that are to be noted, with nothing of whose they are."""
    for event in events:
        if isinstance(event, QuestionNoted):
            yield RecordQuestion(event.on.isoformat(), event.language, event.words)
