"""A computer that others use too, and the end of a conversation: forgotten when it is said so."""

from starlette.responses import HTMLResponse, Response

from bot.channels.web.pages import Pages
from bot.channels.web.requests import form_id
from bot.channels.web.visits import CHANNEL, PUBLIC_COOKIE, Visit, Visits, let_go
from bot.errors import StorageNewer
from bot.ports.records import Update
from bot.service.conversations import DurableConversations

COMPUTER_PLACE = "/#computer"  # the page, at the words about a shared computer


class Forgetting:
    """What `/settle` does."""

    def __init__(self, conversations: DurableConversations, visits: Visits, pages: Pages) -> None:
        self._conversations = conversations
        self._visits = visits
        self._pages = pages

    def settle(self, visit: Visit) -> Response:
        """Say whether the computer is shared, or end the conversation; that is asked about first."""
        if "forget" not in visit.form:
            return self._share(visit, shared="1" in visit.form.get("public", []))
        if "yes" in visit.form["forget"]:
            return self._forget(visit)
        return HTMLResponse(self._pages.forget_asked(self.language(visit)))

    def keep_briefly(self, key: str, *, shared: bool = True) -> None:
        """Keep a conversation briefly, whatever was agreed to, while this computer alone has it."""
        if self._conversations.store.addresses.accounts_of(key):
            return  # a telephone has it too, and it is kept for that one
        name = form_id(key, f"shared/{shared}/{self._conversations.at()}")
        update = Update(CHANNEL, key, name, self._conversations.at())
        self._conversations.share_computer(update, shared=shared)

    def said(self, language: str, text: str) -> Response:
        """Say one sentence to a browser that has no conversation any more."""
        return let_go(HTMLResponse(self._pages.said(language, text)))

    def language(self, visit: Visit) -> str:
        """Return the language of the conversation that is here, or the one the browser asks for."""
        try:
            own = self._conversations.read(visit.key) if visit.key else None
        except StorageNewer:  # what cannot be read can be erased all the same
            own = None
        return own[0].language if own else visit.language

    def _share(self, visit: Visit, *, shared: bool) -> Response:
        response = self._visits.answered(COMPUTER_PLACE)
        if visit.key is not None:
            self.keep_briefly(visit.key, shared=shared)
            self._visits.remember(response, visit.key, public=shared)
        if not shared:
            response.delete_cookie(PUBLIC_COOKIE)
        return response

    def _forget(self, visit: Visit) -> Response:
        """Erase what the browser has, and say so only where something was erased."""
        # the browser's own key may lead elsewhere now, and something be kept under it all the same
        keys = dict.fromkeys(key for key in (visit.key, visit.cookie) if key is not None)
        language = self.language(visit)
        people, now = self._conversations.store.people, self._conversations.at()
        erased = [people.forget(key, now) for key in keys]
        return self.said(language, self._pages.forgotten(language, erased=any(erased)))
