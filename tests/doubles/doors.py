"""The doors a person comes in at, each driven from outside: what is typed, pressed and read."""

import html
import json
import re
import subprocess
import sys

import httpx


class TelegramDoor:
    """A chat with the people's bot over the strict Bot API server."""

    def __init__(self, service, server):
        self.service, self.server, self._read = service, server, []
        self.say("/start")

    def say(self, text):
        self._read = self.server.texts()
        self.service.say(text)

    def press(self, label):
        self._read = self.server.texts()
        self.service.press(label)

    def press_old(self, question):
        self.server.press_at(question[0], question[1])
        self.service.settle()

    def old(self, label):
        """Remember a question as it is shown now, to press it later."""
        return dict(self.server.chats[77][-1]), label

    def heard(self):
        """Give what is new in the chat, also in a message that was edited."""
        now, before = self.server.texts(), self._read
        edited = [new for new, old in zip(now, before, strict=False) if new != old]
        return "\n".join([*edited, *now[len(before) :]])

    def options(self):
        return list(self.server.labels(self.server.chats[77][-1]))

    def word(self, word):
        self.say(f"/{word}")


class WebDoor:
    """The web chat by plain forms, as a browser without a script."""

    def __init__(self, address):
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        self.page = self.http.get("/").text

    def _form(self):
        return self.page[self.page.index('id="now"') :]

    def _send(self, **form):
        asks = re.findall(r'name="ask" value="(\d+)"', self._form())
        self.page = self.http.post("/say", data=form | ({"ask": asks[0]} if asks else {})).text

    def say(self, text):
        self._send(text=text)

    def press(self, label):
        self._send(pick=self._picks()[_plain(label)])

    def old(self, label):
        return {
            "pick": self._picks()[label],
            "ask": re.findall(r'name="ask" value="(\d+)"', self._form())[0],
        }

    def press_old(self, question):
        self.page = self.http.post("/say", data=question).text

    def _picks(self):
        found = re.findall(r'name="pick" value="([^"]*)"[^>]*>(.*?)</button>', self.page, re.DOTALL)
        # of a door of the menu, without its second line
        return {
            _plain(re.sub("<small.*?</small>", "", label, flags=re.DOTALL)): pick
            for pick, label in found
        }

    def heard(self):
        return _plain(self.page)

    def options(self):
        open_form = self._form().partition("</li>")[0]
        found = re.findall(r'name="pick" value="[^"]*">(.*?)</button>', open_form, re.DOTALL)
        return [_plain(label) for label in found]

    def word(self, word):
        self._send(pick=f"@{word}")

    def close(self):
        self.http.close()


class ConsoleDoor:
    """`celvedis chat --json`, a line in, lines out."""

    def __init__(self):
        command = [sys.executable, "-m", "bot", "chat", "--json"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self.lines = self._turn()

    def _turn(self):
        lines = []
        while (line := json.loads(self.process.stdout.readline()))["kind"] != "wait":
            lines.append(line)
        return lines

    def _send(self, **given):
        self.process.stdin.write(json.dumps(given) + "\n")
        self.process.stdin.flush()
        self.lines = self._turn()

    def _options(self):
        return {o["label"]: o["id"] for line in self.lines for o in line.get("options", [])}

    def say(self, text):
        self._send(text=text)

    def press(self, label):
        self._send(pick=self._options()[label])

    def heard(self):
        return "\n".join(line.get("text", "") for line in self.lines)

    def options(self):
        asks = [line for line in self.lines if line["kind"] == "ask"]
        return [option["label"] for option in asks[-1]["options"]]

    def word(self, word):
        self._send(command=word)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def _plain(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).strip()
