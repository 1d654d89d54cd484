"""What a person has said or found so far that can come into their plan, in a session and the paths over it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.core.dialogue.course_facts import chosen_courses
from bot.core.dialogue.known_interests import known_profile, near_families
from bot.core.dialogue.path_entry import Path
from bot.core.dialogue.session import FREE_TEXT, Answer, Session, Value
from bot.core.flows.conditions import holds
from bot.core.flows.path_steps import ShowPaths
from bot.core.flows.steps import Judge, Number, Scale
from bot.core.library import Library
from bot.core.plan.form import OfferedAnswer
from bot.core.plan.items import (
    Origin,
    PlanDecision,
    PlanEntry,
    PlanItem,
    PlanMap,
    PlanPath,
    PlanPortrait,
)
from bot.core.plan.plan import Audience, Plan
from bot.core.plan.verifying import rule_mark
from bot.core.plan.wording import ContentPhrase, OwnWords, Wording

MOST_FAMILIES = 3  # families of work that are offered
SUREST_STEP = 4  # of a statement of skills: it can be shown
FindPath = Callable[[str], Path]  # the path of the session through a flow


def audience_of(library: Library, session: Session) -> Audience:
    """Return whose form a person's plan has."""
    facts = {answer.step: answer.value for answer in session.answers}
    return "pupil" if holds(library.plan_form.pupils, facts) is True else "adult"


def found_for_plan(
    library: Library, session: Session, plan: Plan, find: FindPath, today: date
) -> tuple[PlanItem, ...]:
    """Return what can come into a plan and is not in it, each with where it comes from.

    The order is that of the conversation: answers, paths, course sets, interests, skills, what rules said. What is found once only,
    and otherwise than the plan has it, takes the place of that.
    """
    facts = {answer.step: answer.value for answer in session.answers}
    held = {_identity(item) for item in plan.shown}
    found = (
        *_answers(library, session, plan.audience, today),
        *_paths(session, today),
        *_maps(library, session, find, today),
        *_courses(library, session, plan.audience, find, today),
        *_interests(library, session, today),
        *_skills(library, session, facts, plan.audience, today),
        *_decisions(library, session, plan.audience, find, today),
    )
    return tuple(_in_place(plan, item) for item in found if _identity(item) not in held)


def _in_place(plan: Plan, item: PlanItem) -> PlanItem:
    """Return an item as one that takes the place of what the plan has of it from an earlier day."""
    if not isinstance(item, PlanDecision | PlanPortrait | PlanMap):
        return item
    rule = item.rule if isinstance(item, PlanDecision) else ""
    for one in plan.shown:
        if one.kind == item.kind and getattr(one, "rule", "") == rule:
            return item.model_copy(update={"id": one.id, "owner": one.owner})
    return item


def _identity(item: PlanItem) -> tuple[object, ...]:
    """Return what makes an item the same as one that is in the plan already."""
    match item:
        case PlanEntry():
            return (item.kind, item.wording)
        case PlanPath():
            return (item.kind, item.saved.card)
        case PlanDecision():
            return (item.kind, item.rule, item.verdict)
        case PlanPortrait():
            return (item.kind, item.profile)
        case PlanMap():
            return (item.kind, item.standing, item.states)
        case _:
            return (item.kind, item.id)


def _answers(
    library: Library, session: Session, audience: Audience, today: date
) -> Iterator[PlanItem]:
    by_fact = {answer.step: answer for answer in session.answers}
    for offered in library.plan_form.offered:
        answer, section = by_fact.get(offered.fact), offered.to.get(audience)
        if answer is None or section is None:
            continue
        origin = Origin(kind="answer", ref=f"{answer.flow}/{answer.step}", on=today)
        is_sensitive = offered.sensitive or library.plan_form.sections[section].sensitive
        for wording in _wordings(library, session, answer, offered):
            yield PlanEntry(
                origin=origin,
                section=section,
                wording=wording,
                sensitive=is_sensitive,
                needs_school=library.plan_form.sections[section].needs_school,
                learning=offered.learning,
            )


def _wordings(
    library: Library, session: Session, answer: Answer, offered: OfferedAnswer
) -> Iterator[Wording]:
    """Return an answer as wordings: each option of several for itself, own words as they were written."""
    question = library.question(answer.flow, answer.step)
    values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    options = {option.id for option in getattr(question, "options", ())}
    for value in values:
        if value is None or value in offered.without or isinstance(question, Number):
            continue
        text = str(value)
        if text in options:
            yield ContentPhrase(of="answer", id=answer.step, value=text)
        elif text.removeprefix(FREE_TEXT).strip():
            language = session.language if session.language in {"lv", "en", "uk", "ru"} else "lv"
            yield OwnWords.model_validate(
                {"text": text.removeprefix(FREE_TEXT).strip(), "language": language}
            )


def _paths(session: Session, today: date) -> Iterator[PlanItem]:
    for saved in session.saved_paths:
        yield PlanPath(origin=Origin(kind="path", ref=saved.card, on=today), saved=saved)


def _maps(library: Library, session: Session, find: FindPath, today: date) -> Iterator[PlanItem]:
    """Return how the paths stand, where they were judged."""
    answered = {answer.flow for answer in session.answers}
    for name, flow in library.flows.items():
        if flow.paths is None or name not in answered:
            continue
        path = find(name)
        standing = path.facts.get(flow.paths.standing)
        shown = [entry for entry in path.entries if isinstance(entry.step, ShowPaths)]
        if shown and isinstance(standing, str):
            origin = Origin(kind="path", ref=name, on=today)
            yield PlanMap(origin=origin, standing=standing, states=shown[-1].cards, on=today)


def _courses(
    library: Library, session: Session, audience: Audience, find: FindPath, today: date
) -> Iterator[PlanItem]:
    """Return the courses of the set that a person has, or the only one they told of; the school decides on them."""
    section = library.plan_form.found_in("course", audience)
    answered = {answer.flow for answer in session.answers}
    for name in sorted(library.flows_with_sets & answered) if section is not None else ():
        chosen = chosen_courses(library, name, find(name).facts)
        for course in chosen.courses:
            yield PlanEntry(
                origin=Origin(kind="answer", ref=f"{name}/{chosen.said_by}", on=today),
                section=str(section),
                wording=ContentPhrase(of="course", id=course, value=chosen.school),
                needs_school=True,
            )


def _interests(library: Library, session: Session, today: date) -> Iterator[PlanItem]:
    answers = {answer.step: answer for answer in session.answers}
    profile = known_profile(library, answers)
    if profile is None:
        return
    items = library.interests.letters.keys() & answers.keys()
    origin = Origin(kind="interests", on=today)
    yield PlanPortrait(origin=origin, profile=profile, answered=len(items), on=today)
    section = library.plan_form.found_in("family", audience_of(library, session))
    if section is None:
        return
    for family in near_families(library, answers)[:MOST_FAMILIES]:
        yield PlanEntry(
            origin=origin, section=section, wording=ContentPhrase(of="family", id=family)
        )


def _skills(
    library: Library,
    session: Session,
    facts: Mapping[str, Value],
    audience: Audience,
    today: date,
) -> Iterator[PlanItem]:
    section = library.plan_form.found_in("skill", audience)
    if section is None:
        return
    for answer in session.answers:
        question = library.question(answer.flow, answer.step)
        if isinstance(question, Scale) and not question.faces and facts[answer.step] == SUREST_STEP:
            yield PlanEntry(
                origin=Origin(kind="skills", ref=answer.step, on=today),
                section=section,
                wording=ContentPhrase(of="skill", id=answer.step),
            )


def _decisions(
    library: Library, session: Session, audience: Audience, find: FindPath, today: date
) -> Iterator[PlanItem]:
    """Return what rules have said, and what they name; what nobody was told yet, though it follows from their words, is not theirs."""
    answered = {answer.flow for answer in session.answers}
    section = library.plan_form.found_in("support", audience)
    for name, flow in library.flows.items():
        judged = [step for step in flow.steps if isinstance(step, Judge)]
        if name not in answered or not judged:
            continue
        entries = find(name).entries
        verdicts = {
            entry.step.rule: entry.verdict
            for entry in entries
            if isinstance(entry.step, Judge)
            and entry.verdict is not None
            and entry.step.rule in session.judged
        }
        for rule, verdict in verdicts.items():
            origin = Origin(kind="rule", ref=rule, on=today)
            yield PlanDecision(
                origin=origin,
                rule=rule,
                on=today,
                verdict=verdict,
                mark=rule_mark(library.rules[rule]),
                release=library.release,
            )
            for offer in verdict.offers if section is not None else ():
                phrase = ContentPhrase(of="support", id=rule, value=offer.id)
                yield PlanEntry(origin=origin, section=str(section), wording=phrase)
