"""Text that our fonts can print: what they lack is replaced by a sign, so that no text of a person stops a document.

Noto Sans prints Latin, Cyrillic and Greek. Faces for Arabic, Hebrew, Chinese or Japanese writing and emoji would be tens of
megabytes, so their characters are replaced and counted, and whoever takes the document is told.
"""

import re
import unicodedata
from typing import NamedTuple

from bot.core.base.seen_text import is_seen

# what Noto Sans, Regular and Bold, both have and is seen, from and to; a test reads it from the fonts. Marks that make no letter with
# another are left out: whoever copies text from the document would get that mark at each such letter
PRINTED_RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x3E1), (0x3F0, 0x482), (0x48A, 0x52F), (0x1C80, 0x1C88), (0x1D00, 0x1DBF), (0x1E00, 0x1F15), (0x1F18, 0x1F1D),
    (0x1F20, 0x1F45), (0x1F48, 0x1F4D), (0x1F50, 0x1F57), (0x1F59, 0x1F59), (0x1F5B, 0x1F5B), (0x1F5D, 0x1F5D),
    (0x1F5F, 0x1F7D), (0x1F80, 0x1FB4), (0x1FB6, 0x1FC4), (0x1FC6, 0x1FD3), (0x1FD6, 0x1FDB), (0x1FDD, 0x1FEF),
    (0x1FF2, 0x1FF4), (0x1FF6, 0x1FFE), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x2071), (0x2074, 0x208E),
    (0x2090, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x215F), (0x2184, 0x2184), (0x2189, 0x2189), (0x25CC, 0x25CC),
    (0x2C60, 0x2C7F), (0x2E00, 0x2E52), (0xA640, 0xA66E), (0xA673, 0xA673), (0xA67E, 0xA69D), (0xA700, 0xA7BF),
    (0xA7C2, 0xA7CA), (0xA7F5, 0xA7FF), (0xA92E, 0xA92E), (0xAB30, 0xAB6B), (0xFB00, 0xFB06),
)  # fmt: skip
PRINTED = frozenset(chr(code) for first, last in PRINTED_RANGES for code in range(first, last + 1))
MARK_CATEGORIES = frozenset({"Mn", "Me"})
# what is said by other signs
SAID_OTHERWISE = {
    "→": "->", "←": "<-", "↔": "<->", "➔": "->", "➜": "->", "➡": "->", "⇒": "=>", "⇐": "<=", "⇔": "<=>",
    "✓": "[x]", "✔": "[x]", "☑": "[x]", "✅": "[x]", "☐": "[ ]", "✗": "[ ]", "✘": "[ ]",
    "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "−": "-", "∙": "·", "⋅": "·", "∗": "*", "★": "*", "☆": "*",
    "●": "•", "○": "•", "■": "•", "□": "•", "▪": "•", "▫": "•", "◆": "•", "◇": "•", "►": "•", "▶": "•",
}  # fmt: skip
NO_BREAK, BREAK_HERE = "\u00a0", "\u200b"
NO_BREAKS = frozenset("\u00a0\u2007\u202f")
REPLACED = "\ufffd"  # which the fonts have, and which is no sign of a person's own
LOST_MARK = "\u0300"  # of a letter, which is printed without it
NOT_PRINTED = frozenset({REPLACED, LOST_MARK})
MARKS_OF_LETTER = re.compile(f"(?<=[^ {NO_BREAK}{REPLACED}]){LOST_MARK}+")
SEVERAL_REPLACED = re.compile(f"[{REPLACED}{LOST_MARK}]+")
PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\x85]|\u2029")
# a word longer than any of our languages may have to break; the typesetter itself knows where an address may
LONG_WORD = re.compile(r"(?<!\S)(?!https?://)\S{25,}")
LONG_WORD_PIECE = re.compile(r"\S{1,8}")


class PrintableText(NamedTuple):
    """A text that can be printed, and how many characters of it could not."""

    text: str
    replaced: int


def make_printable(text: str, longest: int | None = 200) -> PrintableText:
    """Return a text in one line that our fonts can print; in each word, those side by side that they lack become one "�".

    longest: characters, from which on it is cut with "…"; None: it is not cut.
    """
    made = [_printed(sign) for sign in unicodedata.normalize("NFC", text)]
    line = SEVERAL_REPLACED.sub(REPLACED, MARKS_OF_LETTER.sub("", "".join(made)))
    line = " ".join(part for part in line.split(" ") if part)
    if longest is not None and len(line) > longest:
        line = line[: longest - 1].rstrip() + "…"
    return PrintableText(line, sum(printed in NOT_PRINTED for printed in made))


def make_printable_whole(text: str) -> PrintableText:
    """Return a text of any length that our fonts can print, with its paragraphs and lines as they are.

    A word that is longer than a line gets places where it can break.
    """
    made = [
        [make_printable(line, longest=None) for line in paragraph.split("\n")]
        for paragraph in PARAGRAPH_ENDS.split(LINE_ENDS.sub("\n", text).strip())
    ]
    paragraphs = ("\n".join(line.text for line in lines if line.text) for lines in made)
    whole = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    broken = LONG_WORD.sub(lambda word: BREAK_HERE.join(LONG_WORD_PIECE.findall(word[0])), whole)
    return PrintableText(broken, sum(line.replaced for lines in made for line in lines))


def _printed(sign: str) -> str:
    """Return what is printed of a character: itself, what says the same, "" of what is not seen, or that it is not printed."""
    if sign in PRINTED:
        return sign
    if sign in NO_BREAKS:
        return NO_BREAK
    if sign.isspace():
        return " "
    if not is_seen(sign):
        return ""
    if unicodedata.category(sign) in MARK_CATEGORIES:
        return LOST_MARK
    plain = SAID_OTHERWISE.get(sign) or unicodedata.normalize("NFKC", sign)
    return plain if PRINTED.issuperset(plain) else REPLACED
