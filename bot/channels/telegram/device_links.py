"""Links that carry a conversation to this chat: asked about here, then where it was begun."""

import re

from bot.channels.telegram.codec import escape
from bot.channels.telegram.protocol import EditText, InlineButton, Outbound, Press, SendText
from bot.channels.telegram.turns import IncomingUpdate, Replies, outgoing
from bot.core.dialogue.session import LinkingDevice, Session
from bot.ports.records import TurnRequest
from bot.service.conversations import ChannelOutput
from bot.service.device_links import CARRY_PURPOSE, LinkKind
from bot.service.linking_turns import LinkAnswers, request_link

# the answer's data: a code, or none for no
CARRY_CALLBACK_DATA = re.compile(rf"{LinkKind.CARRY}\.([A-Za-z0-9_-]{{8,60}})?")


def ask_here(replies: Replies, incoming: IncomingUpdate, code: str) -> TurnRequest:
    """Ask whether to go on here with the conversation a code opens."""
    carried = replies.store.codes.known(code, CARRY_PURPOSE, incoming.received.at)
    if carried is None or carried == incoming.key:
        return replies.say(incoming, "carry_old" if carried is None else "resumed")
    yes = InlineButton(
        label=replies.phrase(incoming, "carry_here"), data=f"{LinkKind.CARRY}.{code}"
    )
    no = InlineButton(label=replies.phrase(incoming, "carry_not_here"), data=f"{LinkKind.CARRY}.")
    return replies.say(incoming, "carry_ask", rows=((yes,), (no,)))


def ask_there(
    replies: Replies, incoming: IncomingUpdate, press: Press, code: str | None
) -> TurnRequest:
    """Put the question where the conversation was begun, if it was wanted here."""
    carried = replies.store.codes.known(code, CARRY_PURPOSE, incoming.received.at) if code else None
    if code is None or carried is None:
        return replies.say(incoming, "carry_old" if code else "carry_no")
    own = replies.conversations.read(incoming.key) if incoming.key else None
    brought = own[0] if own else Session()
    device = LinkingDevice(
        channel=replies.channel, account=incoming.inbound.chat, former=incoming.key or "",
        answers=brought.answers, plan=brought.plan,
    )  # fmt: skip

    def told(phrase: str) -> ChannelOutput:
        words, thread = escape(replies.phrase(incoming, phrase)), incoming.inbound.thread
        said: Outbound = SendText(html=words, thread=thread)
        if press.message is not None:
            said = EditText(message=press.message, html=words, or_send=True, thread=thread)
        return ChannelOutput(outgoing((said,)))

    here = LinkAnswers(asked=told("carry_confirm"), refused=told("carry_old"))
    update = replies.update(incoming, carried)
    return request_link(replies.conversations, update, code, device, here)
