"""A place to send to, over real HTTP, that fails in every way a real one does."""

import random
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """Keeps what it accepted, in order, also where the sender never heard of it."""

    def __init__(self, seed: int) -> None:
        self.accepted: dict[str, list[str]] = {}
        self.answers: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                outer.answer(self, body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # senders are killed while they speak
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, handler, body: str) -> None:
        lane, text = body.split("\n")
        with self._lock:
            answer = self._chance.choices(("ok", "429", "500", "lost", "late"), (80, 6, 6, 4, 4))[0]
            self.answers[answer] += 1
            if answer in ("ok", "lost", "late"):
                self.accepted.setdefault(lane, []).append(text)
        if answer == "lost":
            handler.close_connection = True
            return
        time.sleep(0.2 if answer == "late" else 0.005)
        handler.send_response({"429": 429, "500": 500}.get(answer, 200))
        handler.send_header("content-length", "0")
        handler.end_headers()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
