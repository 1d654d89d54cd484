"""What people say at a question, as the content has it, and what they say at any."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.nlu.guard import GuardKind
from bot.core.nlu.phrase_index import PhraseIndex

ASK, SAME = "ask", "same"  # what a turned name may mean, besides another option


class OptionPhrases(Frozen):
    """What people say for one option, by language.

    turned: what its name means where something turns it: another option, "same", or "ask".
    must, must_not: messages that mean it, and that do not; they are tried by the check.
    """

    phrases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    turned: dict[GuardKind, str] = Field(default_factory=dict)
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


class QuestionPhrases(Frozen):
    """What people say at one question.

    decides: consent or a rule's outcome hangs on it, so that what is only likely is asked.
    turned: for options that do not say so themselves.
    together: what two options mean that are said at once ("working+studying": ask, or an option).
    ask_if: phrases at which the person is asked whatever else they say.
    unsure_with: phrases in whose clause a name is only asked about ("pabeidzu vidusskolu").
    bands: options that a number means, with the least and the greatest of it.
    grades: options that a school grade means, with the first and the last of it; a number alone is a grade there.
    or_age_from: from this number on a number alone may be an age as well, and it is asked.
    told: an answer is also taken where it is told beside another one ("esmu 38, strādāju").
    first: of several options told in a long message the first one counts.
    firm: in a long message only a name of several words counts.
    told_with: words of which one must stand in the sentence of a name, in a long message.
    called: what the question is about, by which its answer is asked to be changed ("mainīt vecumu").
    here_first: an option that is named goes before all that is heard everywhere but distress and a firm global word.
    words_for: by option, the question for own words that a message answers too, where it says more than the option's name.
    telling: by option and language, phrases of messages that tell what it is for, and do not name it ("gribu kļūt par").
    unnamed: the option that is meant by own words that name none.
    """

    options: dict[str, OptionPhrases] = Field(default_factory=dict)
    decides: bool = False
    told: bool = False
    first: bool = False
    firm: bool = False
    told_with: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    turned: dict[GuardKind, str] = Field(default_factory=dict)
    together: dict[str, str] = Field(default_factory=dict)
    ask_if: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unsure_with: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    bands: dict[str, tuple[int, int]] = Field(default_factory=dict)
    grades: dict[str, tuple[int, int]] = Field(default_factory=dict)
    or_age_from: int | None = None
    called: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    here_first: bool = False
    words_for: dict[str, str] = Field(default_factory=dict)
    telling: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    unnamed: str = ""

    @cached_property
    def told_of(self) -> PhraseIndex[str]:
        """Return how the phrases are found that tell what an option is for."""
        return PhraseIndex(
            (phrase, option)
            for option, languages in self.telling.items()
            for phrases in languages.values()
            for phrase in phrases
        )


@dataclass(frozen=True, slots=True)
class CommonSpeech:
    """What is said at any question.

    fillers: courtesy and words that add nothing ("labdien", "es domāju, ka"). common: the commonest
    words of all languages, folded. places: what people say for the first option ("1"), the second, and
    the last ("last"). idle: words that name no option: fillers, and what stands beside an age.
    """

    fillers: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    idle: tuple[str, ...] = ()
