"""The button by which somebody says that a card or an answer is wrong."""

from bot.core.cards import card_version
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button


def wrong_button(localizer: Localizer, card: str) -> Button:
    """Return the button that says a card is wrong. card: its kind and id, "knowledge/cost"."""
    version = card_version(localizer.library, card)
    return Button(pick=f"@wrong:{card}/{version}", label=localizer.phrase("not_right"))
