"""Sources and telephone numbers within what is read, as links."""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from bot.core.base.sources import Source
from bot.words.i18n.formats import bind
from bot.words.i18n.translations import Catalogue

TELEPHONE = r"(?<!\w)(?:[2678]\d{7}|116\d{3}|11[0-3](?=[.,;)]|$))(?!\w)"  # of Latvia, whole
LONGER_THAN_EMERGENCY = 4  # digits: 112 is for danger, the others for a talk
ADDRESS = r"https?://[^\s<>\"”]*[^\s<>\"”.,;)]"


class Links:
    """Makes links in texts of one language."""

    def __init__(self, sources: Iterable[Source], catalogue: Catalogue) -> None:
        self._addresses: Mapping[str, str] = {
            bind(catalogue.say(source.title, "jus")): source.url for source in sources if source.url
        }
        longest_first = sorted(self._addresses, key=len, reverse=True)
        named = [re.escape(title) for title in longest_first]
        self._all = re.compile("|".join([*named, ADDRESS, TELEPHONE]))
        self._telephones = re.compile(TELEPHONE)

    def call(self, text: str) -> Markup:
        """Return a text, escaped, whose telephone numbers can be called."""
        return self._linked(self._telephones, text)

    def link(self, text: str) -> Markup:
        """Return a text, escaped, whose sources, addresses and telephone numbers are links."""
        return self._linked(self._all, text)

    def lines(self, text: str) -> list[str]:
        """Return the telephone numbers in a text, each once, 112 last."""
        numbers = dict.fromkeys(self._telephones.findall(text))
        return sorted(numbers, key=lambda number: len(number) < LONGER_THAN_EMERGENCY)

    def _linked(self, pattern: re.Pattern[str], text: str) -> Markup:
        parts: list[Markup] = []
        at = 0
        for found in pattern.finditer(text):
            parts += [escape(text[at : found.start()]), self._one(found[0])]
            at = found.end()
        return Markup("").join([*parts, escape(text[at:])])

    def _one(self, name: str) -> Markup:
        address = self._addresses.get(name, name)
        if address.isdecimal():
            return Markup('<a href="tel:{0}">{0}</a>').format(address)
        return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(address, name)
