"""Course sets side by side in words: what speaks for each, what it opens later, what a change would do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.core.dialogue.course_events import CourseSetsShown, SetChangesShown
from bot.core.education.course_sets import Course, CourseSet, courses_at
from bot.core.education.set_outlook import Reach, SetChange, SetOutlook
from bot.core.education.set_weighing import ComparedSet, Criterion, Nearness, WeighedSet
from bot.core.flows.course_steps import ShowCourseSets, ShowSetChanges
from bot.words.i18n.formats import show_list, show_number
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Message
from bot.words.sheet import (
    Sheet,
    SheetCell,
    SheetLine,
    SheetMark,
    SheetRow,
    SheetSection,
    SheetTable,
)

NEARNESS_MARKS: Mapping[Nearness, SheetMark] = {"near": "full", "partly": "half", "open": "empty"}
REACH_MARKS: Mapping[Reach, SheetMark] = {"higher": "full", "lower": "empty", "unknown": "diamond"}
UNKNOWN_MARK: SheetMark = "diamond"
MOST_FAMILIES = 6  # families of work that are named of one set

Courses = Mapping[str, Course]


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
        sheet = Sheet(
            title=self.phrase("sets_title"),
            lead=self._lead(event, step),
            table=self._table(event, step) if len(event.weighed) > 1 else None,
            sections=tuple(
                self._section(event.school, step, one, outlooks[one.offered.id])
                for one in event.weighed
            ),
            notes=self._notes(),
            sources_title=self.phrase("sets_sources"),
            sources=self._sources(event.school),
        )
        return Message(kind="sheet", text=sheet.title, sheet=sheet, **place)

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
        courses = self._courses(event.school)
        sources = (step.source, self.library.courses.weights.source)
        sheet = Sheet(
            title=self.phrase("change_title", name=names[event.changes[0].from_set]),
            sections=tuple(
                SheetSection(
                    title=self.phrase("change_to", name=names[change.to_set]),
                    lines=tuple(self._change_lines(change, courses)),
                )
                for change in event.changes
            ),
            notes=(self.phrase("change_note"),),
            sources_title=self.phrase("sets_sources"),
            sources=tuple(self.source_line(self.library.sources[name]) for name in sources),
        )
        return Message(kind="sheet", text=sheet.title, sheet=sheet, **place)

    def _courses(self, school: str) -> Courses:
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

    def _table(self, event: CourseSetsShown, step: ShowCourseSets) -> SheetTable:
        """Return the sets by what they were weighed by, each cell a word."""
        weighed = event.weighed
        rows = [
            SheetRow(
                label=self.phrase(f"sets_row_{criterion.name}"),
                cells=tuple(self._cell(one.criteria[at]) for one in weighed),
            )
            for at, criterion in enumerate(weighed[0].criteria)
        ]
        total = tuple(self._total(one) for one in weighed)
        rows.append(SheetRow(label=self.phrase("sets_row_all"), cells=total))
        return SheetTable(
            caption=self.phrase("sets_title"),
            corner=self.phrase("sets_row_what"),
            columns=tuple(self._short_name(event.school, step, one.offered) for one in weighed),
            rows=tuple(rows),
        )

    def _cell(self, criterion: Criterion) -> SheetCell:
        if not criterion.known:
            return SheetCell(text=self.phrase("sets_unknown"), mark=UNKNOWN_MARK)
        word = self.phrase(f"sets_{criterion.word}")
        return SheetCell(text=word, mark=NEARNESS_MARKS[criterion.word])

    def _total(self, one: WeighedSet) -> SheetCell:
        if not any(criterion.known for criterion in one.criteria):
            return SheetCell(text=self.phrase("sets_unknown"), mark=UNKNOWN_MARK)
        return SheetCell(text=self.phrase(f"sets_{one.word}"), mark=NEARNESS_MARKS[one.word])

    def _section(
        self, school: str, step: ShowCourseSets, one: WeighedSet, outlook: SetOutlook
    ) -> SheetSection:
        """Return one set: its courses, what speaks for it, what it leads to."""
        courses = self._courses(school)
        name = self._name(school, step, one.offered)
        lines = (
            *self._offer_lines(school, one.offered, courses),
            *(self._criterion_line(criterion, courses) for criterion in one.criteria),
            *self._outlook_lines(outlook, courses),
            *self._family_lines(one.offered, courses),
        )
        title = self.phrase("sets_word", name=name, word=self._total(one).text)
        return SheetSection(title=title, lines=lines)

    def _line(self, key: str, text: str = "", mark: SheetMark | None = None) -> SheetLine:
        return SheetLine(label=self.phrase(key), text=text, mark=mark)

    def _offer_lines(self, school: str, one: ComparedSet, courses: Courses) -> Iterator[SheetLine]:
        if one.courses:
            yield self._line("sets_advanced", self._named(one.courses, courses))
        if one.unread:
            words = self.phrase("sets_unread", words=", ".join(one.unread))
            yield self._line("sets_own_words", words, UNKNOWN_MARK)
        found = self._offered(school, one.id)
        if found is None:
            return
        _, offered = found
        if offered.specialised:
            yield self._line("sets_special", self._named(offered.specialised, courses))
        if offered.smallest_group is not None:
            least = self.phrase("sets_group_least", count=self._number(offered.smallest_group))
            yield self._line("sets_group", least)

    def _criterion_line(self, criterion: Criterion, courses: Courses) -> SheetLine:
        """Return what speaks for a set in one respect, what is hard, or that nothing is known."""
        key = f"sets_{criterion.name}"
        said: list[str] = []
        if criterion.speaks_for:
            named = self._named(criterion.speaks_for, courses)
            said.append(self.phrase(f"{key}_for", courses=named))
        if criterion.against:
            said.append(self.phrase(f"{key}_hard", courses=self._named(criterion.against, courses)))
        if not said:
            said.append(self.phrase(f"{key}_open" if criterion.known else f"{key}_unknown"))
        mark = self._cell(criterion).mark
        return self._line(f"sets_row_{criterion.name}", " ".join(said), mark)

    def _outlook_lines(self, outlook: SetOutlook, courses: Courses) -> Iterator[SheetLine]:
        for reach, mark in REACH_MARKS.items():
            exams = outlook.at(reach)
            if exams:
                named = self._exams(exams)
                text = self.phrase("sets_exams_ask", exams=named) if reach == "lower" else named
                yield self._line(f"sets_exams_{reach}", text, mark)
        if outlook.unsaid:
            yield self._line("sets_unsaid", self._named(outlook.unsaid, courses), UNKNOWN_MARK)

    def _family_lines(self, one: ComparedSet, courses: Courses) -> Iterator[SheetLine]:
        """Return the families of work that most courses of a set are near to."""
        counts = Counter(code for id_ in one.courses for code in courses[id_].families)
        nearest = [code for code, _ in counts.most_common(MOST_FAMILIES)]
        if nearest:
            names = [self.say(self.library.families[code].name) for code in nearest]
            yield self._line("sets_families", "; ".join(names))

    def _change_lines(self, change: SetChange, courses: Courses) -> Iterator[SheetLine]:
        yield self._line("change_decides", mark=UNKNOWN_MARK)
        if change.opens:
            yield self._line("change_opens", self._exams(change.opens), "full")
        if change.closes:
            exams = self._exams(change.closes)
            text = self.phrase("change_weights", exams=exams, **self._weights())
            yield self._line("change_closes", text, "empty")
        if change.unsure:
            yield self._line("change_unsure", self._exams(change.unsure), UNKNOWN_MARK)
        if not (change.opens or change.closes or change.unsure):
            yield self._line("change_same")
        if change.kept:
            yield self._line("change_kept", self._named(change.kept, courses))
        if change.to_catch_up or change.new_words:
            new = [self.say(courses[id_].name) for id_ in change.to_catch_up]
            named = self._list([*new, *change.new_words])
            yield self._line("change_catch_up", self.phrase("change_how_much", courses=named))

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

    def _named(self, ids: Iterable[str], courses: Courses) -> str:
        return self._list([self.say(courses[id_].name) for id_ in ids])

    def _exams(self, ids: Iterable[str]) -> str:
        return self._list([self.say(self.library.courses.exams[id_].name) for id_ in ids])

    def _list(self, items: list[str]) -> str:
        return show_list(items, self.catalogue.language)
