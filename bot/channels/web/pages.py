"""Messages as a page: the trail of the conversation, and the open question at its end."""

import secrets
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.channels.web.assets import asset_addresses
from bot.channels.web.layout import lay_out
from bot.channels.web.links import Links
from bot.channels.web.requests import Entered
from bot.core.dialogue.session import Session
from bot.service.conversations import Dialogue
from bot.words.activities import ActivityWords
from bot.words.form_fields import is_calendar_day
from bot.words.graphics.hexagon import draw_hexagon
from bot.words.i18n.formats import bind, show_date
from bot.words.i18n.phrases import PHRASES
from bot.words.i18n.translations import LANGUAGE_NAMES
from bot.words.messages import Message, Portrait, grouped
from bot.words.render import register_of
from bot.words.sheet import Sheet

TEMPLATES = Path(__file__).parent / "templates"
NOTHING_ENTERED = Entered()
LANGUAGE_SIGNS = {"lv": "LV", "en": "EN", "uk": "УК", "ru": "РУ"}  # where names are too long
TOOL_PHRASES = (
    ("back", "back"),
    ("change", "change"),
    ("why", "why"),
    ("menu", "menu"),
    ("human", "human"),
)


@dataclass(frozen=True)
class Opened:
    """Where and when a page is looked at.

    public: on a computer that others use too. later: again, and not as the answer to a form.
    """

    public: bool
    later: bool = False


class Pages:
    """Turns messages into HTML."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.tests["calendar_day"] = is_calendar_day
        self._assets = asset_addresses()
        sources = dialogue.library.sources.values()
        self._links = {
            language: Links(sources, catalogue)
            for language, catalogue in dialogue.catalogues.items()
        }

    def talk(
        self,
        session: Session,
        version: int,
        said: tuple[Message, ...],
        *,
        opened: Opened,
        entered: Entered = NOTHING_ENTERED,
    ) -> str:
        """Return the page of a conversation.

        said: what its last turn said. entered: what was refused, to be mended in the form.
        """
        layout = lay_out(self._dialogue.transcript(session), said, later=opened.later)
        path = [(many, list(group)) for many, group in groupby(layout.path, _one_of_many)]
        return self.render(
            "talk.html",
            session.language,
            register_of(self._dialogue.library, session),
            ended=layout.ended,
            folded=layout.folded,
            # in the quiet step nothing is asked; a later visit begins where the questions were left
            quiet=session.quiet_step is not None and not layout.folded,
            path=path,
            beside=layout.beside,
            question=layout.question,
            first_new=layout.first_new,
            entered=entered,
            fresh=not session.answers,
            version=version,
            once=secrets.token_urlsafe(12),
            tools=TOOL_PHRASES,
            at_home=layout.question is not None
            and layout.question.flow == self._dialogue.library.roles.home,
            public=opened.public,
            has_plan=session.plan is not None,
        )

    def activities(
        self,
        session: Session,
        items: Sequence[str],
        chosen: Mapping[str, str],
        missing: Container[str] = (),
    ) -> str:
        """Return the page of all activities. chosen: answers by the ids of the faces; missing: items."""
        library, language = self._dialogue.library, session.language
        register = register_of(library, session)
        today = self._dialogue.world().today
        words = ActivityWords(library, self._dialogue.catalogues[language], register, today)
        return self.render(
            "activities.html",
            language,
            register,
            page=words.page(items, chosen, missing),
            once=secrets.token_urlsafe(12),
        )

    def said(self, language: str, text: str) -> str:
        """Show one sentence, in the language it is in, and the way to a new conversation."""
        return self.render("said.html", language, "jus", text=text, number="")

    def carry(self, language: str, *, known: bool) -> str:
        """Ask whether to go on here with another device's conversation, or say the link is old."""
        return self.render("carry.html", language, "jus", known=known)

    def waiting(self, language: str, version: int) -> str:
        """Say that the other device must agree; the page goes on by itself when it has."""
        return self.render("waiting.html", language, "jus", version=version)

    def forget_asked(self, language: str) -> str:
        """Ask whether to end the conversation and erase it."""
        return self.render("forget.html", language, "jus")

    def forgotten(self, language: str, *, erased: bool) -> str:
        """Return the sentence that everything is deleted, or that nothing was there."""
        return self._phrases(language, "jus")("forgotten" if erased else "page_nothing_kept")

    def problem(self, language: str, key: str, number: str = "") -> str:
        """Say what went wrong and where to go on."""
        say = self._phrases(language, "jus")
        return self.render("said.html", language, "jus", text=say(key), number=number)

    def _phrases(self, language: str, register: str) -> Callable[..., str]:
        catalogue = self._dialogue.catalogues[language]

        def say(key: str, **values: str) -> str:
            return bind(catalogue.say(PHRASES[key], register, **values))

        return say

    def render(self, name: str, language: str, register: str, **values: object) -> str:
        """Return a page. name: of its template; values: that it needs beside what all of them have."""
        template = self._templates.get_template(name)
        return template.render(
            language=language,
            say=self._phrases(language, register),
            assets=self._assets,
            links=self._links[language],
            names=LANGUAGE_NAMES,
            signs=LANGUAGE_SIGNS,
            lines=_lines,
            grouped=grouped,
            picture=qr_picture,
            hexagon=_hexagon,
            drawing=_drawing,
            drawn=Markup,
            shown_day=lambda day: show_date(day, language),
            **values,
        )


def qr_picture(link: str) -> Markup:
    """Draw a link for a phone's camera, as SVG within the page."""
    made = segno.make(link, micro=False)
    # drawn by the library from modules, none of the link's text is in it
    return Markup(made.svg_inline(scale=4, border=3, dark="#000", light="#fff", svgclass="qr"))  # noqa: S704


def _hexagon(portrait: Portrait) -> Markup:
    """Draw a portrait within the page; every word in it is escaped by the drawing."""
    return Markup(draw_hexagon(portrait))  # noqa: S704


def _drawing(sheet: Sheet) -> Markup:
    """Return a sheet's drawing within the page; every word in it was escaped as it was drawn."""
    return Markup(sheet.drawing)  # noqa: S704


def _one_of_many(message: Message) -> bool:
    """Return whether an answer is one of an instrument's many, which the page folds together."""
    return message.kind == "answer" and message.form == "faces"


def _lines(text: str) -> list[Markup | str]:
    """Cut a text into paragraphs."""
    return [part for part in text.split("\n") if part.strip()]
