"""Which characters are seen: who sends only others has written nothing, and a document lacks none of them."""

import re
import unicodedata

# what draws nothing and is of no category that says so: fillers, blanks, what chooses the look of a sign, tags
FILLERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff"
)
FILLER = re.compile(f"[{FILLERS}]")
UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# signs around numbers, drawn though their category is that of what formats
DRAWN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


def is_seen(sign: str) -> bool:
    """Return whether a character draws something."""
    if FILLER.match(sign):
        return False
    return unicodedata.category(sign) not in UNSEEN_CATEGORIES or sign in DRAWN_FORMATS


def says_something(text: str) -> bool:
    """Return whether anything of a text is seen."""
    return any(map(is_seen, text))
