"""Which flow, question or option plays which part for the program; `content/roles.yaml` says it."""

from collections.abc import Mapping
from typing import Literal

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Pair, Text
from bot.core.flows.step_base import Id


class Consent(Frozen):
    """A question, and the option of it that agrees."""

    fact: Id
    given: Id


class AddressForm(Frozen):
    """The question that tells how to address a person; `informal`: its options that mean `tu`.

    of_child: those of adults who ask for a child.
    """

    fact: Id
    informal: tuple[Id, ...]
    of_child: tuple[Id, ...] = ()


class Audience(Frozen):
    """The question whose answers tell whom a date or a notice is for."""

    fact: Id


class Age(Frozen):
    """The question that tells a child from others, and the one that a parent answers for a child."""

    fact: Id
    child: Id
    parent: Consent


class OccupationLookUp(Frozen):
    """The flow that tells about an occupation, and its question for what it is called."""

    flow: Id
    fact: Id


class Correction(Frozen):
    """The flow that takes what somebody says is wrong, and its question for how."""

    flow: Id
    fact: Id


class PlaceLookUp(Frozen):
    """The flow that tells who helps in a place, and its question for where that is."""

    flow: Id
    fact: Id


class PlanRoles(Frozen):
    """The flows on the plan that buttons and what is due open.

    home: shows it; done, move, look: what can be done with one of its items; proposals: those that wait.
    due, review, check_in: ask about a step on its day, look the plan over, ask whether it still fits.
    bring: shows what a file would change, and asks whether to take it.
    """

    home: Id
    done: Id
    move: Id
    look: Id
    proposals: Id
    due: Id
    review: Id
    check_in: Id
    bring: Id


class Roles(Frozen):
    """The only ids of the content that the program knows; `celvedis check` finds those that are gone.

    first: where a new conversation begins; home: where a conversation comes to rest.
    human, show_data, erase, carry: what the global words of that meaning open.
    carried: asks whether another device may join; class_start: what a class does together.
    audience: the question whose answers tell whom a date or a notice is for.
    """

    first: Id
    home: Id
    human: Id
    show_data: Id
    erase: Id
    carry: Id
    carried: Id
    class_start: Id
    look_up: OccupationLookUp
    correction: Correction
    audience: Audience
    place: PlaceLookUp
    plan: PlanRoles
    address_form: AddressForm
    consent: Consent
    age: Age


def is_informal(roles: Roles, facts: Mapping[str, object]) -> bool:
    """Return whether a person is addressed as `tu`. facts: what was answered, by question."""
    return facts.get(roles.address_form.fact) in roles.address_form.informal


def is_of_child(roles: Roles, facts: Mapping[str, object]) -> bool:
    """Return whether an adult asks for a child. facts: what was answered, by question."""
    return facts.get(roles.address_form.fact) in roles.address_form.of_child


def register_for(roles: Roles, facts: Mapping[str, object]) -> Literal["tu", "jus", "child"]:
    """Return how a person is addressed: "tu" to pupils, "child" to who asks for a child, else "jus".

    facts: what was answered, by question.
    """
    if is_informal(roles, facts):
        return "tu"
    return "child" if is_of_child(roles, facts) else "jus"


def asks_of_child(roles: Roles, text: Text, facts: Mapping[str, object]) -> bool:
    """Return whether a message to somebody is about a child of theirs. facts: what was answered, by question."""
    return isinstance(text, Pair) and text.child is not None and is_of_child(roles, facts)


def has_consent(roles: Roles, facts: Mapping[str, object]) -> bool:
    """Return whether answers may be kept for long: the person agrees, and for a child a parent too.

    facts: what was answered, by question.
    """
    is_child = facts.get(roles.age.fact) == roles.age.child
    parent = roles.age.parent
    if is_child and facts.get(parent.fact) != parent.given:
        return False
    return facts.get(roles.consent.fact) == roles.consent.given
