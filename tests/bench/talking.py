"""People of the benchmark in Telegram, and a Bot API within the process that answers at once."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.client.session.aiohttp import AiohttpSession
from telegram.request import BaseRequest

TOKEN = "123456:AAbench-token_of-the-bench-own-server00"
# what a person sends: said, pressed, typed, pressed
DIALOGUE = (
    ("/start", False),
    ("Strādāju", True),
    ("18", False),
    ("Divas stundas, tikai šai reizei", True),
)
ME = {"id": 123456, "is_bot": True, "first_name": "B", "username": "bench_bot"}
Give = Callable[[bytes], Awaitable[None]]


class BotApi:
    """Answers every call as the Bot API does, and lets the people wait for what is sent to them."""

    def __init__(self) -> None:
        self.sent: list[tuple[float, str]] = []  # what Telegram counts: messages and edits
        self._number = self._update = 0
        self._hoped: dict[str, asyncio.Future[str]] = {}

    def answer(self, method: str, given: dict[str, str]) -> bytes:
        """Answer a call; the values are as they would go over the wire."""
        if method == "getMe":
            return json.dumps({"ok": True, "result": ME}).encode()
        if method not in ("sendMessage", "editMessageText"):
            return b'{"ok":true,"result":true}'
        self._number += 1
        chat, rows = given["chat_id"], given.get("reply_markup")
        below = f',"reply_markup":{rows}' if rows else ""
        message = (
            f'{{"message_id":{given.get("message_id", self._number)},"date":1795500000,'
            f'"chat":{{"id":{chat},"type":"private","first_name":"A"}},'
            f'"text":{json.dumps(given["text"])}{below}}}'
        )
        self.sent.append((time.perf_counter(), chat))
        shown = method == "sendMessage" or rows  # else it only takes an old question's buttons away
        if shown and (hoped := self._hoped.pop(chat, None)) is not None:
            hoped.set_result(message)
        return f'{{"ok":true,"result":{message}}}'.encode()

    def update(self, chat: int, words: str, under: str | None = None) -> dict[str, Any]:
        """Make an update: words said, or a button pressed that stands under a message."""
        self._update += 1
        person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "lv"}
        if under is not None:
            message = json.loads(under)
            keys = (key for row in message["reply_markup"]["inline_keyboard"] for key in row)
            data = next(key["callback_data"] for key in keys if key["text"] == words)
            press = {"id": str(self._update), "from": person, "chat_instance": "1", "data": data}
            return {"update_id": self._update, "callback_query": press | {"message": message}}
        message = {
            "message_id": 1_000_000 + self._update, "date": 1795500000, "from": person, "text": words,
            "chat": {"id": chat, "type": "private", "first_name": "A"},
        }  # fmt: skip
        if words.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
        return {"update_id": self._update, "message": message}

    def hope(self, chat: int) -> "asyncio.Future[str]":
        """Wait for the next question in a chat, in a message of its own or edited into one."""
        self._hoped[str(chat)] = asyncio.get_running_loop().create_future()
        return self._hoped[str(chat)]


class AtOnceSession(AiohttpSession):
    """aiogram's session with everything but the network: the form built, the answer parsed."""

    def __init__(self, here: BotApi) -> None:
        super().__init__()
        self.here = here

    async def make_request(self, bot, method, timeout=None):  # noqa: ASYNC109 - the library names it so
        form = self.build_form_data(bot, method)
        given = {options["name"]: value for options, _, value in form._fields}
        content = self.here.answer(method.__api_method__, given).decode()
        return self.check_response(bot, method, 200, content).result


class AtOnceRequest(BaseRequest):
    """The same for PTB."""

    def __init__(self, here: BotApi) -> None:
        self.here = here

    @property
    def read_timeout(self):
        return 20.0

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, url, method, request_data=None, **timeouts):
        given = request_data.json_parameters if request_data else {}
        return 200, self.here.answer(url.rpartition("/")[2], given)


async def talk(here: BotApi, give: Give, chat: int, waits: list[float]) -> None:
    """Hold the dialogue; notes the milliseconds from each update to its answer."""
    shown = None
    for words, pressed in DIALOGUE:
        body = json.dumps(here.update(chat, words, shown if pressed else None)).encode()
        answer = here.hope(chat)
        begun = time.perf_counter()
        await give(body)
        shown = await answer
        waits.append((time.perf_counter() - begun) * 1000)


async def crowd(here: BotApi, give: Give, people: int, at_once: int, waits: list[float]) -> None:
    """Hold the dialogue with many people, some of them at once."""
    chats = iter(range(1000 * people, 1001 * people))

    async def next_one() -> None:
        for chat in chats:
            await talk(here, give, chat, waits)

    await asyncio.gather(*(next_one() for _ in range(at_once)))
