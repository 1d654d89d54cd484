"""Collects what is to be translated, and keeps the gettext catalogues in step with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from bot.core.base.texts import LANGUAGES, Pair, Placeholders, SynonymsMark, TextMark
from bot.core.library import Library
from bot.load.library import LoadedContent
from bot.words.i18n.course_phrases import SUBJECTS
from bot.words.i18n.phrases import BOT_DESCRIPTIONS, COMMAND_DESCRIPTIONS, COUNTED, PHRASES
from bot.words.i18n.translations import SYNONYM_MARK, SYNONYMS_CONTEXT, Catalogue, CatalogueKey

DOMAIN = "celvedis"
PROGRAM = "bot/words/i18n/phrases.py"  # where the program's own phrases stand
NO_PLACEHOLDERS = Placeholders()  # a text without values
CREATION_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # so that only words change a catalogue


@dataclass(frozen=True)
class Translatable:
    """One message to translate, and where it stands.

    msgid: the Latvian text. context: a register, "synonyms", or None. plural: the Latvian plural of
    a text about a number of things. part: the key it stands under ("label").
    values: which placeholders it may hold, where that is known.
    """

    msgid: str
    context: str | None
    path: str
    line: int
    part: str = ""
    plural: str | None = None
    values: Placeholders | None = None


def collect_all(loaded: LoadedContent) -> list[Translatable]:
    """Return every message of the content and of the program."""
    messages: list[Translatable] = []
    for path, model in (*_models(loaded.library), *_by_file(loaded)):
        document = loaded.documents[path]
        for keys, msgid, context, values in _texts(model, ()):
            names = [key for key in keys if isinstance(key, str)]
            part = names[-1] if names else ""
            line = document.line(keys)
            messages.append(Translatable(msgid, context, path, line, part, values=values))
    for text in (
        *PHRASES.values(),
        *SUBJECTS.values(),
        *COMMAND_DESCRIPTIONS.values(),
        *BOT_DESCRIPTIONS.values(),
    ):
        for msgid, context in _forms(text):
            messages.append(Translatable(msgid, context, PROGRAM, 1))
    messages += [
        Translatable(counted.one, None, PROGRAM, 1, plural=counted.other)
        for counted in COUNTED.values()
    ]
    return messages


def is_translated(message: Translatable, language: str) -> bool:
    """Return whether a language has a translation of its own for a message."""
    return language != "en" or message.context != "jus"  # in English both registers are "you"


def _models(library: Library) -> Iterator[tuple[str, BaseModel | Mapping[str, BaseModel]]]:
    """Return what holds texts to translate, each with the file it was read from."""
    for name, flow in library.flows.items():
        yield f"flows/{name}/flow.yaml", flow
    for name, rule in library.rules.items():
        yield f"content/support/{name}.yaml", rule
    yield "content/instruments/interests.yaml", library.interests
    yield "content/instruments/families.yaml", library.families
    yield "content/courses/catalogue.yaml", library.courses
    for name, school in library.schools.items():
        yield f"content/courses/schools/{name}.yaml", school
    yield "content/sources.yaml", library.sources
    yield "content/dates.yaml", library.dates
    yield "content/notices.yaml", library.notices
    yield "content/help/distress_answers.yaml", library.distress_answers
    yield "content/pack/school.yaml", library.school_pack
    yield "content/plan.yaml", library.plan_form
    yield "content/meetings.yaml", library.meetings


def _by_file(loaded: LoadedContent) -> Iterator[tuple[str, Mapping[str, BaseModel]]]:
    """Return what stands by id in several files, file by file: wishes, and answers to questions."""
    library = loaded.library
    folders: Mapping[str, Mapping[str, BaseModel]] = {
        "content/wishes/": library.wishes,
        "content/knowledge/": library.knowledge,
        "content/paths/": library.paths,
        "content/ways/": library.ways,
    }
    for path, document in loaded.documents.items():
        for folder, known in folders.items():
            if path.startswith(folder):
                yield path, {id_: known[id_] for id_ in document.value}


def _texts(
    part: Any, at: tuple[str | int, ...]
) -> Iterator[tuple[Any, str, str | None, Placeholders]]:
    """Return the fields of a model that are marked as texts: (keys, msgid, context, placeholders).

    at: the keys that lead to this part. Names of fields are told as the file has them.
    """
    if isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            here = (*at, field.alias or name)
            marks = _marks(field)
            if any(isinstance(mark, TextMark) for mark in marks):
                values = next(
                    (mark for mark in marks if isinstance(mark, Placeholders)), NO_PLACEHOLDERS
                )
                if isinstance(value, tuple):  # a text said in several ways
                    for number, text in enumerate(value):
                        yield from (((*here, number), *form, values) for form in _forms(text))
                elif value is not None:
                    yield from ((here, *form, values) for form in _forms(value))
            elif any(isinstance(mark, SynonymsMark) for mark in marks):
                if value:
                    yield here, SYNONYM_MARK.join(value), SYNONYMS_CONTEXT, NO_PLACEHOLDERS
            else:
                yield from _texts(value, here)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _texts(value, (*at, key))
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from _texts(value, (*at, number))


def _marks(field: Any) -> list[Any]:
    """Return the marks of a field, also those within `Text | None`."""
    marks = list(field.metadata)
    for argument in getattr(field.annotation, "__args__", ()):
        marks += getattr(argument, "__metadata__", ())
    return marks


def _forms(text: str | Pair) -> list[tuple[str, str | None]]:
    """Return each Latvian text with its context: several where it differs by register."""
    if isinstance(text, Pair):
        return [(said, form) for form, said in text.forms.items()]
    return [(text, None)]


def po_path(root: Path, language: str) -> Path:
    """Return where a language's catalogue is."""
    return root / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(root: Path, language: str) -> Catalog | None:
    """Return a language's catalogue, or None where there is none yet."""
    path = po_path(root, language)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def load_words(root: Path) -> dict[str, Catalogue]:
    """Return every language's words as the program uses them; fuzzy entries do not count."""
    catalogues: dict[str, Catalogue] = {}
    for language in LANGUAGES:
        catalogues[language] = _catalogue(language, read_catalogue(root, language) or ())
    return catalogues


def _catalogue(language: str, entries: Iterable[Message]) -> Catalogue:
    messages: dict[CatalogueKey, str] = {}
    counted: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry.fuzzy or not entry.id:  # the entry without an id is the file's header
            continue
        if isinstance(entry.id, str):
            if entry.string:
                messages[entry.context, entry.id] = str(entry.string)
        elif isinstance(entry.string, tuple | list) and all(entry.string):
            singular, *_ = entry.id
            counted[singular] = tuple(entry.string)
    return Catalogue(language, messages, counted)


def update_catalogues(root: Path, messages: Iterable[Translatable]) -> list[str]:
    """Bring the catalogues in step with the messages; translations are kept, none is guessed.

    Return the languages whose catalogues were written.
    """
    in_order = sorted(messages, key=lambda message: (message.path, message.line))
    for language in LANGUAGES:
        if language == "lv":
            continue
        old = read_catalogue(root, language) or Catalog(locale=language)
        new = Catalog(
            locale=language, domain=DOMAIN, project="Celvedis", version="0", fuzzy=False,
            creation_date=CREATION_DATE, revision_date=CREATION_DATE,
        )  # fmt: skip
        for message in in_order:
            if not is_translated(message, language):
                continue
            before = old.get(message.msgid, context=message.context)
            string: Any = before.string if before is not None and before.string else ""
            name: Any = message.msgid
            if message.plural is not None:
                name = (message.msgid, message.plural)
                string = tuple(string) or ("",) * int(new.num_plurals)
            new.add(
                name,
                string,
                locations=[(message.path, 0)],
                flags={"no-python-format"},
                context=message.context,
            )
        path = po_path(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, width=100, no_location=False, include_lineno=False)
    return [language for language in LANGUAGES if language != "lv"]
