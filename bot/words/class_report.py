"""A class's figures in words, for the counsellor who meets it."""

from bot.core.indicators.class_report import ClassReport
from bot.words.i18n.localizer import Localizer


def say_class(localizer: Localizer, name: str, report: ClassReport) -> tuple[str, ...]:
    """Return a report in lines; it holds no small number and nobody's name.

    name: of the class.
    """
    few = localizer.phrase("class_few")
    begun = few if report.begun is None else str(report.begun)
    lines = [
        localizer.phrase("class_title", name=name),
        localizer.phrase("class_begun", count=begun),
    ]
    if not report.counted:
        return (*lines, localizer.phrase("class_none"))
    # the most frequent type first, those too few to be told last
    letters = sorted(report.leading, key=lambda letter: -(report.leading[letter] or 0))
    for letter in letters:
        type_ = localizer.say(localizer.library.interests.types[letter].name)
        number = report.leading[letter]
        count = few if number is None else str(number)
        lines.append(localizer.phrase("class_line", type=type_, count=count))
    return (*lines, localizer.phrase("class_counted", count=str(report.counted)))
