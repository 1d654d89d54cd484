"""What no text may be: too long for a channel, in the wrong address, gendered, or promising."""

import re
from collections.abc import Iterator

from bot.core.base.problems import Problem
from bot.load.translations import Translatable
from bot.words.i18n.translations import PLACEHOLDER, SYNONYM_MARK, SYNONYMS_CONTEXT

LONGEST_TEXT = 4096  # UTF-16 units: what one Telegram message holds
QUOTED_CHARACTERS = 60  # characters of a text that a finding shows
LONGEST_LABEL = 64  # a button's words; longer ones are cut by phones
LABEL_KEYS = ("label", "skip")
# words that belong to the other way of address
WORDS_OF_OTHER_ADDRESS = {
    ("lv", "tu"): r"jūs|jums|jūsu|jūsos|jūsējā",
    ("lv", "jus"): r"tu|tev|tevi|tavs|tava|tavu|tavas|tavā",
    ("uk", "tu"): r"ви|вам|вас|вами|ваш\w*",
    ("uk", "jus"): r"ти|тобі|тебе|тобою|твій|твоя|твої|твоє",
    ("ru", "tu"): r"вы|вам|вас|вами|ваш\w*",
    ("ru", "jus"): r"ты|тебе|тебя|тобой|твой|твоя|твои|твоё",
}
GENDERED = {
    "lv": r"\w[/(]-?(?:a|as|usi|ta|ā)\b\)?",
    "uk": r"\w[/(]-?(?:а|ла|ий|ая|на)\b\)?",
    "ru": r"\w[/(]-?(?:а|ла|ая|на)\b\)?",
    "en": r"\bs/he\b|\bhe or she\b|\bhis or her\b",
}
# the bot promises nothing, judges nobody and blames nobody
FORBIDDEN = {
    "lv": r"jums pienākas|tev pienākas|nepienākas|nederīg\w+ (?:ievade|atbilde)|vajadzētu|!!",
    "en": r"you are entitled|not entitled|you qualify|invalid (?:input|answer)|you should|!!",
    "uk": r"вам належить|не належить|неправильн\w+ відповідь|варто було|!!",
    "ru": r"вам положено|не положено|неверн\w+ ответ|следовало бы|!!",
}


def text_faults(
    text: str, message: Translatable, language: str, path: str, line: int
) -> Iterator[Problem]:
    """Find what is wrong with one text in one language."""
    if message.context == SYNONYMS_CONTEXT:
        return
    for code, fault, remedy in _faults(text, message, language):
        short = text if len(text) <= QUOTED_CHARACTERS else f"{text[:QUOTED_CHARACTERS]}…"
        yield Problem(code=code, path=path, line=line, text=f'{fault}: "{short}"', remedy=remedy)


def _faults(text: str, message: Translatable, language: str) -> Iterator[tuple[str, str, str]]:
    if not text.strip():
        yield "L013", "nothing is said", "say it, or leave the key out"
    if SYNONYM_MARK in text:
        yield "L014", "words that people type, where a text is read", "look what stands beside it"
    units = len(text.encode("utf-16-le")) // 2
    if units > LONGEST_TEXT:
        yield "L005", "longer than a message may be", f"at most {LONGEST_TEXT}; cut it in two"
    if message.part in LABEL_KEYS and units > LONGEST_LABEL:
        yield "L008", "too long for a button", f"at most {LONGEST_LABEL}"
    others = WORDS_OF_OTHER_ADDRESS.get((language, message.context or ""))
    if others and re.search(rf"\b(?:{others})\b", text, re.IGNORECASE):
        yield "L006", "the other way of address", "keep tu and jūs apart"
    if re.search(FORBIDDEN[language], text, re.IGNORECASE):
        yield (
            "L007",
            "a promise, a judgement or shouting",
            "say what the source says, and whom to ask",
        )
    if re.search(GENDERED[language], text, re.IGNORECASE):
        yield "L009", "a gendered ending with a slash", "write so that it need not be known"
    if language == "uk" and re.search(r"[а-яіїєґ]['`’][а-яіїєґ]", text, re.IGNORECASE):
        yield "L010", "not the Ukrainian apostrophe", "use ʼ (U+02BC)"
    if message.values is not None:
        held = set(PLACEHOLDER.findall(text))
        for name in sorted(held - message.values.names):
            yield "L011", f"nothing fills {{{name}}}", "say it without a placeholder"
        for name in sorted(message.values.needed - held):
            yield "L012", f"{{{name}}} is missing", "it is what the text is for; put it in"
