"""What a message was heard as."""

from dataclasses import dataclass
from typing import Literal

from bot.core.dialogue.readings import Reading
from bot.core.nlu.distress import DistressKind

HeardKind = Literal[
    "distress", "leaving", "command", "occupation", "reading", "knowledge", "wish", "ask_wish",
    "small_talk",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message was heard as.

    reading: as an answer to the open question, in distress too; None where there is none.
    word: a global word; about: what it names, a language or an occupation. questions: what is to be
    changed, by the questions that may be meant.
    entries: questions of ours that are asked, the likeliest first; sure: the first is answered.
    wishes: taken, the first with what was told beside it; asked about, those that may be meant; beside
    an answer, the one that was told with it.
    words_for: the question for own words that the message answers too, beside the open one.
    distress: its kind, where the message is surely of it. perhaps: where it only may be.
    why: the evidence, in words, for who writes the content.
    """

    kind: HeardKind
    reading: Reading | None = None
    word: str = ""
    about: str | None = None
    questions: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    sure: bool = False
    wishes: tuple[str, ...] = ()
    words_for: str = ""
    distress: DistressKind | None = None
    perhaps: DistressKind | None = None
    why: str = ""
