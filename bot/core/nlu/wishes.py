"""What people come with, as the content has it: wishes, what they tell of themselves, small talk."""

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Language, Pair, Text
from bot.core.nlu.normalize import normalize
from bot.core.nlu.phrase_text import PhraseText

Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


class WishPhrases(Frozen):
    """How people say something, by language, and what is answered.

    acknowledge: one line back; several where a repetition would be silly, said in turn.
    offered: the line where its door is only offered; without one it is that of `acknowledge`.
    templates: phrases of words with choices, endings and gaps (`phrase_index`); a choice of several
    words is joined by "~": "bezmaksas|par~velti kurs*".
    examples: whole messages, to which others are compared by their letters.
    unless: phrases at which its templates do not count.
    must, must_not: messages that mean it, and that do not; they are tried by the check.
    """

    acknowledge: Texts
    offered: Text | None = None
    templates: dict[Language, tuple[PhraseText, ...]]
    examples: dict[Language, tuple[str, ...]]
    unless: tuple[PhraseText, ...] = ()
    must: tuple[str, ...] = Field(min_length=1)
    must_not: tuple[str, ...] = ()

    def line(self, turn: int, *, offered: bool) -> Text:
        """Return the line back. turn: which of several is told; offered: its door is not opened."""
        if offered and self.offered is not None:
            return self.offered
        return self.acknowledge[turn % len(self.acknowledge)]

    @cached_property
    def whole(self) -> frozenset[str]:
        """Return its examples, folded."""
        said = (one for examples in self.examples.values() for one in examples)
        return frozenset(map(normalize, (*said, *self.must)))

    @property
    def found_by(self) -> Iterator[str]:
        """Return every phrase it is found by, for a `PhraseIndex`."""
        for of_language in self.templates.values():
            for template in of_language:
                yield from spread(template)

    @property
    def silenced_by(self) -> Iterator[str]:
        """Return every phrase at which it is not found, for a `PhraseIndex`."""
        for phrase in self.unless:
            yield from spread(phrase)

    @property
    def phrases(self) -> Iterator[str]:
        """Return every phrase, for the vocabulary."""
        yield from self.found_by
        yield from self.silenced_by


class Wish(WishPhrases):
    """A wish, or what somebody tells of themselves ("told").

    door: the flow that is opened; a pair where a pupil is led elsewhere than an adult.
    answer: the option of the door's first question that the wish has answered already.
    of_leaving: it is heard also where words of leaving school are, and its door opens in their place.
    goes_first: it asks for something to be done, so it counts before any answer to a question of the content.
    kept_beside: it is what somebody comes with even where the same words answer who they are.
    firm: where own words are asked it counts too, if it is said as one of its examples, letter by letter.
    """

    kind: Literal["wish", "told"]
    door: str | Pair
    answer: str | Pair | None = None
    of_leaving: bool = False
    goes_first: bool = False
    kept_beside: bool = False
    firm: bool = False

    @property
    def leads_to(self) -> tuple[object, ...]:
        """Return where it leads; wishes that lead to the same place are not told apart."""
        return self.door, self.answer


class SmallTalk(WishPhrases):
    """What is answered by a line and opens nothing; it is not a failure to understand.

    alone: it counts only where nothing else is said ("labdien", "paldies").
    topic: it is a matter of its own, weighed with the wishes ("vai mani iesauks").
    goes_first: it tells what a message is about, so it counts before any answer to a question of the content.
    """

    kind: Literal["small_talk"]
    alone: bool = False
    topic: bool = False
    goes_first: bool = False


AnyWish = Annotated[Wish | SmallTalk, Field(discriminator="kind")]
WISHES: TypeAdapter[dict[str, AnyWish]] = TypeAdapter(dict[str, AnyWish])


def spread(template: str) -> Iterator[str]:
    """Return a template as phrases in which each choice is one word.

    "bezmaksas|par~velti kurs*" is "bezmaksas kurs*" and "par velti kurs*".
    """
    places: list[list[str]] = []
    for word in template.split():
        choices = word.split("|")
        single = "|".join(choice for choice in choices if "~" not in choice)
        several = [choice.replace("~", " ") for choice in choices if "~" in choice]
        places.append([single, *several] if single else several)
    for words in product(*places):
        yield " ".join(words)
