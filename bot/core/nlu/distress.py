"""Distress and danger: what is heard of it, what is said then, and what the quiet step answers."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.nlu.frames import FrameWords, PhrasesByLanguage
from bot.core.nlu.phrase_index import PhraseIndex
from bot.core.nlu.tokens import TokenizedText

# threat: against others; friend: somebody near is in danger; panic: despair too
DistressKind = Literal[
    "threat", "gone", "self_harm", "abuse", "violence", "friend", "images", "bullying", "eating",
    "thrown_out", "hunger", "pregnancy", "substances", "panic",
]  # fmt: skip
# what may be said in the quiet step; `other` is anything else, `go_on` and `was_answer` end it
QuietReplyName = Literal[
    "go_on", "was_answer", "cannot_call", "afraid_to_call", "where_to_call", "nobody_understands", "what_to_do",
    "still_bad", "who_reads", "are_you_human", "mistake", "better", "thanks", "yes", "no", "other",
]  # fmt: skip
Whom = Literal["child", "adult"]
MOST_SHORT = 5  # words of a message that a "yes", a "no" or a "thanks" may be the whole of
SHORT: frozenset[str] = frozenset({"yes", "no", "thanks", "go_on"})


class DistressWords(FrameWords[DistressKind]):
    """Words of distress, by kind."""


class ToldTo(Frozen):
    """What is said to a child or a pupil, as „tu”, and what to an adult, as „jūs”: not the same words."""

    child: Text
    adult: Text

    def of(self, whom: Whom) -> Text:
        """Return what is said to one of the two."""
        return self.child if whom == "child" else self.adult


class SourcesToldTo(Frozen):
    """The sources of a text, of what is said to a child or a pupil and of what is said to an adult."""

    child: tuple[str, ...] = ()
    adult: tuple[str, ...] = ()

    def of(self, whom: Whom) -> tuple[str, ...]:
        """Return the sources of what is said to one of the two."""
        return self.child if whom == "child" else self.adult


class Contact(Frozen):
    """A paragraph that says whom to turn to, and the sources of what it says."""

    text: ToldTo
    sources: SourcesToldTo = SourcesToldTo()


class DistressAnswer(Frozen):
    """What is said to one kind: the first words, then contacts by name."""

    text: ToldTo
    contacts: tuple[str, ...] = Field(min_length=1)


class QuietReply(Frozen):
    """What is said in the quiet step, to whom says this.

    phrases: what people say. must: messages that mean it; they are tried by the check.
    """

    text: ToldTo
    sources: SourcesToldTo = SourcesToldTo()
    phrases: PhrasesByLanguage = PhrasesByLanguage()
    must: PhrasesByLanguage = PhrasesByLanguage()


class DistressAnswers(Frozen):
    """All that is said in distress.

    Whom nothing is known of is told what an adult is. stays: closes the first answer. to_go_on: how the quiet step is left.
    pointer: the one line beside an answer where it was perhaps distress.
    """

    kinds: Mapping[DistressKind, DistressAnswer]
    contacts: Mapping[str, Contact]
    stays: ToldTo
    to_go_on: ToldTo
    pointer: ToldTo
    pointer_sources: SourcesToldTo
    quiet_step: Mapping[QuietReplyName, QuietReply]

    def paragraphs(self, kind: DistressKind, whom: Whom) -> tuple[Text, ...]:
        """Return what is said to a kind, paragraph by paragraph."""
        answer = self.kinds[kind]
        said = (self.contacts[name].text for name in answer.contacts)
        return tuple(text.of(whom) for text in (answer.text, *said, self.stays))

    def sources(self, kind: DistressKind, whom: Whom) -> tuple[str, ...]:
        """Return the sources of what is said to a kind, each once."""
        contacts = (self.contacts[name] for name in self.kinds[kind].contacts)
        named = (source for contact in contacts for source in contact.sources.of(whom))
        return tuple(dict.fromkeys(named))

    @property
    def phrases(self) -> Iterator[str]:
        """Return what people say in the quiet step, for the vocabulary."""
        for reply in self.quiet_step.values():
            yield from reply.phrases.every

    @cached_property
    def _heard(self) -> PhraseIndex[QuietReplyName]:
        return PhraseIndex(
            (phrase, name)
            for name, reply in self.quiet_step.items()
            for phrase in reply.phrases.every
        )

    def reply_to(self, text: TokenizedText) -> QuietReplyName:
        """Return what a message of the quiet step is answered with; "other" where nothing is known.

        Of several things said that counts which stands first in the content.
        """
        is_short = len(text.tokens) <= MOST_SHORT
        said = {mention.owner for mention in self._heard.find(text)}
        for name in self.quiet_step:
            if name in said and (is_short or name not in SHORT):
                return name
        return "other"
