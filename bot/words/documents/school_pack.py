"""The papers that a school prints: a poster with a code, a class sheet, a letter home, a teacher's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import segno

from bot.core.base.texts import LANGUAGES
from bot.core.library import Library
from bot.words.documents.blocks import (
    AddressLink,
    DocumentPart,
    Heading,
    Listing,
    Picture,
    PrintedDocument,
    Prompt,
    TextBlock,
)
from bot.words.documents.printable import make_printable
from bot.words.i18n.formats import show_date
from bot.words.i18n.translations import Catalogue
from bot.words.places import PlaceWords

PaperName = Literal["poster", "class-sheet", "letter-home", "teacher-page"]
LINES_TO_WRITE_ON = 4
CODE_MM = 95  # the code on the poster, to be read from across a corridor
SMALL_CODE_MM = 38


@dataclass(frozen=True)
class SchoolPackOrder:
    """For whom the papers are. address: of the school's link; until: the last day it is good for.

    place: the id of a place of which something is known; "" for none.
    """

    school: str
    address: str
    until: date
    place: str = ""


def make_school_pack(
    library: Library,
    catalogues: Mapping[str, Catalogue],
    order: SchoolPackOrder,
    language: str,
    today: date,
) -> dict[PaperName, PrintedDocument]:
    """Return the papers in a language; the letter home in all of them."""
    adult = _Papers(library, catalogues[language], "jus", today, order)
    pupil = _Papers(library, catalogues[language], "tu", today, order)
    letters = tuple(
        _Papers(library, catalogues[code], "jus", today, order).letter()
        for code in (language, *(code for code in LANGUAGES if code != language))
    )
    parts: dict[PaperName, tuple[DocumentPart, ...]] = {
        "poster": (pupil.poster(),),
        "class-sheet": (pupil.sheet(),),
        "letter-home": letters,
        "teacher-page": (adult.teacher(),),
    }
    return {
        name: PrintedDocument(title=f"Ceļvedis – {of[0].title}", language=language, parts=of)
        for name, of in parts.items()
    }


def bind_papers(papers: Mapping[PaperName, PrintedDocument]) -> PrintedDocument:
    """Return all papers as one document, in the order they are listed."""
    documents = list(papers.values())
    parts = tuple(part for document in documents for part in document.parts)
    return PrintedDocument(title="Ceļvedis", language=documents[0].language, parts=parts)


def draw_code(address: str) -> str:
    """Return a code for a camera as SVG, that still reads where a quarter of it is worn off."""
    return segno.make(address, error="q", micro=False).svg_inline(border=4, light="#fff")


class _Papers(PlaceWords):
    """Says what stands on the papers, in one language and register."""

    def __init__(
        self,
        library: Library,
        catalogue: Catalogue,
        register: str,
        today: date,
        order: SchoolPackOrder,
    ) -> None:
        super().__init__(library, catalogue, register, today)
        self.order = order
        self.school = make_printable(order.school).text
        self.address = make_printable(order.address).text

    def poster(self) -> DocumentPart:
        """Return the poster."""
        texts = self.library.school_pack.poster
        return self._part(
            self.say(texts.title),
            TextBlock(text=self.say(texts.lead), size="large"),
            TextBlock(text=self.say(texts.how), size="large"),
            self._code(CODE_MM),
            AddressLink(address=self.address, large=True),
            Listing(items=tuple(self.say(one) for one in texts.points), size="large"),
            TextBlock(text=self.say(texts.help), size="large"),
            self._source(self.library.school_pack.helpline),
            TextBlock(text=self.school),
            centred=True,
        )

    def sheet(self) -> DocumentPart:
        """Return the class sheet."""
        texts = self.library.school_pack.sheet
        prompts = (Prompt(text=self.say(one), lines=LINES_TO_WRITE_ON) for one in texts.prompts)
        return self._part(
            self.say(texts.title),
            TextBlock(text=self.say(texts.lead)),
            Listing(items=tuple(self.say(one) for one in texts.steps), numbered=True),
            AddressLink(address=self.address),
            self._code(SMALL_CODE_MM),
            *prompts,
            TextBlock(text=self.school, size="small"),
        )

    def letter(self) -> DocumentPart:
        """Return the letter home."""
        texts = self.library.school_pack.letter
        return self._part(
            self.say(texts.title),
            TextBlock(text=self.say(texts.greeting)),
            *(TextBlock(text=self.say(one)) for one in texts.paragraphs),
            TextBlock(text=self.say(texts.open)),
            AddressLink(address=self.address),
            self._code(SMALL_CODE_MM),
            self._source(self.library.school_pack.guidelines),
            TextBlock(text=self.school, size="small"),
        )

    def teacher(self) -> DocumentPart:
        """Return the teacher's page, with who helps in the place where that is known."""
        texts = self.library.school_pack.teacher
        day = show_date(self.order.until, self.catalogue.language)
        return self._part(
            self.say(texts.title),
            TextBlock(text=self.say(texts.lead)),
            Heading(text=self.say(texts.lesson)),
            Listing(items=tuple(self.say(one) for one in texts.steps), numbered=True),
            Heading(text=self.say(texts.group)),
            TextBlock(text=self.say(texts.group_text)),
            Heading(text=self.say(texts.hard)),
            TextBlock(text=self.say(texts.hard_text)),
            self._source(self.library.school_pack.helpline),
            Heading(text=self.say(texts.turn_to)),
            TextBlock(text=self.say(texts.turn_to_text)),
            self._source(self.library.school_pack.guidelines),
            *self._place(),
            AddressLink(address=self.address),
            TextBlock(text=self.say(texts.until, date=day)),
            TextBlock(text=self.school, size="small"),
        )

    def _part(self, title: str, *blocks: object, centred: bool = False) -> DocumentPart:
        told = {"title": title, "language": self.catalogue.language, "blocks": blocks}
        return DocumentPart.model_validate({**told, "centred": centred})

    def _code(self, width: int) -> Picture:
        says = self.say(self.library.school_pack.poster.qr, address=self.address)
        return Picture(svg=draw_code(self.order.address), says=says, width=width)

    def _place(self) -> tuple[TextBlock | Listing, ...]:
        place = self.library.places.get(self.order.place)
        if place is None or not place.has_data:
            return ()
        head = ". ".join(self.head(place))
        lines = tuple(
            make_printable(line, longest=600).text for line in self.lines(place, self.order.school)
        )
        checked = make_printable(self.checked(place)).text
        return (
            TextBlock(text=make_printable(head).text),
            Listing(items=lines, size="small"),
            TextBlock(text=checked, size="small"),
        )

    def _source(self, name: str) -> TextBlock:
        return TextBlock(text=self.source_line(self.library.sources[name]), size="small")
