"""Which occupation the words of a goal name; none where it is not sure."""

from collections.abc import Iterator, Sequence

from bot.core.library import Library
from bot.core.nlu.normalize import normalize
from bot.core.nlu.tokens import TOKEN

SURE_OCCUPATION = 0.95  # a likeness of names from which words are taken to name an occupation
LONGEST_NAME = 3  # words of a name that is looked for within a sentence
MOST_BETWEEN = 1  # words between the one that announces a name and the name: "par labu pavāru"
MOST_WORDS = 40  # of a goal that are read; the rest is a story


def occupation_named(library: Library, text: str, language: str) -> str:
    """Return the id of the occupation that a goal names, by itself or within its sentence; "" for none, or for several."""
    whole = _sure(library, text, language)
    if whole:
        return whole
    words = TOKEN.findall(text)[:MOST_WORDS]
    found: set[str] = set()
    for names in _runs(words, library):
        # the longest that names one: "pavārs" stands within "skolas pavārs"
        sure = (_sure(library, " ".join(run), language) for run in names)
        named = next((one for one in sure if one), "")
        found |= {named} - {""}
    return found.pop() if len(found) == 1 else ""


def _sure(library: Library, words: str, language: str) -> str:
    """Return the only occupation that is surely called so."""
    found = [one for one in library.find(words, 2, language) if one.score >= SURE_OCCUPATION]
    return found[0].entry.id if len(found) == 1 else ""


def _runs(words: Sequence[str], library: Library) -> Iterator[tuple[Sequence[str], ...]]:
    """Return the runs of words that may be a name, the longest first, for each word that announces or closes one."""
    naming = library.plan_form.naming
    after, before = set(map(normalize, naming.after)), tuple(map(normalize, naming.before))
    for place, word in enumerate(map(normalize, words)):
        if word in after:
            for start in range(place + 1, place + 2 + MOST_BETWEEN):
                yield tuple(words[start : start + n] for n in range(LONGEST_NAME, 0, -1))
        if before and word.startswith(before):
            starts = range(max(0, place - LONGEST_NAME), place)
            yield tuple(words[start:place] for start in starts)
