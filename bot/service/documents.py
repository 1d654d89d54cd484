"""Sets documents as PDF that everybody can read (PDF/UA-1), with the fonts that travel with the program.

The typesetter runs in processes of its own. A panic of it is told on the standard error by its own runtime,
with words of the text, before we can do anything: so that is nowhere, and no other thread's lines are lost with it. What
overflows its stack, eats memory or never ends takes that process along, and not the conversations in this one.
"""

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from importlib.resources import as_file, files
from pathlib import Path
from queue import LifoQueue
from threading import Timer
from typing import IO

from bot.errors import DocumentError
from bot.service.typesetting import ANSWER_HEAD, ORDER_HEAD, SET
from bot.words.documents.blocks import PrintedDocument

DOCUMENTS = "bot.words.documents"  # the package that holds the template and the fonts
PROGRAM = Path(__file__).with_name("typesetting.py")
MOST_TYPESETTERS = max(1, min(4, os.cpu_count() or 1))
LONGEST_SETTING = 20.0  # seconds, where a page takes hundredths
KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH")  # of the environment; the rest holds tokens


class Typesetter:
    """One process that sets documents, one after another."""

    def __init__(self) -> None:
        with as_file(files(DOCUMENTS)) as folder:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, with our own arguments
                [sys.executable, "-I", str(PROGRAM), str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
                start_new_session=True,  # what interrupts this process lets a begun document end
            )

    def typeset(self, document: bytes) -> bytes:
        """Return a document as PDF. Errors: DocumentError; OSError or EOFError where the process is gone."""
        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None
        assert answers is not None
        limit = Timer(LONGEST_SETTING, self._process.kill)
        limit.start()
        try:
            orders.write(ORDER_HEAD.pack(len(document)) + document)
            orders.flush()
            what, length = ANSWER_HEAD.unpack(_exactly(answers, ANSWER_HEAD.size))
            file = _exactly(answers, length)
        finally:
            limit.cancel()
        if what != SET:
            message = "the document cannot be set: the typesetter failed"
            raise DocumentError(message)
        return file

    def end(self) -> None:
        """End the process; what it was setting is lost."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent yet stays unsent
                    pipe.close()


def _exactly(stream: IO[bytes], length: int) -> bytes:
    found = stream.read(length)
    if len(found) != length:
        raise EOFError
    return found


class Typesetters:
    """As many typesetters as may run at once; each is started when it is first needed."""

    def __init__(self, most: int = MOST_TYPESETTERS) -> None:
        self._idle: LifoQueue[Typesetter | None] = LifoQueue()
        for _ in range(most):
            self._idle.put(None)
        self._most = most

    def typeset(self, document: bytes) -> bytes:
        """Return a document as PDF; nobody else has the process meanwhile. Errors: DocumentError."""
        typesetter = self._idle.get()
        try:
            if typesetter is None:
                typesetter = Typesetter()
            return typesetter.typeset(document)
        except DocumentError:
            raise
        except BaseException as error:
            if typesetter is not None:
                typesetter.end()
                typesetter = None
            if not isinstance(error, OSError | EOFError):
                raise
            message = "the document cannot be set: the typesetter was lost"
            raise DocumentError(message) from None
        finally:
            self._idle.put(typesetter)

    def end(self) -> None:
        """End those that nobody has in hand."""
        for _ in range(self._most):
            if self._idle.empty():
                return
            typesetter = self._idle.get()
            if typesetter is not None:
                typesetter.end()


TYPESETTERS = Typesetters()
atexit.register(TYPESETTERS.end)


def set_pdf(document: PrintedDocument) -> bytes:
    """Return a document as PDF/UA-1. Errors: DocumentError where it cannot be set."""
    return TYPESETTERS.typeset(document.model_dump_json().encode())
