"""Make what people type comparable, whatever their letters, layout and marks."""

import re
import unicodedata
from functools import lru_cache

LONGEST_COMMAND = 200  # characters of a message that can still be a command or an option
SLIP_FROM = 6  # letters from which one slip is forgiven
# letters that people write one for another, and the marks within Ukrainian words: п'ять
LETTERS_ALIKE = str.maketrans(
    {"ё": "е", "ґ": "г", "ї": "і", "’": "", "'": "", "ʼ": "", "`": "", "´": ""}
)
BETWEEN_WORDS = re.compile(r"[^\w+]+")  # "+" stays: C++
REPEATED = re.compile(r"([^\W\d])\1{2,}")  # jaaaa; but 1000 is no slip
# Latvian as it is written without a Latvian keyboard: shoferis, skolotaajs
CHAT_SPELLING = (
    ("aa", "a"), ("ee", "e"), ("ii", "i"), ("uu", "u"), ("ch", "c"), ("sh", "s"), ("zh", "z"),
    ("lj", "l"), ("nj", "n"), ("kj", "k"), ("gj", "g"),
)  # fmt: skip
# what the keys of a Latin keyboard mean on a Cyrillic one: gjdfh is повар
CYRILLIC_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.", "йцукенгшщзхъфывапролджэячсмитьбю"
)
# Cyrillic sounds that Latin letters write together, then those that one letter writes: vrach
LATIN_DIGRAPHS = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"), ("yu", "ю"),
    ("ya", "я"), ("ja", "я"), ("ju", "ю"),
)  # fmt: skip
LATIN_LETTERS = str.maketrans("abvgdezijklmnoprstufhcyx", "абвгдезийклмнопрстуфхцых")


def normalize(text: str) -> str:
    """Return a text made comparable: lower case, Latin marks off, no punctuation."""
    return _normalize_short(text) if len(text) <= LONGEST_COMMAND else _normalize(text)


@lru_cache(maxsize=16384)
def _normalize_short(text: str) -> str:
    return _normalize(text)


def _normalize(text: str) -> str:
    text = text.casefold().translate(LETTERS_ALIKE)
    if not text.isascii():
        text = _without_marks(text)
    text = REPEATED.sub(r"\1", BETWEEN_WORDS.sub(" ", text))
    return text.strip()


def _without_marks(text: str) -> str:
    """Return a text with the marks taken off its letters, but not off й: it is another letter than и."""
    parts = unicodedata.normalize("NFD", text)
    kept = "".join(
        part
        for place, part in enumerate(parts)
        if unicodedata.combining(part) == 0 or (place and parts[place - 1] in "иі")
    )
    return unicodedata.normalize("NFC", kept).replace("ї", "і")


def spelling_variants(text: str) -> tuple[str, ...]:
    """Return the folded form, and the forms of old chat spelling, Latin for Cyrillic, wrong layout."""
    return _variants_of_short(text) if len(text) <= LONGEST_COMMAND else _variants(text)


@lru_cache(maxsize=16384)
def _variants_of_short(text: str) -> tuple[str, ...]:
    return _variants(text)  # the names of options are asked for at every typed word


def _variants(text: str) -> tuple[str, ...]:
    first = normalize(text)
    chat = in_chat_spelling(first)
    sounds = first
    for old, new in LATIN_DIGRAPHS:
        sounds = sounds.replace(old, new)
    layout = text.strip().casefold().translate(CYRILLIC_LAYOUT)
    return tuple(
        dict.fromkeys((first, chat, normalize(sounds.translate(LATIN_LETTERS)), normalize(layout)))
    )


def in_chat_spelling(folded: str) -> str:
    """Return a folded text as it reads where it was typed without a Latvian keyboard: "maacos"."""
    for old, new in CHAT_SPELLING:
        folded = folded.replace(old, new)
    return folded
