"""A conversation in typed words, without a channel, and what came of it."""

from bot.cli.hearing import hear_query
from bot.core.dialogue.inputs import Said, Started
from bot.core.dialogue.session import Session


def heard(talks, flow, step, text):
    return hear_query(talks, {"flow": flow, "step": step, "text": text})


def talk(talks, *said):
    """Return the session and the events of the last of some inputs."""
    session, events = Session(), ()
    for one in (Started(), *said):
        given = Said(text=one) if isinstance(one, str) else one
        output = talks.advance(session, given)
        session, events = output.session, output.events
    return session, events


def facts(session):
    return {answer.step: answer.value for answer in session.answers}


def of_kind(events, kind):
    return [event for event in events if isinstance(event, kind)]
