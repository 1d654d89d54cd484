"""What may stand in the log: libraries that tell addresses are quiet, and no secret is written."""

import asyncio
import logging
import re
import sys
import threading
from collections.abc import Iterable
from types import TracebackType

QUIETED_LIBRARIES = {
    # at INFO they tell every address they call, and a Telegram token is part of the address
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    # as errors they tell whole answers, with what people wrote; what went wrong we say ourselves
    "telegram": logging.CRITICAL,
    "aiogram": logging.CRITICAL,
    "alembic": logging.WARNING,
}
# a bot's token as Telegram gives it, also where an address has its colon encoded
TOKEN = re.compile(r"bot\d+(?::|%3A)[\w-]+|\d{6,}(?::|%3A)[\w-]{20,}|\d+(?::|%3A)[\w-]{30,}")
PASSWORD = re.compile(r"(?<=://)([^\s:/@]*):[^\s@]+@")  # of a database, in its address
SHORTEST_SECRET = (
    8  # letters of a secret that is looked for by its value; less is part of other words
)
_secrets: set[str] = set()


def conceal(secrets: Iterable[str]) -> None:
    """Keep values out of everything this process writes, also where they have not the usual form."""
    _secrets.update(secret for secret in secrets if len(secret) >= SHORTEST_SECRET)


def redact(text: str) -> str:
    """Return a text without tokens, passwords of addresses and what was concealed."""
    text = PASSWORD.sub(r"\1:…@", TOKEN.sub("bot…", text))
    for secret in _secrets:
        text = text.replace(secret, "…")
    return text


class Redacted(logging.Formatter):
    """Writes a record with its traceback, and takes secrets out of the whole of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return what is written."""
        return redact(super().format(record))


def _says_more(record: logging.LogRecord) -> bool:
    """Return whether a record says more than that a request was cut off as the process ended.

    uvicorn counts those requests in a line of its own, and then tells each as an error of ours.
    """
    return record.exc_info is None or not isinstance(record.exc_info[1], asyncio.CancelledError)


def set_up_logging() -> None:
    """Write everything from INFO on to the standard error, redacted, as the only way out.

    Also what ends this program or one of its threads comes this way.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Redacted("%(levelname)s %(name)s %(message)s"))
    handler.addFilter(_says_more)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name, level in QUIETED_LIBRARIES.items():
        logging.getLogger(name).setLevel(level)
    redact_uncaught()
    threading.excepthook = _show_in_thread


def redact_uncaught() -> None:
    """Let an exception that ends the program be shown without secrets."""
    sys.excepthook = _show


def _show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    told = logging.Formatter().formatException((kind, error, trace))
    print(redact(told), file=sys.stderr)  # noqa: T201 - where the interpreter itself would show it


def _show_in_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and ended.exc_type is not SystemExit:
        _show(ended.exc_type, ended.exc_value, ended.exc_traceback)
