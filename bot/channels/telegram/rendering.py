"""Messages as Telegram shows them: cut to its limits, escaped, with buttons on opaque tokens."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.channels.telegram.codec import (
    escape,
    rows_of,
    units,
)
from bot.channels.telegram.protocol import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    ButtonRows,
    InlineButton,
    Outbound,
    SendFile,
    SendText,
)
from bot.ports.effects import Keyboard
from bot.words.graphics.hexagon import draw_hexagon
from bot.words.graphics.png import paint
from bot.words.i18n.formats import bind
from bot.words.messages import (
    AttachedFile,
    Message,
    Portrait,
    button_line,
    family_lines,
    grouped,
    plain,
    shape_lines,
)
from bot.words.sheet import Sheet

BUTTONS_ON_PAGE = 12  # options shown at once; more are paged
TICKED_MARK, UNTICKED_MARK = "☑ ", "☐ "
FACES = "😟🙁😐🙂😀"  # the five answers of an instrument, from least to most liking
LONGEST_CONTINUED = (
    1000  # UTF-16 units to which a message grows, question after question: about a screen
)


class Paragraph(NamedTuple):
    """A paragraph. passing: of use only as long as its question is open."""

    text: str
    bold: bool = False
    passing: bool = False


@dataclass(frozen=True)
class RenderedTurn:
    """What a turn sends, and the buttons it carries."""

    outbounds: tuple[Outbound, ...]
    keyboards: tuple[Keyboard, ...]


@dataclass(frozen=True)
class MessageFormatter:
    """How to tell: token makes a name for buttons; done and more are the words on two of them."""

    token: Callable[[], str]
    done: str
    more: str

    def format_turn(
        self, messages: Iterable[Message], key: str, thread: int | None
    ) -> RenderedTurn:
        """Tell a turn: what has no buttons of its own goes with what follows."""
        says: list[Outbound] = []
        keyboards: list[Keyboard] = []
        parts: list[Paragraph] = []
        for message in messages:
            if message.kind == "answer":
                continue  # the question itself shows what was chosen
            if message.document is not None:  # with its text below it
                says += [*_says(parts, thread), _file(message, message.document, thread)]
                parts = []
                continue
            if message.portrait is not None and message.portrait.is_whole:
                says += [*_says(parts, thread), _picture(message.portrait, thread)]
                parts = []
            if message.sheet is not None and message.sheet.drawing_alone:
                says += [*_says(parts, thread), _drawing(message.sheet, thread)]
                parts = []
            parts += [*([Paragraph("")] if parts else []), *_parts(message)]
            if message.kind == "card":
                says += _says(parts, thread)  # a result stands alone, to be found again
                parts = []
            if message.buttons:
                *before, last = _packed(parts)
                keyboard = replace(
                    self._keyboard(message, key), html=_html(last), answered=_answered(last)
                )
                keyboards.append(keyboard)
                says += (SendText(html=_html(pieces), thread=thread) for pieces in before)
                says.append(SendText(html=keyboard.html, rows=self.rows(keyboard), thread=thread))
                parts = []
        says += _says(parts, thread)
        return RenderedTurn(tuple(says), tuple(keyboards))

    def rows(self, keyboard: Keyboard) -> ButtonRows:
        """Lay out a keyboard as it stands: its page, its ticks, its last row."""
        pages = -(-len(keyboard.picks) // BUTTONS_ON_PAGE)
        page = keyboard.page % max(pages, 1)
        faces = tuple(
            InlineButton(label=label[0], data=f"{keyboard.token}.{at}")
            for at, label in enumerate(keyboard.labels)
            if label[0] in FACES
        )
        keys = []
        for at in range(
            page * BUTTONS_ON_PAGE, min((page + 1) * BUTTONS_ON_PAGE, len(keyboard.picks))
        ):
            label = keyboard.labels[at]
            if label[0] in FACES:
                continue
            if keyboard.several and not keyboard.picks[at].startswith("@"):
                label = f"{TICKED_MARK if at in keyboard.ticked else UNTICKED_MARK}{label}"
            keys.append(InlineButton(label=label, data=f"{keyboard.token}.{at}"))
        rows = (*((faces,) if faces else ()), *rows_of(keys))
        last = []
        if pages > 1:
            follows = (page + 1) % pages
            more = f"{self.more} {follows + 1}/{pages}"
            last.append(InlineButton(label=more, data=f"{keyboard.token}.p{follows}"))
        if keyboard.several:
            last.append(InlineButton(label=self.done, data=f"{keyboard.token}.done"))
        return (*rows, tuple(last)) if last else rows

    def _keyboard(self, message: Message, key: str) -> Keyboard:
        return Keyboard(
            token=self.token(),
            conversation=key,
            html="",
            picks=tuple(button.pick for button in message.buttons),
            labels=_labels(message),
            ask=message.ask if message.kind == "ask" else None,
            several=message.form == "several",
        )


def turned(keyboard: Keyboard, page: int) -> Keyboard:
    """Show another page."""
    return replace(keyboard, page=page)


def ticked(keyboard: Keyboard, at: int) -> Keyboard:
    """Tick an option, or take the tick away."""
    marks = {*keyboard.ticked} ^ {at}
    return replace(keyboard, ticked=tuple(sorted(marks)))


def chosen(keyboard: Keyboard, labels: Iterable[str]) -> str:
    """Show an answered question with what was chosen, as markup."""
    return f"{keyboard.answered or keyboard.html}\n✓ {escape(', '.join(labels))}"


def continued(above: str, keyboard: Keyboard) -> Keyboard | None:
    """Put a question under what a message shows already; None where it would grow too long."""
    html = f"{above}\n\n{keyboard.html}"
    if units(html) > LONGEST_CONTINUED:
        return None
    return replace(keyboard, html=html, answered=f"{above}\n\n{keyboard.answered}")


def _labels(message: Message) -> tuple[str, ...]:
    """Return what stands on the buttons; five faces go before their words."""
    labels = [button.label for button in message.buttons]
    if message.form == "faces" and len(labels) >= len(FACES):
        labels[: len(FACES)] = [f"{face} {word}" for face, word in zip(FACES, labels, strict=False)]
    return tuple(labels)


def _picture(portrait: Portrait, thread: int | None) -> SendFile:
    """Draw the hexagon; all that it shows stands in words beneath it."""
    title, *lines = (escape(line) for line in shape_lines(portrait))
    png = paint(draw_hexagon(portrait, alone=True))
    return SendFile(
        name="intereses.png",
        content=b64encode(png).decode(),
        caption="\n".join([f"<b>{title}</b>", *lines]),
        picture=True,
        thread=thread,
    )


def _file(message: Message, document: AttachedFile, thread: int | None) -> SendFile:
    """Send a file to keep, with what is said of it below."""
    return SendFile(
        name=document.name,
        content=document.content
        if document.encoded
        else b64encode(document.content.encode()).decode(),
        caption=escape(bind(message.text)),
        thread=thread,
    )


def _parts(message: Message) -> Iterator[Paragraph]:
    if message.portrait is not None:
        title, *lines = family_lines(message.portrait)
        yield Paragraph(bind(title), bold=True)
        yield from (Paragraph(bind(line)) for line in lines)
        return
    text = bind(plain(_beneath_drawing(message)))
    if message.kind == "ask" and text.startswith(bind(message.text)):
        yield Paragraph(bind(message.text), bold=True)
        text = text[len(bind(message.text)) :]
    of_scale = message.form == "faces" and len(message.buttons) >= len(FACES)
    # in a row of equal questions what each of them says again goes, once it is answered
    passing = bind(f"{message.hint}\n{message.progress}" if of_scale else message.progress)
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line, passing=message.kind == "ask" and line in passing.split("\n"))
    for title, buttons in grouped(message):
        if title:
            yield Paragraph(f"\n{bind(title)}", bold=True, passing=True)
            yield from (Paragraph(bind(button_line(button)), passing=True) for button in buttons)
    if of_scale:
        labels = _labels(message)
        yield Paragraph(f"{labels[0]} … {labels[len(FACES) - 1]}", passing=True)


def _says(parts: list[Paragraph], thread: int | None) -> Iterator[SendText]:
    return (SendText(html=_html(pieces), thread=thread) for pieces in _packed(parts))


def _packed(parts: list[Paragraph]) -> list[list[Paragraph]]:
    """Put paragraphs together to messages, up to the limit."""
    messages: list[list[Paragraph]] = [[]]
    size = 0
    for piece in (piece for part in parts for piece in _cut(part)):
        if size + units(piece.text) + 1 > LONGEST_TEXT:
            messages.append([])
            size = 0
        messages[-1].append(piece)
        size += units(piece.text) + 1
    return [pieces for pieces in messages if pieces]


def _html(pieces: Iterable[Paragraph]) -> str:
    """Return paragraphs as markup."""
    return "\n".join(
        f"<b>{escape(piece.text)}</b>" if piece.bold else escape(piece.text) for piece in pieces
    )


def _answered(pieces: Iterable[Paragraph]) -> str:
    """Return what stays of an open question once it is answered, as markup."""
    return _html(piece._replace(bold=False) for piece in pieces if not piece.passing)


def _cut(part: Paragraph) -> Iterator[Paragraph]:
    """Cut a paragraph that is too long, after a sentence where there is one, else after a word."""
    text = part.text
    while units(text) > LONGEST_TEXT - 1:
        room = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore")
        at = max(room.rfind(". ") + 1, 0) or max(room.rfind(" "), 0) or len(room)
        yield part._replace(text=text[:at])
        text = text[at:].lstrip()
    yield part._replace(text=text)


def _drawing(sheet: Sheet, thread: int | None) -> SendFile:
    """Return a sheet's drawing as a picture; of what it shows, its caption says all or the first line."""
    title, *lines = (escape(bind(line)) for line in _shown(sheet))
    said = lines if _is_in_caption(sheet) else lines[:1]
    return SendFile(
        name="karte.png",
        content=b64encode(paint(sheet.drawing_alone)).decode(),
        caption="\n".join([f"<b>{title}</b>", *said]),
        picture=True,
        thread=thread,
    )


def _shown(sheet: Sheet) -> list[str]:
    return [sheet.drawing_title, *sheet.drawing_text.split("\n")]


def _is_in_caption(sheet: Sheet) -> bool:
    """Return whether all that a drawing shows has room under it, and need not follow once more."""
    return bool(sheet.drawing_alone) and units("\n".join(_shown(sheet))) <= LONGEST_CAPTION


def _beneath_drawing(message: Message) -> Message:
    """Return a message as it follows its drawing: what the caption has said is not said again."""
    if message.sheet is None or not _is_in_caption(message.sheet):
        return message
    sheet = message.sheet.model_copy(update={"drawing_text": ""})
    return message.model_copy(update={"sheet": sheet})
