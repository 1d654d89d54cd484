"""How wide words become in a drawing, and where their lines break; SVG breaks none itself."""

import re

BREAKABLE = re.compile(r"[ \t\n]+")  # a space that must not break is none of these
# advances in em of the widest face a page may fall back to (DejaVu Sans Bold), so that no face runs over
LETTERS_BY_ADVANCE = {
    0.34: "ijlīļії'|",
    0.38: "IJĪІЇ/.,· ;:!\u00a0",
    0.48: "f()[]t-r",
    0.53: 'гґ–„”“"',
    0.60: "zžзтčcсэєsš«»",
    0.65: "вьLĻяГҐvxyухkаķ",
    0.70: "aāeēEFTĒекЕТoонпчбий0123456789",
    0.73: "hnuņūЗbdgpqģSYŠрCPZČŽлРСЭЄц",
    0.77: "ъBВЬAKRVXĀĶАУХЯБ",
    0.85: "UŪдЧGĢмКDЛHNŅИЙНП→+OQО",
    0.92: "ыwЦД&",
    1.04: "юфФMжМ—%m",
    1.11: "Ышщ",
    1.33: "WЮЖШЩ",
}
ADVANCES = {
    letter: advance for advance, letters in LETTERS_BY_ADVANCE.items() for letter in letters
}
UNKNOWN_ADVANCE = 1.04  # of a letter that no language of ours has
REGULAR_SHARE = 0.93  # how wide regular letters are beside bold ones, at most


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line becomes at most. size: of the letters, in the drawing's units."""
    advance = sum(ADVANCES.get(letter, UNKNOWN_ADVANCE) for letter in text)
    return advance * size * (1 if bold else REGULAR_SHARE)


def wrap(
    text: str, width: float, size: float, *, bold: bool = False, most: int = 3
) -> tuple[str, ...]:
    """Return a text as lines no wider than a width; a word that is wider is cut, too.

    most: lines there may be; the last ends in "…" where more was said.
    """
    lines: list[str] = []
    for word in BREAKABLE.split(text.strip()):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size, bold=bold) <= width:
            lines[-1] = joined
            continue
        head, *tail = _cut(word, width, size, bold=bold)
        lines += [head, *tail]
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_of(f"{last}…", size, bold=bold) > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip(' ,;·')}…")


def _cut(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Return a word in pieces that fit; a word that fits is the only piece."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
