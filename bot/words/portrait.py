"""A person's interests as a portrait: which lead and how surely, families of work, and why."""

from collections.abc import Sequence

from bot.core.dialogue.events import OccupationShown, ProfileShown
from bot.core.education.skill_levels import paths_to
from bot.core.flows.occupation_steps import ShowOccupation
from bot.core.flows.steps import Choice
from bot.core.interests.matching import skill_level_of
from bot.core.interests.norms import TYPES
from bot.core.interests.profile import Profile
from bot.core.occupations.directory import DirectoryEntry
from bot.core.occupations.occupation import Occupation
from bot.words.families import FamilyWords
from bot.words.i18n.course_phrases import SUBJECTS
from bot.words.i18n.formats import show_date, show_list
from bot.words.messages import Button, Mark, Message, Portrait, ScoreBar

# the mark of the first type, by how certain it is that it leads
FIRST_MARKS: dict[str, Mark] = {"clear": "full", "likely": "half", "open": "diamond"}
HEXAGON_ORDER = ("R", "I", "A", "S", "E", "C")  # clockwise from the top
OTHER_NAMES = 4  # of an imported occupation, that are said
LEADING_TYPES = 2  # of an imported occupation, that are said
CLOSE_RACE_POINTS = 3  # leading types of a person whose second and third run close


class PortraitWords(FamilyWords):
    """Says what a person's interests are, and what an occupation is."""

    def portrait(self, event: ProfileShown) -> Portrait:
        """Return what was measured in words, with the families of work that look like it.

        Of a part that is not the first, only further families.
        """
        kin = self.families_shown(event)
        if event.part == "more":
            return Portrait(
                title=kin.title,
                lead=(),
                shape_title="",
                shape="",
                bars=(),
                families_title=kin.title,
                families_lead="",
                families=kin.cards,
                aside_title="",
                aside=(),
                notes=kin.notes,
                source=self.source_line(self.library.sources[event.source]),
            )
        bars = self._bars(event)
        return Portrait(
            title=self.phrase("portrait_title", types=self.types(event.profile.leading)),
            lead=self._lead(event),
            shape_title=self.phrase("portrait_shape_title"),
            shape=self._shape(bars),
            bars=bars,
            families_title=kin.title,
            families_lead=self.phrase("portrait_families_lead"),
            families=kin.cards,
            aside_title=self.phrase("families_aside") if event.hidden_families else "",
            aside=tuple(self.aside("family_back", code) for code in event.hidden_families),
            notes=kin.notes,
            source=self.source_line(self.library.sources[event.source]),
        )

    def shape(self, event: ProfileShown) -> Portrait:
        """Return the six interests alone, as bars and in words."""
        bars = self._bars(event)
        return Portrait(
            title=self.phrase("portrait_title", types=self.types(event.profile.leading)),
            lead=self._lead(event),
            shape_title=self.phrase("portrait_shape_title"),
            shape=self._shape(bars),
            bars=bars,
            families_title="",
            families_lead="",
            families=(),
            aside_title="",
            aside=(),
            notes=(),
            source="",
        )

    def choose(self, event: ProfileShown) -> tuple[Button, ...]:
        """Return the button that changes which occupations are shown, where some were left out by choice."""
        if not event.chosen or event.part == "more":
            return ()
        asked = next(step for (_, id_), step in self.library.steps.items() if id_ == event.chosen)
        assert isinstance(asked, Choice)
        label = self.phrase("change_answer", question=self.say(asked.text))
        return (Button(pick=f"@change:{event.chosen}", label=label),)

    def occupation_shown(self, event: OccupationShown) -> Message:
        """Return what an occupation is: its day, the preparation, the family, where to read more."""
        buttons = tuple(Button(pick=f"@look:{name}", label=self.job(name)) for name in event.others)
        place = {"flow": event.flow, "step": event.step}
        if not event.occupation:
            return Message(kind="say", text=self.phrase("job_unknown"), buttons=buttons, **place)
        step = self.library.steps[event.flow, event.step]
        assert isinstance(step, ShowOccupation)
        entry = self.library.directory[event.occupation]
        if entry.own is not None:
            day = entry.own.day.say(self.catalogue.language)
            about: tuple[str, ...] = (self._subjects(entry.own),)
        else:
            day = self.phrase("job_imported")
            about = self._imported(entry)
        ways = self._ways_to(entry.isco)
        return Message(
            kind="say",
            text=f"{self.job(event.occupation)}\n{day}",
            items=(
                self.phrase(f"level_{skill_level_of(entry.isco)}"),
                self.phrase("job_family", family=self.family_name(entry.isco[:2])),
                *about,
                *self._read_more(step),
                *([self.phrase("job_paths")] if ways else []),
            ),
            source=self._sources(entry, step),
            hint=self.phrase("job_others") if buttons else "",
            buttons=(*ways, *buttons),
            **place,
        )

    def _ways_to(self, isco: str) -> tuple[Button, ...]:
        """Return a button for each path of education that prepares for an occupation."""
        return tuple(
            Button(pick=f"@path:{id_}", label=self.say(self.library.paths[id_].title))
            for id_ in paths_to(isco, self.library.paths)
        )

    def _read_more(self, step: ShowOccupation) -> list[str]:
        sources = [self.library.sources[name] for name in step.more]
        return [
            self.phrase("job_more", title=self.say(source.title), address=source.url)
            for source in sources
        ]

    def _sources(self, entry: DirectoryEntry, step: ShowOccupation) -> str:
        """Return where an imported occupation and its figures come from; our own needs no source."""
        names: list[str] = []
        if entry.own is None:
            names.append(step.imported)
            if entry.interests is not None:
                names.append(step.figures)
        return " ".join(self.source_line(self.library.sources[name]) for name in names)

    def _subjects(self, occupation: Occupation) -> str:
        subjects = [self.say(SUBJECTS[name]) for name in occupation.subjects]
        return self.phrase("job_subjects", subjects=show_list(subjects, self.catalogue.language))

    def _imported(self, entry: DirectoryEntry) -> tuple[str, ...]:
        """Return what is said of an imported occupation: other names, its group, leading interests."""
        lines: list[str] = []
        also = entry.named(self.catalogue.language).also[:OTHER_NAMES]
        if also:
            lines.append(self.phrase("job_also", names=", ".join(also)))
        lines.append(self.phrase("job_group", group=entry.isco))
        if entry.interests is not None:
            figures = dict(zip(TYPES, entry.interests.figures, strict=True))
            strongest = sorted(figures, key=lambda letter: -figures[letter])[:LEADING_TYPES]
            lines.append(self.phrase("job_likes", types=self.types(strongest)))
        return tuple(lines)

    def _lead(self, event: ProfileShown) -> tuple[str, ...]:
        """Return how sure the first type is, and what has changed since an earlier round."""
        leading = event.profile.leading
        lines = [self.phrase(f"portrait_{event.profile.certainty}")]
        if "fast" in event.profile.flags:
            lines.append(self.phrase("portrait_hasty"))
        if len(leading) == CLOSE_RACE_POINTS:
            lines.append(self.phrase("portrait_close"))
        if event.before is not None:
            day, before = event.before
            same = set(before.leading) == set(leading)
            key = "portrait_same" if same else "portrait_moved"
            date = show_date(day, self.catalogue.language)
            lines.append(self.phrase(key, date=date, types=self.types(before.leading)))
        return tuple(lines)

    def _shape(self, bars: Sequence[ScoreBar]) -> str:
        """Return what the hexagon shows, the highest score first, for who does not see it."""
        scores = [
            self.phrase("portrait_score", type=bar.label, score=str(bar.score))
            for bar in sorted(bars, key=lambda bar: -bar.score)
        ]
        return self.phrase("portrait_shape", scores=", ".join(scores))

    def _bars(self, event: ProfileShown) -> tuple[ScoreBar, ...]:
        scores = event.profile.scores
        before = event.before[1].scores if event.before is not None else {}
        marks = _marks(event.profile)
        return tuple(
            ScoreBar(
                mark=marks.get(letter, "empty"),
                label=self.type_name(letter),
                text=self.say(self.library.interests.types[letter].what),
                score=round(scores[letter]),
                before=round(before[letter]) if before else None,
            )
            for letter in HEXAGON_ORDER
        )


def _marks(profile: Profile) -> dict[str, Mark]:
    """Return the marks of the leading types by their letters."""
    first, others = profile.leading[:1], profile.leading[1:]
    # that the second and the third run close is marked like a first one that is open
    other_mark: Mark = "diamond" if len(profile.leading) == CLOSE_RACE_POINTS else "half"
    return {
        **dict.fromkeys(first, FIRST_MARKS[profile.certainty]),
        **dict.fromkeys(others, other_mark),
    }
