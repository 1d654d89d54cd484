"""Words of people made harmless where a line's end has a meaning: in mails and in calendar files."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

from bot.core.base.whole_text import whole

# whatever some reader takes for the end of a line, besides the usual one
OTHER_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
TURNS_OF_WRITING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SPACES = re.compile(r"[^\S\u00a0]+")


def in_plain_lines(text: str) -> str:
    r"""Return a text whose lines end in "\n", without signs that are not read but obeyed."""
    text = TURNS_OF_WRITING.sub("", OTHER_LINE_ENDS.sub("\n", whole(text)))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")


def in_one_line(text: str) -> str:
    """Return a text as one line, each space in it single."""
    return SPACES.sub(" ", in_plain_lines(text)).strip()


PlainLines = Annotated[str, AfterValidator(in_plain_lines)]
PlainLine = Annotated[str, AfterValidator(in_one_line)]
