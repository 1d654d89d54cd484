"""What a printed document is made of; `document.typ` sets it, and reads no word of it as markup."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen


class Heading(Frozen):
    """A heading within a part; never a person's own text."""

    kind: Literal["heading"] = "heading"
    text: str


Size = Literal["small", "normal", "large"]


class TextBlock(Frozen):
    """A paragraph."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    size: Size = "normal"


class Listing(Frozen):
    """A list. numbered: its order counts."""

    kind: Literal["listing"] = "listing"
    items: tuple[str, ...]
    numbered: bool = False
    size: Size = "normal"


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
    """Something to be answered by hand, with lines to write on."""

    kind: Literal["prompt"] = "prompt"
    text: str
    lines: int


Block = Annotated[
    Heading | TextBlock | Listing | AddressLink | Picture | Prompt, Field(discriminator="kind")
]


class DocumentPart(Frozen):
    """A part that begins on a page of its own. centred: as a poster is."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    centred: bool = False


class PrintedDocument(Frozen):
    """A document to be set. author: "" for none."""

    title: str
    language: str
    parts: tuple[DocumentPart, ...]
