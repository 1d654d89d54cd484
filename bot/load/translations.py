"""Collects what is to be translated, and keeps the gettext catalogues in step with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from bot.core.base.texts import LANGUAGES, Pair, Placeholders, SynonymsMark, TextMark
from bot.core.library import Library
from bot.load.library import LoadedContent
from bot.words.i18n.phrases import (
    BOT_DESCRIPTIONS,
    COMMAND_DESCRIPTIONS,
    COUNTED,
    PHRASES,
    SUBJECTS,
)
from bot.words.i18n.translations import SYNONYMS_CONTEXT, Catalogue

DOMAIN = "celvedis"
NO_PLACEHOLDERS = Placeholders()  # a text without values
CREATION_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # so that only words change a catalogue


@dataclass(frozen=True)
class Translatable:
    """One message to translate, and where it stands.

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
    """Collect every message of the content and of the program."""
    library = loaded.library
    found: list[Translatable] = []
    for path, model in _models(library):
        document = loaded.documents[path]
        for keys, msgid, context, values in _texts(model, ()):
            part = next((key for key in reversed(keys) if isinstance(key, str)), "")
            line = document.line(keys)
            found.append(Translatable(msgid, context, path, line, part, values=values))
    found += [
        Translatable(msgid, context, "bot/words/i18n/phrases.py", 1)
        for text in (
            *PHRASES.values(),
            *SUBJECTS.values(),
            *COMMAND_DESCRIPTIONS.values(),
            *BOT_DESCRIPTIONS.values(),
        )
        for msgid, context in _forms(text)
    ]
    found += [
        Translatable(text.one, None, "bot/words/i18n/phrases.py", 1, plural=text.other)
        for text in COUNTED.values()
    ]
    return found


def _models(library: Library) -> Iterator[tuple[str, BaseModel | Mapping[str, BaseModel]]]:
    for name, flow in library.flows.items():
        yield f"flows/{name}/flow.yaml", flow
    for name, rule in library.rules.items():
        yield f"content/support/{name}.yaml", rule
    yield "content/instruments/interests.yaml", library.interests
    yield "content/instruments/families.yaml", library.families
    yield "content/sources.yaml", library.sources
    yield "content/help/distress.yaml", library.distress


def _texts(
    part: Any, at: tuple[str | int, ...]
) -> Iterator[tuple[Any, str, str | None, Placeholders]]:
    """Walk a model for the fields that are marked as texts: keys, msgid, context, placeholders."""
    if isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            here = (*at, field.alias or name)
            marks = _marks(field)
            if any(isinstance(mark, TextMark) for mark in marks):
                values = next(
                    (mark for mark in marks if isinstance(mark, Placeholders)), NO_PLACEHOLDERS
                )
                if value is not None:
                    yield from ((here, *form, values) for form in _forms(value))
            elif any(isinstance(mark, SynonymsMark) for mark in marks):
                if value:
                    yield here, " | ".join(value), SYNONYMS_CONTEXT, NO_PLACEHOLDERS
            else:
                yield from _texts(value, here)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _texts(value, (*at, key))
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from _texts(value, (*at, number))


def _marks(field: Any) -> list[Any]:
    """Find the marks of a field, also those within `Text | None`."""
    marks = list(field.metadata)
    for argument in getattr(field.annotation, "__args__", ()):
        marks += getattr(argument, "__metadata__", ())
    return marks


def _forms(text: str | Pair) -> list[tuple[str, str | None]]:
    if isinstance(text, Pair):
        return [(text.tu, "tu"), (text.jus, "jus")]
    return [(text, None)]


def po_path(root: Path, language: str) -> Path:
    """Name a language's catalogue."""
    return root / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(root: Path, language: str) -> Catalog | None:
    """Read a language's catalogue, or None where there is none yet."""
    path = po_path(root, language)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def load_words(root: Path) -> dict[str, Catalogue]:
    """Read every language's words as the program uses them; fuzzy entries do not count."""
    found: dict[str, Catalogue] = {}
    for language in LANGUAGES:
        catalog = read_catalogue(root, language) or Catalog(locale=language)
        entries = {
            (message.context, str(message.id)): str(message.string)
            for message in catalog
            if isinstance(message.id, str) and message.id and message.string and not message.fuzzy
        }
        counted = {
            message.id[0]: tuple(message.string)
            for message in catalog
            if not isinstance(message.id, str | None)
            and isinstance(message.string, tuple | list)
            and all(message.string)
            and not message.fuzzy
        }
        found[language] = Catalogue(language, entries, counted)
    return found


def update_catalogues(root: Path, messages: Iterable[Translatable]) -> list[str]:
    """Bring the catalogues in step with the messages; translations are kept, none is guessed."""
    kept = list(messages)
    for language in LANGUAGES:
        if language == "lv":
            continue
        old = read_catalogue(root, language) or Catalog(locale=language)
        new = Catalog(
            locale=language, domain=DOMAIN, project="Celvedis", version="0", fuzzy=False,
            creation_date=CREATION_DATE, revision_date=CREATION_DATE,
        )  # fmt: skip
        for message in sorted(kept, key=lambda one: (one.path, one.line)):
            if message.context == "jus" and language == "en":
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
