"""Links that carry a conversation to this chat: asked about here, then where it was begun."""

import re

from bot.channels.telegram.codec import escape
from bot.channels.telegram.protocol import EditText, InlineButton, Outbound, Press, SendText
from bot.channels.telegram.turns import IncomingUpdate, Replies, outgoing
from bot.core.dialogue.inputs import LinkRequested
from bot.core.dialogue.session import LinkingDevice
from bot.ports.effects import UseCode, WakeChat
from bot.ports.records import TurnRequest, TurnResult
from bot.service.conversations import ChannelOutput
from bot.service.device_links import CARRY_PURPOSE

CARRY_CALLBACK_DATA = re.compile(
    r"c\.([A-Za-z0-9_-]{8,60})?"
)  # the answer's data: a code, or none for no


def ask_here(replies: Replies, came: IncomingUpdate, code: str) -> TurnRequest:
    """Ask whether to go on here with the conversation a code opens."""
    carried = replies.store.codes.known(code, CARRY_PURPOSE, came.received.at)
    if carried is None or carried == came.key:
        return replies.say(came, "carry_old" if carried is None else "resumed")
    yes = InlineButton(label=replies.phrase(came, "carry_here"), data=f"c.{code}")
    no = InlineButton(label=replies.phrase(came, "carry_not_here"), data="c.")
    return replies.say(came, "carry_ask", rows=((yes,), (no,)))


def ask_there(
    replies: Replies, came: IncomingUpdate, press: Press, code: str | None
) -> TurnRequest:
    """Put the question where the conversation was begun, if it was wanted here."""
    carried = replies.store.codes.known(code, CARRY_PURPOSE, came.received.at) if code else None
    if code is None or carried is None:
        return replies.say(came, "carry_old" if code else "carry_no")
    own = replies.conversations.read(came.key) if came.key else None
    visitor = LinkingDevice(
        channel=replies.channel, account=came.inbound.chat, former=came.key or "",
        answers=own[0].answers if own else (),
    )  # fmt: skip
    words = escape(replies.phrase(came, "carry_confirm"))
    told: Outbound = SendText(html=words, thread=came.inbound.thread)
    if press.message is not None:
        told = EditText(message=press.message, html=words, or_send=True, thread=came.inbound.thread)
    dressed = ChannelOutput(outgoing((told,)))
    accounts = replies.store.addresses.accounts_of(carried)
    woken = [WakeChat(channel, account) for channel, account in accounts if channel != "web"]
    left = TurnResult(None, effects=(UseCode(code), *woken))
    update = replies.update(came, carried)
    return replies.conversations.turn_request(
        update, LinkRequested(device=visitor), lambda *_: dressed, left
    )
