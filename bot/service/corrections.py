"""What is kept of a card that somebody says is wrong."""

from bot.core.dialogue.requests import CorrectionRequest
from bot.ports.effects import RecordCorrection


def record_correction(request: CorrectionRequest) -> tuple[RecordCorrection, ...]:
    """Return what is to be kept; nothing where no card is named, since the flow was opened by a link."""
    if not request.card:
        return ()
    day = request.on.isoformat()
    kept = RecordCorrection(day, request.language, request.card, request.version, request.words)
    return (kept,)
