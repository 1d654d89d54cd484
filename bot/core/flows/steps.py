"""What a flow's YAML is: a flow, and one class for each kind of step."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.core.base.frozen import Frozen
from bot.core.base.policy import PolicyName
from bot.core.base.texts import Synonyms, Text
from bot.core.flows.booking_steps import BookingFacts, BookingStepKind, ShowHanded
from bot.core.flows.conditions import Condition
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.core.flows.date_steps import ShowDates
from bot.core.flows.occupation_steps import ShowOccupation
from bot.core.flows.option_parts import KnownFrom, OptionGroup, OptionsAtOnce
from bot.core.flows.path_steps import (
    PathRules,
    ShowClosedPaths,
    ShowComparison,
    ShowPath,
    ShowPaths,
    ShowSavedPaths,
    ShowWays,
    Stage,
)
from bot.core.flows.place_steps import ShowPlace
from bot.core.flows.plan_steps import ChangePlan, CountPlan, FindInPlan, ShowPlan
from bot.core.flows.preparation import Preparation
from bot.core.flows.round_steps import CompareRounds
from bot.core.flows.step_base import Id, StepBase

YES, NO = "yes", "no"  # the answers of a `yes_no` question
FEWEST_OPTIONS = 2  # of a question with options


class Option(Frozen):
    """One way to answer; `synonyms` are other words people type for it.

    restart: taking it begins the flow anew; what was answered so far is kept as an earlier round.
    via: the flow that is talked of once it is taken, before this one goes on.
    policy: the number of `content/policy.yaml` that the label tells.
    """

    id: Id
    label: Text
    synonyms: Synonyms = ()
    policy: PolicyName | None = None
    when: Condition | None = None
    restart: bool = False
    via: Id | None = None


class Say(StepBase):
    """Tell something; `source` names where it comes from, shown with its date.

    policy: the number of `content/policy.yaml` that the text tells.
    show: below it all sources, or what was answered in this flow.
    private: whoever opens the page later finds it folded away; somebody else may hold the phone.
    """

    kind: Literal["say"]
    text: Text
    source: Id | None = None
    policy: PolicyName | None = None
    show: Literal["sources", "answers"] | None = None
    private: bool = False


class Question(StepBase):
    """What every question has. The answer is kept as the fact of the same name.

    meaning: raise it when the question means something else now; old answers are asked again.
    shared: other flows may read the fact, and need not ask it again.
    fresh: the answer is forgotten when the flow is left.
    """

    text: Text
    hint: Text | None = None
    why: Text | None = None
    skip: Text | None = None
    meaning: int = 1
    shared: bool = False
    fresh: bool = False


class OptionsQuestion(Question):
    """What questions with options to choose from have.

    options_from: the options are the path cards that start from some stages; those written here come after.
    options_by: the flow that knows where somebody stands: cards of other stages are then not shown.
    """

    options: tuple[Option, ...] = ()
    options_from: tuple[Stage, ...] = ()
    options_by: Id | None = None

    @model_validator(mode="after")
    def _has_options(self) -> Self:
        if not self.options_from and len(self.options) < FEWEST_OPTIONS:
            message = "at least two options"
            raise ValueError(message)
        return self


class Choice(OptionsQuestion):
    """One of the options; `time`: one of the times that can be booked, which the session holds, or an option beside them.

    known_from: what answers it without asking, if that is known; the person is told, and may change it.
    """

    kind: Literal["choice", "time"]
    known_from: KnownFrom | None = None

    def follows_from(self, facts: Mapping[str, object]) -> str | None:
        """Return the option that follows from what is known; None where nothing does."""
        if self.known_from is None:
            return None
        return self.known_from.answers.get(str(facts.get(self.known_from.fact)))


class Several(OptionsQuestion):
    """Any of the options, from `least` to `most` of them.

    free_text: characters of own words that may stand beside them; 0 where options are all there is.
    """

    kind: Literal["several"]
    least: int = 1
    most: int = 99
    free_text: int = 0


class YesNo(Question):
    """Yes or no."""

    kind: Literal["yes_no"]


class Number(Question):
    """A whole number between two bounds, both included.

    known_from: the number of another flow that answers it without asking, if that is known.
    """

    kind: Literal["number"]
    least: int = 0
    most: int
    known_from: Id | None = None


class Day(Question):
    """A date, in ISO form when kept; bounds are included.

    ahead: from today on, or after_today, and said as people say it. until: it is asked by when: "the end of June" is its last day.
    """

    kind: Literal["date"]
    earliest: str = "1900-01-01"
    latest: str = "2100-12-31"
    ahead: bool = False
    until: bool = False
    after_today: bool = False


class Scale(Question):
    """A rating; the options stand in order, the first is 1. faces: five, from least to most liking."""

    kind: Literal["scale"]
    faces: bool = False
    options: tuple[Option, ...] = Field(min_length=2, max_length=7)


class Words(Question):
    """The person's own words, at most `most` characters.

    known_from: `school`, the place of the school whose link opened the conversation answers it unasked.
    as_written: all that is typed is the answer, whatever it sounds like ("call the school", "change schools"), apart from distress
    and a global word that stands alone. numbers: it names things of the list above by their numbers, or all of them.
    section: the fact whose answer names a section of the plan; it is then asked for in the words of that.
    """

    kind: Literal["text"]
    most: int = 500
    known_from: Literal["school"] | None = None
    as_written: bool = False
    numbers: bool = False
    section: Id | None = None


Ask = Annotated[
    Choice | Several | YesNo | Number | Day | Scale | Words, Field(discriminator="kind")
]


class Judge(StepBase):
    """Judge a rule with the fewest questions: `asks` holds one question for each of its facts."""

    kind: Literal["judge"]
    rule: Id
    asks: tuple[Ask, ...] = ()


class Measure(StepBase):
    """Ask the activities of an instrument, as many as settle it.

    Gives the facts `<id>_leading` (letters) and `<id>_flags` (flat, uniform, fast, few; and
    more, once further families of work than the first were asked for).
    """

    kind: Literal["measure"]
    instrument: Literal["interests"]


class ShowProfile(StepBase):
    """Show what a measure of the same flow has found, with families of work.

    preparation: the fact that says how much preparation the person sees ahead, when it is known;
    levels: what each of its answers means.
    """

    kind: Literal["show_profile"]
    measure: Id
    preparation: Id | None = None
    levels: Mapping[Id, Preparation] = Field(default_factory=dict)
    source: Id


class Enter(StepBase):
    """Go through another flow and come back."""

    kind: Literal["enter"]
    flow: Id


class OfferOption(Option):
    """What can be done next: another flow, or going on where the person was.

    ask: a question of a judge step above that was not needed; whoever takes it answers it all the same.
    about: a second line, what it is and how long it takes. group: of the offer, where it stands.
    answer: the option of the flow's first question that is answered by taking this one.
    more_families: tell the families of work that the portrait above has left for later.
    more: show the options that are not shown at once.
    """

    flow: Id | None = None
    answer: Id | None = None
    ask: Id | None = None
    resume: bool = False
    more_families: bool = False
    more: bool = False
    about: Text | None = None
    group: Id | None = None


class Offer(StepBase):
    """What can be done next; the conversation rests here until one is chosen.

    groups: in which the options stand, in order; then it is told of each what is done and begun.
    at_once: which options are shown before the others are asked for; those that go on always are. None: all of them.
    """

    kind: Literal["offer"]
    text: Text
    groups: tuple[OptionGroup, ...] = ()
    at_once: OptionsAtOnce | None = None
    options: tuple[OfferOption, ...] = Field(min_length=1)


RequestKind = Literal[
    "my_data", "forget", "carry", "join", "decline", "correction", "plan_pdf", "plan_pdf_whole", "plan_calendar",
    "plan_import",
    "plan_history", "plan_version", "plan_restore", BookingStepKind,
]  # fmt: skip


class RequestStep(StepBase):
    """Something only the service has: the turn says what is wanted, and is fed what was found.

    number: the fact with the number of the version of the plan that is wanted. `plan_version` gives the fact `<id>_is`:
    "earlier", "present" or "none". about: of a request about meetings, the facts it rests on; it gives `<id>_is`, how it was answered.
    """

    kind: Literal["request"]
    request: RequestKind
    number: Id | None = None
    about: BookingFacts | None = None

    @model_validator(mode="after")
    def _names_what_it_wants(self) -> Self:
        if (self.number is not None) != (self.request in {"plan_version", "plan_restore"}):
            message = "`number` names the version that is wanted, and nothing else"
            raise ValueError(message)
        return self

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that it reads: what was asked with one is asked again where that is answered anew."""
        named = () if self.number is None else (self.number,)
        return named if self.about is None else (*named, *self.about.facts)


Step = Annotated[
    Say | Choice | Several | YesNo | Number | Day | Scale | Words | Judge | Measure | ShowProfile | ShowOccupation | ShowPlace
    | CompareRounds | ShowDates | ShowCourseSets | ShowSetChanges | ShowClosedPaths | ShowPaths | ShowPath | ShowSavedPaths
    | ShowComparison | ShowWays | ShowPlan | CountPlan | FindInPlan | ChangePlan | ShowHanded | Enter | Offer | RequestStep,
    Field(discriminator="kind"),
]  # fmt: skip

QUESTIONS = (Choice, Several, YesNo, Number, Day, Scale, Words)


class Flow(Frozen):
    """A conversation about one thing, as a script: its steps in order.

    paths: how its steps on paths judge them.
    """

    title: Text
    paths: PathRules | None = None
    steps: tuple[Step, ...] = Field(min_length=1)
