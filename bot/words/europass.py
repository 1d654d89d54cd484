"""A plan's experience, learning and skills as a Europass CV, in XML after the schema V3.4.

The schema is the last one published for the Europass documents of before 2020 (root `SkillsPassport`). Whether today's
editor takes such a file was not tried; the file says so itself. It holds no name and no address, since we know none.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from bot.core.plan.form import EuropassPart
from bot.core.plan.items import PlanEntry, PlanGoal, PlanItem, PlanStep
from bot.core.plan.plan import Plan
from bot.words.plan_items import PlanItemWords

EUROPASS_VERSION = "V3.4"
EUROPASS_NAMESPACE = "http://europass.cedefop.europa.eu/Europass"
GENERATOR = "Celvedis"
# what XML 1.0 can hold of a text
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
YEARS = re.compile(r"\s*([12][0-9]{3})\s*[-–—]\s*([12][0-9]{3})\s*")

register_namespace("", EUROPASS_NAMESPACE)


def europass_file(words: PlanItemWords, plan: Plan, moment: datetime) -> bytes:
    """Return the CV. words: in its language. moment: when it is made, in UTC. What is sensitive is not in it."""
    items = tuple(item for item in plan.items if not item.sensitive)
    root = Element(_named("SkillsPassport"), {"locale": words.language})
    _about(SubElement(root, _named("DocumentInfo")), words, moment)
    learner = SubElement(root, _named("LearnerInfo"))
    _headline(learner, words, items)
    _experiences(learner, words, _entries(words, items, "work"), WORK)
    _experiences(learner, words, _entries(words, items, "education"), LEARNING)
    _skills(learner, words, _entries(words, items, "skills"))
    _achievements(learner, words, items)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


class _Names(NamedTuple):
    """What the elements of a kind of experience are called."""

    listed: str
    one: str
    title: tuple[str, ...]


WORK = _Names("WorkExperienceList", "WorkExperience", ("Position", "Label"))
LEARNING = _Names("EducationList", "Education", ("Title",))


def _about(info: Element, words: PlanItemWords, moment: datetime) -> None:
    at = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    _text(info, ("DocumentType",), "ECV")
    _text(info, ("CreationDate",), at)
    _text(info, ("LastUpdateDate",), at)
    _text(info, ("XSDVersion",), EUROPASS_VERSION)
    _text(info, ("Generator",), GENERATOR)
    note = words.phrase("plan_europass_note", version=EUROPASS_VERSION)
    _text(info, ("Comment",), note)
    _text(info, ("EuropassLogo",), "false")


def _headline(learner: Element, words: PlanItemWords, items: Iterable[PlanItem]) -> None:
    """Write the work that is aimed at, where a goal names an occupation."""
    named = (one.occupation for one in items if isinstance(one, PlanGoal) and one.occupation)
    occupation = next(named, "")
    if occupation:
        headline = SubElement(learner, _named("Headline"))
        _text(headline, ("Type", "Code"), "preferred_job")
        _text(headline, ("Description", "Label"), words.occupation(occupation))


def _experiences(
    learner: Element, words: PlanItemWords, entries: list[PlanEntry], names: _Names
) -> None:
    """Write work or learning: the first line is its title, the rest tells of it."""
    listed = SubElement(learner, _named(names.listed)) if entries else learner
    for entry in entries:
        one = SubElement(listed, _named(names.one))
        title, _, rest = words.wording(entry.wording).text.strip().partition("\n")
        years = YEARS.fullmatch(entry.years)
        if years is not None:
            period = SubElement(one, _named("Period"))
            SubElement(period, _named("From"), {"year": years[1]})
            SubElement(period, _named("To"), {"year": years[2]})
        _text(one, names.title, title)
        told = [rest.strip(), *_told(words, entry, years=years is None)]
        _text(one, ("Activities",), "\n".join(filter(None, told)))


def _told(words: PlanItemWords, entry: PlanEntry, *, years: bool) -> Iterator[str]:
    """Return what else is known of an entry and has no element of its own here."""
    if years and entry.years:
        yield words.phrase("plan_years", years=entry.years)
    if entry.document:
        yield words.phrase("plan_document", name=entry.document)


def _skills(learner: Element, words: PlanItemWords, entries: list[PlanEntry]) -> None:
    """Write skills as one text: which of Europass's kinds each is of, nobody has said."""
    lines = [
        ". ".join((words.wording(one.wording).text.strip(), *_told(words, one, years=True)))
        for one in entries
    ]
    if lines:
        skills = SubElement(learner, _named("Skills"))
        _text(skills, ("Other", "Description"), "\n".join(lines))


def _achievements(learner: Element, words: PlanItemWords, items: Iterable[PlanItem]) -> None:
    """Write the steps that are done and have taught something, or are shown by a paper."""
    done = [
        item
        for item in items
        if isinstance(item, PlanStep)
        and item.state == "done"
        and (item.learning is not None or item.document)
    ]
    listed = SubElement(learner, _named("AchievementList")) if done else learner
    for step in done:
        one = SubElement(listed, _named("Achievement"))
        _text(one, ("Title", "Label"), words.phrase(f"plan_step_{step.activity}"))
        told = [words.wording(step.wording).text]
        if step.document:
            told.append(words.phrase("plan_document", name=step.document))
        _text(one, ("Description",), "\n".join(told))


def _entries(
    words: PlanItemWords, items: Iterable[PlanItem], part: EuropassPart
) -> list[PlanEntry]:
    """Return the entries of the sections that go to a part of the CV."""
    sections = words.library.plan_form.sections
    return [
        item
        for item in items
        if isinstance(item, PlanEntry)
        and item.section in sections
        and sections[item.section].europass == part
    ]


def _text(parent: Element, path: tuple[str, ...], text: str) -> None:
    """Write a text into elements within each other; none of them where there is no text."""
    if not text:
        return
    for name in path:
        parent = SubElement(parent, _named(name))
    parent.text = UNWRITABLE.sub("", text)


def _named(name: str) -> str:
    return f"{{{EUROPASS_NAMESPACE}}}{name}"
