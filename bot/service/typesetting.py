"""The program of a process that sets documents: orders come in, files go out, and nothing else is said.

It is run by its path, and imports nothing of ours, so that it starts in a moment and holds nobody's secrets.
An order is the length of a document, then the document as JSON; its answer is a letter, a length, and the file.
"""

import resource
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal

import typst

ORDER_HEAD, ANSWER_HEAD = struct.Struct(">I"), struct.Struct(">cI")
SET, REFUSED, PANICKED = b"S", b"R", b"P"
Standard = Literal["ua-1"]
STANDARD: Standard = "ua-1"
MOST_MEMORY = 2 << 30  # bytes of address space; the largest plan takes a tenth


def compiler(folder: Path) -> typst.Compiler:
    """Return a compiler of the template in a folder, with the fonts beside it and no others."""
    return typst.Compiler(
        str(folder / "document.typ"), font_paths=[str(folder / "fonts")], ignore_system_fonts=True
    )


def typeset(made: typst.Compiler, document: str, standard: Standard | None = STANDARD) -> bytes:
    """Return a document as PDF. document: as JSON; standard: None for a file that promises nothing.

    Errors: TypstError where it cannot be set; a panic of the typesetter is no Exception.
    """
    file = made.compile(format="pdf", pdf_standards=standard, sys_inputs={"document": document})
    assert isinstance(file, bytes)
    return file


def answer(made: typst.Compiler, document: str) -> tuple[bytes, bytes]:
    """Return what became of an order, and the file if it was set. Why not is not told: that may quote the text."""
    try:
        return SET, typeset(made, document)
    except typst.TypstError:
        return REFUSED, b""
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return PANICKED, b""


def serve(folder: Path, orders: BinaryIO, answers: BinaryIO) -> None:
    """Set what is ordered until no more comes."""
    made = compiler(folder)
    while head := orders.read(ORDER_HEAD.size):
        document = orders.read(*ORDER_HEAD.unpack(head)).decode()
        what, file = answer(made, document)
        if what == PANICKED:
            made = compiler(folder)  # nobody knows what is left of the other
        answers.write(ANSWER_HEAD.pack(what, len(file)) + file)
        answers.flush()


if __name__ == "__main__":
    with suppress(ValueError, OSError):  # not every system keeps to it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what it crashed on is somebody's text
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
