"""A form with a file in it (multipart/form-data, RFC 7578), read to a bound; no file is kept anywhere."""

import re

from starlette.requests import Request

from bot.channels.web.requests import BadRequest, Form
from bot.core.plan.exchange import LARGEST_FILE

ROOM_AROUND = 65_536  # bytes of a form beside the file in it
LARGEST_UPLOAD = LARGEST_FILE + ROOM_AROUND  # bytes
MOST_PARTS = 16
BOUNDARY = re.compile(r'boundary="?([A-Za-z0-9\'()+_,./:=? -]{1,70}?)"?\s*(?:;|$)')
NAME = re.compile(rb'\bname="([^"\r\n]{1,64})"')
BYTE_ORDER_MARK = "\ufeff"


class UploadTooLarge(BadRequest):
    """What is sent is larger than anything of ours; nothing was read of it."""


async def upload_of(request: Request) -> Form:
    """Read a form with a file: each field by its name, a file as its text, "" where it is no text.

    Errors: BadRequest where it is none; UploadTooLarge.
    """
    found = BOUNDARY.search(request.headers.get("content-type", ""))
    if found is None:
        raise BadRequest("page_bad")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPLOAD:
            raise UploadTooLarge("plan_page_too_big")
    return _parts(bytes(body), b"--" + found[1].encode())


def _parts(body: bytes, boundary: bytes) -> Form:
    form: dict[str, list[str]] = {}
    pieces = (b"\r\n" + body).split(b"\r\n" + boundary)
    for piece in pieces[1 : MOST_PARTS + 1]:
        if piece.startswith(b"--"):
            return form
        head, empty_line, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = NAME.search(head)
        if not empty_line or name is None:
            raise BadRequest("page_bad")
        try:
            text = content.decode().removeprefix(BYTE_ORDER_MARK)
        except UnicodeDecodeError:
            text = ""
        form.setdefault(name[1].decode("utf-8", "replace"), []).append(text)
    raise BadRequest("page_bad")  # it breaks off before its end
