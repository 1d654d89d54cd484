"""Every way the wishes can be wrong: where they lead, how they are read, what finds them."""

from collections.abc import Iterator, Mapping

from bot.core.base.problems import Keys
from bot.core.base.texts import FOREIGN, Language, Pair
from bot.core.checks.finding import Finding, fault
from bot.core.checks.option_names import first_options
from bot.core.library import Library
from bot.core.nlu.phrase_index import GAP, PhraseIndex, compile_phrase
from bot.core.nlu.wish_reading import door_key
from bot.core.nlu.wishes import AnyWish, SmallTalk, spread

WISHES_FOLDER = "content/wishes"
# ways of saying, phrases and examples together, below which a wish is hardly heard; a warning
FEWEST_WAYS: dict[Language, int] = {"lv": 20, "en": 10, "uk": 10, "ru": 10}


def wish_structure_faults(library: Library) -> Iterator[Finding]:
    """Find a door that is no flow, and an answer that its first question does not know."""
    for id_, wish in library.wishes.items():
        if isinstance(wish, SmallTalk):
            continue
        for name in _names(wish.door):
            if name not in library.flows:
                keys: Keys = (id_, "door")
                yield fault("F003", WISHES_FOLDER, keys, f'no flow "{name}"', "correct the name")
        doors = [name for name in _names(wish.door) if name in library.flows]
        known = {option for door in doors for option in first_options(library, door)}
        for name in _names(wish.answer):
            if doors and name not in known:
                text = f'the first question of {" or ".join(doors)} has no option "{name}"'
                remedy = f"one of: {', '.join(sorted(known))}" if known else "leave it out"
                yield fault("F017", WISHES_FOLDER, (id_, "answer"), text, remedy)


def wish_faults(library: Library) -> Iterator[Finding]:
    """Find wishes that are read as others, or have phrases that do nothing."""
    yield from _shared_phrases(library.wishes)
    for id_, wish in library.wishes.items():
        yield from _language_faults(id_, wish)
        yield from _phrase_faults(library, id_, wish)
        yield from _reading_faults(library, id_, wish)


def _reading_faults(library: Library, id_: str, wish: AnyWish) -> Iterator[Finding]:
    """Find messages that are read otherwise than they must be.

    What must be read as this wish must not be read as any other that leads elsewhere. What somebody
    tells may also be heard beside a wish.
    """
    own_door = door_key(id_, wish)
    for at, text in enumerate(wish.must):
        reading = library.wish_reader.read(library.tokenize(text))
        first = reading.wishes[0] if reading.kind == "take" else None
        is_first = first is not None and door_key(first, library.wishes[first]) == own_door
        is_beside = first is not None and wish.kind == "told" and id_ in reading.wishes
        if not is_first and not is_beside:
            came = f'"{text}" is read as {reading.kind}: {reading.why}'
            yield fault("W001", WISHES_FOLDER, (id_, "must", at), came, "add phrases")
    for at, text in enumerate(wish.must_not):
        reading = library.wish_reader.read(library.tokenize(text))
        if reading.kind == "take" and reading.wishes[0] == id_:
            came = f'"{text}" is taken: {reading.why}'
            yield fault("W002", WISHES_FOLDER, (id_, "must_not", at), came, "narrow a phrase")


def _shared_phrases(wishes: Mapping[str, AnyWish]) -> Iterator[Finding]:
    """Find phrases that stand in two wishes that lead to different places."""
    owners: dict[tuple[tuple[str, ...], ...], str] = {}
    for id_, wish in wishes.items():
        for language, at, phrase in _phrases(wish):
            words = compile_phrase(phrase).words
            single = [((choice,),) for choice in words[0]] if len(words) == 1 else [words]
            for said in single:
                other = owners.setdefault(said, id_)
                if door_key(other, wishes[other]) != door_key(id_, wish):
                    keys = (id_, "templates", language, at)
                    text = f'"{" ".join("|".join(word) for word in said)}" stands in {other} too'
                    yield fault("W003", WISHES_FOLDER, keys, text, "leave it in one of them")


def _phrase_faults(library: Library, id_: str, wish: AnyWish) -> Iterator[Finding]:
    """Find phrases that no message can be found by."""
    silencing = PhraseIndex((phrase, None) for phrase in wish.silenced_by)
    for language, at, phrase in _phrases(wish):
        keys: Keys = (id_, "templates", language, at)
        text = library.tokenize(_plainest(phrase))
        if not PhraseIndex([(phrase, None)]).find(text):
            dead = f'nothing is found by "{phrase}"'
            yield fault("W004", WISHES_FOLDER, keys, dead, "write it anew")
        elif silencing.find(text):
            dead = f'"{phrase}" is always silenced by `unless`'
            yield fault("W004", WISHES_FOLDER, keys, dead, "leave one out")


def _language_faults(id_: str, wish: AnyWish) -> Iterator[Finding]:
    """Find ways of saying in other letters than their language has, and too few of them."""
    for part, ways in (("templates", wish.templates), ("examples", wish.examples)):
        for language, said in ways.items():
            for at, one in enumerate(said):
                if FOREIGN[language].search(one):
                    text = f'letters of another alphabet in "{one}"'
                    yield fault("T003", WISHES_FOLDER, (id_, part, language, at), text)
    for language, fewest in FEWEST_WAYS.items():
        count = len(wish.templates.get(language, ())) + len(wish.examples.get(language, ()))
        if count < fewest:
            text = f"{count} ways of saying it in {language}"
            yield fault("W005", WISHES_FOLDER, (id_,), text, f"at least {fewest}")


def _plainest(phrase: str) -> str:
    """Return the shortest message that a phrase is found in."""
    words = compile_phrase(phrase).words
    return " ".join(choices[0].rstrip("*") for choices in words if choices != GAP)


def _phrases(wish: AnyWish) -> Iterator[tuple[Language, int, str]]:
    """Return every phrase of a wish with its language and place."""
    for language, templates in wish.templates.items():
        for at, template in enumerate(templates):
            for phrase in spread(template):
                yield language, at, phrase


def _names(way: str | Pair | None) -> tuple[str, ...]:
    if way is None:
        return ()
    return (way,) if isinstance(way, str) else (way.tu, way.jus)
