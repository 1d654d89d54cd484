"""How a school grade is said, in all languages: „9. klasē”, "ninth grader", „девятиклассник”."""

from collections.abc import Set as AbstractSet

from bot.core.base.frozen import Frozen
from bot.core.nlu.answer_phrases import PhraseGroup
from bot.core.nlu.message import HeardMessage
from bot.core.nlu.option_phrases import OptionPhrases, QuestionPhrases
from bot.core.nlu.option_reading import NOTHING_READ, OptionReading

EVERY_LANGUAGE = "every"  # of phrases: they hold words of all


class GradeWords(Frozen):
    """Phrases for any grade. forms: what stands for the names in their braces, by grade, beside {n}, its number."""

    forms: dict[int, dict[str, str]]
    said: tuple[str, ...]

    def phrases(self, first: int, last: int) -> tuple[str, ...]:
        """Return the phrases for some grades, the first and the last included."""
        grades = [(grade, self.forms[grade]) for grade in sorted(self.forms)]
        return tuple(
            line.format(n=grade, **forms)
            for grade, forms in grades
            if first <= grade <= last
            for line in self.said
        )


def with_grades(group: PhraseGroup, words: GradeWords) -> PhraseGroup:
    """Return what people say at a question, with all that is said for the grades of its options."""
    if not group.grades:
        return group
    options = dict(group.options)
    for option, (first, last) in group.grades.items():
        own = options.get(option, OptionPhrases())
        phrases = {**own.phrases, EVERY_LANGUAGE: words.phrases(first, last)}
        options[option] = own.model_copy(update={"phrases": phrases})
    return group.model_copy(update={"options": options})


def read_bare_grade(
    message: HeardMessage, said: AbstractSet[int], phrases: QuestionPhrases
) -> OptionReading:
    """Return the option whose grade is all that a message says: "9", „devītajā”.

    said: the places of the words that say something. A number that may be an age as well is asked about.
    """
    number = message.numbers[0] if len(message.numbers) == 1 else None
    if number is None or number.form != "cardinal":
        return NOTHING_READ
    letters = {
        place for place, word in enumerate(message.text.words) if len(word) == 1 and word.isalpha()
    }
    if not (said | letters) <= set(
        range(number.start, number.end)
    ):  # "9.a" says more than its grade
        return NOTHING_READ
    found = [
        option for option, (first, last) in phrases.grades.items() if first <= number.value <= last
    ]
    why = f"„{number.value}”, a grade"
    if not found:
        return NOTHING_READ
    if phrases.or_age_from is not None and number.value >= phrases.or_age_from:
        return OptionReading("ask", tuple(phrases.grades), why)
    first, last = phrases.grades[found[0]]
    return OptionReading("exact" if first == last else "likely", tuple(found[:1]), why)
