"""A strict fake of the Bot API: long polling, offsets, a secret, limits, and failures to order."""

import asyncio
import json
import re
import threading
import time
from collections import deque
from html.parser import HTMLParser
from typing import Any

from aiohttp import ClientError, ClientSession, web

TOKEN = "123456:AAtest-token_of-the-tests-own-server00"
USER = {"id": 77, "is_bot": False, "first_name": "A&B <i>", "language_code": "lv"}


class Markup(HTMLParser):
    """Reads Telegram's HTML as strictly as Telegram does; keeps the words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        if tag not in ("b", "i", "a", "u", "s", "code", "pre", "blockquote"):
            raise ValueError(f"unsupported start tag {tag}")
        self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            raise ValueError("unexpected end tag")

    def handle_data(self, data):
        self.words += data


class Refused(Exception):
    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        self.code, self.description, self.parameters = code, description, parameters


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Server:
    """One bot's server, in a thread of its own."""

    def __init__(self) -> None:
        self.pending: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.chats: dict[int, list[dict[str, Any]]] = {}
        self.files: list[dict[str, Any]] = []  # as they came, with their content
        self.sent: dict[str, bytes] = {}  # by people, by the names of the files
        self.fetched: list[str] = []  # of these, the names of those that were
        self.failures: dict[str, deque[Any]] = {}
        self.times: list[tuple[float, int]] = []
        self.mine: dict[str, Any] = {}
        self.hook: dict[str, Any] = {}
        self.answered: list[str] = []
        self.token = TOKEN
        self.topics_gone: dict[
            int, str
        ] = {}  # what is said of a topic that is no more, by its number
        self.others: dict[str, Server] = {}  # by their tokens: what is asked of them is passed on
        self.offset = 0
        self._number, self._update, self._query = 100, 5_000, 0
        self._ready, self._polls = threading.Event(), 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()
        self.base = f"http://127.0.0.1:{self.port}"

    def _run(self) -> None:
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/documents/{name}", self._give)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        self.loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self.loop.run_until_complete(site.start())
        self.port = site._server.sockets[0].getsockname()[1]
        self._came = asyncio.Event()
        self._ready.set()
        self.loop.run_forever()
        self.loop.run_until_complete(runner.cleanup())
        self.loop.close()

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()

    # --- the person's side

    def update(self, **what: Any) -> int:
        """Let an update come; gives its id."""
        self._update += 1
        self.push({"update_id": self._update, **what})
        return self._update

    def push(self, raw: dict[str, Any]) -> None:
        """Let a raw update come, whatever it looks like."""
        self.pending.append(raw)
        self.loop.call_soon_threadsafe(self._came.set)

    def message(self, text: str | None = None, chat: int = 77, **more: Any) -> dict[str, Any]:
        self._number += 1
        kind = {"id": chat, "type": "private", "first_name": "A&B <i>"}
        found = {
            "message_id": self._number,
            "date": 1795500000,
            "chat": kind,
            "from": USER | {"id": chat},
        }
        return found | ({} if text is None else {"text": text}) | more

    def say(self, text: str, chat: int = 77) -> int:
        return self.update(message=self.message(text, chat))

    def send(self, content: bytes, name: str = "plans.json", chat: int = 77, **about: Any) -> int:
        """Send a file as a document. about: what else is told of it, in place of the usual."""
        file = f"file{len(self.sent)}"
        self.sent[file] = content
        document = {
            "file_id": file,
            "file_unique_id": "u",
            "file_name": name,
            "mime_type": "application/json",
            "file_size": len(content),
        }
        return self.update(message=self.message(None, chat, document=document | about))

    def press(self, label: str, chat: int = 77, old: int = -1) -> int:
        """Press a button of the newest message that has it (or of an older one)."""
        keyed = [m for m in self.chats[chat] if label in self.labels(m)]
        return self.press_at(keyed[old], label, chat)

    def press_at(self, message: dict[str, Any], label: str, chat: int = 77) -> int:
        self._query += 1
        return self.update(callback_query={
            "id": f"q{self._query}", "from": USER | {"id": chat}, "chat_instance": "1",
            "data": self.labels(message)[label], "message": message,
        })  # fmt: skip

    @staticmethod
    def labels(message: dict[str, Any]) -> dict[str, str]:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return {key["text"]: key["callback_data"] for row in rows for key in row}

    def fresh(self) -> bool:
        """Tell whether some update has not been acknowledged by a later offset."""
        known = self.offset
        return any(raw.get("update_id", known) >= known for raw in list(self.pending))

    def texts(self, chat: int = 77) -> list[str]:
        return [
            message.get("text", message.get("caption", "")) for message in self.chats.get(chat, [])
        ]

    def fail(self, method: str, *failures: Any) -> None:
        """Order failures: a Refused, or "drop", "html", "torn", or seconds to be slow."""
        self.failures.setdefault(method, deque()).extend(failures)

    async def bring(self, url: str, secret: str, raw: Any) -> int:
        async with (
            ClientSession() as session,
            session.post(
                url, json=raw, headers={"X-Telegram-Bot-Api-Secret-Token": secret}
            ) as answer,
        ):
            return answer.status

    # --- the bot's side

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if (other := self.others.get(request.match_info["token"])) is not None:
            return await self._pass_on(request, other.base)
        try:
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            given = await self._given(request)
            planned = self.failures.get(method)
            failure = planned.popleft() if planned else None
            if isinstance(failure, Refused):
                raise failure
            if failure == "html":
                return web.Response(
                    status=502, text="<html>Bad Gateway</html>", content_type="text/html"
                )
            if isinstance(failure, float):
                await asyncio.sleep(failure)
            result = await self._do(method, given)
            self.calls.append((method, given))
            if failure == "drop":
                request.transport.close()
                return web.Response()
            if failure == "torn":  # an answer of which the end is missing
                whole = json.dumps({"ok": True, "result": result})
                return web.Response(text=whole[:-9], content_type="application/json")
            return web.json_response({"ok": True, "result": result})
        except Refused as error:
            body: dict[str, Any] = {
                "ok": False,
                "error_code": error.code,
                "description": error.description,
            }
            if error.parameters:
                body["parameters"] = error.parameters
            return web.json_response(body, status=error.code)

    async def _give(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if request.match_info["token"] != self.token or name not in self.sent:
            return web.Response(status=404, text="Not Found")
        planned = self.failures.get("file")
        failure = planned.popleft() if planned else None
        if failure == "drop":
            request.transport.close()
            return web.Response()
        if isinstance(failure, int):
            return web.Response(status=failure, text="no")
        self.fetched.append(name)
        return web.Response(body=self.sent[name])

    async def _pass_on(self, request: web.Request, base: str) -> web.Response:
        headers = {"Content-Type": request.headers.get("Content-Type", "")}
        body = await request.read()
        try:
            async with (
                ClientSession() as session,
                session.post(base + request.path, data=body, headers=headers) as answer,
            ):
                kind = answer.content_type
                return web.Response(
                    status=answer.status, body=await answer.read(), content_type=kind
                )
        except ClientError:  # it broke off, and so does this
            if request.transport is not None:
                request.transport.close()
            return web.Response()

    async def _given(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return await request.json()
        found: dict[str, Any] = {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                found[name] = {"name": value.filename, "content": value.file.read()}
            else:
                try:
                    found[name] = json.loads(value) if value[:1] in "[{" else value
                except ValueError:
                    found[name] = value
        for name, value in list(found.items()):
            if isinstance(value, str) and value.startswith("attach://"):
                if value[9:] not in found:
                    raise Refused(400, "Bad Request: file is not attached")
                found[name] = found[value[9:]]
        return found

    async def _do(self, method: str, given: dict[str, Any]) -> Any:
        if method == "getMe":
            return {
                "id": 123456,
                "is_bot": True,
                "first_name": "Ceļvedis",
                "username": "celvedis_bot",
            }
        if method == "getUpdates":
            return await self._updates(int(given.get("offset", 0)), float(given.get("timeout", 0)))
        if method in ("setWebhook", "deleteWebhook"):
            if str(given.get("drop_pending_updates", "false")).lower() == "true":
                self.pending.clear()
            self.hook = given if method == "setWebhook" else {}
            return True
        if method == "answerCallbackQuery":
            if given["callback_query_id"] in self.answered:
                raise Refused(
                    400,
                    "Bad Request: query is too old and response timeout expired or query ID is invalid",
                )
            self.answered.append(given["callback_query_id"])
            return True
        if method == "getFile":
            file = given["file_id"]
            if file not in self.sent:
                raise Refused(
                    400, "Bad Request: wrong file_id or the file is temporarily unavailable"
                )
            found = {"file_id": file, "file_unique_id": "u", "file_size": len(self.sent[file])}
            return found | {"file_path": f"documents/{file}"}
        if method.startswith(("getMy", "setMy")):
            return self._own(method, given)
        return self._message(method, given)

    async def _updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        if self.hook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._polls:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        self._polls += 1
        try:
            self.offset = max(self.offset, offset)
            for raw in list(self.pending):
                if raw.get("update_id", offset) < offset:
                    self.pending.remove(raw)
            until = time.monotonic() + seconds
            while not self.pending and (left := until - time.monotonic()) > 0:
                self._came.clear()
                try:
                    await asyncio.wait_for(self._came.wait(), left)
                except TimeoutError:
                    break
            return self.pending[:100]
        finally:
            self._polls -= 1

    def _own(self, method: str, given: dict[str, Any]) -> Any:
        what, code = method[5:], given.get("language_code", "")
        if method.startswith("set"):
            if what == "Commands":
                for one in given["commands"]:
                    if (
                        not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"])
                        or not 1 <= len(one["description"]) <= 256
                    ):
                        raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            self.mine[f"{what}/{code}"] = given
            return True
        kept = self.mine.get(f"{what}/{code}", {})
        if what == "Commands":
            return kept.get("commands", [])
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", what).lower()
        return {name: kept.get(name, "")}

    def _message(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        chat = int(given["chat_id"])
        if (why := self.topics_gone.get(int(given.get("message_thread_id", 0)))) is not None:
            raise Refused(400, f"Bad Request: {why}")
        field = "caption" if "caption" in given else "text"
        markup = Markup()
        try:
            markup.feed(str(given.get(field, "")))
            markup.close()
        except ValueError as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
        if markup.open:
            raise Refused(400, "Bad Request: can't parse entities: can't find end tag")
        longest = 4096 if field == "text" else 1024
        if method in ("sendMessage", "editMessageText") and not markup.words.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if units(markup.words) > longest:
            raise Refused(400, "Bad Request: message is too long")
        rows = (given.get("reply_markup") or {}).get("inline_keyboard", [])
        for key in (key for row in rows for key in row):
            if not key["text"] or not 1 <= len(key["callback_data"].encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
            raise Refused(400, "Bad Request: reply markup is too long")
        found = {
            "date": 1795500000,
            "chat": {"id": chat, "type": "private", "first_name": "x"},
            field: markup.words,
        }
        if rows:
            found["reply_markup"] = {"inline_keyboard": rows}
        kept = self.chats.setdefault(chat, [])
        if method == "editMessageText":
            at = [n for n, one in enumerate(kept) if one["message_id"] == int(given["message_id"])]
            if not at:
                raise Refused(400, "Bad Request: message to edit not found")
            new = found | {"message_id": int(given["message_id"])}
            old = {name: value for name, value in kept[at[0]].items() if name != "date"}
            if {name: value for name, value in new.items() if name != "date"} == old:
                raise Refused(400, "Bad Request: message is not modified")
            kept[at[0]] = new
            return new
        for part in ("document", "photo"):
            if part in given:
                size = len(given[part]["content"])
                self.files.append(given[part])
                file = {"file_id": f"f{size}", "file_unique_id": "u", "file_size": size}
                found[part] = (
                    file | {"file_name": given[part]["name"]}
                    if part == "document"
                    else [file | {"width": 1, "height": 1}]
                )
        self._number += 1
        found["message_id"] = self._number
        kept.append(found)
        self.times.append((time.monotonic(), chat))
        return found
