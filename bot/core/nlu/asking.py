"""Which words of a message stand in a question: what is asked about is not told.

A word that asks at the beginning of a clause asks the whole of it: "vai tehnikumā ir pavāri". Further on
it asks what comes after it, up to a word of the first person, and what came before, where nobody spoke
of themselves: "pēc 9. klases kur iet", but "mācos 9. klasē, kur iet".
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from bot.core.base.frozen import Frozen
from bot.core.nlu.phrase_index import PhraseIndex
from bot.core.nlu.tokens import TokenizedText


class AskingWords(Frozen):
    """Words that ask.

    every: of all languages. choosing: those of them that ask only at the beginning of a clause: "vai" is
    an "or" further on. joining: those that ask only at the beginning of a sentence: "domāju, ka …".
    fillers: what may stand before a word that begins.
    """

    every: tuple[str, ...]
    choosing: tuple[str, ...]
    joining: tuple[str, ...]
    fillers: tuple[str, ...] = ()

    @cached_property
    def _indexes(self) -> Mapping[str, PhraseIndex[None]]:
        return {
            name: PhraseIndex((word, None) for word in getattr(self, name))
            for name in AskingWords.model_fields
        }

    def places(self, text: TokenizedText, own: Collection[int]) -> frozenset[int]:
        """Return the places of the words that are asked about.

        own: the places of words of the first person.
        """
        found = {name: _starts(index, text) for name, index in self._indexes.items()}
        idle = {
            place
            for one in self._indexes["fillers"].find(text, corrected=False)
            for place in range(one.start, one.end)
        }
        clauses: dict[tuple[int, int], list[int]] = defaultdict(list)
        for place, token in enumerate(text.tokens):
            clauses[token.sentence, token.clause].append(place)
        asked: set[int] = set()
        sentence = -1
        for (number, _), places in clauses.items():
            asking = found["every"] if number != sentence else found["every"] - found["joining"]
            further = asking - found["joining"] - found["choosing"]
            asked |= _asked_in(places, asking, further, own, idle)
            sentence = number
        if text.text.rstrip().endswith("?") and clauses:
            last = list(clauses.values())[-1]
            asked |= set(last) if not set(last) & set(own) else set()
        # a name that begins with a word that asks is no question: "kā kurā dienā"
        return frozenset(asked - found["every"])


def _starts(index: PhraseIndex[None], text: TokenizedText) -> set[int]:
    return {one.start for one in index.find(text, corrected=False)}


def _asked_in(
    places: Sequence[int],
    asking: Collection[int],
    further: Collection[int],
    own: Collection[int],
    idle: Collection[int],
) -> set[int]:
    """Return the places of one clause that are asked about.

    asking: the words that ask where they begin it; further: those that ask within it, too.
    """
    first = next((place for place in places if place not in idle or place in asking), None)
    if first in asking:
        return set(places)
    at = next((place for place in places if place in further), None)
    if at is None:
        return set()
    before = [place for place in places if place < at]
    asked = set() if any(place in own for place in before) else set(before)
    for place in (one for one in places if one > at):
        if place in own:
            break
        asked.add(place)
    return asked
