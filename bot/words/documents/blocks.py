"""What a printed document is made of; `document.typ` sets it, and reads no word of it as markup."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.words.sheet import SheetMark

Size = Literal["small", "normal", "large"]


class PrintedText(Frozen):
    """A text with the language it is in. An empty line parts paragraphs, a new line begins a new one."""

    text: str
    language: str


class Heading(Frozen):
    """A heading within a part; never a person's own text."""

    kind: Literal["heading"] = "heading"
    text: str
    level: Literal[2, 3] = 2


class TextBlock(Frozen):
    """A paragraph. leads: it announces what follows, and stays on one page with its beginning."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    size: Size = "normal"
    leads: bool = False


class OwnText(Frozen):
    """Somebody's own words, which may be in another language than the document; bold: as a caption is."""

    kind: Literal["own"] = "own"
    text: PrintedText
    bold: bool = False


class Listing(Frozen):
    """A list. numbered: its order counts."""

    kind: Literal["listing"] = "listing"
    items: tuple[str, ...]
    numbered: bool = False
    size: Size = "normal"


class NumberedLine(Frozen):
    """Something that is called by its number. more: what else there is to it."""

    number: int
    text: PrintedText
    more: tuple[PrintedText, ...] = ()


class NumberedList(Frozen):
    """A list whose numbers go on from list to list."""

    kind: Literal["numbered"] = "numbered"
    lines: tuple[NumberedLine, ...]


class TableCell(Frozen):
    """What stands in one cell. more: below it, smaller. mark: a state by its shape, which the words say too."""

    text: PrintedText
    more: tuple[PrintedText, ...] = ()
    mark: SheetMark | None = None


class PrintedTable(Frozen):
    """A table. columns: their names; widths: their shares of the line. hint: what it is for, above it.

    blank: how many empty rows to write in follow, height: how high each is, in millimetres. together: it stays on one page.
    """

    kind: Literal["table"] = "table"
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[TableCell, ...], ...] = ()
    hint: str = ""
    blank: int = 0
    height: int = 9
    together: bool = False


class AddressLink(Frozen):
    """An address that can be typed, and pressed where the document is read on a screen."""

    kind: Literal["address"] = "address"
    address: str
    large: bool = False


class Picture(Frozen):
    """A drawing as SVG. says: what it shows, for who does not see it. width: in millimetres."""

    kind: Literal["picture"] = "picture"
    svg: str
    says: str
    width: int


class Prompt(Frozen):
    """Something to be answered by hand, with lines to write on. hint: what may be written, smaller."""

    kind: Literal["prompt"] = "prompt"
    text: str
    lines: int
    hint: str = ""


class FramedNote(Frozen):
    """What has to be read first, in a dashed frame."""

    kind: Literal["framed"] = "framed"
    text: str


class Signatures(Frozen):
    """Lines to sign on, side by side, each with what is written there. above: what is signed, never on another page."""

    kind: Literal["signatures"] = "signatures"
    labels: tuple[str, ...]
    above: tuple[str, ...] = ()


PlainBlock = Annotated[
    Heading
    | TextBlock
    | OwnText
    | Listing
    | NumberedList
    | PrintedTable
    | AddressLink
    | Picture
    | Prompt
    | FramedNote
    | Signatures,
    Field(discriminator="kind"),
]


class Beside(Frozen):
    """Blocks, and a picture at their right; it is read after them."""

    kind: Literal["with_picture"] = "with_picture"
    blocks: tuple[PlainBlock, ...]
    picture: Picture


Block = Annotated[PlainBlock | Beside, Field(discriminator="kind")]


class DocumentPart(Frozen):
    """A part that begins on a page of its own. centred: as a poster is."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    centred: bool = False


class PrintedDocument(Frozen):
    """A document to be set.

    close: with narrow margins and a small title, so that much stands on a page.
    footer: what stands below every page, beside its number; "" for neither.
    """

    title: str
    language: str
    parts: tuple[DocumentPart, ...]
    close: bool = False
    footer: str = ""
