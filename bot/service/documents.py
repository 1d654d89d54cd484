"""Sets documents as PDF that everybody can read (PDF/UA-1), with the fonts that travel with the program."""

from importlib.resources import as_file, files

import typst

from bot.errors import DocumentError
from bot.words.documents.blocks import PrintedDocument

DOCUMENTS = "bot.words.documents"  # the package that holds the template and the fonts


def set_pdf(document: PrintedDocument) -> bytes:
    """Return a document as PDF/UA-1. Errors: DocumentError where it cannot be set."""
    with as_file(files(DOCUMENTS)) as folder:
        try:
            return bytes(
                typst.compile(
                    str(folder / "document.typ"),
                    format="pdf",
                    pdf_standards="ua-1",
                    font_paths=[str(folder / "fonts")],
                    ignore_system_fonts=True,
                    sys_inputs={"document": document.model_dump_json()},
                )
            )
        except typst.TypstError as error:
            message = f"the document cannot be set: {error}"
            raise DocumentError(message) from error
        except BaseException as error:
            # a panic of the typesetter is no Exception, and what it says may quote the text
            if type(error).__name__ != "PanicException":
                raise
            message = "the document cannot be set: the typesetter failed"
            raise DocumentError(message) from None
