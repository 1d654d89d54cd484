"""What all words about path cards share: whether a fact is overdue, and how a card is named."""

from bot.core.education.path_card import PathFact
from bot.words.i18n.localizer import Localizer
from bot.words.sheet import SheetLine


class PathCardWords(Localizer):
    """Says what path cards are called, and which of their facts are to be told with a caution."""

    def is_overdue(self, fact: PathFact) -> bool:
        """Return whether the day is past by which a fact, or a source of it, was to be looked at again."""
        reviews = [self.library.sources[name].review for name in fact.sources]
        return self.today > min([fact.review, *reviews])

    def named(self, id_: str) -> SheetLine:
        """Return a card as a line to be pressed, with what it is in short."""
        card = self.library.paths[id_]
        return SheetLine(
            label=self.say(card.title), text=self.say(card.in_short), pick=f"@path:{id_}"
        )
