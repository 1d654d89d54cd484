"""Text that our fonts can print: what they lack is replaced, so that no text of a person stops a document."""

import re
import unicodedata
from typing import NamedTuple

# what Noto Sans, Regular and Bold, both have of the scripts we write, from and to; a test sets them all
PRINTED_RANGES = (
    (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x17F), (0x218, 0x21B), (0x2BC, 0x2BC), (0x386, 0x386), (0x388, 0x38A),
    (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F), (0x490, 0x491), (0x1E9E, 0x1E9E), (0x2013, 0x2014),
    (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2116, 0x2116), (0x2122, 0x2122),
)  # fmt: skip
PRINTED = frozenset(chr(code) for first, last in PRINTED_RANGES for code in range(first, last + 1))
# what is said by other signs
SAID_OTHERWISE = str.maketrans(
    {
        "→": "->", "←": "<-", "✓": "[x]", "✔": "[x]", "✗": "[ ]", "≥": ">=", "≤": "<=", "≠": "!=", "★": "*",
        "−": "-", "‐": "-", "‑": "-", "‒": "–", "―": "–", "\u00a0": " ", "\u202f": " ", "\t": " ", "\n": " ", "\r": " ",
        "\u2028": " ", "\u2029": " ", "‟": "„",
    }
)  # fmt: skip
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # categories that print nothing
VARIATION_SELECTORS = range(0xFE00, 0xFE10)  # they choose a look, and say nothing
SEVERAL_REPLACED = re.compile(r"\ufffd(\s*\ufffd)*")
REPLACED = "?"
PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\x85]|\u2029")
LONG_WORD = re.compile(r"\S{25,}")  # longer than any of our languages; it may have to break
LONG_WORD_PIECE = re.compile(r"\S{1,8}")
BREAK_HERE = "\u200b"


class PrintableText(NamedTuple):
    """A text that can be printed, and how many signs of it could not."""

    text: str
    replaced: int


def make_printable(text: str, longest: int | None = 200) -> PrintableText:
    """Return a text in one line that our fonts can print; signs they lack become one "?" together.

    longest: characters, from which on it is cut with "…"; None: it is not cut.
    """
    composed = unicodedata.normalize("NFC", text).translate(SAID_OTHERWISE)
    kept: list[str] = []
    replaced = 0
    for sign in composed:
        if sign in PRINTED:
            kept.append(sign)
            continue
        category = unicodedata.category(sign)
        if category in UNSEEN or ord(sign) in VARIATION_SELECTORS:
            continue
        replaced += 1
        if not unicodedata.combining(sign) and category not in {"Mn", "Me"}:
            kept.append("\ufffd")
    line = SEVERAL_REPLACED.sub(REPLACED, "".join(kept))
    line = " ".join(line.split())
    if longest is not None and len(line) > longest:
        line = line[: longest - 1].rstrip() + "…"
    return PrintableText(line, replaced)


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
