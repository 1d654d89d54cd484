"""When a meeting is, in words: „otrdien, 24. novembrī, 15.00–15.45 (Rīgas laiks)”."""

from datetime import datetime

from bot.core.booking.spans import Span
from bot.core.education.dates import RIGA
from bot.words.i18n.formats import show_time
from bot.words.i18n.localizer import Localizer


def time_from_to(words: Localizer, during: Span) -> str:
    """Return the day and the hours of a meeting, by the clock in Riga, which it names."""
    end = show_time(during.end.astimezone(RIGA), words.catalogue.language)
    return words.phrase("time_from_to", **_moment(words, during.start), end=end)


def time_from(words: Localizer, moment: datetime) -> str:
    """Return the day and the hour at which something begins, as short as a subject has to be."""
    return words.phrase("time_from", **_moment(words, moment))


def time_by(words: Localizer, moment: datetime) -> str:
    """Return a moment that something has to be done by, to follow „ne vēlāk kā”."""
    return words.phrase("time_by", **_moment(words, moment))


def _moment(words: Localizer, moment: datetime) -> dict[str, str]:
    local = moment.astimezone(RIGA)
    return {
        "weekday": words.phrase(f"weekday_{local.isoweekday()}"),
        "day": str(local.day),
        "month": words.phrase(f"month_{local.month}"),
        "start": show_time(local, words.catalogue.language),
    }
