"""A whole document made printable: every text in it passes the cleaner, whoever wrote it."""

from typing import Any, NamedTuple

from bot.words.documents.blocks import PrintedDocument
from bot.words.documents.printable import make_printable_whole

# what is no text to be read: names of kinds, languages, drawings, addresses that must stay whole
UNREAD_FIELDS = frozenset({"kind", "language", "size", "mark", "svg", "address"})


class PrintableDocument(NamedTuple):
    """A document that can be set, and how many characters in it could not be printed."""

    document: PrintedDocument
    replaced: int


def make_document_printable(document: PrintedDocument) -> PrintableDocument:
    """Return a document in which every text can be printed by our fonts."""
    cleaned, replaced = _cleaned(document.model_dump())
    return PrintableDocument(PrintedDocument.model_validate(cleaned), replaced)


def _cleaned(value: Any) -> tuple[Any, int]:
    if isinstance(value, str):
        return make_printable_whole(value)
    if isinstance(value, dict):
        parts = {
            name: (part, 0) if name in UNREAD_FIELDS else _cleaned(part)
            for name, part in value.items()
        }
        found = {name: part for name, (part, _) in parts.items()}
        return found, sum(replaced for _, replaced in parts.values())
    if isinstance(value, tuple):
        several = [_cleaned(part) for part in value]
        return tuple(part for part, _ in several), sum(replaced for _, replaced in several)
    return value, 0
