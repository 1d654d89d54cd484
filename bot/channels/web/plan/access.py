"""The plan of whoever comes: read with its words, and changed by orders, each a turn of the conversation."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.pages import Pages
from bot.channels.web.requests import form_id
from bot.channels.web.visits import CHANNEL, JUST_SENT_COOKIE, Visit, VisitHandler, Visits
from bot.core.dialogue.inputs import Commanded, Input, PlanOrdered
from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.order_words import fit_orders
from bot.core.dialogue.plan_events import PlanNotChanged
from bot.core.dialogue.plan_offers import begun_plan
from bot.core.dialogue.session import Session
from bot.core.library import Library
from bot.core.plan.orders import PlanOrder
from bot.core.plan.plan import Plan
from bot.core.plan.repeated import is_obeyed
from bot.ports.protocols import Store
from bot.ports.records import TurnOutcome, Update
from bot.service.conversations import DurableConversations, TurnOutput
from bot.service.device_links import ChannelLinks
from bot.words.messages import Message
from bot.words.plan_forms import PlanFormWords
from bot.words.plan_page import PlanPageWords
from bot.words.render import register_of

PLAN, TALK = "/plan", "/#new"
NOTED_KINDS = frozenset(
    {"note", "refuse", "help"}
)  # of messages, what a form of ours is answered with
# a plan is nobody's business but the person's: no cache keeps it, no search engine lists it
PRIVATE_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class WordsHeeded(Exception):
    """Words of a form tell of distress: they were answered in the talk, and what was ordered waits there."""


@dataclass(frozen=True)
class SeenPlan:
    """A person's plan as a visit finds it.

    key: of the conversation. plan: that is kept, or one with nothing in it yet. said: by the turn this page
    answers, nothing on a later visit. today: in Riga.
    """

    key: str
    session: Session
    plan: Plan
    said: tuple[Message, ...]
    words: PlanPageWords
    forms: PlanFormWords
    today: date

    @property
    def exists(self) -> bool:
        """Return whether the plan was begun."""
        return self.session.plan is not None

    @property
    def reachable(self) -> bool:
        """Return whether the conversation may be kept until a day comes."""
        return may_be_kept(self.words.library, self.session)

    @property
    def trying(self) -> bool:
        """Return whether a copy is tried out."""
        return self.plan.what_if is not None


SeenHandler = Callable[[Visit, SeenPlan], Response]


class PlanAccess:
    """Reads plans and gives orders."""

    def __init__(self, conversations: DurableConversations, visits: Visits, pages: Pages) -> None:
        self._conversations = conversations
        self._visits = visits
        self._pages = pages

    @property
    def library(self) -> Library:
        """The content as it is now."""
        return self._conversations.dialogue.library

    @property
    def store(self) -> Store:
        """Where versions and links are kept."""
        return self._conversations.store

    @property
    def links(self) -> ChannelLinks:
        """Where people find the web chat."""
        return self._conversations.links

    def with_plan(self, handler: SeenHandler) -> VisitHandler:
        """Return a handler for whoever has a conversation; others are led to the beginning of one."""

        def handled(visit: Visit) -> Response:
            if visit.request.method == "POST" and visit.key is None:
                return HTMLResponse(self._pages.problem(visit.language, "page_no_cookies"))
            seen = self.seen(visit)
            if seen is None:
                return RedirectResponse("/", 303)
            try:
                response = handler(visit, seen)
            except WordsHeeded:
                response = self.answered(TALK)
            response.headers.update(PRIVATE_HEADERS)
            if visit.request.method == "GET" and not visit.later:
                response.delete_cookie(JUST_SENT_COOKIE)
            return response

        return handled

    def seen(self, visit: Visit) -> SeenPlan | None:
        """Return the plan of a visit; None where it has no conversation."""
        known = self._conversations.read(visit.key) if visit.key is not None else None
        if visit.key is None or known is None:
            return None
        session, _, said = known
        dialogue, today = self._conversations.dialogue, self.today
        plan = session.plan or begun_plan(self.library, session, today)
        of_person = (
            self.library,
            dialogue.catalogues[session.language],
            register_of(self.library, session),
            today,
        )
        told = () if visit.later else tuple(one for one in said if one.kind in NOTED_KINDS)
        return SeenPlan(
            key=visit.key,
            session=session,
            plan=plan,
            said=told,
            words=PlanPageWords(*of_person),
            forms=PlanFormWords(*of_person),
            today=today,
        )

    def words_in(self, language: str) -> PlanPageWords:
        """Return the words of a plan in a language, for somebody who is not known."""
        catalogue = self._conversations.dialogue.catalogues[language]
        return PlanPageWords(self.library, catalogue, "jus", self.today)

    def plan_of(self, key: str) -> Plan | None:
        """Return the plan of a conversation; None where there is none any more."""
        known = self._conversations.read(key)
        return known[0].plan if known is not None else None

    @property
    def today(self) -> date:
        """The day in Riga."""
        return self._conversations.dialogue.world().today

    @property
    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._conversations.dialogue.world().now

    @property
    def at(self) -> int:
        """The moment as the store keeps it."""
        return self._conversations.at()

    def give(self, visit: Visit, seen: SeenPlan, *orders: PlanOrder, part: str = "") -> str:
        """Take one form as a turn; returns why it was refused, "" where it was not.

        A form that was sent before and says something else now is refused too: "resent".
        part: tells several turns of one form apart. Errors: WordsHeeded, which `with_plan` answers.
        """
        outcome, output = self._turn(visit, seen, PlanOrdered(orders=orders), part)
        if outcome.duplicate:
            return self._refused_again(visit, orders)
        if output.session is not None and output.session.quiet_step is not None:
            raise WordsHeeded
        refused = (event for event in output.events if isinstance(event, PlanNotChanged))
        return next((event.reason for event in refused), "")

    def _refused_again(self, visit: Visit, orders: tuple[PlanOrder, ...]) -> str:
        """Return "resent" where what a form says now did not come with it the first time. Errors: WordsHeeded."""
        seen = self.seen(visit)
        if seen is None:
            return ""
        fitted = fit_orders(self.library, seen.session, orders).orders
        quiet_step = seen.session.quiet_step
        if quiet_step is not None and quiet_step.orders == fitted:
            raise WordsHeeded
        is_done = all(is_obeyed(seen.plan, order, self.now) for order in fitted)
        return "" if is_done else "resent"

    def speak(self, visit: Visit, seen: SeenPlan, language: str) -> None:
        """Go on in a language, here and in the talk."""
        self._turn(visit, seen, Commanded(word="language", about=language))

    def _turn(
        self, visit: Visit, seen: SeenPlan, given: Input, part: str = ""
    ) -> tuple[TurnOutcome, TurnOutput]:
        """Take a form as a turn; sent twice it is one. part: tells several turns of one form apart."""
        once = visit.form.get("once", [""])[0] or secrets.token_urlsafe(16)
        at = self._conversations.at()
        update = Update(CHANNEL, seen.key, form_id(seen.key, f"plan/{once}{part}"), at)
        return self._conversations.take_turn(update, given)

    def answered(self, place: str = PLAN) -> Response:
        """Lead to the page that answers a form."""
        return self._visits.answered(place)
