"""Which languages a message is in, by its letters and its commonest words."""

import re
from collections.abc import Mapping

from bot.core.nlu.tokens import CYRILLIC, ONLY_RUSSIAN, ONLY_UKRAINIAN, TokenizedText

# of a verb: "померти"; Russian has it behind й and д only, "найти", "идти"
UKRAINIAN_INFINITIVE = re.compile("^..+[^йд]ти(?:ся|сь)?$")
LATVIAN_LETTER = re.compile("[āčēģīķļņšūž]", re.IGNORECASE)


def languages_of(text: TokenizedText, common: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the languages a message may be in, the likeliest first; ("lv",) where nothing tells.

    common: of each language its commonest words, folded; one that two share is in neither.
    """
    latin = [token for token in text.tokens if not CYRILLIC.search(token.raw)]
    words = [token for token in latin if token.raw[0].isalpha()]
    has_cyrillic = len(latin) < len(text.tokens)
    found: list[str] = []
    if has_cyrillic:
        found += _cyrillic(text, common)
    if words or not has_cyrillic:
        english = sum(1 for token in words if token.word in common["en"])
        latvian = sum(
            1 for token in words if token.word in common["lv"] or LATVIAN_LETTER.search(token.raw)
        )
        found.insert(len(found) if text.is_cyrillic else 0, "en" if english > latvian else "lv")
    return tuple(found)


def tells_language(text: TokenizedText, common: Mapping[str, frozenset[str]]) -> bool:
    """Return whether anything in a message tells its language: letters of it, or common words.

    A letter alone tells nothing.
    """
    return any(
        CYRILLIC.search(token.raw)
        or LATVIAN_LETTER.search(token.raw)
        or (len(token.word) > 1 and any(token.word in words for words in common.values()))
        for token in text.tokens
    )


def _cyrillic(text: TokenizedText, common: Mapping[str, frozenset[str]]) -> list[str]:
    """Return Ukrainian, Russian or both: many short messages may be either."""
    typed = text.text.casefold()
    ukrainian = len(ONLY_UKRAINIAN.findall(typed)) + _count(text, common["uk"])
    ukrainian += sum(1 for token in text.tokens if UKRAINIAN_INFINITIVE.match(token.raw.casefold()))
    russian = len(ONLY_RUSSIAN.findall(typed)) + _count(text, common["ru"])
    if ukrainian == russian:
        return ["ru", "uk"]
    return ["uk"] if ukrainian > russian else ["ru"]


def _count(text: TokenizedText, words: frozenset[str]) -> int:
    return sum(1 for token in text.tokens if token.word in words)
