"""Understands what people type: folding, global words, languages named, and options meant."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, get_args

from pydantic import field_validator
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import WRatio, ratio

from bot.core.base.frozen import Frozen

LONGEST_COMMAND = 200  # characters of a message that can still be a command or an option
SLIP_FROM = 6  # letters from which one slip is forgiven
GUESS_FROM = 72  # likeness out of 100 from which "did you mean" is worth asking
MOST_GUESSES = 3

SWAPS = str.maketrans({"ё": "е", "ґ": "г", "ї": "і", "’": "", "'": "", "ʼ": "", "`": "", "´": ""})
LOOSE = re.compile(r"[^\w+]+")
REPEATED = re.compile(r"(\w)\1{2,}")
CHAT = (
    ("aa", "a"), ("ee", "e"), ("ii", "i"), ("uu", "u"), ("ch", "c"), ("sh", "s"), ("zh", "z"),
    ("lj", "l"), ("nj", "n"), ("kj", "k"), ("gj", "g"),
)  # fmt: skip
KEYBOARD = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.", "йцукенгшщзхъфывапролджэячсмитьбю")
SOUNDS = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"), ("yu", "ю"),
    ("ya", "я"), ("ja", "я"), ("ju", "ю"),
)  # fmt: skip
LETTERS = str.maketrans("abvgdezijklmnoprstufhcyx", "абвгдезийклмнопрстуфхцых")
CUT = re.compile(
    r"(iem|iet|ajam|ajai|ais|am|as|ai|ām|us|os|es|is|u|a|e|i|s|ами|ями|ого|ому|ой|ий|ый|ая|ом|ем|"
    r"ів|ов|ам|ям|ах|а|я|у|ю|и|і|ы|е|о)$"
)


# the global words that are said; the program does something of its own for each
SpokenWord = Literal[
    "menu", "back", "change", "why", "language", "help", "human", "stop", "delete_data", "show_data",
    "carry",
]  # fmt: skip


class GlobalWord(Frozen):
    """What a global word is called; the soft ones do not count at an open question."""

    firm: tuple[str, ...]
    soft: tuple[str, ...]


class GlobalWords(Frozen):
    """The words that are understood at every step, in all languages at once."""

    words: dict[SpokenWord, GlobalWord]
    courtesy: tuple[str, ...]
    languages: dict[str, tuple[str, ...]]
    agree: tuple[str, ...]
    disagree: tuple[str, ...]
    skip: tuple[str, ...]

    @field_validator("words")
    @classmethod
    def _all_said(cls, words: dict[SpokenWord, GlobalWord]) -> dict[SpokenWord, GlobalWord]:
        if unsaid := [word for word in get_args(SpokenWord) if word not in words]:
            message = f"nothing is said for {', '.join(unsaid)}"
            raise ValueError(message)
        return words

    jobs: tuple[str, ...]

    @cached_property
    def index(self) -> dict[str, tuple[str, bool]]:
        """Map a folded form to its word, and whether it is firm."""
        found: dict[str, tuple[str, bool]] = {}
        for name, word in self.words.items():
            for firm, forms in ((False, word.soft), (True, word.firm)):
                found |= {
                    key: (name, firm) for form in forms for key in spelling_variants(form)[:2]
                }
        return found

    @cached_property
    def asks_of_jobs(self) -> tuple[re.Pattern[str], ...]:
        """The forms a question about an occupation has; `{job}` stands for it."""
        forms = (re.escape(normalize(form.replace("{job}", "JOB"))) for form in self.jobs)
        return tuple(re.compile(form.replace("job", "(.+)")) for form in forms)

    def job_asked(self, text: str) -> str | None:
        """Hear which occupation a message asks about, if that is what it asks."""
        said = normalize(text[:LONGEST_COMMAND])
        found = (pattern.fullmatch(said) for pattern in self.asks_of_jobs)
        return next((match[1] for match in found if match is not None), None)

    @cached_property
    def polite(self) -> frozenset[str]:
        """Return the courtesy words, folded."""
        return frozenset(part for word in self.courtesy for part in normalize(word).split())

    def agreement(self, text: str) -> Literal["yes", "no"] | None:
        """Hear a plain yes or no."""
        said = normalize(text[:LONGEST_COMMAND])
        if said in {normalize(word) for word in self.agree}:
            return "yes"
        return "no" if said in {normalize(word) for word in self.disagree} else None


@dataclass(frozen=True, slots=True)
class OptionNames:
    """An option with everything people call it."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionMatch:
    """Which options were meant."""

    kind: Literal["sure", "nearly", "none"]
    ids: tuple[str, ...] = ()


def normalize(text: str) -> str:
    """Make what people type comparable: lower case, Latin marks off, no punctuation."""
    return _normalize_short(text) if len(text) <= LONGEST_COMMAND else _normalize(text)


@lru_cache(maxsize=16384)
def _normalize_short(text: str) -> str:
    return _normalize(text)


def _normalize(text: str) -> str:
    text = text.casefold().translate(SWAPS)
    parts = unicodedata.normalize("NFD", text)
    text = "".join(
        part
        for at, part in enumerate(parts)
        if unicodedata.combining(part) == 0 or (at and parts[at - 1] in "иі")
    )
    text = unicodedata.normalize("NFC", text).replace("ї", "і")
    text = REPEATED.sub(r"\1", LOOSE.sub(" ", text))
    return text.strip()


def spelling_variants(text: str) -> tuple[str, ...]:
    """Return the folded form, and the forms of old chat spelling, Latin for Cyrillic, wrong layout."""
    return _variants_of_short(text) if len(text) <= LONGEST_COMMAND else _variants(text)


@lru_cache(maxsize=16384)
def _variants_of_short(text: str) -> tuple[str, ...]:
    return _variants(text)  # the names of options are asked for at every typed word


def _variants(text: str) -> tuple[str, ...]:
    first = normalize(text)
    chat = first
    for old, new in CHAT:
        chat = chat.replace(old, new)
    sounds = first
    for old, new in SOUNDS:
        sounds = sounds.replace(old, new)
    layout = text.strip().casefold().translate(KEYBOARD)
    return tuple(
        dict.fromkeys((first, chat, normalize(sounds.translate(LETTERS)), normalize(layout)))
    )


def hear_global(words: GlobalWords, text: str, *, open_question: bool) -> str | None:
    """Find the global word that a whole message is; at an open question only the firm count."""
    if len(text) > LONGEST_COMMAND:
        return None
    said = text.strip().removeprefix("/")
    polite = words.polite
    said = " ".join(part for part in said.split() if normalize(part) not in polite) or said
    index = words.index
    for key in spelling_variants(said):
        found = index.get(key) or _slip(index, key)
        if found is not None and (found[1] or not open_question):
            return found[0]
    return None


def _slip(index: dict[str, tuple[str, bool]], key: str) -> tuple[str, bool] | None:
    if len(key) < SLIP_FROM:
        return None
    forms = [form for form in index if len(form) >= SLIP_FROM]
    near = process.extractOne(key, forms, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return None if near is None else index[near[0]]


def language_named(words: GlobalWords, text: str) -> str | None:
    """Find the language a message names, if it names one."""
    said = normalize(text[:LONGEST_COMMAND])
    for language, names in words.languages.items():
        if said in {normalize(name) for name in names}:
            return language
    return None


def match_option(
    options: Sequence[OptionNames], text: str, *, numbered: bool, whole: bool = False
) -> OptionMatch:
    """Find the options meant: sure when one is, nearly when up to three may be.

    numbered: a number stands for an option. whole: the words must be an option's, not hold them.
    """
    if len(text) > LONGEST_COMMAND:
        return OptionMatch("none")
    said = spelling_variants(text)
    forms = {
        form: option.id
        for option in reversed(options)
        for name in (*reversed(option.synonyms), option.label)
        for form in spelling_variants(name)[:2]
    }
    for key in said:
        if key in forms:
            return OptionMatch("sure", (forms[key],))
    if numbered and (number := re.fullmatch(r"([0-9]{1,2})[.)]?", text.strip())):
        at = int(number[1])
        plain = [option for option in options if not option.id.startswith("@")]
        if 1 <= at <= len(plain):
            return OptionMatch("sure", (plain[at - 1].id,))
    if whole:
        slip = _alike(forms, said[0])
        return slip if slip.kind == "sure" else OptionMatch("none")
    inside = {forms[form] for form in forms if _within(form, said[0])}
    if len(inside) == 1:
        return OptionMatch("sure", tuple(inside))
    if inside:
        return OptionMatch("nearly", _in_order(options, inside))
    return _alike(forms, said[0])


def _within(form: str, said: str) -> bool:
    """Return whether all words of a form stand in what was said, whatever their endings."""
    if len(form) < 4:  # noqa: PLR2004 - shorter words stand inside too many others
        return False
    stems = {_stem(word) for word in said.split()}
    return all(_stem(word) in stems for word in form.split())


def _stem(word: str) -> str:
    return CUT.sub("", word) if len(word) > 4 else word  # noqa: PLR2004 - short words keep their end


def _alike(forms: dict[str, str], said: str) -> OptionMatch:
    if len(said) < 3:  # noqa: PLR2004 - too little to guess from
        return OptionMatch("none")
    long = [form for form in forms if len(form) >= SLIP_FROM]
    slips = {
        forms[form]
        for form, _, _ in process.extract(
            said, long, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None
        )
    }
    if len(slips) == 1 and len(said) >= SLIP_FROM:
        return OptionMatch("sure", tuple(slips))
    near: dict[str, float] = {}
    wide = [form for form in forms if len(form) >= 4]  # noqa: PLR2004 - WRatio overrates short ones
    for form, score, _ in process.extract(
        said, wide, scorer=WRatio, score_cutoff=GUESS_FROM, limit=12
    ):
        if abs(len(form) - len(said)) <= max(len(form), len(said)) * 0.6:
            near[forms[form]] = max(near.get(forms[form], 0), score + ratio(said, form))
    best = sorted(near, key=lambda name: -near[name])[:MOST_GUESSES]
    return OptionMatch("nearly", tuple(best)) if best else OptionMatch("none")


def _in_order(options: Sequence[OptionNames], ids: set[str]) -> tuple[str, ...]:
    return tuple(option.id for option in options if option.id in ids)[:MOST_GUESSES]
