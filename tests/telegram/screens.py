"""How a conversation must read in a chat, whatever Telegram it is had in."""

from collections.abc import Iterable

from bot.core.dialogue.inputs import Input, Said
from bot.core.dialogue.session import Session
from bot.service.conversations import Dialogue
from bot.words.i18n.formats import bind
from bot.words.messages import plain
from tests.telegram.server import Markup

Screen = list[list[str]]  # the messages of a chat, each as its lines


def lines(html: str) -> list[str]:
    """Give the words of a message, line by line, without its markup."""
    markup = Markup()
    markup.feed(html)
    markup.close()
    return [line for line in markup.words.split("\n") if line]


def expected(talks: Dialogue, opening: Iterable[tuple[Input, ...]], words: Iterable[str]) -> Screen:
    """Take the same conversation without any channel; gives what a chat must show of it.

    What has no buttons stands in one message with what follows; a result stands alone; under a
    question stands the answer, pressed or typed; and where it was pressed, the next question of the
    same flow stands under that, in the same message. opening: the inputs of each update.
    """
    screen: Screen = []
    session = Session()
    turns = [*opening, *((Said(text=word.strip("[]")),) for word in words)]
    pressed = [*([""] * len(tuple(opening))), *words]
    for given, word in zip(turns, pressed, strict=True):
        if word.startswith("["):
            screen[-1].append(f"✓ {word.strip('[]')}")
        fresh, question = True, screen[-1] if screen else []
        for one in given:
            advanced = talks.advance(session, one)
            session = advanced.session
            said = [(message.kind, message.flow) for message in advanced.messages]
            if word.startswith("[") and said == [("answer", said[0][1]), ("ask", said[0][1])]:
                fresh = False
            for message in advanced.messages:
                if message.kind == "answer":
                    if not word.startswith("["):
                        question.append(f"✓ {bind(message.value)}")
                    continue
                if fresh or message.kind == "card":
                    screen.append([])
                screen[-1] += [line for line in bind(plain(message)).split("\n") if line]
                fresh = message.kind == "card" or bool(message.buttons)
    return screen
