"""The form of a plan: its sections for adults and for pupils, and what goes where; `content/plan.yaml` says it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.flows.conditions import Condition
from bot.core.flows.step_base import Id
from bot.core.plan.items import LearningKind
from bot.core.plan.plan import Audience

EuropassPart = Literal["work", "education", "skills"]
WordBeginning = Annotated[str, Field(pattern=r"^\w+$")]


class PlanSection(Frozen):
    """One section. audiences: whose plan has it. holds: what stands in it beside entries.

    hint: what may be written there. ask: how it is asked for in the chat. sensitive: what stands in it is
    shared only where it is ticked by itself. needs_school: what stands in it is for the school to decide.
    europass: the part of a Europass CV that its entries go to.
    """

    audiences: tuple[Audience, ...] = Field(min_length=1)
    title: Text
    hint: Text
    ask: Text
    holds: Literal["entries", "goals", "steps", "paths"] = "entries"
    sensitive: bool = False
    needs_school: bool = False
    europass: EuropassPart | None = None


class OfferedAnswer(Frozen):
    """An answer of the conversation that can become an entry. fact: the question.

    to: the section, by audience; one that is not named is not offered. without: options that say nothing.
    sensitive: shared only where it is ticked by itself.
    """

    fact: Id
    to: Mapping[Audience, Id] = Field(min_length=1)
    without: tuple[Id, ...] = ()
    sensitive: bool = False
    learning: LearningKind | None = None


# what is found beside answers: a family of work, a skill that can be shown, a kind of support, a course of the set chosen
FoundKind = Literal["family", "skill", "support", "course"]


class OccupationNaming(Frozen):
    """By what a goal names an occupation in a sentence.

    after: words that announce its name: "par", "стать"; before: beginnings of words that close it: "diplom".
    """

    after: tuple[str, ...] = ()
    before: tuple[WordBeginning, ...] = ()


class PlanForm(Frozen):
    """All of it.

    pupils: when a plan has the pupils' form. sections: in their order, by id. offered: answers that can come in.
    found: the section of what else was found, by audience; portrait: that of the picture of the interests.
    subjects: beginnings of words by which own words name a school subject, by the subject's id.
    naming: by what the words of a goal name an occupation.
    agenda, private: the sections of what to talk about, and of private life.
    """

    pupils: Condition
    sections: Mapping[Id, PlanSection] = Field(min_length=1)
    offered: tuple[OfferedAnswer, ...] = ()
    found: Mapping[FoundKind, Mapping[Audience, Id]] = {}
    portrait: Mapping[Audience, Id]
    subjects: Mapping[Id, tuple[WordBeginning, ...]]
    naming: OccupationNaming = OccupationNaming()
    agenda: Id
    private: Id

    def of(self, audience: Audience) -> dict[str, PlanSection]:
        """Return the sections of one audience, in their order."""
        return {id_: one for id_, one in self.sections.items() if audience in one.audiences}

    def found_in(self, kind: FoundKind, audience: Audience) -> str | None:
        """Return the section that something found goes to; None where it goes to none."""
        return self.found.get(kind, {}).get(audience)
