"""Whether words answer the open question, ask one of ours, or tell what somebody comes with.

Where nothing is asked a wish goes before an option named in passing. Where it is asked who somebody is, what they
tell of themselves is taken, and what they come with is kept beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.dialogue.answers import takes_free_text
from bot.core.dialogue.heard import Heard, HeardKind
from bot.core.dialogue.readings import Ambiguous, Reading, Understood
from bot.core.flows.steps import Ask, Offer
from bot.core.knowledge.reading import KnowledgeReading
from bot.core.library import Library
from bot.core.nlu.distress import DistressKind
from bot.core.nlu.guard import OTHERS
from bot.core.nlu.options import OptionNames
from bot.core.nlu.tokens import TokenizedText
from bot.core.nlu.wish_reading import WishReading
from bot.core.nlu.wishes import SmallTalk, Wish

# where a message goes on to something else
PART = re.compile(r"[,.!?;:\n]+|\s(?:un|bet|and|but|та|і|й|але|и|но|а)\s", re.IGNORECASE)
FEW_WORDS = 3  # of a message that a wish of the same words goes before


@dataclass(frozen=True, slots=True)
class HeardHere:
    """A message at a step. options: all they are called. perhaps: the kind of distress that it may tell."""

    library: Library
    step: Ask | Offer | None
    options: Sequence[OptionNames]
    reading: Reading | None
    text: str
    perhaps: DistressKind | None

    @property
    def words(self) -> TokenizedText:
        """Return its words."""
        return self.library.tokenize(self.text)

    @property
    def is_named(self) -> bool:
        """Return whether options were named in it, not only words that look alike."""
        reading = self.reading
        return isinstance(reading, Understood) or (isinstance(reading, Ambiguous) and reading.named)

    @property
    def is_told(self) -> bool:
        """Return whether it tells of who writes what is asked, and may well be asked at its end."""
        step = self.step
        if step is None or isinstance(step, Offer) or not self.is_named:
            return False
        return self.library.phrases_for(step).told

    @property
    def has_mark(self) -> bool:
        """Return whether it ends as a question does."""
        return "?" in self.text


def answer_or_wish(message: HeardHere) -> Heard:
    """Return what a message is heard as, that is no word for all places."""
    library, step, reading, perhaps = (
        message.library,
        message.step,
        message.reading,
        message.perhaps,
    )
    answer = Heard("reading", reading=reading, perhaps=perhaps, why=getattr(reading, "why", ""))
    is_exact = isinstance(reading, Understood) and not reading.said_back
    if is_exact or (step is not None and takes_free_text(step)):
        return answer  # among own words nothing else is looked for
    wish = library.wish_reader.read(message.words)
    asked = library.knowledge_reader.read(message.words)
    # a few words that ask are a wish as likely as a question, and a wish is known by its own phrases
    is_long = len(message.words.tokens) > FEW_WORDS
    asks = asked.is_question and is_long and not _goes_before_answers(message, wish)
    if message.is_told:
        return _told(message, answer, wish, asked if asks else None)
    if asks and asked.kind == "answer":
        return _answered(asked, perhaps)
    if not isinstance(step, Offer) and message.is_named:
        return answer
    taken = library.wishes[wish.wishes[0]] if wish.kind == "take" else None
    is_chat = isinstance(taken, SmallTalk) and not taken.topic
    # a question of which an answer is near goes before a door; before talk of other things it does not
    if asks and asked.kind == "near" and not is_chat:
        return _answered(asked, perhaps)
    if taken is not None:
        small = isinstance(taken, SmallTalk)
        if not small and isinstance(step, Offer) and _is_of_another(library, wish, message.text):
            return Heard("ask_wish", wishes=wish.wishes[:1], perhaps=perhaps, why=wish.why)
        kind: HeardKind = "small_talk" if small else "wish"
        return Heard(kind, wishes=wish.wishes, perhaps=perhaps, why=wish.why)
    if asked.is_question or (asked.kind != "none" and wish.kind == "none"):
        return _answered(asked, perhaps)
    if wish.kind == "none" or message.is_named or not isinstance(step, Offer):
        return answer
    return Heard("ask_wish", wishes=wish.wishes, perhaps=perhaps, why=wish.why)


def _answered(asked: KnowledgeReading, perhaps: DistressKind | None) -> Heard:
    sure = asked.kind == "answer"
    return Heard("knowledge", entries=asked.entries, sure=sure, perhaps=perhaps, why=asked.why)


def _told(
    message: HeardHere, answer: Heard, wish: WishReading, asked: KnowledgeReading | None
) -> Heard:
    """Return an answer that is told, with what is said beside it: a question, which is answered too, or a wish."""
    beside = _kept_beside(message.library, wish) or _wished_beside(message)
    if asked is not None and asked.kind == "answer" and (message.has_mark or not beside):
        return replace(_answered(asked, message.perhaps), reading=message.reading)
    return replace(answer, wishes=beside)


def _kept_beside(library: Library, wish: WishReading) -> tuple[str, ...]:
    """Return the wish that the words of an answer tell themselves: "dēls izkrita eksāmenā" is said by a parent, and why."""
    heard = library.wishes[wish.wishes[0]] if wish.kind == "take" else None
    is_kept = isinstance(heard, Wish) and (heard.kept_beside or heard.kind == "told")
    return wish.wishes[:1] if is_kept else ()


def _wished_beside(message: HeardHere) -> tuple[str, ...]:
    """Return the wish in those parts of a message that name no answer: „mācos 9. klasē un nezinu, ko tālāk”; or else in the others.

    What is said of somebody else is no wish of who writes.
    """
    library, step = message.library, message.step
    others = {one.owner.kind for one in library.read(message.text).guarded.triggers} & OTHERS
    if step is None or others:
        return ()
    reader = library.option_reader(step, tuple(message.options))
    parts = PART.split(message.text)
    telling = [part for part in parts if reader.is_named(library.read(part).guarded)]
    kept = _kept_beside(library, library.wish_reader.read(library.tokenize(", ".join(telling))))
    if kept:
        return kept
    rest = ", ".join(part for part in parts if part not in telling)
    wish = library.wish_reader.read(library.tokenize(rest))
    heard = library.wishes[wish.wishes[0]] if wish.kind == "take" else None
    return wish.wishes[:1] if isinstance(heard, Wish) else ()


def _is_of_another(library: Library, wish: WishReading, text: str) -> bool:
    """Return whether a message tells only of somebody else what the wish has of oneself.

    "Mamma ir bezdarbniece" is no loss of one's own work; of a child a wish may well be told.
    """
    if not library.read(text).guarded.tells_only_of_another:
        return False
    examples = (one for said in library.wishes[wish.wishes[0]].examples.values() for one in said)
    return not any(library.read(one).guarded.tells_only_of_another for one in examples)


def _goes_before_answers(message: HeardHere, wish: WishReading) -> bool:
    """Return whether a wish is heard that no answer to a question can fulfil: "salīdzini abus".

    So is talk of what is no matter of ours ("kad atiet autobuss"), and what somebody does not know of themselves, where
    they do not ask it: "nezinu, ko tālāk".
    """
    if wish.kind != "take":
        return False
    library = message.library
    first = library.wishes[wish.wishes[0]]
    wonders = isinstance(first, Wish) and library.reading_words.wonders(message.words)
    return first.goes_first or (wonders and not message.has_mark)
