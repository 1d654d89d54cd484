"""What an item of a plan says: in a person's own words, which stay as written, or in those of the content."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.tagged import Tagged
from bot.core.base.texts import Language
from bot.core.base.whole_text import WholeText

LONGEST_OWN_WORDS = 5000  # characters of one text
# what a phrase of the content can be taken from, and what `id` and `value` are then:
# answer: a question's id, and the option; path: a card; occupation: its id; family: two digits of ISCO-08;
# support: a rule's id, and the offer; date: an entry; skill: a statement's id; subject: of the plan's form;
# preparation: a skill level of ISCO-08; course: of the catalogue, or of the school that `value` names; goal_prompt: of the plan's form
ContentKind = Literal[
    "answer", "path", "occupation", "family", "support", "date", "skill", "subject", "preparation", "course",
]  # fmt: skip


class OwnWords(Tagged):
    """What somebody wrote. language: of the conversation it was written in."""

    kind: Literal["own"] = "own"
    text: Annotated[WholeText, Field(min_length=1, max_length=LONGEST_OWN_WORDS)]
    language: Language = "lv"


class ContentPhrase(Tagged):
    """Words of the content, said in whatever language the plan is read in.

    id, value: what it is, by its kind. noted: how it read in Latvian when it was taken, for the day it is gone.
    """

    kind: Literal["content"] = "content"
    of: ContentKind
    id: str = Field(max_length=200)
    value: str = Field(default="", max_length=200)
    noted: str = Field(default="", max_length=500)


Wording = Annotated[OwnWords | ContentPhrase, Field(discriminator="kind")]
