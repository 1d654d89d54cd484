"""Says texts in one language and register: the program's phrases, the content, the sources."""

from datetime import date, timedelta

from bot.core.base.sources import Source
from bot.core.base.texts import Text
from bot.core.library import Library
from bot.words.i18n.formats import bind, show_date
from bot.words.i18n.phrases import PHRASES
from bot.words.i18n.translations import Catalogue

EXAMPLE_IS_AHEAD = timedelta(days=30)


class Localizer:
    """Says things to one person on one day. register: how the person is addressed: "tu", "jus", or "child"."""

    def __init__(self, library: Library, catalogue: Catalogue, register: str, today: date) -> None:
        self.library = library
        self.catalogue = catalogue
        self.register = register
        self.today = today

    def phrase(self, key: str, **values: str) -> str:
        """Return one of the program's own phrases. values: by the names of its placeholders."""
        return bind(self.catalogue.say(PHRASES[key], self.register, **values))

    def say(self, text: Text, **values: str) -> str:
        """Return a text of the content. values: by the names of its placeholders."""
        return bind(self.catalogue.say(text, self.register, **values))

    @property
    def example_day(self) -> str:
        """A day as this language writes it, for an example: it is always ahead."""
        return show_date(self.today + EXAMPLE_IS_AHEAD, self.catalogue.language)

    def source_line(self, source: Source, *, listed: bool = False) -> str:
        """Return where something comes from; past its review day, with a caution.

        listed: it stands in a list of sources, which says already what they are.
        """
        day = show_date(source.checked, self.catalogue.language)
        title = self.say(source.title)
        if source.year is None:
            line = self.phrase(
                "listed_source" if listed else "undated_source", source=title, date=day
            )
        elif listed:
            titled = f"{title}, {source.year}"
            line = self.phrase("listed_source", source=titled, date=day)
        else:
            line = self.phrase("source", source=title, year=str(source.year), date=day)
        if self.today > source.review:
            line += " " + self.phrase("stale_source")
        return line
