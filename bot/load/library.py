"""Which file becomes what: flows, rules, sources and words, read into one library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.core.base.policy import Policy
from bot.core.base.problems import ContentError, Problem, Severity
from bot.core.base.sources import Source
from bot.core.booking.meeting_rules import COUNSELLORS, MEETING_RULES
from bot.core.checks.finding import Finding
from bot.core.checks.library import structure_faults
from bot.core.education.card_options import with_card_options
from bot.core.education.course_sets import CATALOGUE, SCHOOL
from bot.core.education.dates import DATES
from bot.core.education.notices import NOTICES
from bot.core.education.path_card import PATH_CARDS, in_order
from bot.core.education.ways import WAYS
from bot.core.flows.roles import Roles
from bot.core.flows.step_base import Id
from bot.core.flows.steps import Flow
from bot.core.interests.instrument import ItemBank, WorkFamily
from bot.core.knowledge.entry import CONCEPTS, ENTRIES
from bot.core.library import Library
from bot.core.nlu.answer_phrases import PhraseGroup
from bot.core.nlu.commands import GlobalWords
from bot.core.nlu.distress import DistressAnswers, DistressWords
from bot.core.nlu.grade_words import GradeWords, with_grades
from bot.core.nlu.guard import Guard
from bot.core.nlu.human_words import HumanWords
from bot.core.nlu.leaving import LeavingWords
from bot.core.nlu.message import ReadingWords
from bot.core.nlu.numbers import NumberWords
from bot.core.nlu.person_words import PersonWords
from bot.core.nlu.spoken_numbers import AgeWords
from bot.core.nlu.wishes import WISHES
from bot.core.occupations.occupation import Occupation
from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.thesaurus import SynonymGroup
from bot.core.places.place import KNOWN_PLACES, PLACE
from bot.core.places.school_pack import SchoolPackTexts
from bot.core.plan.form import PlanForm
from bot.core.rules.rule import Rule
from bot.load.yaml_reader import Document, read_yaml

T = TypeVar("T")

FLOW, RULE = TypeAdapter(Flow), TypeAdapter(Rule)
WORDS_BY_LANGUAGE = TypeAdapter(dict[str, tuple[str, ...]])
PHRASES = TypeAdapter(tuple[PhraseGroup, ...])
OCCUPATIONS = TypeAdapter(dict[Id, Occupation])
# the parts of a library that are one file each: its field, the file, and what the file becomes
PARTS: dict[str, tuple[str, TypeAdapter[Any]]] = {
    "concepts": ("content/understanding/concepts.yaml", CONCEPTS),
    "question_words": ("content/understanding/question_words.yaml", WORDS_BY_LANGUAGE),
    "person_words": ("content/understanding/person_words.yaml", TypeAdapter(PersonWords)),
    "dates": ("content/dates.yaml", DATES),
    "notices": ("content/notices.yaml", NOTICES),
    "roles": ("content/roles.yaml", TypeAdapter(Roles)),
    "policy": ("content/policy.yaml", TypeAdapter(Policy)),
    "sources": ("content/sources.yaml", TypeAdapter(dict[str, Source])),
    "global_words": ("content/help/global_words.yaml", TypeAdapter(GlobalWords)),
    "distress": ("content/help/distress.yaml", TypeAdapter(DistressWords)),
    "distress_answers": ("content/help/distress_answers.yaml", TypeAdapter(DistressAnswers)),
    "leaving": ("content/help/leaving.yaml", TypeAdapter(LeavingWords)),
    "human_words": ("content/help/human.yaml", TypeAdapter(HumanWords)),
    "guard": ("content/understanding/guard.yaml", TypeAdapter(Guard)),
    "grade_words": ("content/understanding/grade_words.yaml", TypeAdapter(GradeWords)),
    "age_words": ("content/understanding/age_words.yaml", TypeAdapter(AgeWords)),
    "common_words": ("content/understanding/common_words.yaml", WORDS_BY_LANGUAGE),
    "fillers": ("content/understanding/fillers.yaml", WORDS_BY_LANGUAGE),
    "wondering": ("content/understanding/wondering.yaml", WORDS_BY_LANGUAGE),
    "corrections": ("content/understanding/corrections.yaml", WORDS_BY_LANGUAGE),
    "places": ("content/understanding/places.yaml", WORDS_BY_LANGUAGE),
    "known_places": ("content/understanding/municipalities.yaml", KNOWN_PLACES),
    "school_pack": ("content/pack/school.yaml", TypeAdapter(SchoolPackTexts)),
    "plan_form": ("content/plan.yaml", TypeAdapter(PlanForm)),
    "meetings": ("content/meetings.yaml", MEETING_RULES),
    "number_words": ("content/help/number_words.yaml", TypeAdapter(NumberWords)),
    "query_words": ("content/asking.yaml", TypeAdapter(QueryWords)),
    "thesaurus": ("content/thesaurus.yaml", TypeAdapter(tuple[SynonymGroup, ...])),
    "interests": ("content/instruments/interests.yaml", TypeAdapter(ItemBank)),
    "courses": ("content/courses/catalogue.yaml", CATALOGUE),
    "families": ("content/instruments/families.yaml", TypeAdapter(dict[str, WorkFamily])),
}

# kinds of pydantic's errors: our code, what is wrong, what to do
EXPLANATIONS = {
    "extra_forbidden": ("C001", "this key is not known here", "remove it or correct its name"),
    "missing": ("C002", "something is missing", "add it"),
    "union_tag_invalid": ("C003", "this kind is not known", "see flows/README.md for the kinds"),
    "union_tag_not_found": ("C003", "the kind is missing", "add `kind:`"),
    "string_pattern_mismatch": ("C004", "not a name: small letters, figures and _", "rename it"),
}


@dataclass
class LoadedContent:
    """A library with the documents it came from, so that a finding has its line."""

    library: Library
    documents: dict[str, Document]

    def problem(self, finding: Finding, severity: Severity = "error") -> Problem:
        """Return a finding as a problem, with the line of its file."""
        path = self._path(finding)
        document = self.documents.get(path, Document(None, {}))
        return Problem(
            code=finding.code,
            path=path,
            line=document.line(finding.keys),
            text=finding.text,
            remedy=finding.remedy,
            severity=severity,
        )

    def _path(self, finding: Finding) -> str:
        """Return the file of a finding, also where it names the folder in one of whose files it is."""
        for path, document in self.documents.items():
            if path.startswith(f"{finding.file}/") and finding.keys[0] in document.value:
                return path
        return finding.file


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
        self.digest.update(name.encode() + b"\0" + raw)  # a file renamed is another release
        try:
            document = read_yaml(raw, name)
        except ContentError as error:
            self.problems += error.problems
            return None
        self.documents[name] = document
        return document

    def part(self, path: Path, kind: TypeAdapter[T]) -> T | None:
        """Return what a file becomes; None where it cannot be read, which is then among the problems."""
        document = self.read(path)
        return None if document is None else self.shape(path, document, kind)

    def shape(self, path: Path, document: Document, kind: TypeAdapter[T]) -> T | None:
        name = path.relative_to(self.root).as_posix()
        try:
            return kind.validate_python(document.value)
        except ValidationError as error:
            self.problems += explain(error, name, document)
            return None

    def doubled(self, path: Path, id_: str) -> None:
        """Note that an id of a file stands in another file too."""
        name = path.relative_to(self.root).as_posix()
        line = self.documents[name].line((id_,))
        text = f'the id "{id_}" stands in another file too'
        problem = Problem(code="Y002", path=name, line=line, text=text, remedy="keep one of them")
        self.problems.append(problem)

    def _missing(self, name: str, text: str) -> None:
        self.problems.append(Problem(code="C009", path=name, line=1, text=text, remedy="add it"))


def explain(error: ValidationError, path: str, document: Document) -> list[Problem]:
    """Return what pydantic found in an author's words, with the line: "steps.3: this key is …"."""
    written: set[str | int] = {key for path in document.lines for key in path}
    problems: list[Problem] = []
    for fault in error.errors():
        # pydantic also names the kind it tried ("choice"), which the author has not written as a key
        keys = tuple(key for key in fault["loc"] if isinstance(key, int) or key in written)
        code, text, remedy = EXPLANATIONS.get(fault["type"], ("C005", fault["msg"], ""))
        where = ".".join(str(key) for key in keys) or "the file"
        named = f"{where}: {text}"
        last = str(fault["loc"][-1]) if fault["loc"] else ""
        if last not in where:  # a key that is missing
            named = f"{named}: {last}"
        line = document.line(keys)
        problems.append(Problem(code=code, path=path, line=line, text=named, remedy=remedy))
    return problems


def load(root: Path) -> LoadedContent:
    """Return all content below a folder, in which every name stands for something.

    Errors: ContentError with everything that is wrong in any file, or with the names.
    """
    loaded = read_files(root)
    # a flow or a role that is not there would fail in the middle of somebody's conversation
    lost = [loaded.problem(finding) for finding in structure_faults(loaded.library)]
    if lost:
        raise ContentError(sorted(lost, key=lambda one: (one.path, one.line, one.code)))
    return loaded


def read_files(root: Path) -> LoadedContent:
    """Return all content below a folder, each file read for itself.

    Errors: ContentError with everything that is wrong in any file.
    """
    loading = _Loading(root)
    flows = _folder(loading, sorted(root.glob("flows/*/flow.yaml")), FLOW, by_folder=True)
    rules = _folder(loading, sorted(root.glob("content/support/*.yaml")), RULE, by_folder=False)
    occupations = _by_id(loading, sorted(root.glob("content/occupations/*.yaml")), OCCUPATIONS)
    wishes = _by_id(loading, sorted(root.glob("content/wishes/*.yaml")), WISHES)
    paths = in_order(_by_id(loading, sorted(root.glob("content/paths/*.yaml")), PATH_CARDS))
    ways = _by_id(loading, sorted(root.glob("content/ways/*.yaml")), WAYS)
    knowledge = _by_id(loading, sorted(root.glob("content/knowledge/*.yaml")), ENTRIES)
    schools = _folder(
        loading, sorted(root.glob("content/courses/schools/*.yaml")), SCHOOL, by_folder=False
    )
    places = _folder(loading, sorted(root.glob("content/places/*.yaml")), PLACE, by_folder=False)
    counsellors = _by_id(loading, sorted(root.glob("content/counsellors/*.yaml")), COUNSELLORS)
    phrases = _folder(loading, sorted(root.glob("flows/*/phrases.yaml")), PHRASES, by_folder=True)
    parts: dict[str, Any] = {
        part: loading.part(root / path, kind) for part, (path, kind) in PARTS.items()
    }
    if loading.problems:
        raise ContentError(loading.problems)
    grades = parts.pop("grade_words")
    library = Library(
        release=loading.digest.hexdigest()[:16],
        flows={name: with_card_options(flow, paths, flows) for name, flow in flows.items()},
        rules=rules,
        occupations=occupations,
        wishes=wishes,
        paths=paths,
        ways=ways,
        knowledge=knowledge,
        schools=schools,
        places=places,
        example_counsellors=counsellors,
        phrases={
            name: tuple(with_grades(group, grades) for group in groups)
            for name, groups in phrases.items()
        },
        reading_words=ReadingWords(
            guard=parts.pop("guard"),
            age=parts.pop("age_words"),
            common=parts.pop("common_words"),
            fillers=parts.pop("fillers"),
            corrections=parts.pop("corrections"),
            wondering=parts.pop("wondering"),
            places=parts.pop("places"),
        ),
        **parts,
    )
    return LoadedContent(library, loading.documents)


def _folder(
    loading: _Loading, paths: list[Path], kind: TypeAdapter[T], *, by_folder: bool
) -> Mapping[str, T]:
    """Return what the files become. by_folder: each is called by its folder, not by its file name."""
    models: dict[str, T] = {}
    for path in paths:
        model = loading.part(path, kind)
        if model is not None:
            models[path.parent.name if by_folder else path.stem] = model
    return models


def _by_id(loading: _Loading, paths: list[Path], kind: TypeAdapter[dict[str, T]]) -> dict[str, T]:
    """Return what stands by id in several files, none of it twice."""
    found: dict[str, T] = {}
    for path in paths:
        for id_, one in (loading.part(path, kind) or {}).items():
            if id_ in found:
                loading.doubled(path, id_)
            found[id_] = one
    return found
