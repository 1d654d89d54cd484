"""Every number of a message with its place, and which of them is somebody's age."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.nlu.focus import FEWEST_WORDS_OF_STORY
from bot.core.nlu.numbers import LONGEST_ENDING, SHORTEST_STEM, NumberWords
from bot.core.nlu.phrase_index import Mention, PhraseIndex
from bot.core.nlu.tokens import Token, TokenizedText

Found = Mapping[str, Sequence["Mention[None]"]]
NumberForm = Literal["cardinal", "ordinal", "decade", "fraction"]
YOUNGEST, OLDEST = 3, 110  # ages that a person who types may have
FIRST_BIRTH_YEAR = 1915
# what speaks for a number as an age, and what against it; from SURE_SCORE on it is one
BESIDE_YEARS, AFTER_SELF, YEARS_OLD = 2, 2, 2
OF_ANOTHER_THING, OF_A_TIME = -5, -4
SURE_SCORE = 2
HIGHEST_MARK = 10  # at school
MOST_BETWEEN = 2  # words between "man" and the number: "man jau ir 15"


class AgeWords(Frozen):
    """What stands beside a number and tells what it counts, in all languages.

    years: "gadi"; old: "vecs"; self: "man", before it; things: "klase", after it; things_before: "grade",
    right before it; time: "gadus" and
    what makes a number a time, "strādāju", before it; born: "dzimu", before a year of birth; half: "ar
    pusi".
    """

    years: tuple[str, ...]
    old: tuple[str, ...]
    self: tuple[str, ...]
    things: tuple[str, ...]
    things_before: tuple[str, ...] = ()
    time: tuple[str, ...]
    time_before: tuple[str, ...]
    born: tuple[str, ...]
    half: tuple[str, ...]

    @property
    def phrases(self) -> Iterator[str]:
        """Return every phrase, for the vocabulary."""
        for name in AgeWords.model_fields:
            yield from getattr(self, name)

    @cached_property
    def indexes(self) -> Mapping[str, PhraseIndex[None]]:
        """Return how each list is looked for."""
        return {
            name: PhraseIndex((phrase, None) for phrase in getattr(self, name))
            for name in AgeWords.model_fields
        }


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number of a message. start, end: its first word and the one after its last."""

    value: int
    start: int
    end: int
    form: NumberForm = "cardinal"


@dataclass(frozen=True, slots=True)
class AgeReading:
    """Which ages a message tells; several where it may be either. why: the evidence, in words.

    exact: the number is all that was said. sure: what stands beside it says that it is an age. of_other: the
    numbers tell something else: "20 gadus", "9. klase".
    """

    ages: tuple[int, ...] = ()
    exact: bool = False
    numbers: tuple[SpokenNumber, ...] = ()
    why: str = ""
    of_other: bool = False
    sure: bool = False

    @property
    def is_birth_year(self) -> bool:
        """Return whether the one number told is a year of birth."""
        return len(self.numbers) == 1 and self.numbers[0].value >= FIRST_BIRTH_YEAR


NO_AGE = AgeReading()


def spoken_numbers(text: TokenizedText, words: NumberWords) -> tuple[SpokenNumber, ...]:
    """Return the whole numbers of a message in their order, in figures and in words."""
    found: list[SpokenNumber] = []
    place = 0
    while place < len(text.tokens):
        number = _number_at(text.tokens, place, words)
        if number is None:
            place += 1
        else:
            found.append(number)
            place = number.end
    return tuple(found)


def _number_at(tokens: Sequence[Token], place: int, words: NumberWords) -> SpokenNumber | None:
    token = tokens[place]
    if token.is_number:
        whole, point, _ = token.raw.replace(",", ".").partition(".")
        if len(whole) > 4:  # noqa: PLR2004 - no year, and no age
            return None
        return SpokenNumber(int(whole), place, place + 1, "fraction" if point else "cardinal")
    joined = joined_number(token.word, words)
    if joined is None:
        return None
    value, form = joined
    if value in words.whole_tens and form == "cardinal" and place + 1 < len(tokens):
        after = tokens[place + 1]
        unit = joined_number(after.word, words) if after.clause == token.clause else None
        if unit is not None and 0 < unit[0] < 10:  # noqa: PLR2004 - "divdesmit pieci"
            return SpokenNumber(value + unit[0], place, place + 2, unit[1])
    return SpokenNumber(value, place, place + 1, form)


def joined_number(word: str, words: NumberWords) -> tuple[int, NumberForm] | None:
    """Return the number that a folded word means, in any case: also "divdesmitpieci" in one word."""
    if not word.startswith(words.every_stem):
        return None
    for stem, value in words.ten_stems:
        if not word.startswith(stem):
            continue
        rest = word[len(stem) :]
        if _is_ending(rest):
            return value, _form(rest, words)
        unit = _unit(rest, words)
        if unit is not None:
            return value + unit[0], unit[1]
    return _unit(word, words)


def _unit(word: str, words: NumberWords) -> tuple[int, NumberForm] | None:
    """Return the number below twenty that a word means."""
    for stem, value in words.unit_stems:
        if word == stem:
            return value, "cardinal"
        rest = word[len(stem) :]
        if len(stem) >= SHORTEST_STEM and word.startswith(stem) and _is_ending(rest):
            return value, _form(rest, words)
    return None


def _is_ending(rest: str) -> bool:
    return len(rest) <= LONGEST_ENDING


def _form(rest: str, words: NumberWords) -> NumberForm:
    """Return what an ending makes of a number: "trīsdesmitajos" are years of life, not one of them."""
    return "decade" if rest in words.decade_endings else "cardinal"


def read_age(
    text: TokenizedText, numbers: Sequence[SpokenNumber], words: AgeWords, year: int
) -> AgeReading:
    """Return the age that a message tells of whoever writes; more than one where it may be either.

    numbers: those of the message that may be meant. year: this one, for a year of birth.
    """
    # what stands anywhere in the message is found once, not for every number anew
    found = {kind: index.find(text, corrected=False) for kind, index in words.indexes.items()}
    is_story = len(text.tokens) >= FEWEST_WORDS_OF_STORY
    if is_story:  # "matemātikā man ir četri"
        numbers = [
            one
            for one in numbers
            if one.value > HIGHEST_MARK or _follows(text, one, found["years"])
        ]
    scored = [(number, _score(text, number, found)) for number in numbers]
    best = max((score for _, score in scored), default=0)
    if best < SURE_SCORE:
        # among many words a bare number counts anything: "matemātikā četri"
        alone = [] if is_story else [number for number, score in scored if score == 0]
        if len(alone) != 1 or any(score > 0 for _, score in scored):
            of_other = bool(scored) and all(score < 0 for _, score in scored)
            return AgeReading(numbers=tuple(numbers), of_other=of_other) if numbers else NO_AGE
        likely = alone
    else:
        likely = [number for number, score in scored if score == best]
    ages: dict[int, None] = {}
    for number in likely:
        ages |= dict.fromkeys(_ages_of(number, year))
    if not ages:
        return AgeReading(numbers=tuple(numbers))
    exact = (
        len(likely) == 1 and len(ages) == 1 and len(text.tokens) == likely[0].end - likely[0].start
    )
    said = " ".join(text.words[likely[0].start : likely[0].end])
    why = f"„{said}”, a number that may be an age"
    return AgeReading(tuple(ages), exact, tuple(likely), why, sure=best >= SURE_SCORE)


def _ages_of(number: SpokenNumber, year: int) -> tuple[int, ...]:
    """Return the ages a number may mean; of a year of birth two, before the birthday and after."""
    if number.form in {"fraction", "ordinal"}:
        return ()
    if number.form == "decade":
        return tuple(range(number.value, number.value + 10))
    if YOUNGEST <= number.value <= OLDEST:
        return (number.value,)
    if FIRST_BIRTH_YEAR <= number.value <= year - YOUNGEST:
        return (year - number.value - 1, year - number.value)
    return ()


def _score(text: TokenizedText, number: SpokenNumber, found: Found) -> int:
    score = 0
    if _follows(text, number, found["years"]):
        score += BESIDE_YEARS
    is_old = _follows(text, number, found["old"])
    if is_old or _before(text, number, found["old"]):
        score += YEARS_OLD
    if _before(text, number, found["self"]) or _before(text, number, found["born"]):
        score += AFTER_SELF
    if _counts_a_thing(text, number, found):
        score += OF_ANOTHER_THING
    is_time = _follows(text, number, found["time"]) and not is_old
    if is_time or _before(text, number, found["time_before"]):
        score += OF_A_TIME
    return score


def _counts_a_thing(text: TokenizedText, number: SpokenNumber, found: Found) -> bool:
    """Return whether a number counts something else than years of life: "9. klase", "5.–9. klase", "grade 9"."""
    if _follows(text, number, found["things"]):
        return True
    if number.end < len(text.tokens) and text.tokens[number.end].is_number:
        beside = SpokenNumber(number.value, number.end, number.end + 1)
        if _follows(text, beside, found["things"]):
            return True
    is_after = any(one.end == number.start for one in found["things_before"])
    return is_after and not _follows(text, number, found["years"])


def _follows(text: TokenizedText, number: SpokenNumber, words: Sequence[Mention[None]]) -> bool:
    """Return whether one of some words comes within two words after a number."""
    within = range(number.end, number.end + 2)
    return any(one.start in within and _together(text, number, one.start) for one in words)


def _before(text: TokenizedText, number: SpokenNumber, words: Sequence[Mention[None]]) -> bool:
    """Return whether one of some words comes shortly before a number."""
    return any(
        0 <= number.start - one.end <= MOST_BETWEEN and _together(text, number, one.start)
        for one in words
    )


def _together(text: TokenizedText, number: SpokenNumber, place: int) -> bool:
    return text.tokens[place].clause == text.tokens[number.start].clause
