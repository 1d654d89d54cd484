"""Every way the answers to questions in one's own words can be wrong."""

from collections.abc import Iterator
from datetime import date

from bot.core.base.problems import Keys
from bot.core.base.texts import FOREIGN, LANGUAGES, Pair, Text
from bot.core.checks.finding import Finding, condition_faults, fault
from bot.core.checks.option_names import first_options
from bot.core.knowledge.entry import KnowledgeEntry
from bot.core.library import Library
from bot.core.nlu.normalize import normalize

KNOWLEDGE_FOLDER = "content/knowledge"
CONCEPTS_FILE = "content/understanding/concepts.yaml"
LONGEST_ANSWER = 200  # characters of the sentence that answers


def knowledge_structure_faults(library: Library) -> Iterator[Finding]:
    """Find sources, concepts, doors and people to turn to that are named and not there."""
    humans = first_options(library, library.roles.human)
    facts = {name for _, name in library.steps}
    for id_, entry in library.knowledge.items():
        for at, source in enumerate(entry.sources):
            if source not in library.sources:
                yield _fault("F011", (id_, "sources", at), f'no source "{source}"', "add it")
        if entry.flow is not None and entry.flow not in library.flows:
            yield _fault("F003", (id_, "flow"), f'no flow "{entry.flow}"', "correct the name")
        if entry.opens and entry.flow is None:
            yield _fault("K008", (id_, "opens"), "it opens a flow and names none", "add `flow`")
        if entry.card is not None and entry.card not in library.paths:
            yield _fault("V001", (id_, "card"), f'no path "{entry.card}"', "correct the name")
        yield from condition_faults(entry.unless, facts, KNOWLEDGE_FOLDER, (id_,))
        # a human flow that is not there at all is told once, of the role
        if entry.human is not None and humans and entry.human not in humans:
            text = f'the human flow has no option "{entry.human}"'
            yield _fault("F017", (id_, "human"), text, f"one of: {', '.join(sorted(humans))}")
        for at, group in enumerate(entry.concepts):
            for name in group:
                if name not in library.concepts:
                    text = f'no concept "{name}"'
                    yield _fault("K004", (id_, "concepts", at), text, f"add it to {CONCEPTS_FILE}")


def knowledge_faults(library: Library, today: date) -> Iterator[Finding]:
    """Find answers without ground, too long or past their day, and askings that two of them claim."""
    yield from _claimed_twice(library)
    yield from _unnamed_concepts(library)
    for id_, entry in library.knowledge.items():
        yield from _ground_faults(id_, entry)
        yield from _asking_faults(id_, entry)
        for form in _forms(entry.answer):
            if len(form) > LONGEST_ANSWER:
                text = f"the sentence that answers has {len(form)} characters"
                yield _fault(
                    "K006", (id_, "answer"), text, f"at most {LONGEST_ANSWER}; else `more`"
                )
        if today > entry.review:
            text = f"{id_}: to be checked again by {entry.review}"
            yield _fault("K007", (id_, "review"), text, "look, and set both days")


def _ground_faults(id_: str, entry: KnowledgeEntry) -> Iterator[Finding]:
    """Find what is stated without a source, what does not say who knows, and days in no order."""
    if entry.known != "no" and not entry.sources:
        yield _fault(
            "K001", (id_,), "it states something and names no source", "known: no, or where"
        )
    says_who = entry.sources or entry.human or entry.more
    if entry.known == "no" and not says_who:
        yield _fault("K001", (id_,), "it does not say who knows", "add `human` or `more`")
    if entry.review <= entry.checked:
        text = f"to be checked again by {entry.review}, and checked on {entry.checked}"
        yield _fault("K002", (id_, "review"), text, "a later day")


def _asking_faults(id_: str, entry: KnowledgeEntry) -> Iterator[Finding]:
    """Find a language in which nobody asks it, and askings in another alphabet."""
    asked_in = {language for language, asks in entry.asks.items() if asks}
    for missing in LANGUAGES:
        if missing not in asked_in:
            yield _fault("K005", (id_, "asks"), f"no asking in {missing}", "add some")
    for language, asks in entry.asks.items():
        for at, ask in enumerate(asks):
            if FOREIGN[language].search(ask):
                text = f'letters of another alphabet in "{ask}"'
                yield _fault("T003", (id_, "asks", language, at), text)


def _claimed_twice(library: Library) -> Iterator[Finding]:
    """Find askings that stand at two answers: then it is chance which of them is said."""
    owners: dict[str, str] = {}
    for id_, entry in library.knowledge.items():
        for language, asks in entry.asks.items():
            for at, ask in enumerate(asks):
                other = owners.setdefault(normalize(ask), id_)
                if other != id_:
                    keys = (id_, "asks", language, at)
                    yield _fault("K003", keys, f'"{ask}" stands at {other} too', "leave it at one")


def _unnamed_concepts(library: Library) -> Iterator[Finding]:
    """Find concepts by which no answer is found."""
    named = {
        name for entry in library.knowledge.values() for group in entry.concepts for name in group
    }
    for concept in library.concepts:
        if concept not in named:
            text = f'no answer names the concept "{concept}"'
            yield fault(
                "K004", CONCEPTS_FILE, (concept,), text, "name it in `concepts`, or remove it"
            )


def _forms(text: Text) -> tuple[str, ...]:
    return (text.tu, text.jus) if isinstance(text, Pair) else (text,)


def _fault(code: str, keys: Keys, text: str, remedy: str = "") -> Finding:
    return fault(code, KNOWLEDGE_FOLDER, keys, text, remedy)
