"""Dates as calendar files: content like any other, the same for whoever asks."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.service.conversations import Dialogue
from bot.words.dates import DateWords


class Calendars:
    """Gives the calendar file of a date."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    def give(self, request: Request) -> Response:
        """Return the file of a date whose day is known, in the language of `lang`.

        Errors: HTTPException, 404 where there is none.
        """
        id_, library = request.path_params["entry"], self._dialogue.library
        entry = library.dates.get(id_)
        if entry is None or not entry.said or entry.first_day is None:
            raise HTTPException(404)
        catalogues = self._dialogue.catalogues
        catalogue = catalogues.get(request.query_params.get("lang", "lv"), catalogues["lv"])
        words = DateWords(library, catalogue, "jus", self._dialogue.world().today)
        document = words.document(id_)
        named = {"Content-Disposition": f'attachment; filename="{document.name}"'}
        return Response(document.content, media_type=document.media, headers=named)
