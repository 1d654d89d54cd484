"""A person's interests as a portrait: which lead and how surely, families of work, and why."""

from collections.abc import Container, Iterable, Mapping, Sequence

from bot.core.dialogue.events import OccupationShown, ProfileShown
from bot.core.flows.steps import ShowOccupation
from bot.core.interests.matching import (
    ExampleOccupation,
    FamilyFit,
    families,
    skill_level_of,
)  # fmt: skip
from bot.core.interests.norms import TYPES
from bot.core.interests.profile import Profile
from bot.core.interests.reasons import reasons
from bot.core.occupations.directory import DirectoryEntry
from bot.core.occupations.occupation import Occupation
from bot.words.i18n.formats import show_date, show_list
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.phrases import COUNTED, SUBJECTS
from bot.words.messages import Button, FamilyCard, FamilyExample, Mark, Message, Portrait, ScoreBar

# correlations of a family with the person's interests from which it is called very near, and near
VERY_NEAR_FIT, NEAR_FIT = 0.8, 0.5
# the mark of the first type, by how certain it is that it leads
FIRST_MARKS: dict[str, Mark] = {"clear": "full", "likely": "half", "open": "diamond"}
HEXAGON_ORDER = ("R", "I", "A", "S", "E", "C")  # clockwise from the top
OTHER_NAMES = 4  # of an imported occupation, that are said
LEADING_TYPES = 2  # of an imported occupation, that are said
CLOSE_RACE_POINTS = 3  # leading types of a person whose second and third run close


class PortraitWords(Localizer):
    """Says what a person's interests are, and what an occupation is."""

    def portrait(self, event: ProfileShown) -> Portrait:
        """Return what was measured in words, with the families of work that look like it."""
        away = frozenset(event.hidden_families)
        ranked = families(event.profile, self.library.matchable, event.skill_level, away)
        likes = dict(event.likes)
        families_shown = tuple(self._family_card(family, likes) for family in ranked.families)
        bars = self._bars(event)
        return Portrait(
            title=self.phrase("portrait_title", types=self._types(event.profile.leading)),
            lead=self._lead(event),
            shape_title=self.phrase("portrait_shape_title"),
            shape=self._shape(bars),
            bars=bars,
            families_title=self.phrase("portrait_families"),
            families_lead=self.phrase("portrait_families_lead"),
            families=families_shown,
            aside_title=self.phrase("families_aside") if event.hidden_families else "",
            aside=tuple(self._aside("family_back", code) for code in event.hidden_families),
            notes=self._notes(families_shown, ranked.beyond),
            source=self.source_line(self.library.sources[event.source]),
        )

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
        return Message(
            kind="say",
            text=f"{self.job(event.occupation)}\n{day}",
            items=(
                self.phrase(f"level_{skill_level_of(entry.isco)}"),
                self.phrase("job_family", family=self._family(entry.isco[:2])),
                *about,
                *self._read_more(step),
            ),
            source=self._sources(entry, step),
            hint=self.phrase("job_others") if buttons else "",
            buttons=buttons,
            **place,
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
            lines.append(self.phrase("job_likes", types=self._types(strongest)))
        return tuple(lines)

    def job(self, name: str) -> str:
        """Return what an occupation is called, in both genders where there are two."""
        return self.library.directory[name].named(self.catalogue.language).label

    def _family(self, code: str) -> str:
        return self.say(self.library.families[code].name)

    def _types(self, letters: Iterable[str]) -> str:
        """Return some of the six types, as they stand within a sentence: "palīdzēšana un radīšana"."""
        names = [self._type(letter).lower() for letter in letters]
        return show_list(names, self.catalogue.language)

    def _type(self, letter: str) -> str:
        return self.say(self.library.interests.types[letter].name)

    def _lead(self, event: ProfileShown) -> tuple[str, ...]:
        """Return how sure the first type is, and what has changed since an earlier round."""
        leading = event.profile.leading
        lines = [self.phrase(f"portrait_{event.profile.certainty}")]
        if len(leading) == CLOSE_RACE_POINTS:
            lines.append(self.phrase("portrait_close"))
        if event.before is not None:
            day, before = event.before
            same = set(before.leading) == set(leading)
            key = "portrait_same" if same else "portrait_moved"
            date = show_date(day, self.catalogue.language)
            lines.append(self.phrase(key, date=date, types=self._types(before.leading)))
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
                label=self._type(letter),
                text=self.say(self.library.interests.types[letter].what),
                score=round(scores[letter]),
                before=round(before[letter]) if before else None,
            )
            for letter in HEXAGON_ORDER
        )

    def _family_card(self, family: FamilyFit, likes: Mapping[str, int]) -> FamilyCard:
        """Return a family of work in words. likes: what was answered to each item, 1-5."""
        examples = []
        said: set[str] = set()  # liked items: one is not the reason for two examples of a family
        for number, occupation in enumerate(family.occupations):
            liked = self._liked(occupation, likes, said)
            said.update(liked)
            # names of both genders take turns, so that no family looks like one gender's
            look = self._look(occupation, other_gender=number % 2 == 1)
            examples.append(FamilyExample(look=look, why=self._why(liked)))
        return FamilyCard(
            near=self.phrase(_nearness(family)),
            name=self._family(family.isco2),
            examples=tuple(examples),
            aside=self._aside("family_away", family.isco2),
        )

    def _aside(self, key: str, code: str) -> Button:
        return Button(pick=f"@away:{code}", label=self.phrase(key, family=self._family(code)))

    def _liked(
        self, occupation: ExampleOccupation, likes: Mapping[str, int], said: Container[str]
    ) -> tuple[str, ...]:
        """Return the liked items that pull towards an occupation, those not said yet first."""
        interests = self.library.directory[occupation.id].interests
        assert interests is not None  # what has no figures was not matched
        return reasons(interests.figures, self.library.interests.letters, likes, said)

    def _look(self, occupation: ExampleOccupation, *, other_gender: bool) -> Button:
        names = self.library.directory[occupation.id].named(self.catalogue.language)
        # some occupations have one name for both genders
        label = names.other if other_gender and names.other else names.name
        return Button(pick=f"@look:{occupation.id}", label=label)

    def _why(self, liked: Sequence[str]) -> str:
        """Return why an occupation stands here: by liked items, or by the shape of all interests."""
        if not liked:
            return self.phrase("family_why_shape")
        texts = [self.say(self.library.interests.items[name].text) for name in liked]
        # within the sentence an item begins with a small letter; what follows stays as it is
        items = "; ".join(f"{text[:1].lower()}{text[1:]}" for text in texts)
        return self.phrase("family_why", items=items)

    def _notes(self, families: Sequence[FamilyCard], beyond: int) -> tuple[str, ...]:
        """Return what was left out, how to ask about an occupation, and what the list is.

        beyond: how many occupations take longer to learn than was asked for.
        """
        notes = []
        if beyond:
            notes.append(self.catalogue.count(COUNTED["beyond"], beyond))
        examples = [example for card in families for example in card.examples]
        if examples:
            notes.append(self.phrase("portrait_ask", job=examples[0].look.label))
        return (*notes, self.phrase("portrait_note"))


def _marks(profile: Profile) -> dict[str, Mark]:
    """Return the marks of the leading types by their letters."""
    first, others = profile.leading[:1], profile.leading[1:]
    # that the second and the third run close is marked like a first one that is open
    other_mark: Mark = "diamond" if len(profile.leading) == CLOSE_RACE_POINTS else "half"
    return {
        **dict.fromkeys(first, FIRST_MARKS[profile.certainty]),
        **dict.fromkeys(others, other_mark),
    }


def _nearness(family: FamilyFit) -> str:
    """Return the key of the phrase for how near a family is."""
    if family.less_typical:
        return "family_less_usual"
    if family.fit >= VERY_NEAR_FIT:
        return "family_very_near"
    return "family_near" if family.fit >= NEAR_FIT else "family_somewhat_near"
