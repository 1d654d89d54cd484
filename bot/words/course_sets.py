"""Course sets side by side in words: what speaks for each, what it opens later, what a change would do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.core.dialogue.events import CourseSetsShown, SetChangesShown
from bot.core.education.course_sets import Course, CourseSet, courses_at
from bot.core.education.set_outlook import SetChange, SetOutlook
from bot.core.education.set_weighing import ComparedSet, Criterion, Nearness, WeighedSet
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.words.i18n.formats import show_list, show_number
from bot.words.i18n.localizer import Localizer
from bot.words.messages import ComparedThing, Mark, Message, SideBySide, SideRow

NEARNESS_MARKS: Mapping[Nearness, Mark] = {"near": "full", "partly": "half", "open": "empty"}
UNKNOWN_MARK: Mark = "diamond"
MOST_FAMILIES = 6  # families of work that are named of one set


class CourseSetWords(Localizer):
    """Says how near sets of courses are, and what they open and close."""

    def compared(self, event: CourseSetsShown) -> Message:
        """Return sets side by side, the nearest first; where there is none, that there is none."""
        place = {"flow": event.flow, "step": event.step}
        if not event.weighed:
            return Message(kind="say", text=self.phrase("sets_none"), **place)
        step = self.library.steps[event.flow, event.step]
        assert isinstance(step, ShowCourseSets)
        outlooks = dict(event.outlooks)
        shown = SideBySide(
            title=self.phrase("sets_title"),
            lead=self._lead(event, step),
            columns=tuple(
                self._short_name(event.school, step, one.offered) for one in event.weighed
            ),
            rows=self._rows(event.weighed) if len(event.weighed) > 1 else (),
            things=tuple(
                self._thing(event.school, step, one, outlooks[one.offered.id])
                for one in event.weighed
            ),
            notes=self._notes(),
            sources=self._sources(event.school),
        )
        return Message(kind="compared", text=shown.title, compared=shown, **place)

    def changes(self, event: SetChangesShown) -> Message:
        """Return what changing from one set to each of the others would do, and who decides."""
        place = {"flow": event.flow, "step": event.step}
        if not event.changes:
            return Message(kind="say", text=self.phrase("sets_none"), **place)
        step = self.library.steps[event.flow, event.step]
        assert isinstance(step, ShowSetChanges)
        shown_by = self.library.steps[event.flow, step.sets]
        assert isinstance(shown_by, ShowCourseSets)
        names = {one.id: self._name(event.school, shown_by, one) for one in event.sets}
        things = tuple(
            ComparedThing(
                title=self.phrase("change_to", name=names[change.to_set]),
                tag=self.phrase("change_decides"),
                mark=UNKNOWN_MARK,
                lines=tuple(self._change_lines(change, self._courses(event.school))),
            )
            for change in event.changes
        )
        shown = SideBySide(
            title=self.phrase("change_title", name=names[event.changes[0].from_set]),
            lead=(),
            columns=(),
            rows=(),
            things=things,
            notes=(self.phrase("change_note"),),
            sources=(
                self.source_line(self.library.sources[step.source]),
                self.source_line(self.library.sources[self.library.courses.weights.source]),
            ),
        )
        return Message(kind="compared", text=shown.title, compared=shown, **place)

    def _courses(self, school: str) -> Mapping[str, Course]:
        return courses_at(self.library.courses, self.library.schools.get(school))

    def _offered(self, school: str, id_: str) -> tuple[int, CourseSet] | None:
        """Return a set of a school with its place there, from 0; None for a person's own."""
        known = self.library.schools.get(school)
        sets = known.sets if known is not None else ()
        return next(((at, one) for at, one in enumerate(sets) if one.id == id_), None)

    def _short_name(self, school: str, step: ShowCourseSets, one: ComparedSet) -> str:
        """Return what a set is called in a table: a letter, or that it is a person's own."""
        found = self._offered(school, one.id)
        if found is not None:
            return chr(ord("A") + found[0])
        key = "sets_first_own" if one.id == step.own[0] else "sets_other_own"
        return self.phrase(f"{key}_short")

    def _name(self, school: str, step: ShowCourseSets, one: ComparedSet) -> str:
        found = self._offered(school, one.id)
        if found is None:
            return self.phrase("sets_first_own" if one.id == step.own[0] else "sets_other_own")
        letter = self._short_name(school, step, one)
        return self.phrase("sets_name", place=letter, name=self.say(found[1].name))

    def _lead(self, event: CourseSetsShown, step: ShowCourseSets) -> tuple[str, ...]:
        """Return whose sets these are, and which of them are equally near."""
        lines: list[str] = []
        school = self.library.schools.get(event.school)
        if school is None:
            lines.append(self.phrase("sets_own_only"))
        else:
            name = self.say(school.name)
            lines.append(self.phrase("sets_school", school=name, year=school.school_year))
            lines += [self.phrase("sets_example")] if school.example else []
            lines += [self.phrase("stale_source")] if self.today > school.review else []
        if not any(one.known for weighed in event.weighed for one in weighed.criteria):
            return (*lines, self.phrase("sets_nothing_known"))
        places: dict[int, list[str]] = {}
        for one in event.weighed:
            short = self._short_name(event.school, step, one.offered)
            places.setdefault(one.place, []).append(short)
        lines += (
            self.phrase("sets_tie", sets=self._list(tied))
            for tied in places.values()
            if len(tied) > 1
        )
        return tuple(lines)

    def _rows(self, weighed: Sequence[WeighedSet]) -> tuple[SideRow, ...]:
        rows = [
            SideRow(
                label=self.phrase(f"sets_row_{criterion.name}"),
                cells=tuple(self._cell(one.criteria[at]) for one in weighed),
            )
            for at, criterion in enumerate(weighed[0].criteria)
        ]
        total = tuple(self._total(one) for one in weighed)
        return (*rows, SideRow(label=self.phrase("sets_row_all"), cells=total))

    def _cell(self, criterion: Criterion) -> tuple[Mark, str]:
        if not criterion.known:
            return UNKNOWN_MARK, self.phrase("sets_unknown")
        return NEARNESS_MARKS[criterion.word], self.phrase(f"sets_{criterion.word}")

    def _total(self, one: WeighedSet) -> tuple[Mark, str]:
        if not any(criterion.known for criterion in one.criteria):
            return UNKNOWN_MARK, self.phrase("sets_unknown")
        return NEARNESS_MARKS[one.word], self.phrase(f"sets_{one.word}")

    def _thing(
        self, school: str, step: ShowCourseSets, one: WeighedSet, outlook: SetOutlook
    ) -> ComparedThing:
        mark, tag = self._total(one)
        courses = self._courses(school)
        lines = [
            *self._offer_lines(school, one.offered, courses),
            *self._criteria_lines(one.criteria, courses),
            *self._outlook_lines(outlook, courses),
            *self._family_lines(one.offered, courses),
        ]
        title = self._name(school, step, one.offered)
        return ComparedThing(title=title, tag=tag, mark=mark, lines=tuple(lines))

    def _offer_lines(
        self, school: str, one: ComparedSet, courses: Mapping[str, Course]
    ) -> Iterator[str]:
        if one.courses:
            yield self.phrase("sets_courses", courses=self._named(one.courses, courses))
        if one.unread:
            yield self.phrase("sets_unread", words=", ".join(one.unread))
        found = self._offered(school, one.id)
        if found is None:
            return
        _, offered = found
        if offered.specialised:
            yield self.phrase("sets_special", courses=self._named(offered.specialised, courses))
        if offered.smallest_group is not None:
            yield self.phrase("sets_group", count=self._number(offered.smallest_group))

    def _criterion_line(self, criterion: Criterion, courses: Mapping[str, Course]) -> str:
        if criterion.speaks_for:
            named = self._named(criterion.speaks_for, courses)
            return self.phrase(f"sets_{criterion.name}_for", courses=named)
        if criterion.known and criterion.name != "abilities":
            return self.phrase(f"sets_{criterion.name}_open")
        return self.phrase(f"sets_{criterion.name}_unknown")

    def _criteria_lines(
        self, criteria: Iterable[Criterion], courses: Mapping[str, Course]
    ) -> Iterator[str]:
        for criterion in criteria:
            if criterion.speaks_for or not criterion.against:
                yield self._criterion_line(criterion, courses)
            if criterion.against:
                named = self._named(criterion.against, courses)
                yield self.phrase("sets_abilities_hard", courses=named)

    def _outlook_lines(self, outlook: SetOutlook, courses: Mapping[str, Course]) -> Iterator[str]:
        keys = {"higher": "sets_opens", "lower": "sets_lower", "unknown": "sets_exams_unknown"}
        for reach in ("higher", "lower", "unknown"):
            exams = outlook.at(reach)
            if exams:
                yield self.phrase(keys[reach], exams=self._exams(exams))
        if outlook.unsaid:
            yield self.phrase("sets_unsaid", courses=self._named(outlook.unsaid, courses))

    def _family_lines(self, one: ComparedSet, courses: Mapping[str, Course]) -> Iterator[str]:
        """Return the families of work that most courses of a set are near to."""
        counts: dict[str, int] = {}
        for id_ in one.courses:
            for code in courses[id_].families:
                counts[code] = counts.get(code, 0) + 1
        nearest = sorted(counts, key=lambda code: -counts[code])[:MOST_FAMILIES]
        if nearest:
            names = [self.say(self.library.families[code].name) for code in nearest]
            yield self.phrase("sets_families", families="; ".join(names))

    def _change_lines(self, change: SetChange, courses: Mapping[str, Course]) -> Iterator[str]:
        weights = self._weights()
        if change.opens:
            yield self.phrase("change_opens", exams=self._exams(change.opens))
        if change.closes:
            yield self.phrase("change_closes", exams=self._exams(change.closes), **weights)
        if change.unsure:
            yield self.phrase("change_unsure", exams=self._exams(change.unsure))
        if not (change.opens or change.closes or change.unsure):
            yield self.phrase("change_same")
        if change.kept:
            yield self.phrase("change_kept", courses=self._named(change.kept, courses))
        if change.to_catch_up or change.new_words:
            new = [self.say(courses[id_].name) for id_ in change.to_catch_up]
            named = self._list([*new, *change.new_words])
            yield self.phrase("change_catch_up", courses=named)

    def _notes(self) -> tuple[str, ...]:
        weights = self.library.courses.weights
        return (
            self.say(weights.levels, **self._weights()),
            self.say(weights.needed, count=self._number(weights.higher_needed)),
            self.phrase("sets_ours"),
            self.phrase("sets_not_judged"),
        )

    def _sources(self, school: str) -> tuple[str, ...]:
        weights = self.library.courses.weights
        names = [weights.source, weights.needed_source]
        known = self.library.schools.get(school)
        names += [known.source] if known is not None else []
        return tuple(self.source_line(self.library.sources[name]) for name in names)

    def _weights(self) -> dict[str, str]:
        weights = self.library.courses.weights
        return {"optimal": self._number(weights.optimal), "general": self._number(weights.general)}

    def _number(self, number: float) -> str:
        return show_number(number, self.catalogue.language)

    def _named(self, ids: Iterable[str], courses: Mapping[str, Course]) -> str:
        return self._list([self.say(courses[id_].name) for id_ in ids])

    def _exams(self, ids: Iterable[str]) -> str:
        return self._list([self.say(self.library.courses.exams[id_].name) for id_ in ids])

    def _list(self, items: list[str]) -> str:
        return show_list(items, self.catalogue.language)
