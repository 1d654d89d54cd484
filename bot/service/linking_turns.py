"""The turn that asks, in a conversation, whether another device may go on with it."""

from dataclasses import replace
from hashlib import blake2b
from typing import Final, NamedTuple

from bot.core.dialogue.inputs import LinkRequested
from bot.core.dialogue.session import LinkingDevice
from bot.ports.effects import GiveCode, UseCode, WakeChat
from bot.ports.records import StoredConversation, TurnRequest, TurnResult, Update
from bot.service.conversations import ChannelOutput, DurableConversations
from bot.service.device_links import CARRY_PURPOSE, PULLED_CHANNEL

ASKED_PURPOSE: Final = "asked"  # of the code by which a device that asked is known again


class LinkAnswers(NamedTuple):
    """What the device is told that asks: that the conversation is asked, or that the code is used."""

    asked: ChannelOutput = ChannelOutput()
    refused: ChannelOutput = ChannelOutput()


def asked_code(code: str, account: str) -> str:
    """Return the code by which a device is known that has used another, when its form comes twice."""
    return blake2b(f"{code}/{account}".encode(), digest_size=16).hexdigest()


def request_link(
    conversations: DurableConversations,
    update: Update,
    code: str,
    device: LinkingDevice,
    told: LinkAnswers,
) -> TurnRequest:
    """Return the turn that uses a code and puts the question to the conversation it opens.

    update: of that conversation, which stays as it is where the code has been used up meanwhile.
    """
    accounts = conversations.store.addresses.accounts_of(update.conversation)
    woken = [
        WakeChat(channel, account) for channel, account in accounts if channel != PULLED_CHANNEL
    ]
    until = update.at + conversations.dialogue.library.policy.carry_minutes * 60_000
    again = GiveCode(asked_code(code, device.account), ASKED_PURPOSE, until)
    left = TurnResult(None, effects=(UseCode(code), again, *woken))
    asked = conversations.turn_request(
        update, LinkRequested(device=device), lambda *_: told.asked, left
    )

    def work(stored: StoredConversation) -> TurnResult:
        assert stored.snapshot is not None
        # the code is used in the turn that looks at it, so that of two devices one is asked about
        if stored.snapshot.known_code(code, CARRY_PURPOSE, update.at) != update.conversation:
            return replace(conversations.unchanged(stored)[1], effects=told.refused.effects)
        return asked.work(stored)

    return TurnRequest(update, work)
