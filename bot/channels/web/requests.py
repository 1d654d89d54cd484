"""What a request says: in which language, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.channels.web.accept_language import accepted_language
from bot.core.base.seen_text import says_something
from bot.core.dialogue.inputs import Input, Picked, Said
from bot.errors import CelvedisError

LARGEST_FORM = 262_144  # bytes of a form; 100 kB of text is answered, more than this is not read
MOST_FIELDS = 512  # of a form; a plan has up to 200 things that can be ticked
Form = Mapping[str, list[str]]
NOTHING_SENT: Form = {}


@dataclass(frozen=True)
class Entered:
    """What was put into a question's form and not taken, to stand there again.

    text: as it was typed. ticked: ids of options.
    """

    text: str = ""
    ticked: tuple[str, ...] = ()


class BadRequest(CelvedisError):
    """The request cannot be read; nothing was changed."""


def form_id(key: str, once: str) -> str:
    """Name a form once and for all, without telling whose it is."""
    return blake2b(f"{key}/{once}".encode("utf-8", "replace"), digest_size=24).hexdigest()


def language_of(request: Request) -> str:
    """Return the language asked for by the address, else by the browser, else Latvian."""
    asked = request.query_params.get("lang", "")
    accepted = ",".join(request.headers.getlist("accept-language"))
    return accepted_language(asked) or accepted_language(accepted) or "lv"


def same_origin(request: Request) -> None:
    """Refuse what another site's page sends in a person's name. Errors: BadRequest."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise BadRequest("page_foreign")
    # a browser's origin is scheme://host; of anything else the rest is no host of ours
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise BadRequest("page_foreign")


async def form_of(request: Request) -> Form:
    """Read a form. Errors: BadRequest where it is too large or is none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise BadRequest("page_bad")
    try:
        # half a surrogate pair, which UTF-8 has no bytes for, is made whole as an input is made of it
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="surrogatepass",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise BadRequest("page_bad") from error
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value.replace("\0", ""))
    return form


def entered_in(form: Form) -> Entered:
    """Return what somebody has typed and ticked in a form."""
    ticked = tuple(form.get("pick", ())) if "several" in form else ()
    return Entered(form.get("text", [""])[0], ticked)


def input_from(form: Form) -> Input:
    """Read what a person did: typed words first, with what was ticked, then what was pressed."""
    picked = tuple(form.get("pick", ()))
    asked = form.get("ask", [""])[0]
    ask = int(asked) if asked.isdecimal() and len(asked) < 10 else None  # noqa: PLR2004 - digits
    text = form.get("text", [""])[0].strip()
    if says_something(text):
        return Said(text=text, ticked=picked)
    if picked or "several" in form:
        return Picked(options=picked, ask=ask)
    return Said(text="")
