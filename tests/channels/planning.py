"""A server whose conversations a test can reach into, and somebody with a plan at its pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import httpx

from bot.core.dialogue.inputs import PlanOrdered, PlanWorkedOn
from bot.core.plan.orders import PlanOrder, PutItem, ReplacePlan
from bot.core.plan.plan import Actor, I, Plan
from bot.ports.records import Update
from bot.service.conversations import DurableConversations
from bot.settings import Settings
from bot.wiring import make_parts, make_web, open_store, read_content
from tests.channels.serving import listening
from tests.conftest import TODAY

COUNSELLOR = Actor(role="counsellor", name="Anna Kalniņa")
ADULT, PUPIL = ("adult", "from_18", "keep"), ("pupil_5_9", "from_13", "keep")


@contextmanager
def serving_plans(folder: Path) -> Iterator[tuple[str, DurableConversations]]:
    """Serve production's content; gives the address and the conversations behind it."""
    settings = Settings(database=f"sqlite:///{folder}/plans.db")
    store = open_store(settings)
    try:
        parts = make_parts(settings, store, read_content().library, TODAY)
        web = make_web(settings, parts.conversations)
        with listening(web, parts.beside) as address:
            parts.conversations.links.web = address
            yield address, parts.conversations
    finally:
        store.close()


class Planner:
    """A browser with a conversation, and what its plan is behind the pages.

    opened: the answers of the first questions, as they are pressed.
    """

    def __init__(
        self, address: str, conversations: DurableConversations, *opened: str, language: str = "lv"
    ) -> None:
        self.conversations = conversations
        self.client = httpx.Client(
            base_url=address,
            follow_redirects=True,
            timeout=60,
            headers={"accept-language": language},
        )
        self.client.get("/")
        for pick in opened:
            self.client.post("/say", data={"pick": pick})
        self._turns = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    @property
    def key(self) -> str:
        return self.client.cookies["celvedis"]

    @property
    def plan(self) -> Plan:
        known = self.conversations.read(self.key)
        assert known is not None
        assert known[0].plan is not None
        return known[0].plan

    def order(self, *orders: PlanOrder) -> None:
        """Give orders beside the pages, as another channel would."""
        self._take(PlanOrdered(orders=orders))

    def has(self, plan: Plan) -> "Planner":
        """Let the person have a plan, whoever owns its items."""
        self.order(ReplacePlan(plan=plan))
        return self

    def work_on(self, order: PlanOrder, by: Actor = COUNSELLOR) -> None:
        """Let somebody else work on the plan."""
        self._take(PlanWorkedOn(order=order, by=by))

    def put(self, *items) -> None:
        self.order(*(PutItem(item=item) for item in items))

    def _take(self, given) -> None:
        self._turns += 1
        at = self.conversations.at()
        update = Update("web", self.key, f"{self.key}/{self._turns}", at)
        self.conversations.take_turn(update, given)

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def post(self, path: str, **form) -> httpx.Response:
        return self.client.post(path, data=form)

    def fill(self, path: str, **changes) -> httpx.Response:
        """Open the form at an address, change some fields, and send it as a browser would."""
        page = self.get(path)
        assert page.status_code == 200, page.status_code
        return self.send(page, path, **changes)

    def send(self, page: httpx.Response, action: str, **changes) -> httpx.Response:
        """Send a form of a page with some fields changed; None takes a field out."""
        form = fields(page.text, action) | changes
        return self.client.post(
            action, data={name: value for name, value in form.items() if value is not None}
        )

    def bring(self, text: str | bytes) -> httpx.Response:
        """Send a file to be looked at."""
        named = {"file": ("plan.json", text, "application/json")}
        return self.client.post("/plan/import", files=named)


def fields(page: str, action: str) -> dict[str, object]:
    """Return what a browser would send of the form with an action, before anything is changed."""
    path = re.escape(action.partition("?")[0])
    found = re.search(rf'<form[^>]*action="{path}(?:\?[^"]*)?"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert found is not None, f"no form for {action}"
    form: dict[str, object] = {}
    body = found[1]
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        kind = _attribute(tag, "type")
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        if kind == "checkbox" and name in form:
            held = form[name]
            form[name] = [*(held if isinstance(held, list) else [held]), value]
        elif name:
            form[name] = value
    for name, text in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL
    ):
        form[name] = unescaped(text)
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', body, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        form[name] = chosen[1] if chosen else ""
    return form


def unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescaped(found[1]) if found else ""


def said(page: httpx.Response) -> str:
    """Return what stands on a page, without its marks, as one line."""
    text = re.sub(r"<(style|script|template)[^>]*>.*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescaped(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").split())


def only(planner: Planner, kind: type[I]) -> I:
    """Return the one item of a kind that stands in a plan."""
    (found,) = planner.plan.of_kind(kind)
    return found
