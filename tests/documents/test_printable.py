"""Whatever somebody writes: it stands in the document, or it is counted; nothing is lost in silence."""

import io
import random
import unicodedata
from collections import defaultdict
from importlib.resources import files

import pytest
from pypdf import PdfReader

from bot.core.base.seen_text import is_seen, says_something
from bot.service.documents import set_pdf
from bot.words.documents.blocks import OwnText, PrintedText
from bot.words.documents.cleaning import make_document_printable
from bot.words.documents.printable import PRINTED, REPLACED, SAID_OTHERWISE, make_printable
from tests.documents.font_tables import characters_of
from tests.service.test_documents import page_of

FONTS = files("bot.words.documents") / "fonts"
MANY = 120  # of each category
UNSEEN = (  # no width, directions, fillers, blanks, looks, tags, controls, spaces
    "\u200b\u200e\u202e\u2066\ufeff\u00ad\u034f\u115f\u3164\uffa0\u2800\ufe0f\u180e\U000e0041\U000e007f\U000e0100\u0000\u00a0\u3000"
)


def by_category():
    """All characters of Unicode but halves of pairs, which no text of ours holds."""
    found = defaultdict(list)
    for code in range(0x110000):
        found[unicodedata.category(chr(code))].append(chr(code))
    del found["Cs"]
    return found


CATEGORIES = by_category()


def drawn(category):
    """Characters of a category: of those that our fonts have, and of all others."""
    dice = random.Random(category)
    of_fonts = [sign for sign in CATEGORIES[category] if sign in PRINTED]
    others = [sign for sign in CATEGORIES[category] if sign not in PRINTED]
    return [sign for some in (of_fonts, others) for sign in dice.sample(some, min(MANY, len(some)))]


def layer_of(words):
    """What stands in a document for each word, and how many characters were replaced in all."""
    text = "\n\n".join(words)
    made, replaced = make_document_printable(
        page_of(OwnText(text=PrintedText(text=text, language="lv")))
    )
    pages = PdfReader(io.BytesIO(set_pdf(made))).pages
    said = "\n".join(page.extract_text() for page in pages)
    lines = [line.strip() for line in said.split("\n")]
    return lines[lines.index("Lapa") + 1 :], replaced


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_character_of_any_kind_stands_in_the_document_or_is_counted(category):
    signs = [sign for sign in drawn(category) if sign not in "\n\r\u2028\u2029\x85"]
    lines, replaced = layer_of([f"a{sign}b" for sign in signs])
    assert len(lines) == len(signs)
    counted = 0
    for sign, line in zip(signs, lines, strict=True):
        composed = unicodedata.normalize("NFC", f"a{sign}b")
        if not is_seen(sign):
            assert line.replace("\u00a0", " ") in {"ab", "a b"}, hex(ord(sign))
        elif set(composed) <= PRINTED:
            assert line == composed, hex(ord(sign))
        elif make_printable(sign).replaced:
            lacking = [one for one in composed if one not in PRINTED]
            counted += len(lacking)
            # a letter is printed without its mark; anything else leaves a sign
            left = "" if category in {"Mn", "Me"} else REPLACED
            assert line == composed.replace("".join(lacking), left), hex(ord(sign))
        else:  # said by what means the same
            plain = SAID_OTHERWISE.get(sign) or unicodedata.normalize("NFKC", sign)
            assert line == f"a{plain}b", hex(ord(sign))
    assert replaced == counted


def test_private_characters_are_seen_to_be_missing():
    assert make_printable("a\ue000b \U000f0000\U0010fffd") == (f"a{REPLACED}b {REPLACED}", 3)


def test_what_is_printed_is_what_the_fonts_have():
    regular, bold = (
        characters_of(FONTS / f"NotoSans-{weight}.ttf") for weight in ("Regular", "Bold")
    )
    shapes = {
        sign
        for sign in regular & bold
        if is_seen(sign) and unicodedata.category(sign) not in {"Mn", "Me"}
    }
    # what stands for a lack of something is no sign of a person's own
    assert (shapes | {" ", "\u00a0"}) - {"\ufffc", "\ufffd"} == PRINTED
    assert {"ģ", "ї", "ё", "Ω", "ạ", "ș", "Ə", "€", "№", "’", "…", "‰"} <= PRINTED


def test_scripts_of_the_neighbours_are_printed_whole():
    for text in (
        "Łódź, Šiauliai, Tõrva, Åbo",
        "Бєларусь ґанок ў Ђ Қазақстан",
        "Ελλάδα, ὦ",
        "Trần Thị Ánh",
        "İzmir Şişli",
        "«„“”‚‘’» – — … № € ₴ ₽ ½ m² H₂O ± × ÷",
    ):
        assert make_printable(text) == (text, 0)


def test_signs_are_told_by_what_our_fonts_have():
    assert make_printable("Rīga → Cēsis ✓ ☐ ≥ 5 ≠ 6, 𝐛𝐨𝐥𝐝 Ｗ ①") == (
        "Rīga -> Cēsis [x] [ ] >= 5 != 6, bold W 1", 0,
    )  # fmt: skip


def test_a_line_breaks_where_its_writer_lets_it():
    assert make_printable("10\u00a0gadi  2026.\u202fgads").text == "10\u00a0gadi 2026.\u00a0gads"


@pytest.mark.parametrize("sign", UNSEEN)
def test_who_writes_what_is_not_seen_has_written_nothing(sign):
    assert not says_something(sign * 3)
    assert says_something(f"{sign}a")


@pytest.mark.parametrize("sign", "a1.ā🙂中ا\ue000\u0600\u20ac")
def test_what_is_seen_is_something(sign):
    assert says_something(sign)
