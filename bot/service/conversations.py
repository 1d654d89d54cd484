"""A turn of a conversation: the engine stepped, its wants found, the words said, all kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, TypeAdapter

from bot.core.dialogue.engine import step, trail
from bot.core.dialogue.events import (
    ClassNoted,
    Event,
    Found,
    Input,
    Said,
    Session,
    Started,
    Unasked,
    Wanted,
    Withheld,
    World,
)
from bot.core.flows.roles import has_consent
from bot.core.flows.steps import QUESTIONS, Ask, Offer
from bot.core.library import Library
from bot.core.nlu.normalize import Heard
from bot.ports.protocols import Clock, Store, millis
from bot.ports.records import Done, Kept, Keyboard, Loaded, Outgoing, Turning, Update
from bot.service.class_runs import class_code
from bot.service.device_links import Doors, Errands
from bot.words.messages import Message
from bot.words.option_names import hear_in
from bot.words.render import Catalogues, render

MESSAGES = TypeAdapter(tuple[Message, ...], config=ConfigDict(hide_input_in_errors=True))
RIGA = ZoneInfo("Europe/Riga")


@dataclass(frozen=True)
class Advanced:
    """A turn taken: the session, what happened and what is said of it.

    forgotten: the person had everything deleted; there is no session any more.
    """

    session: Session | None
    events: tuple[Event, ...]
    messages: tuple[Message, ...]
    forgotten: bool = False

    @property
    def withheld(self) -> bool:
        """Return whether nothing was said because the person had said "stop"."""
        return any(isinstance(event, Withheld) for event in self.events)


@dataclass(frozen=True)
class Dressed:
    """A turn's messages as one channel sends them, with the buttons they carry."""

    messages: tuple[Outgoing, ...] = ()
    keyboards: tuple[Keyboard, ...] = ()


Dress = Callable[[Advanced, Loaded], Dressed]  # loaded: the conversation before the turn
Find = Callable[[str, Session], str]


def find_nothing(_want: str, _session: Session) -> str:
    """Answer every want with nothing, where there is no service behind."""
    return ""


class Talks:
    """Takes turns with one library and its words; keeps nothing itself."""

    def __init__(
        self, library: Library, catalogues: Catalogues, clock: Clock, on: date | None = None
    ) -> None:
        self.library = library
        self.catalogues = catalogues
        self._clock = clock
        self._on = on
        self._heard: dict[int, Sequence[Heard]] = {
            id(place): hear_in(library.global_words, catalogues, place)
            for place in library.steps.values()
            if isinstance(place, (*QUESTIONS, Offer))
        }

    def know(self, library: Library) -> None:
        """Go on with the same content, and other imported occupations."""
        self.library = library

    def world(self) -> World:
        """Give the moment; `on` stands for today where a day was named."""
        now = self._clock.now()
        return World(now=now, today=self._on or now.astimezone(RIGA).date())

    def hear(self, place: Ask | Offer) -> Sequence[Heard]:
        """Give an open step's options with all their names."""
        return self._heard[id(place)]

    def advance(self, session: Session, given: Input, find: Find = find_nothing) -> Advanced:
        """Take one input without keeping anything; `find` answers what the turn wants."""
        world, library = self.world(), self.library
        events: list[Event] = []
        for _ in range(4):
            turn = step(library, session, given, world, self.hear)
            session = turn.session
            events += turn.events
            wanted = next((event for event in turn.events if isinstance(event, Wanted)), None)
            if wanted is None:
                break
            given = Found(want=wanted.want, text=find(wanted.want, session))
            if wanted.want == "forget":
                forgotten = step(library, session, given, world, self.hear).events[:1]
                said = render(library, self.catalogues, session, forgotten, world.today)
                return Advanced(None, tuple(forgotten), said, forgotten=True)
        messages = render(library, self.catalogues, session, events, world.today)
        return Advanced(session, tuple(events), messages)

    def trail(self, session: Session) -> tuple[Message, ...]:
        """Tell the present flow from its start, as a page shows it."""
        world = self.world()
        library = self.library
        turn = trail(library, session, world)
        return render(library, self.catalogues, session, turn.events, world.today)


NOTHING = Kept(state=None)


class KeptTalks:
    """The same, each turn durable and taken once."""

    def __init__(self, talks: Talks, store: Store, doors: Doors | None = None) -> None:
        self.talks = talks
        self.store = store
        self.doors = doors or Doors()

    def take(
        self, update: Update, given: Input | tuple[Input, ...], left: Kept = NOTHING
    ) -> tuple[Done, Advanced]:
        """Take one update, for a page that shows what is said; a duplicate changes and says nothing."""
        said: list[Advanced] = []

        def note(advanced: Advanced, _loaded: Loaded) -> Dressed:
            said[:] = [advanced]
            return Dressed()

        done = self.store.turns.run(*self.turning(update, given, note, left))
        return done, (said[0] if said and not done.duplicate else Advanced(None, (), ()))

    def turning(
        self,
        update: Update,
        given: Input | tuple[Input, ...],
        dress: Dress,
        left: Kept = NOTHING,
    ) -> Turning:
        """Make the turn of one update.

        given: one input, or several that belong to one update.
        dress: how a channel makes messages of what is said.
        left: what the turn leaves behind beside (used codes, doors to wake).
        """
        inputs = tuple(map(self._meant, given if isinstance(given, tuple) else (given,)))

        def work(loaded: Loaded) -> Kept:
            if loaded.state is None and all(isinstance(one, Unasked) for one in inputs):
                return Kept(state=None)  # it was forgotten meanwhile: nobody is written to
            minutes = self.talks.library.policy.carry_minutes
            errands = Errands(self.doors, update.channel, update.at, minutes)
            advanced = self._advance(_session(loaded), inputs, errands.find)
            dressed = dress(advanced, loaded)
            if advanced.session is None:
                return Kept(state=None, messages=dressed.messages)
            kept = replace(
                left,
                state=advanced.session.model_dump_json(exclude_defaults=True),
                said=loaded.said if advanced.withheld else _dumped(advanced.messages),
                events=tuple((event.kind, _place(event)) for event in advanced.events),
                notes=tuple(
                    (event.class_code, event.word)
                    for event in advanced.events
                    if isinstance(event, ClassNoted)
                ),
                brief=self._brief(advanced.session),
                messages=dressed.messages,
                keyboards=dressed.keyboards,
            )
            return errands.done(kept)

        return Turning(update, work)

    def _meant(self, given: Input) -> Input:
        """Take the typed code of a class as what it stands for."""
        code = class_code(self.store, given.text, self.at()) if isinstance(given, Said) else None
        return Started(class_code=code) if code is not None else given

    def _advance(self, session: Session, inputs: Sequence[Input], find: Find) -> Advanced:
        events: list[Event] = []
        messages: list[Message] = []
        now: Session | None = session
        for one in inputs:
            advanced = self.talks.advance(now or Session(language=session.language), one, find)
            events += advanced.events
            messages += advanced.messages
            now = advanced.session
        return Advanced(now, tuple(events), tuple(messages), forgotten=now is None)

    def same(self, loaded: Loaded) -> tuple[Session, Kept]:
        """Give a conversation as it is, to be kept unchanged."""
        session = _session(loaded)
        return session, Kept(loaded.state, said=loaded.said, brief=self._brief(session))

    def _brief(self, session: Session) -> bool:
        """Return whether a conversation is kept briefly: there is no consent to more."""
        facts = {answer.step: answer.value for answer in session.answers}
        return not has_consent(self.talks.library.roles, facts)

    def at(self) -> int:
        """Give the moment as the store keeps it."""
        return millis(self.talks.world().now)

    def look(self, key: str) -> tuple[Session, int, tuple[Message, ...]] | None:
        """Read a conversation as it stands: its session, version and the last turn's messages."""
        loaded = self.store.conversations.load(key)
        if loaded.state is None:
            return None
        return _session(loaded), loaded.version, MESSAGES.validate_json(loaded.said)

    def purge(self) -> int:
        """Forget what has been idle for too long."""
        now, policy = self.talks.world().now, self.talks.library.policy
        return self.store.people.purge(
            millis(now - timedelta(days=policy.keep_days)),
            millis(now - timedelta(hours=policy.keep_hours_without_consent)),
            millis(now - timedelta(days=policy.keep_update_days)),
        )


def _session(loaded: Loaded) -> Session:
    return Session() if loaded.state is None else Session.model_validate_json(loaded.state)


def _dumped(messages: tuple[Message, ...]) -> str:
    return MESSAGES.dump_json(messages, exclude_defaults=True).decode()


def _place(event: Event) -> str:
    """Say where an event happened, and nothing of what was answered."""
    if isinstance(event, Withheld):
        return event.what
    return f"{getattr(event, 'flow', '')}/{getattr(event, 'step', '')}"
