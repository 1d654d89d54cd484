"""Makes a typed text plain: no invisible characters, no look-alike letters, usual marks."""

import re
import unicodedata

from bot.core.base.seen_text import FILLERS

INVISIBLE = re.compile(f"[{FILLERS}\U0001f3fb-\U0001f3ff]")  # also the colours of skin of an emoji
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half of a character; no text of ours may hold one
CONTROLS_KEPT = "\n\t"
APOSTROPHES = dict.fromkeys(map(ord, "’ʼ`´‘′＇"), "'")
# letters of one alphabet that are drawn as those of the other
PAIRS = (
    ("a", "а"), ("b", "ь"), ("c", "с"), ("e", "е"), ("i", "і"), ("j", "ј"), ("k", "к"), ("m", "м"),
    ("o", "о"), ("p", "р"), ("s", "ѕ"), ("t", "т"), ("x", "х"), ("y", "у"), ("h", "һ"), ("n", "п"),
    ("A", "А"), ("B", "В"), ("C", "С"), ("E", "Е"), ("H", "Н"), ("I", "І"), ("J", "Ј"), ("K", "К"),
    ("M", "М"), ("O", "О"), ("P", "Р"), ("S", "Ѕ"), ("T", "Т"), ("X", "Х"), ("Y", "У"),
)  # fmt: skip
TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in PAIRS})
TO_CYRILLIC = str.maketrans(dict(PAIRS))
WORD = re.compile(r"[^\W\d_]+")
LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")


def clean_text(text: str) -> str:
    """Return a text as it reads: what is not seen is gone, and each word is of one alphabet.

    Full-width and other forms of a letter become the letter (NFKC), every apostrophe becomes "'".
    Line ends stay.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", LONE_SURROGATE.sub("", text))
    text = INVISIBLE.sub("", text).translate(APOSTROPHES)
    if not text.isprintable():
        text = "".join(
            letter
            for letter in text
            if letter in CONTROLS_KEPT
            or unicodedata.category(letter) not in {"Cf", "Cc", "Cn", "Co"}
        )
    if LATIN_LETTER.search(text) and CYRILLIC_LETTER.search(text):
        text = WORD.sub(_of_one_alphabet, text)
    return text


def _of_one_alphabet(match: re.Match[str]) -> str:
    """Return a word of two alphabets in that which most of its letters are of: "strаdāju"."""
    word = match[0]
    latin, cyrillic = len(LATIN_LETTER.findall(word)), len(CYRILLIC_LETTER.findall(word))
    if not latin or not cyrillic:
        return word
    return word.translate(TO_LATIN if latin >= cyrillic else TO_CYRILLIC)
