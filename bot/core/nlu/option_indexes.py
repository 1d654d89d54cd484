"""How an option's names and what stands beside them are looked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.core.nlu.phrase_index import Mention, PhraseIndex


def by_place(
    order: Sequence[str], places: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Return what people say for the place of an option, with the option."""
    own = [option for option in order if not option.startswith("@")]
    for place, phrases in places.items():
        number = len(own) if place == "last" else int(place)
        if number <= len(own):
            yield from ((phrase, own[number - 1]) for phrase in phrases)


def is_inside(one: Mention[None], mentions: Iterable[Mention[str]]) -> bool:
    """Return whether a phrase stands within a longer name, as it is written: "neesmu no ukrainas"."""
    return any(
        name.exact
        and name.start <= one.start
        and one.end <= name.end
        and name.end - name.start > one.end - one.start
        for name in mentions
    )


def plain_index(lines: Mapping[str, Iterable[str]]) -> PhraseIndex[None]:
    """Return an index of phrases by language."""
    return PhraseIndex((phrase, None) for phrases in lines.values() for phrase in phrases)
