"""Links that carry a conversation to this chat: asked about here, then where it was begun."""

import re

from bot.channels.telegram.codec import escape
from bot.channels.telegram.protocol import Key, Outbound, Press, Replace, Say
from bot.channels.telegram.turns import IncomingUpdate, Replies, outgoing
from bot.core.dialogue.session import LinkingDevice
from bot.ports.records import TurnRequest
from bot.service.conversations import ChannelOutput
from bot.service.device_links import CARRY
from bot.service.linking_turns import Told, request_link

ASKED = re.compile(r"c\.([A-Za-z0-9_-]{8,60})?")  # the answer's data: a code, or none for no


def ask_here(replies: Replies, came: IncomingUpdate, code: str) -> TurnRequest:
    """Ask whether to go on here with the conversation a code opens."""
    carried = replies.store.codes.known(code, CARRY, came.received.at)
    if carried is None or carried == came.key:
        return replies.say(came, "carry_old" if carried is None else "resumed")
    yes = Key(label=replies.phrase(came, "carry_here"), data=f"c.{code}")
    no = Key(label=replies.phrase(came, "carry_not_here"), data="c.")
    return replies.say(came, "carry_ask", rows=((yes,), (no,)))


def ask_there(
    replies: Replies, came: IncomingUpdate, press: Press, code: str | None
) -> TurnRequest:
    """Put the question where the conversation was begun, if it was wanted here."""
    carried = replies.store.codes.known(code, CARRY, came.received.at) if code else None
    if code is None or carried is None:
        return replies.say(came, "carry_old" if code else "carry_no")
    own = replies.talks.read(came.key) if came.key else None
    visitor = LinkingDevice(
        channel=replies.channel, account=came.inbound.chat, former=came.key or "",
        answers=own[0].answers if own else (),
    )  # fmt: skip

    def told(phrase: str) -> ChannelOutput:
        words, thread = escape(replies.phrase(came, phrase)), came.inbound.thread
        said: Outbound = Say(html=words, thread=thread)
        if press.message is not None:
            said = Replace(message=press.message, html=words, or_send=True, thread=thread)
        return ChannelOutput(outgoing((said,)))

    here = Told(asked=told("carry_confirm"), refused=told("carry_old"))
    return request_link(replies.talks, replies.update(came, carried), code, visitor, here)
