"""An index over the names of occupations, and the search in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from rapidfuzz.fuzz import token_sort_ratio

from bot.core.nlu.normalize import LONGEST_COMMAND, spelling_variants
from bot.core.occupations.search.names import NO_GROUP_NAMES, NamedOccupation, NameTables
from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.ranking import ScoredEntry, rank
from bot.core.occupations.search.thesaurus import SynonymGroup

# The numbers, and why each is there; they were set by trial, as those of `ranking.py` were.

# If the best score is below this, nothing fits.
LEAST_BEST_SCORE = 0.33
# A query read in another way (old chat spelling, Latin for Cyrillic, a wrong layout) is worth less
# than one read as it was typed …
OTHER_SPELLING_WORTH = 0.9
# … and must fit much better, for some reading of any nonsense is like some name.
LEAST_BEST_SCORE_OTHER_SPELLING = 0.6
# Words of a query that are looked at; a longer one is a story, and this bounds the time it takes.
MOST_QUERY_WORDS = 12

PLAIN_QUERIES: Final = QueryWords()


@dataclass(frozen=True, slots=True)
class Hit:
    """An occupation found, how well it fits from 0 to 1, and the name that fits best."""

    id: str
    score: float
    name: str


class Index:
    """Finds entries by what people type."""

    def __init__(self, tables: NameTables) -> None:
        self._tables = tables

    @classmethod
    def build(
        cls,
        entries: Iterable[NamedOccupation],
        groups: Mapping[str, Mapping[str, str]] = NO_GROUP_NAMES,
        thesaurus: Iterable[SynonymGroup] = (),
        asking: QueryWords = PLAIN_QUERIES,
    ) -> Self:
        """Return an index of entries; whatever order they come in, it is the same.

        groups: the names of the ISCO groups, by group and language.
        """
        return cls(NameTables.build(entries, groups, thesaurus, asking))

    def search(self, words: str, k: int = 5, lang: str | None = None) -> list[Hit]:
        """Return up to `k` entries, the best first; none if nothing fits.

        The first reading of the words that fits anything counts: as they were typed, then in other
        spellings, alphabets and keyboard layouts.
        """
        typed = "".join(
            letter for letter in words[:LONGEST_COMMAND] if letter.isprintable() or letter.isspace()
        )
        for reading, spelling in enumerate(spelling_variants(typed)):
            said = self._tables.asking.words_of_query(spelling)[:MOST_QUERY_WORDS]
            if not said:
                break
            as_typed = reading == 0
            worth = 1.0 if as_typed else OTHER_SPELLING_WORTH
            least = LEAST_BEST_SCORE if as_typed else LEAST_BEST_SCORE_OTHER_SPELLING
            ranked = rank(self._tables, spelling, said, lang, worth)
            if ranked and ranked[0].score >= least:
                return [self._hit(scored, said, lang) for scored in ranked[: max(k, 0)]]
        return []

    def _hit(self, scored: ScoredEntry, said: Sequence[str], lang: str | None) -> Hit:
        """Return a hit with the name most like what was said.

        Among names as like, one in the language spoken is told, then the one that stands first.
        """
        text = " ".join(said)
        names = [self._tables.names[place] for place in self._tables.names_of[scored.entry]]

        def likeness(place: int) -> tuple[float, int]:
            name = names[place]
            # of 100, so that the language decides little more than a tie
            return token_sort_ratio(text, name.folded) + (name.lang == lang), -place

        best = max(range(len(names)), key=likeness)
        return Hit(self._tables.entries[scored.entry].id, scored.score, names[best].text)
