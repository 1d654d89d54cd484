"""The people's bot in teremok: an aiogram session of other people's making, strict on limits."""

import asyncio
import base64
from dataclasses import replace

import pytest
from aiogram import methods
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.methods.base import Response
from aiogram.types import Message, ResponseParameters
from pydantic import BaseModel
from teremok import (
    DEFAULT_USER_ID,
    MockCallbackQuery,
    MockedSession,
    MockMessageText,
    MockUpdate,
    MockUser,
)

from bot.channels.telegram.aiogram_driver import AiogramDriver
from bot.channels.telegram.people_bot import PeopleBot
from bot.channels.telegram.protocol import AnswerPress, EditText, InlineButton, SendFile, SendText
from bot.channels.telegram.runner import BotRunner
from bot.core.dialogue.inputs import Commanded, Started
from bot.service.conversations import DurableConversations
from bot.service.queues.delivery import Gone, Moved, Rejected, RetryLater, Sent, TooLarge
from bot.service.queues.inbox_worker import InboxWorker
from bot.service.queues.outbox_worker import OutboxWorker, RateLimiter
from bot.wiring import SystemClock
from tests.conftest import set_aside
from tests.doubles.journeys import RESULT, support, talk
from tests.telegram.screens import expected, lines
from tests.telegram.server import TOKEN

CHAT = str(DEFAULT_USER_ID)


def typed(method):
    """Make aiogram's own method of the plain values we send: its models refuse what is not theirs."""
    name = type(method).__api_method__
    kind = getattr(methods, name[0].upper() + name[1:])
    return kind.model_validate({**method.model_extra})


class House(MockedSession):
    """teremok's session, remembering what stands in the chat."""

    def __init__(self):
        super().__init__()
        self.chat = {}

    async def make_request(self, bot, method, timeout=None):  # noqa: ASYNC109 - aiogram's own
        method = typed(method)
        result = await super().make_request(bot, method, timeout)
        if isinstance(method, EditMessageText):
            # teremok gives an edited message a new number; Telegram leaves it its own
            assert method.message_id in self.chat
            self.chat[method.message_id] = method
        elif isinstance(result, Message):
            self.chat[result.message_id] = method
        return result.model_dump(mode="json") if isinstance(result, BaseModel) else result

    def fail(self, method, code, description, **parameters):
        """Order a failure of the next call."""
        given = ResponseParameters(**parameters) if parameters else None
        failure = {"ok": False, "error_code": code, "description": description}
        self.add_result(method, Response[method.__returning__](**failure, parameters=given))


class Guest:
    """A person who talks with the bot inside teremok; every call works both lines off."""

    def __init__(self, house, talks, store, language="lv"):
        self.house, self.store = house, store
        self.user = MockUser(language_code=language)
        driver = AiogramDriver(TOKEN, "http://127.0.0.1:9", session=house)
        self.bot = PeopleBot(driver, DurableConversations(talks, store), store)
        self.running = BotRunner(driver, self.bot, store, SystemClock())
        self.deliveries = []

    def say(self, text):
        self._bring(MockUpdate(message=MockMessageText(text, user=self.user)))

    def press(self, label):
        at, data = self._button(label)
        message = MockMessageText("", user=self.user).model_copy(update={"message_id": at})
        query = MockCallbackQuery(data, user=self.user, message=message)
        self._bring(MockUpdate(callback_query=query))

    def screen(self):
        return [lines(method.text) for method in self.house.chat.values()]

    def _button(self, label):
        for at, method in reversed(self.house.chat.items()):
            for row in method.reply_markup.inline_keyboard if method.reply_markup else ():
                for key in row:
                    if key.text == label:
                        return at, key.callback_data
        raise AssertionError(f"no button {label!r} in {self.screen()}")

    def _bring(self, update):
        raw = update.model_dump_json(by_alias=True, exclude_unset=True)
        asyncio.run(self._work_off(raw.encode()))

    async def _work_off(self, raw):
        assert await self.running.take_webhook_call(raw) == 200
        channel, clock, store = self.bot.channel, SystemClock(), self.store
        pace = RateLimiter(rate=200, rest=0)
        intake = InboxWorker(store, channel, clock, self.bot.handle)
        sending = OutboxWorker(
            store.outbox, channel, clock, self._send, failed=self.bot.failed, pace=pace
        )
        for work, line in ((intake, "inbox"), (sending, "outbox")):
            stop = asyncio.Event()
            running = asyncio.create_task(work.run(stop, asyncio.Event()))
            while getattr(store, line).next_due(channel) is not None:
                await asyncio.sleep(0.005)
            stop.set()
            await running

    async def _send(self, claimed):
        delivery = await self.bot.send(claimed)
        shown = replace(delivery, buttons="") if isinstance(delivery, Sent) else delivery
        self.deliveries.append(shown)
        return delivery


@pytest.fixture
def house():
    return House()


@pytest.fixture
def guest(house, talks, store):
    return Guest(house, talks, store)


def sent(house, *outbounds):
    """Send through the driver alone; gives what came of each."""

    async def run():
        driver = AiogramDriver(TOKEN, "http://127.0.0.1:9", session=house)
        return [await driver.send(one, CHAT) for one in outbounds]

    return asyncio.run(run())


@pytest.mark.parametrize("language", ["lv", "en", "uk"])
def test_the_whole_support_flow_is_accepted_and_reads_as_it_should(house, talks, store, language):
    guest, words = Guest(house, talks, store, language), support(talks, language).done
    guest.say("/start")
    talk(guest, words)
    hinted = (Commanded(word="language", about=language),) if language != "lv" else ()
    assert guest.screen() == expected(talks, [(*hinted, Started())], words)
    assert guest.screen()[-2][0] == RESULT[language]
    assert {type(one) for one in guest.deliveries} == {Sent}
    presses = [one for one in house.requests if isinstance(one, AnswerCallbackQuery)]
    assert len(presses) == sum(word.startswith("[") for word in words)
    assert len(guest.deliveries) == len(house.requests) - len(presses)
    assert set_aside(store) == []


def test_a_limit_is_waited_out_and_nothing_is_lost(guest, house, store):
    house.fail(SendMessage, 429, "Too Many Requests: retry after 1", retry_after=1)
    guest.say("/start")
    assert guest.deliveries == [RetryLater(1, counted=False), Sent("1")]
    assert len(guest.screen()) == 1


def test_a_person_who_blocked_the_bot_is_noted(guest, house, store):
    guest.say("/start")
    key = store.addresses.whose("people", CHAT)
    assert store.addresses.accounts_of(key) == [("people", CHAT)]
    house.fail(SendMessage, 403, "Forbidden: bot was blocked by the user")
    guest.say("/menu")
    assert guest.deliveries == [Sent("1"), Gone()]
    assert store.addresses.accounts_of(key) == []


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        ((429, "Too Many Requests: retry after 7", 7), RetryLater(7, counted=False)),
        ((429, "Too Many Requests", None), RetryLater(counted=False)),
        ((403, "Forbidden: user is deactivated", None), Gone()),
        ((400, "Bad Request: chat not found", None), Gone()),
        ((413, "Request Entity Too Large", None), TooLarge("Request Entity Too Large")),
        ((500, "Internal Server Error", None), RetryLater()),
        ((400, "Bad Request: no", None), Rejected("Bad Request: no")),
    ],
)
def test_every_queued_failure_is_a_value(house, failure, outcome):
    code, description, after = failure
    house.fail(SendMessage, code, description, **({"retry_after": after} if after else {}))
    assert sent(house, SendText(html="x")) == [outcome]


def test_a_chat_that_moved_is_told(house):
    house.fail(SendMessage, 400, "Bad Request: upgraded", migrate_to_chat_id=-1009)
    assert sent(house, SendText(html="x")) == [Moved("-1009")]


# --- that teremok would have refused what Telegram refuses


def button(data):
    return ((InlineButton(label="Jā", data=data),),)


@pytest.mark.parametrize(
    ("outbound", "outcome"),
    [
        (SendText(html="ā" * 4096), Sent("1")),
        (SendText(html="ā" * 4097), TooLarge("Bad Request: message is too long")),
        (SendText(html="😀" * 2049), TooLarge("Bad Request: message is too long")),
        (EditText(message="1", html="ā" * 4097), TooLarge("Bad Request: message is too long")),
        (SendText(html="x", rows=button("ā" * 32)), Sent("1")),
        (SendText(html="x", rows=button("ā" * 33)), Rejected("Bad Request: BUTTON_DATA_INVALID")),
        (AnswerPress(query="1", text="ā" * 200), Sent("")),
        (AnswerPress(query="1", text="ā" * 201), TooLarge("Bad Request: MESSAGE_TOO_LONG")),
        (SendText(html=""), Rejected("Bad Request: message text is empty")),
        (SendText(html="A & B"), Rejected(
            "Bad Request: can't parse entities: Unexpected character '&' (escape it as &amp;)"
        )),
        (SendText(html="<b>x"), Rejected(
            'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'
        )),
    ],
)  # fmt: skip
def test_what_is_beyond_the_limits_is_refused(house, outbound, outcome):
    assert sent(house, outbound) == [outcome]


def test_a_file_with_too_long_a_caption_is_refused(house):
    content = base64.b64encode(b"%PDF").decode()
    fits, over = (SendFile(name="a.pdf", content=content, caption="ā" * n) for n in (1024, 1025))
    assert sent(house, fits, over) == [
        Sent("1"),
        TooLarge("Bad Request: media caption is too long"),
    ]
