"""Text from outside made whole: what no database and no channel could take is replaced.

Whatever people send comes through this type, by whichever channel: the inputs of a turn, and what
Telegram's updates say.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator


def whole(text: str) -> str:
    """Return a text with its halves of surrogate pairs joined; one alone becomes U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _whole(value: Any) -> Any:
    return whole(value) if isinstance(value, str) else value


WholeText = Annotated[str, BeforeValidator(_whole)]
