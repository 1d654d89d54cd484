"""All activities on one page, as a form: for who would rather see everything than be asked one by one."""

import secrets

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web.pages import Pages
from bot.channels.web.requests import form_id
from bot.channels.web.visits import CHANNEL, Visit
from bot.core.dialogue.activities import open_page
from bot.core.dialogue.inputs import PageAnswered
from bot.core.dialogue.session import Session
from bot.core.library import Library
from bot.ports.records import Update
from bot.service.conversations import DurableConversations

TALK = "/#new"  # the conversation, at the first thing that is new on it


class Activities:
    """What `/activities` does."""

    def __init__(self, conversations: DurableConversations, pages: Pages) -> None:
        self._conversations = conversations
        self._pages = pages

    def show(self, visit: Visit) -> Response:
        """Show the page, with what is answered already; lead to the conversation where none is open."""
        session = self._session(visit)
        items = open_page(self._library, session) if session is not None else ()
        if session is None or not items:
            return RedirectResponse(TALK, 303)
        return HTMLResponse(self._pages.activities(session, items, self._answered(session)))

    def fill(self, visit: Visit) -> Response:
        """Take the page. Where answers are missing it is shown again with those that are there.

        It is taken without them when the person has seen which they are and says so.
        """
        session = self._session(visit)
        if visit.key is None or session is None:
            return RedirectResponse(TALK, 303)
        items = open_page(self._library, session)
        faces = [face.id for face in self._library.interests.faces]
        given = {item: visit.form[item][-1] for item in items if item in visit.form}
        chosen = {item: face for item, face in given.items() if face in faces}
        missing = frozenset(items) - chosen.keys()
        if missing and "without" not in visit.form:
            return HTMLResponse(self._pages.activities(session, items, chosen, missing))
        once = visit.form.get("once", [""])[0] or secrets.token_urlsafe(16)
        values = tuple(
            (item, 1 + faces.index(chosen[item]) if item in chosen else None) for item in items
        )
        update = Update(CHANNEL, visit.key, form_id(visit.key, once), self._conversations.at())
        self._conversations.take_turn(update, PageAnswered(values=values))
        return RedirectResponse(TALK, 303)

    @property
    def _library(self) -> Library:
        return self._conversations.dialogue.library

    def _session(self, visit: Visit) -> Session | None:
        known = self._conversations.read(visit.key) if visit.key is not None else None
        return known[0] if known is not None else None

    def _answered(self, session: Session) -> dict[str, str]:
        """Return the answers given so far, by the ids of the faces."""
        bank = self._library.interests
        return {
            answer.step: bank.faces[answer.value - 1].id
            for answer in session.answers
            if answer.step in bank.items and isinstance(answer.value, int)
        }
