"""Somebody at their plan, and what stands in it."""

from datetime import timedelta

from bot.core.dialogue.inputs import PlanDue, PlanOrdered, PlanWorkedOn
from bot.core.dialogue.session import Answer, Session
from bot.core.plan.orders import Propose, PutItem
from bot.core.plan.plan import Actor
from bot.words.messages import plain
from tests.doubles.clocks import TODAY
from tests.doubles.person import Person

COUNSELLOR = Actor(role="counsellor", name="Ilze")
SOON, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=30)


def planner(talks, *items, who="pupil_10_12", keeping="keep", answers=()):
    """Return somebody at the plan, with some items in it."""
    person = Person(talks, opening=None)
    told = (
        Answer(flow="start", step="who", value=who),
        Answer(flow="start", step="age_band", value="from_18"),
        Answer(flow="start", step="keeping", value=keeping),
        *answers,
    )
    stack = (talks.library.roles.home,)
    release = talks.library.release
    person.session = Session(language="lv", stack=stack, release=release, answers=told)
    person.say("mans plāns")
    if items:
        person.give(PlanOrdered(orders=tuple(PutItem(item=item) for item in items)))
        _as_planned_before(person, items)
    return person


def _as_planned_before(person, items):
    """Let steps be reminded of whose day was still ahead when they were planned."""
    plan = person.session.plan
    asked = {item.wording.text for item in items if getattr(item, "remind", False)}
    steps = tuple(
        one.model_copy(update={"remind": True})
        if one.kind == "step" and one.wording.text in asked
        else one
        for one in plan.items
    )
    changed = plan.model_copy(update={"items": steps})
    person.session = person.session.model_copy(update={"plan": changed})


def comes_back(person, on):
    """Let the day to come back to the plan be one that was ahead when it was chosen."""
    plan = plan_of(person).model_copy(update={"review": on})
    person.session = person.session.model_copy(update={"plan": plan})


def work_on(person, order):
    """Let a counsellor do something to the plan."""
    return person.give(PlanWorkedOn(order=order, by=COUNSELLOR))


def propose(person, item, note=""):
    return work_on(person, Propose(item=item, note=note))


def is_due(person, what, id_="", on=TODAY):
    return person.give(PlanDue(what=what, id=id_, on=on))


def plan_of(person):
    return person.session.plan


def texts(person, kind):
    """Return what the items of one kind say in own words."""
    return [item.wording.text for item in plan_of(person).of_kind(kind)]


def said(person):
    """Return all that the last turn said, with spaces that may break."""
    return "\n".join(plain(message) for message in person.messages).replace("\xa0", " ")
