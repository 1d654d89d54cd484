"""What stands on the papers that a school prints."""

from typing import Annotated

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Placeholders, Text, TextMark
from bot.core.flows.step_base import Id

Texts = Annotated[tuple[str, ...], TextMark()]  # to one reader each, so without pairs


class PosterTexts(Frozen):
    """The poster, to pupils. qr: what the code says to who does not see it."""

    title: Text
    lead: Text
    how: Text
    qr: Annotated[Text, Placeholders("address", needed=True)]
    points: Texts
    help: Text


class SheetTexts(Frozen):
    """The class sheet, to pupils. prompts: each has room to write below it."""

    title: Text
    lead: Text
    steps: Texts
    prompts: Texts


class LetterTexts(Frozen):
    """The letter home, to parents."""

    title: Text
    greeting: Text
    paragraphs: Texts
    open: Text


class TeacherTexts(Frozen):
    """The page for a teacher."""

    title: Text
    lead: Text
    lesson: Text
    steps: Texts
    group: Text
    group_text: Text
    hard: Text
    hard_text: Text
    turn_to: Text
    turn_to_text: Text
    until: Annotated[Text, Placeholders("date", needed=True)]


class SchoolPackTexts(Frozen):
    """Everything on the papers, in Latvian. helpline, guidelines: the sources of what is said of a talk and of a counsellor."""

    helpline: Id
    guidelines: Id
    poster: PosterTexts
    sheet: SheetTexts
    letter: LetterTexts
    teacher: TeacherTexts
