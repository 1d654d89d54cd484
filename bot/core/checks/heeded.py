"""Everything wrong with what is heeded in messages: distress, leaving school, and what is said then."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from bot.core.base.problems import Keys
from bot.core.base.texts import LANGUAGES
from bot.core.checks.finding import Finding, fault
from bot.core.library import Library
from bot.core.nlu.distress import QuietReplyName, SourcesToldTo
from bot.core.nlu.frame_reading import read_frames
from bot.core.nlu.frames import FrameWords, Heeded
from bot.core.nlu.tokens import tokenize
from bot.core.nlu.vocabulary import KnownWords

DISTRESS = "content/help/distress.yaml"
ANSWERS = "content/help/distress_answers.yaml"
# what the quiet step cannot do without: it is left by the first two, and answers anything by the last
NEEDED_REPLIES: frozenset[QuietReplyName] = frozenset({"go_on", "was_answer", "mistake", "other"})
LEAVING = "content/help/leaving.yaml"

K = TypeVar("K", bound=str)


def heeded_structure_faults(library: Library) -> Iterator[Finding]:
    """Find names of nothing: lists, contacts, sources, a flow, and kinds that nothing is said to."""
    yield from _name_faults(library.distress, DISTRESS)
    yield from _name_faults(library.leaving, LEAVING)
    yield from _answer_faults(library)
    if library.leaving.flow not in library.flows:
        yield fault("F003", LEAVING, ("flow",), f'no flow "{library.leaving.flow}"')


def heeded_faults(library: Library) -> Iterator[Finding]:
    """Find examples that come out otherwise, and names of ours that alarm."""
    yield from _example_faults(library.distress, library.vocabulary, DISTRESS)
    yield from _example_faults(library.leaving, library.vocabulary, LEAVING)
    yield from _alarm_faults(library)
    yield from _reply_faults(library)


def _name_faults(words: FrameWords[K], file: str) -> Iterator[Finding]:
    """Find parts and silencers that a frame names and nobody wrote, and those that no frame uses."""
    used: set[tuple[str, str]] = set()
    for at, frame in enumerate(words.frames):
        for key, names in (("parts", frame.parts), ("unless", frame.unless)):
            there = words.parts if key == "parts" else words.silencers
            used |= {(key, name) for name in names}
            for name in (name for name in names if name not in there):
                keys = ("frames", at, key)
                yield fault("D004", file, keys, f'no list "{name}"', "correct the name")
    for key, section in (("parts", "parts"), ("unless", "silencers")):
        for name in words.parts if key == "parts" else words.silencers:
            if (key, name) not in used:
                yield fault("D005", file, (section, name), f'no frame uses "{name}"', "use it")


def _example_faults(words: FrameWords[K], vocabulary: KnownWords, file: str) -> Iterator[Finding]:
    for kind, examples in words.examples.items():
        for language in LANGUAGES:
            for at, text in enumerate(examples.must.of(language)):
                found = _first(words, text, vocabulary)
                if found is None or found.tier != "sure" or found.kind != kind:
                    keys = ("examples", kind, "must", language, at)
                    heard = f'"{text}" is heard as {_told(found)}'
                    yield fault("D001", file, keys, heard, "add to a part, or add a frame")
            for at, text in enumerate(examples.must_not.of(language)):
                found = _first(words, text, vocabulary)
                if found is not None and found.tier == "sure":
                    keys = ("examples", kind, "must_not", language, at)
                    heard = f'"{text}" is heard as {_told(found)}'
                    yield fault("D002", file, keys, heard, "narrow a frame, or silence it")
            for at, text in enumerate(examples.perhaps.of(language)):
                found = _first(words, text, vocabulary)
                if found is None or found.tier != "perhaps":
                    keys = ("examples", kind, "perhaps", language, at)
                    heard = f'"{text}" is heard as {_told(found)}'
                    yield fault("D003", file, keys, heard, "let it be perhaps")


def _first(words: FrameWords[K], text: str, vocabulary: KnownWords) -> Heeded[K] | None:
    return next(iter(read_frames(words, tokenize(text, vocabulary))), None)


def _told(found: Heeded[K] | None) -> str:
    return "nothing" if found is None else f"{found.tier}, {found.why}"


def _alarm_faults(library: Library) -> Iterator[Finding]:
    """Find names of work, activities and options that would be heard as distress."""
    for text in dict.fromkeys(neutral_texts(library)):
        found = _first(library.distress, text, library.vocabulary)
        if found is not None and found.tier == "sure":
            alarm = f'"{text}" is a name of ours and is heard as {_told(found)}'
            yield fault("D006", DISTRESS, ("frames",), alarm, "narrow a frame, or silence it")


def neutral_texts(library: Library) -> Iterator[str]:
    """Return what we call things: occupations in every language, activities, options of questions."""
    for occupation in library.occupations.values():
        for language in LANGUAGES:
            yield from occupation.names(language).every
    for activity in library.interests.items.values():
        yield from _forms(activity.text)
    for step in library.steps.values():
        for option in getattr(step, "options", ()):
            yield from _forms(option.label)
            yield from option.synonyms


def _forms(text: object) -> Iterable[str]:
    return (text,) if isinstance(text, str) else vars(text).values()


def _answer_faults(library: Library) -> Iterator[Finding]:
    """Find contacts and sources that are not there, and kinds with nothing to say."""
    answers = library.distress_answers
    for kind in library.distress.kinds:
        if kind not in answers.kinds:
            yield fault("D007", ANSWERS, ("kinds",), f'nothing is said to "{kind}"', "write it")
    for needed in sorted(NEEDED_REPLIES - answers.quiet_step.keys()):
        text = f'the quiet step has no reply "{needed}"'
        yield fault("D007", ANSWERS, ("quiet_step",), text, "write it")
    for kind, answer in answers.kinds.items():
        for name in (name for name in answer.contacts if name not in answers.contacts):
            keys = ("kinds", kind, "contacts")
            yield fault("D004", ANSWERS, keys, f'no contact "{name}"', "correct the name")
    for named, contact in answers.contacts.items():
        yield from _source_faults(library, contact.sources, ("contacts", named, "sources"))
    yield from _source_faults(library, answers.pointer_sources, ("pointer_sources",))
    for asked, reply in answers.quiet_step.items():
        yield from _source_faults(library, reply.sources, ("quiet_step", asked, "sources"))


def _reply_faults(library: Library) -> Iterator[Finding]:
    """Find messages of the quiet step that are answered as another one."""
    for asked, reply in library.distress_answers.quiet_step.items():
        for text in reply.must.every:
            heard = library.distress_answers.reply_to(tokenize(text, library.vocabulary))
            if heard != asked:
                place = ("quiet_step", asked, "must")
                yield fault("D008", ANSWERS, place, f'"{text}" is answered as "{heard}"')


def _source_faults(library: Library, sources: SourcesToldTo, keys: Keys) -> Iterator[Finding]:
    for source in sorted({*sources.child, *sources.adult} - library.sources.keys()):
        yield fault("F011", ANSWERS, keys, f'no source "{source}"')
