"""The words that are understood at every step, in all languages at once."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, get_args

from pydantic import field_validator
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.core.base.frozen import Frozen
from bot.core.nlu.normalize import LONGEST_COMMAND, SLIP_FROM, normalize, spelling_variants
from bot.core.nlu.phrase_index import PhraseIndex
from bot.core.nlu.phrase_text import PhraseText
from bot.core.nlu.tokens import TokenizedText

MOST_AROUND = 7  # words of a message that a global word may be all the sense of
# the global words that are said; the program does something of its own for each
SpokenWord = Literal[
    "menu", "back", "change", "why", "meaning", "language", "help", "human", "pause", "stop", "delete_data",
    "show_data", "carry",
]  # fmt: skip


class GlobalWord(Frozen):
    """What a global word is called; the soft ones do not count at an open question.

    said: phrases for it, firm where they are all that a message says.
    """

    firm: tuple[str, ...]
    soft: tuple[str, ...]
    said: tuple[PhraseText, ...] = ()


class GlobalWords(Frozen):
    """The words that are understood at every step, in all languages at once.

    languages: what each is called; to name one is to ask for it. around: what may be said beside a
    global word in a sentence that means no more ("vari", "uz", "gribu"). not_known: said of somebody else who
    does not know the answer ("nezina").
    """

    words: dict[SpokenWord, GlobalWord]
    courtesy: tuple[str, ...]
    around: tuple[str, ...]
    languages: dict[str, tuple[str, ...]]
    not_known: tuple[PhraseText, ...]
    none_of_these: tuple[str, ...]
    go_on: tuple[str, ...]
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
        """Return, by folded form, the word it is a form of, and whether it is firm."""
        index: dict[str, tuple[str, bool]] = {}
        for named in (one for names in self.languages.values() for one in names):
            for spelling in spelling_variants(named)[:2]:
                index[spelling] = ("language", False)
        for name, word in self.words.items():
            # the firm ones last, so that a form that is both is firm
            for firm, forms in ((False, word.soft), (True, word.firm)):
                for form in forms:
                    # as it stands and in old chat spelling
                    for spelling in spelling_variants(form)[:2]:
                        index[spelling] = (name, firm)
        return index

    @cached_property
    def phrases(self) -> PhraseIndex[str]:
        """Return how the global words are found in a sentence."""
        named = ((one, "language") for names in self.languages.values() for one in names)
        said = ((one, name) for name, word in self.words.items() for one in word.firm + word.soft)
        whole = ((one, name) for name, word in self.words.items() for one in word.said)
        return PhraseIndex((*said, *named, *whole))

    @cached_property
    def whole_phrases(self) -> PhraseIndex[str]:
        """Return how the phrases are found that count where they are all of a message."""
        return PhraseIndex((one, name) for name, word in self.words.items() for one in word.said)

    @property
    def said_phrases(self) -> Iterator[str]:
        """Return every phrase of several words, for the vocabulary."""
        yield from (one for word in self.words.values() for one in word.said)
        yield from self.not_known

    @cached_property
    def not_known_phrases(self) -> PhraseIndex[None]:
        """Return how it is found that somebody else does not know."""
        return PhraseIndex((one, None) for one in self.not_known)

    @cached_property
    def language_phrases(self) -> PhraseIndex[str]:
        """Return how the names of languages are found in a sentence, each with its code."""
        return PhraseIndex((one, code) for code, names in self.languages.items() for one in names)

    @cached_property
    def around_phrases(self) -> PhraseIndex[None]:
        """Return how the words that mean no more are found."""
        return PhraseIndex((one, None) for one in (*self.around, *self.courtesy))

    @cached_property
    def asks_of_jobs(self) -> tuple[re.Pattern[str], ...]:
        """Return the forms of a question about an occupation: "ko dara {job}" is "ko dara (.+)"."""
        patterns = []
        for form in self.jobs:
            # folding takes the braces away, so a plain word stands for the place meanwhile
            folded = normalize(form.replace("{job}", "JOB"))
            patterns.append(re.compile(re.escape(folded).replace("job", "(.+)")))
        return tuple(patterns)

    def job_asked(self, text: str) -> str | None:
        """Return which occupation a message asks about, in its words, if that is what it asks."""
        said = normalize(text[:LONGEST_COMMAND])
        for pattern in self.asks_of_jobs:
            match = pattern.fullmatch(said)
            if match is not None:
                return match[1]
        return None

    @cached_property
    def polite(self) -> frozenset[str]:
        """Return the courtesy words, folded."""
        return frozenset(part for word in self.courtesy for part in normalize(word).split())

    def is_none_of_these(self, text: str) -> bool:
        """Return whether a message says that none of what was asked about is meant."""
        return self._says(text, self.none_of_these)

    def is_going_on(self, text: str) -> bool:
        """Return whether a message says no more than to go on with what was begun."""
        return self._says(text, self.go_on)

    def _says(self, text: str, words: tuple[str, ...]) -> bool:
        said = [
            part for part in normalize(text[:LONGEST_COMMAND]).split() if part not in self.polite
        ]
        return " ".join(said) in {normalize(word) for word in words}

    def agreement(self, text: str) -> Literal["yes", "no"] | None:
        """Return what a message is if it is no more than a yes or a no."""
        said = normalize(text[:LONGEST_COMMAND])
        if said in {normalize(word) for word in self.agree}:
            return "yes"
        return "no" if said in {normalize(word) for word in self.disagree} else None


def hear_global(words: GlobalWords, text: str, *, open_question: bool) -> str | None:
    """Return the global word that a whole message is; at an open question only the firm count."""
    if len(text) > LONGEST_COMMAND:
        return None
    said = text.strip().removeprefix("/")
    polite = words.polite
    # "lūdzu palīdzi" is "palīdzi"; a message of courtesy alone stays as it is
    said = " ".join(part for part in said.split() if normalize(part) not in polite) or said
    index = words.index
    for spelling in spelling_variants(said):
        meant = index.get(spelling) or _with_one_slip(index, spelling)
        if meant is None:
            continue
        word, firm = meant
        if firm or not open_question:
            return word
    return None


def hear_alone(words: GlobalWords, text: TokenizedText) -> str | None:
    """Return the global word that a whole message is, in a firm form and without a slip."""
    if len(text.text) > LONGEST_COMMAND:
        return None
    said = text.text.strip().removeprefix("/")
    found = (words.index.get(spelling) for spelling in spelling_variants(said))
    firm = next((one[0] for one in found if one is not None and one[1]), None)
    return firm or hear_whole(words, text, corrected=False)


def hear_whole(words: GlobalWords, text: TokenizedText, *, corrected: bool) -> str | None:
    """Return the global word of which a phrase is all that a short message says, courtesy apart.

    corrected: also where a word of it was typed with a slip.
    """
    if len(text.tokens) > MOST_AROUND:
        return None
    said = {place for place, token in enumerate(text.tokens) if token.word not in words.polite}
    for mention in words.whole_phrases.find(text, corrected=corrected):
        if said and said <= set(range(mention.start, mention.end)):
            return mention.owner
    return None


def _with_one_slip(index: dict[str, tuple[str, bool]], said: str) -> tuple[str, bool] | None:
    """Return what the index has of a long form that was typed with one slip."""
    if len(said) < SLIP_FROM:
        return None
    forms = [form for form in index if len(form) >= SLIP_FROM]
    nearest = process.extractOne(said, forms, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return None if nearest is None else index[nearest[0]]


def hear_within(words: GlobalWords, text: TokenizedText) -> str | None:
    """Return the global word that a short sentence means: "vari, lūdzu, iet atpakaļ?".

    Only where nothing else is said: of several words that hold each other, the longest.
    """
    if len(text.tokens) > MOST_AROUND:
        return None
    idle = {place for place, token in enumerate(text.tokens) if not token.raw[0].isalnum()}
    for said in words.around_phrases.find(text, corrected=False):
        idle |= set(range(said.start, said.end))
    found = words.phrases.find(text, corrected=False)
    for mention in sorted(found, key=lambda one: one.start - one.end):
        if idle >= set(range(len(text.tokens))) - set(range(mention.start, mention.end)):
            return mention.owner
    return None


def language_named(words: GlobalWords, text: TokenizedText) -> str | None:
    """Return the code of the language that a message names, if it names one and no other."""
    named = {mention.owner for mention in words.language_phrases.find(text, corrected=False)}
    return named.pop() if len(named) == 1 else None
