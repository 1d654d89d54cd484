"""Everything the engine may read, by id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from bot.core.base.policy import Policy
from bot.core.base.sources import Source
from bot.core.booking.closures import Closures
from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.meeting_rules import MeetingRules
from bot.core.education.course_sets import CourseCatalogue, CourseSchool
from bot.core.education.dates import DatedEntry
from bot.core.education.notices import Announcement
from bot.core.education.own_sets import passed_over_words
from bot.core.education.path_card import PathCard
from bot.core.education.ways import Way
from bot.core.flows.course_steps import ShowCourseSets
from bot.core.flows.roles import Roles
from bot.core.flows.steps import (
    QUESTIONS,
    Ask,
    Flow,
    Judge,
    Measure,
    Offer,
    Step,
)
from bot.core.interests.instrument import ItemBank, WorkFamily
from bot.core.interests.matching import MatchedOccupation
from bot.core.knowledge.entry import Concepts, KnowledgeEntry, concept_phrases, words_of
from bot.core.knowledge.reading import KnowledgeReader
from bot.core.nlu.answer_phrases import ACTIVITIES, PhraseGroup, phrases_of
from bot.core.nlu.commands import GlobalWords
from bot.core.nlu.distress import DistressAnswers, DistressWords
from bot.core.nlu.guard import vocabulary_of
from bot.core.nlu.human_words import HumanReader, HumanWords
from bot.core.nlu.leaving import LeavingWords
from bot.core.nlu.message import HeardMessage, MessageReader, ReadingWords
from bot.core.nlu.numbers import NumberWords
from bot.core.nlu.option_phrases import QuestionPhrases
from bot.core.nlu.option_reading import OptionReader
from bot.core.nlu.options import OptionNames
from bot.core.nlu.person_words import PersonWords
from bot.core.nlu.phrase_index import PhraseIndex
from bot.core.nlu.tokens import TokenizedText, tokenize
from bot.core.nlu.vocabulary import KnownWords
from bot.core.nlu.wish_reading import WishReader
from bot.core.nlu.wishes import AnyWish
from bot.core.occupations.directory import (
    DirectoryEntry,
    SearchResult,
    all_occupations,
    find,
    find_ids,
    index_of,
    matchable,
)
from bot.core.occupations.imported import ImportedRecords
from bot.core.occupations.occupation import Occupation
from bot.core.occupations.search.index import Index
from bot.core.occupations.search.query import QueryWords
from bot.core.occupations.search.thesaurus import SynonymGroup
from bot.core.option_readers import make_option_reader
from bot.core.places.finding import PlaceFinder
from bot.core.places.place import KnownPlaces, Place
from bot.core.places.school_pack import SchoolPackTexts
from bot.core.plan.form import PlanForm
from bot.core.rules.judge import RuleJudge
from bot.core.rules.rule import Rule

NO_PHRASES = QuestionPhrases(options={})


@dataclass(frozen=True)
class Library:
    """A release of the content: flows, rules, sources and what people's words mean.

    release: a hash of all files; a session remembers the one it was last on.
    roles: the ids of flows, questions and options that the program itself knows.
    phrases: of the questions of each flow, what people say for their options.
    question_words: words that ask, by language. person_words: what names a person in a message.
    places: what municipalities tell; known_places: names of places of which there is no data.
    school_pack: what stands on the papers a school prints. plan_form: what a plan is made of.
    meetings: what can be booked, and whom people are led to. example_counsellors: made-up ones of the made-up places.
    imports: occupations that came from elsewhere, known beside ours.
    """

    release: str
    flows: Mapping[str, Flow]
    roles: Roles
    policy: Policy
    rules: Mapping[str, Rule]
    sources: Mapping[str, Source]
    global_words: GlobalWords
    distress: DistressWords
    distress_answers: DistressAnswers
    leaving: LeavingWords
    human_words: HumanWords
    wishes: Mapping[str, AnyWish]
    paths: Mapping[str, PathCard]
    ways: Mapping[str, Way]
    knowledge: Mapping[str, KnowledgeEntry]
    concepts: Concepts
    question_words: Mapping[str, Sequence[str]]
    person_words: PersonWords
    dates: Mapping[str, DatedEntry]
    notices: Mapping[str, Announcement]
    reading_words: ReadingWords
    phrases: Mapping[str, Sequence[PhraseGroup]]
    number_words: NumberWords
    occupations: Mapping[str, Occupation]
    interests: ItemBank
    families: Mapping[str, WorkFamily]
    thesaurus: Sequence[SynonymGroup]
    query_words: QueryWords
    courses: CourseCatalogue
    schools: Mapping[str, CourseSchool]
    places: Mapping[str, Place]
    known_places: KnownPlaces
    school_pack: SchoolPackTexts
    plan_form: PlanForm
    meetings: MeetingRules
    example_counsellors: Mapping[str, CounsellorProfile]
    imports: ImportedRecords = field(default_factory=ImportedRecords)

    @cached_property
    def steps(self) -> Mapping[tuple[str, str], Step]:
        """Every step by (flow, step), the questions inside a judge and a measure among them."""
        found: dict[tuple[str, str], Step] = {}
        for name, flow in self.flows.items():
            for step in flow.steps:
                found[name, step.id] = step
                if isinstance(step, Judge):
                    found |= {(name, ask.id): ask for ask in step.asks}
                elif isinstance(step, Measure):
                    found |= {(name, id_): ask for id_, ask in self.interests.questions.items()}
        return found

    @cached_property
    def step_places(self) -> Mapping[str, Mapping[str, int]]:
        """For each flow, where its steps stand."""
        return {
            name: {step.id: at for at, step in enumerate(flow.steps)}
            for name, flow in self.flows.items()
        }

    @cached_property
    def flows_with_shared(self) -> tuple[str, ...]:
        """The flows that hold a shared fact; the first flow's are what the others depend on."""
        found = {
            flow
            for (flow, _), step in self.steps.items()
            if isinstance(step, QUESTIONS) and step.shared
        }
        return tuple(sorted(found, key=lambda flow: (flow != self.roles.first, flow)))

    @cached_property
    def flows_with_answers(self) -> frozenset[str]:
        """The flows that ask something whose answer stays when they are left."""
        return frozenset(
            flow
            for (flow, _), step in self.steps.items()
            if isinstance(step, QUESTIONS) and not step.fresh
        )

    @cached_property
    def flows_with_sets(self) -> frozenset[str]:
        """The flows that show course sets."""
        return frozenset(
            name
            for name, flow in self.flows.items()
            if any(isinstance(step, ShowCourseSets) for step in flow.steps)
        )

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of all flows, by their ids."""
        return tuple(step.id for step in self.steps.values() if isinstance(step, Measure))

    @cached_property
    def course_names(self) -> PhraseIndex[str]:
        """What people type for an advanced course, with its id."""
        return PhraseIndex(self.courses.phrases)

    @cached_property
    def beside_courses(self) -> frozenset[str]:
        """Folded words that stand beside the names of courses and name none."""
        return passed_over_words(self.courses.passed_over, self.tokenize)

    @cached_property
    def judges(self) -> Mapping[str, RuleJudge]:
        """For each rule, the one who judges it and remembers what was worked out."""
        return {name: RuleJudge(rule) for name, rule in self.rules.items()}

    @cached_property
    def vocabulary(self) -> KnownWords:
        """Every word that messages are searched for, by which slips are corrected."""
        groups = chain.from_iterable(self.phrases.values())
        phrases = (
            *self.distress.phrases,
            *self.distress_answers.phrases,
            *self.leaving.phrases,
            *self.human_words.phrases,
            *self.global_words.said_phrases,
            *self.reading_words.phrases,
            *(phrase for group in groups for phrase in phrases_of(group)),
            *(phrase for wish in self.wishes.values() for phrase in wish.phrases),
            *concept_phrases(self.concepts),
            *(phrase for phrase, _ in self.courses.phrases),
        )
        return KnownWords(vocabulary_of(phrases))

    @cached_property
    def wish_reader(self) -> WishReader:
        """Reads wishes, what people tell of themselves, and small talk."""
        return WishReader(self.wishes, self.global_words.courtesy)

    @cached_property
    def knowledge_reader(self) -> KnowledgeReader:
        """Reads questions in words of one's own."""
        words = (word for said in self.question_words.values() for word in said)
        return KnowledgeReader(self.knowledge, self.concepts, words)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Every word of the answers and of how they are asked for, folded: they name nobody."""
        return words_of(self.knowledge.values())

    def without_person(self, text: str) -> str:
        """Return what somebody typed without what could tell whose it is."""
        return self.person_words.without_person(text, self.own_words)

    def nearest_answers(self, id_: str) -> tuple[str, ...]:
        """Return the answers nearest to one, by its question."""
        question = self.knowledge[id_].question
        said = question if isinstance(question, str) else question.tu
        return self.knowledge_reader.nearest(id_, self.tokenize(said))

    @cached_property
    def place_finder(self) -> PlaceFinder:
        """Finds places by what people type."""
        return PlaceFinder(self.places, self.known_places)

    @cached_property
    def closures(self) -> Closures:
        """The days on which nobody is met."""
        return Closures(self.dates.values(), self.meetings.moved_days, self.meetings.closed)

    @cached_property
    def human_reader(self) -> HumanReader:
        """Reads that a human is asked for."""
        return HumanReader(self.human_words)

    @cached_property
    def _phrases_by_step(self) -> Mapping[int, QuestionPhrases]:
        """What people say at each question that has phrases; by its identity, as ids recur in flows."""
        found: dict[int, QuestionPhrases] = {}
        for (flow, id_), step in self.steps.items():
            name = ACTIVITIES if id_ in self.interests.questions else id_
            for group in self.phrases.get(flow, ()):
                if name in group.questions:
                    found[id(step)] = group
        return found

    def phrases_for(self, step: Ask | Offer) -> QuestionPhrases:
        """Return what people say at a question; at every activity of an instrument the same."""
        return self._phrases_by_step.get(id(step), NO_PHRASES)

    @cached_property
    def told_questions(self) -> tuple[tuple[str, Ask], ...]:
        """The questions whose answers are also taken where they are told beside another, with flows."""
        told = [
            (flow, step)
            for (flow, _), step in self.steps.items()
            if isinstance(step, QUESTIONS) and self.phrases_for(step).told
        ]
        # those of the first flow before those that hang on them
        return tuple(sorted(told, key=lambda one: one[0] != self.roles.first))

    @cached_property
    def called_questions(self) -> PhraseIndex[str]:
        """What questions are about, each with its id: "vecums" is the age."""
        return PhraseIndex(
            (phrase, question)
            for groups in self.phrases.values()
            for group in groups
            for said in group.called.values()
            for phrase in said
            for question in group.questions
        )

    @cached_property
    def message_reader(self) -> MessageReader:
        """Reads a message for all readers of answers."""
        words, numbers = self.reading_words, self.number_words
        return MessageReader(words, numbers, self.vocabulary, self.question_words)

    @cached_property
    def _option_readers(self) -> dict[tuple[int, frozenset[OptionNames]], OptionReader]:
        return {}

    def read(self, text: str) -> HeardMessage:
        """Return a message read, with what turns its words."""
        return self.message_reader.read(text)

    def option_reader(self, step: Ask | Offer, names: tuple[OptionNames, ...]) -> OptionReader:
        """Return who reads messages as an answer to a question, made once for its options, whatever their order."""
        key = (id(step), frozenset(names))
        if key not in self._option_readers:
            phrases = self.phrases_for(step)
            made = make_option_reader(step, names, phrases, self.reading_words)
            self._option_readers[key] = made
        return self._option_readers[key].in_order([one.id for one in names])

    def tokenize(self, text: str) -> TokenizedText:
        """Return a message read once, for all readers."""
        return tokenize(text, self.vocabulary)

    @cached_property
    def directory(self) -> Mapping[str, DirectoryEntry]:
        """Every occupation by id, ours and the imported."""
        return all_occupations(self.occupations, self.imports)

    @cached_property
    def matchable(self) -> Sequence[MatchedOccupation]:
        """Every occupation whose interest figures are known."""
        return matchable(self.directory, self.interests)

    @cached_property
    def occupation_index(self) -> Index:
        """Everything occupations are called, to be searched."""
        return index_of(self.directory, self.thesaurus, self.query_words)

    def find(self, words: str, most: int, language: str) -> list[SearchResult]:
        """Find up to `most` occupations, the best first, labels in a language."""
        return find(self.directory, self.occupation_index, words, most, language)

    def find_occupations(self, words: str, most: int, language: str) -> tuple[str, ...]:
        """Name the occupations that words may mean, the likeliest first; an id means itself."""
        return find_ids(self.directory, self.occupation_index, words, most, language)

    def question(self, flow: str, step: str) -> Ask | None:
        """Find a question, or None where the step is gone or is something else."""
        found = self.steps.get((flow, step))
        return found if isinstance(found, QUESTIONS) else None
