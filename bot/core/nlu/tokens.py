"""A message read once: its words in every spelling, its sentences, its clauses, its language."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.core.nlu.clean_text import clean_text
from bot.core.nlu.normalize import in_chat_spelling, normalize, spelling_variants
from bot.core.nlu.vocabulary import KnownWords

LONGEST_TOKEN = 40  # letters; what is longer is no word, and is cut
LONGEST_READ = 4000  # characters; the longest message a messenger sends is 4096
# signs drawn with punctuation, and the picture that means the same
EMOTICONS = (
    (re.compile(r"(?<!\w)[:;=]'?-?[)\]D]+"), " 🙂 "),
    (re.compile(r"(?<!\w)[:;=]'?-?[(\[]+"), " 🙁 "),
    (re.compile(r"(?<!\w)[:=]-?[|/\\](?!\w)"), " 😐 "),
    (re.compile(r"<3"), " ❤ "),
)
PICTURES = "\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff"
TOKEN = re.compile(rf"[0-9]+(?:[.,][0-9]+)?|[^\W\d_]+(?:'[^\W\d_]+)*\+*|[+%€{PICTURES}]")
SENTENCE_END = re.compile(r"[.!?…;\n\r]")
CLAUSE_END = re.compile(r"[,:()„”\"«»]|\s[-–—]+\s|[–—]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
ONLY_UKRAINIAN, ONLY_RUSSIAN = re.compile("[іїєґ]"), re.compile("[ыэёъ]")
MOST_REMEMBERED = 4  # messages; no more, as they are people's own words
MOST_FORMS = 4  # spellings of one word that are compared
SHORTEST_HEAD = 2  # letters that the beginning of a word must have in a phrase


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a sign or a picture of a message.

    raw: as it was typed. spellings: what it is compared by, as it stands first, folded; then as
    chat spelling reads. corrected: the words of the content that are one slip away, where it is none.
    sentence, clause: their numbers in the message, from 0.
    """

    raw: str
    spellings: tuple[str, ...]
    corrected: tuple[str, ...]
    sentence: int
    clause: int

    @property
    def word(self) -> str:
        """Return the word as it stands, folded."""
        return self.spellings[0]

    def forms(self, *, corrected: bool) -> tuple[str, ...]:
        """Return all it is compared by. corrected: also what may have been meant by a slip."""
        return (*self.spellings, *self.corrected) if corrected else self.spellings

    @property
    def is_number(self) -> bool:
        """Return whether it is written in figures."""
        return self.raw[0].isdecimal()


@dataclass(frozen=True)
class TokenizedText:
    """A message as all readers see it."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the folded words."""
        return tuple(token.word for token in self.tokens)

    @cached_property
    def is_cyrillic(self) -> bool:
        """Return whether more of it is in Cyrillic than in Latin letters."""
        cyrillic = sum(1 for token in self.tokens if CYRILLIC.search(token.raw))
        letters = sum(1 for token in self.tokens if token.raw[0].isalpha())
        return 2 * cyrillic > letters

    def places(self, *, corrected: bool) -> Mapping[str, Sequence[int]]:
        """Return where each word stands, and where words begin so ("mac*"), as phrases write it.

        corrected: also the words that may have been meant by a slip.
        """
        return self._corrected_places if corrected else self._typed_places

    @cached_property
    def _typed_places(self) -> Mapping[str, Sequence[int]]:
        return _places(self.tokens, corrected=False)

    @cached_property
    def _corrected_places(self) -> Mapping[str, Sequence[int]]:
        if not any(token.corrected for token in self.tokens):
            return self._typed_places
        return _places(self.tokens, corrected=True)

    @cached_property
    def in_own_letters(self) -> "TokenizedText":
        """Return it without the spellings in another alphabet: "no" is "from", not "но"."""
        tokens = tuple(
            token
            if len(own := _own_spellings(token)) == len(token.spellings)
            else replace(token, spellings=own)
            for token in self.tokens
        )
        same = all(old is new for old, new in zip(self.tokens, tokens, strict=True))
        return self if same else TokenizedText(self.text, tokens)

    def same_sentence(self, start: int, end: int) -> bool:
        """Return whether the words from `start` to before `end` are of one sentence."""
        return self.tokens[start].sentence == self.tokens[end - 1].sentence


@lru_cache(maxsize=MOST_REMEMBERED)  # every reader of a turn reads the same message
def tokenize(text: str, vocabulary: KnownWords) -> TokenizedText:
    """Return a message read: of one that is too long, the beginning.

    vocabulary: the words of the content, by which slips are corrected, once for all readers.
    """
    text = clean_text(text[:LONGEST_READ])
    for sign, picture in EMOTICONS:
        text = sign.sub(picture, text)
    tokens: list[Token] = []
    sentence = clause = end = 0
    for match in TOKEN.finditer(text):
        between = text[end : match.start()]
        if tokens and _ends_sentence(between, tokens[-1], match[0]):
            sentence += 1
            clause += 1
        elif tokens and CLAUSE_END.search(between):
            clause += 1
        raw = match[0][:LONGEST_TOKEN]
        if not between and tokens and _belongs_to_a_name(raw, tokens[-1], vocabulary):
            end = match.end()
            continue
        spellings = _spellings(raw, vocabulary)
        if spellings:
            known = any(vocabulary.knows(spelling) for spelling in spellings)
            corrected = () if known else vocabulary.corrections(spellings[0])
            tokens.append(Token(raw, spellings, corrected, sentence, clause))
        end = match.end()
    return TokenizedText(text, tuple(tokens))


def _belongs_to_a_name(raw: str, before: Token, vocabulary: KnownWords) -> bool:
    """Return whether figures right behind a word are part of it: "covid19" tells no number, "man15" does."""
    is_known = any(vocabulary.knows(spelling) for spelling in before.spellings)
    return raw[0].isdecimal() and before.raw[0].isalpha() and not is_known


def _own_spellings(token: Token) -> tuple[str, ...]:
    cyrillic = bool(CYRILLIC.search(token.raw))
    return tuple(one for one in token.spellings if bool(CYRILLIC.search(one)) == cyrillic)


def _places(tokens: Sequence[Token], *, corrected: bool) -> Mapping[str, Sequence[int]]:
    by_form: dict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        for form in dict.fromkeys(token.forms(corrected=corrected)):
            by_form[form].append(place)
    places: dict[str, list[int]] = defaultdict(list, by_form)
    for form, standing in by_form.items():
        for length in range(SHORTEST_HEAD, len(form) + 1):
            places[f"{form[:length]}*"] += standing
    return {beginning: sorted(set(standing)) for beginning, standing in places.items()}


def _ends_sentence(between: str, before: Token, after: str) -> bool:
    """Return whether a sentence ends between two words: not after the point of "9. klase".

    It does where the next word begins one: "man ir 46. Gribu …".
    """
    if not SENTENCE_END.search(between):
        return False
    is_ordinal = (
        before.is_number and between.startswith(".") and not SENTENCE_END.search(between[1:])
    )
    return not is_ordinal or (after[0].isupper() and not after.isupper())


def _spellings(raw: str, vocabulary: KnownWords) -> tuple[str, ...]:
    """Return what a word is compared by; in another alphabet or layout only where that is known."""
    folded = normalize(raw)
    if not folded:
        return (raw,) if raw.strip() else ()
    here = tuple(dict.fromkeys((folded, in_chat_spelling(folded))))
    if any(vocabulary.knows(spelling) for spelling in here):
        return here
    elsewhere = (spelling for spelling in spelling_variants(raw) if vocabulary.knows(spelling))
    return tuple(dict.fromkeys((*here, *elsewhere)))[:MOST_FORMS]


def join_words(tokens: Sequence[Token]) -> str:
    """Return the words as they were typed, one space between."""
    return " ".join(token.raw for token in tokens)
