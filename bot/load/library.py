"""Which file becomes what: flows, rules, sources and words, read into one library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.core.base.problems import ContentError, Problem
from bot.core.base.sources import Source
from bot.core.flows.steps import Flow, Id
from bot.core.interests.instrument import Bank, Family
from bot.core.library import Library
from bot.core.nlu.normalize import GlobalWords
from bot.core.nlu.numbers import NumberWords
from bot.core.nlu.phrases import DistressPatterns, LeavingPatterns
from bot.core.occupations.occupation import Occupation
from bot.core.occupations.search.query import Asking
from bot.core.occupations.search.thesaurus import Group
from bot.core.rules.judge import Rule
from bot.load.yaml_reader import Document, read_yaml

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

SOURCES = TypeAdapter(dict[str, Source])
THESAURUS = TypeAdapter(tuple[Group, ...])
FAMILIES = TypeAdapter(dict[str, Family])
OCCUPATIONS = TypeAdapter(dict[Id, Occupation])

EXPLAINED = {
    "extra_forbidden": ("C001", "this key is not known here", "remove it or correct its name"),
    "missing": ("C002", "something is missing", "add it"),
    "union_tag_invalid": ("C003", "this kind is not known", "see flows/README.md for the kinds"),
    "union_tag_not_found": ("C003", "the kind is missing", "add `kind:`"),
    "string_pattern_mismatch": ("C004", "not a name: small letters, figures and _", "rename it"),
}


@dataclass
class Loaded:
    """A library with the documents it came from, so that a finding has its line."""

    library: Library
    documents: dict[str, Document]


@dataclass
class _Loading:
    root: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    digest: Any = field(default_factory=sha256)

    def read(self, path: Path) -> Document | None:
        name = path.relative_to(self.root).as_posix()
        try:
            raw = path.read_bytes()
        except OSError as error:
            self._missing(name, error.strerror or "cannot be read")
            return None
        self.digest.update(name.encode() + b"\0" + raw)
        try:
            document = read_yaml(raw, name)
        except ContentError as error:
            self.problems += error.problems
            return None
        self.documents[name] = document
        return document

    def model(self, path: Path, kind: type[M]) -> M | None:
        document = self.read(path)
        return None if document is None else self.shape(path, document, TypeAdapter(kind))

    def shape(self, path: Path, document: Document, kind: TypeAdapter[T]) -> T | None:
        name = path.relative_to(self.root).as_posix()
        try:
            return kind.validate_python(document.value)
        except ValidationError as error:
            self.problems += explain(error, name, document)
            return None

    def _missing(self, name: str, text: str) -> None:
        self.problems.append(Problem(code="C009", path=name, line=1, text=text, remedy="add it"))


def explain(error: ValidationError, path: str, document: Document) -> list[Problem]:
    """Put what pydantic found into an author's words, with the line."""
    found = []
    for fault in error.errors():
        keys = tuple(key for key in fault["loc"] if isinstance(key, int) or key in _known(document))
        code, text, remedy = EXPLAINED.get(fault["type"], ("C005", fault["msg"], ""))
        where = ".".join(str(key) for key in keys) or "the file"
        last = fault["loc"][-1] if fault["loc"] else ""
        named = f"{where}: {text}" if str(last) in where else f"{where}: {text}: {last}"
        line = document.line(keys)
        found.append(Problem(code=code, path=path, line=line, text=named, remedy=remedy))
    return found


def _known(document: Document) -> set[str | int]:
    return {key for path in document.lines for key in path}


def load(root: Path) -> Loaded:
    """Read all content below a folder.

    Errors: ContentError with everything that is wrong in any file.
    """
    loading = _Loading(root)
    flows = _folder(loading, sorted(root.glob("flows/*/flow.yaml")), Flow, by_folder=True)
    rules = _folder(loading, sorted(root.glob("content/support/*.yaml")), Rule, by_folder=False)
    sources_path = root / "content/sources.yaml"
    document = loading.read(sources_path)
    sources = loading.shape(sources_path, document, SOURCES) if document else None
    words = loading.model(root / "content/help/global_words.yaml", GlobalWords)
    occupations: dict[str, Occupation] = {}
    for path in sorted(root.glob("content/occupations/*.yaml")):
        document = loading.read(path)
        shaped = loading.shape(path, document, OCCUPATIONS) if document is not None else None
        occupations |= shaped or {}
    interests = loading.model(root / "content/instruments/interests.yaml", Bank)
    families_path = root / "content/instruments/families.yaml"
    document = loading.read(families_path)
    families = loading.shape(families_path, document, FAMILIES) if document else None
    thesaurus_path = root / "content/thesaurus.yaml"
    document = loading.read(thesaurus_path)
    thesaurus = loading.shape(thesaurus_path, document, THESAURUS) if document else None
    distress = loading.model(root / "content/help/distress.yaml", DistressPatterns)
    leaving = loading.model(root / "content/help/leaving.yaml", LeavingPatterns)
    asking = loading.model(root / "content/asking.yaml", Asking)
    numbers = loading.model(root / "content/help/number_words.yaml", NumberWords)
    if sources is None or words is None or distress is None or leaving is None or numbers is None:
        raise ContentError(loading.problems)
    if interests is None or families is None or thesaurus is None or asking is None:
        raise ContentError(loading.problems)
    if loading.problems:
        raise ContentError(loading.problems)
    library = Library(
        release=loading.digest.hexdigest()[:16],
        flows=flows,
        rules=rules,
        sources=sources,
        global_words=words,
        distress=distress,
        leaving=leaving,
        number_words=numbers,
        occupations=occupations,
        interests=interests,
        families=families,
        thesaurus=thesaurus,
        asking=asking,
    )
    return Loaded(library, loading.documents)


def _folder(
    loading: _Loading, paths: list[Path], kind: type[M], *, by_folder: bool
) -> Mapping[str, M]:
    found: dict[str, M] = {}
    for path in paths:
        model = loading.model(path, kind)
        if model is not None:
            found[path.parent.name if by_folder else path.stem] = model
    return found
