"""Of whom a long message tells, word by word: of who writes, or of somebody else.

It turns to somebody else at "dēls" or "viņa", and back at a word of the first person. A sentence that
begins without either goes on with the person before, unless it comes to the first person by itself.
"""

from collections import defaultdict
from collections.abc import Set as AbstractSet

from bot.core.nlu.tokens import TokenizedText

FEWEST_WORDS_OF_STORY = 18  # a shorter message is read by what stands near a name


def places_of_another(
    text: TokenizedText, others: AbstractSet[int], oneself: AbstractSet[int]
) -> frozenset[int]:
    """Return the places of the words that tell of somebody else.

    others, oneself: the places of words by which the message turns to another, and back.
    """
    sentences: dict[int, list[int]] = defaultdict(list)
    for place, token in enumerate(text.tokens):
        sentences[token.sentence].append(place)
    found: set[int] = set()
    is_another = False
    for places in sentences.values():
        turns = [place for place in places if place in others or place in oneself]
        if turns and turns[0] not in others:
            is_another = False
        for place in places:
            if place in others:
                is_another = True
            elif place in oneself:
                is_another = False
            if is_another:
                found.add(place)
    return frozenset(found)
