"""A mail as it waits to be sent, and how it is laid out: the same words as plain text and as HTML."""

from collections.abc import Iterable
from html import escape
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from bot.core.base.frozen import Frozen
from bot.core.base.mail_address import MailAddress
from bot.core.base.texts import Language
from bot.words.booking_calendar import MeetingInvitation
from bot.words.plain_text import PlainLine, PlainLines

MailKind = Literal[
    "confirmed", "day_before", "moved", "cancelled", "address", "offer", "handoff", "nobody", "supply",
]  # fmt: skip
# what can stand in a header as it is
PageLink = Annotated[
    str, Field(pattern=r"^https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+=%-]+$", max_length=500)
]
# Nothing sets a colour, so that a reader's dark page stays dark; nothing is fetched from anywhere.
PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 36em; margin: 0 auto; padding: 1em; }}
h1 {{ font-size: 1.25rem; }}
h2 {{ font-size: 1rem; margin-bottom: 0; }}
p, ul {{ margin: .5em 0; }}
a {{ display: inline-block; padding: .6em 0; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


class MailLink(Frozen):
    """A link with its words. address: a page of ours, where nothing happens before it is confirmed."""

    label: PlainLine
    address: PageLink


class MailPart(Frozen):
    """A part of a mail: a heading, paragraphs, a list, links; what is empty is left out.

    language: of the part, where it is not the mail's.
    """

    title: PlainLine = ""
    text: PlainLines = ""
    items: tuple[PlainLine, ...] = ()
    links: tuple[MailLink, ...] = ()
    language: Language | None = None


class Mail(Frozen):
    """A mail to one address.

    key: of the same mail the same, so that a second copy is known as one. expires: when it is no use any more.
    calendar: the invitation in it, whose attendee is whoever it is sent to. reply_to: who reads answers, if anybody.
    unsubscribe: a page that ends mails of this kind, also by the one POST of RFC 8058.
    """

    kind: MailKind
    key: str = Field(min_length=1)
    language: Language
    subject: PlainLine
    text: PlainLines
    html: str
    expires: AwareDatetime
    calendar: MeetingInvitation | None = None
    reply_to: MailAddress | None = None
    unsubscribe: PageLink | Literal[""] = ""


MAIL: TypeAdapter[Mail] = TypeAdapter(Mail)


def as_text(parts: Iterable[MailPart]) -> str:
    """Return parts as plain text."""
    shown = ("\n".join(_text_lines(part)) for part in parts)
    return "\n\n".join(lines for lines in shown if lines) + "\n"


def as_html(title: str, parts: Iterable[MailPart], language: str) -> str:
    """Return parts as a page."""
    body = "\n".join(line for part in parts for line in _html_lines(part))
    return PAGE.format(language=language, title=escape(title), body=body)


def _text_lines(part: MailPart) -> Iterable[str]:
    yield from filter(None, (part.title, part.text))
    yield from (f"– {item}" for item in part.items)
    yield from (f"{link.label}: {link.address}" for link in part.links)


def _html_lines(part: MailPart) -> Iterable[str]:
    lang = f' lang="{part.language}"' if part.language else ""
    if part.title:
        yield f"<h2>{escape(part.title)}</h2>"
    yield from (f"<p{lang}>{escape(line)}</p>" for line in part.text.split("\n") if line.strip())
    if part.items:
        yield f"<ul{lang}>"
        yield from (f"<li>{escape(item)}</li>" for item in part.items)
        yield "</ul>"
    yield from (
        f'<p><a href="{escape(link.address)}">{escape(link.label)}</a></p>' for link in part.links
    )
