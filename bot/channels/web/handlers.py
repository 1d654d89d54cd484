"""What each address of the web chat does, over durable conversations."""

import logging
import secrets
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.channels.web.forgetting import Forgetting
from bot.channels.web.pages import Opened, Pages
from bot.channels.web.requests import entered_in, form_id, input_from
from bot.channels.web.visits import CHANNEL, JUST_SENT_COOKIE, Visit, Visits
from bot.core.dialogue.inputs import Commanded, Input, Started
from bot.core.dialogue.session import LinkingDevice, Session
from bot.errors import CelvedisError
from bot.ports.records import Update
from bot.service.class_runs import class_code
from bot.service.conversation_keys import new_key
from bot.service.conversations import DurableConversations
from bot.service.device_links import CARRY_PURPOSE, SCHOOL_PURPOSE
from bot.service.linking_turns import ASKED_PURPOSE, LinkAnswers, asked_code, request_link

logger = logging.getLogger(__name__)


ARRIVED = "/#new"  # the page, at the first thing that is new on it
IllChannels = Callable[[], Mapping[str, str]]  # what is wrong with other channels, by their names


class Handlers:
    """The pages and forms of the web chat. Each is one visit, in one thread."""

    def __init__(
        self,
        conversations: DurableConversations,
        visits: Visits,
        pages: Pages,
        forgetting: Forgetting,
        ill_channels: IllChannels,
    ) -> None:
        self._conversations = conversations
        self._ill_channels = ill_channels
        self._visits = visits
        self._pages = pages
        self._forgetting = forgetting

    # --- the conversation

    def show(self, visit: Visit) -> Response:
        """Show the conversation, opening one where there is none."""
        return self._shown(visit, Started())

    def open_for_school(self, visit: Visit) -> Response:
        """Open a conversation by a school's own link; an old link opens it just the same."""
        school = self._known(visit.request.path_params["code"], SCHOOL_PURPOSE)
        return self._shown(visit, Started(school=school or ""))

    def join_class(self, visit: Visit) -> Response:
        """Join a class by its link, also with a conversation begun before."""
        typed = visit.request.path_params["code"]
        code = class_code(self._conversations.store, typed, self._conversations.at())
        opening = Started(class_code=code or "")
        if code and visit.key and self._conversations.read(visit.key) is not None:
            self._conversations.take_turn(self._update(visit.key, code), opening)
            return RedirectResponse(ARRIVED, 303)
        return self._shown(visit, opening)

    def answer(self, visit: Visit) -> Response:
        """Take one form: a button, several, or typed words."""
        if visit.key is None:
            return self._not_remembered(visit)
        once = visit.form.get("once", [""])[0] or secrets.token_urlsafe(16)
        _, output = self._conversations.take_turn(
            self._update(visit.key, once), input_from(visit.form)
        )
        if output.forgotten:
            return self._forgetting.said(output.language, output.messages[0].text)
        if any(message.kind == "refuse" for message in output.messages):
            return self._refused(visit)
        return self._visits.answered(ARRIVED)

    def back_to_talk(self, _visit: Visit) -> Response:
        """Lead who comes back to the address of a form to the conversation."""
        return RedirectResponse(ARRIVED, 303)

    def version(self, visit: Visit) -> Response:
        """Tell the version of the conversation, for another tab to see that it moved on."""
        stored = self._conversations.store.conversations.load(visit.key) if visit.key else None
        return JSONResponse({"version": stored.version if stored else 0})

    # --- carried from another device

    def offer_to_carry(self, visit: Visit) -> Response:
        """Ask whether this browser may go on with a conversation of another device."""
        carried = self._known(visit.request.path_params["code"], CARRY_PURPOSE)
        if carried is not None and carried == visit.key:
            return RedirectResponse("/", 303)
        response = HTMLResponse(
            self._pages.carry(self._forgetting.language(visit), known=carried is not None)
        )
        if carried is not None:  # so that its form, sent twice, comes from one device
            self._visits.remember(response, visit.key or new_key(), public=visit.public)
        return response

    def knock(self, visit: Visit) -> Response:
        """Ask at the other device to be let in, and wait for it."""
        code = visit.request.path_params["code"]
        carried = self._known(code, CARRY_PURPOSE)
        key = visit.key or new_key()
        own = self._conversations.read(key)
        if carried is not None:
            brought = own[0] if own else Session()
            device = LinkingDevice(
                channel=CHANNEL,
                account=key,
                former=key,
                answers=brought.answers,
                plan=brought.plan,
            )
            update = self._update(carried, f"{code}/{key}")
            request = request_link(self._conversations, update, code, device, LinkAnswers())
            self._conversations.store.turns.run(*request)
            if not self._waits(carried, key):  # another device has used the code meanwhile
                return HTMLResponse(
                    self._pages.carry(self._forgetting.language(visit), known=False)
                )
        elif self._known(asked_code(code, key), ASKED_PURPOSE) is None:  # nor was it used from here
            return RedirectResponse(visit.request.url.path, 303)
        # until the other device agrees, the version here is that of what is here
        response = HTMLResponse(
            self._pages.waiting(self._forgetting.language(visit), own[1] if own else 0)
        )
        self._visits.remember(response, key, public=visit.public)
        return response

    def _waits(self, carried: str, account: str) -> bool:
        """Return whether a browser waits to be let in to a conversation."""
        known = self._conversations.read(carried)
        device = known[0].linking_device if known else None
        return device is not None and (device.channel, device.account) == (CHANNEL, account)

    # --- within

    def _shown(self, visit: Visit, opening: Started) -> Response:
        """Show the conversation as it stands; where there is none, a new one with `opening`."""
        key = visit.key
        known = self._conversations.read(key) if key is not None else None
        if key is None or known is None:
            key = new_key()
            self._open(key, visit.language, opening)
            if visit.public:
                self._forgetting.keep_briefly(key)
            known = self._conversations.read(key)
        assert known is not None
        page = self._pages.talk(*known, opened=Opened(visit.public, visit.later))
        response = HTMLResponse(page)
        if not visit.later:
            response.delete_cookie(JUST_SENT_COOKIE)
        self._visits.remember(response, key, public=visit.public)
        return response

    def _not_remembered(self, visit: Visit) -> Response:
        """Say that the browser has no cookie of ours, so that its conversation cannot be found."""
        return HTMLResponse(self._pages.problem(visit.language, "page_no_cookies"))

    def _refused(self, visit: Visit) -> Response:
        """Show what was refused with what was put in. It goes back to the person and is not kept."""
        known = self._conversations.read(visit.key) if visit.key else None
        if known is None:
            return self._visits.answered(ARRIVED)
        page = self._pages.talk(*known, opened=Opened(visit.public), entered=entered_in(visit.form))
        return HTMLResponse(page)

    def _open(self, key: str, language: str, opening: Started) -> None:
        if language != "lv":
            given: Input = Commanded(word="language", about=language)
            self._conversations.take_turn(self._update(key, "language"), given)
        self._conversations.take_turn(self._update(key, "open"), opening)

    def _known(self, code: str, purpose: str) -> str | None:
        return self._conversations.store.codes.known(code, purpose, self._conversations.at())

    def _update(self, key: str, once: str) -> Update:
        return Update(CHANNEL, key, form_id(key, once), self._conversations.at())

    # --- the service itself

    def health(self, _request: Request) -> Response:
        """Return whether conversations can be kept: 200, or 503 where the database is away.

        A bot that hears nobody is told of, too; it leaves 200, since a restart would not help it.
        """
        try:
            self._conversations.store.conversations.load("")
        except CelvedisError:
            logger.exception("not healthy")
            return JSONResponse({"well": False}, 503)
        ill = self._ill_channels()
        return JSONResponse({"well": not ill} | ({"ill": ill} if ill else {}))
