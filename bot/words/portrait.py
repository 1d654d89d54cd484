"""A person's interests as a portrait: which lead and how surely, families of work, and why."""

from bot.core.dialogue.events import OccupationShown, ProfileShown
from bot.core.flows.steps import ShowOccupation
from bot.core.interests.matching import ExampleOccupation as Fitting
from bot.core.interests.matching import FamilyFit, families, skill_level_of
from bot.core.interests.profile import TYPES, Profile
from bot.core.interests.reasons import reasons
from bot.core.occupations.directory import DirectoryEntry
from bot.core.occupations.occupation import Occupation
from bot.words.i18n.formats import show_date, show_list
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.phrases import COUNTED, SUBJECTS
from bot.words.messages import Button, FamilyCard, FamilyExample, Mark, Message, Portrait, ScoreBar

VERY, NEAR = 0.8, 0.5  # the fit from which a family is very near, and near
FIRST: dict[str, Mark] = {"clear": "full", "likely": "half", "open": "diamond"}
AROUND = ("R", "I", "A", "S", "E", "C")  # clockwise from the top of the hexagon
ALSO = 4  # other names of an imported occupation that are told
LEADING = 2  # … and types of its interests
CLOSE = 3  # leading types where the second and the third run close


class PortraitWords(Localizer):
    """Says interests and occupations."""

    def portrait(self, event: ProfileShown) -> Portrait:
        """Say what was measured, with the families of work that look like it."""
        away = frozenset(event.hidden_families)
        found = families(event.profile, self.library.matched, event.skill_level, away)
        bars = self._bars(event)
        scores = [
            self.phrase("portrait_score", type=bar.label, score=str(bar.score))
            for bar in sorted(bars, key=lambda bar: -bar.score)
        ]
        kin = tuple(self._kin(family, dict(event.likes)) for family in found.families)
        return Portrait(
            title=self.phrase("portrait_title", types=self._types(event.profile)),
            lead=self._lead(event),
            shape_title=self.phrase("portrait_shape_title"),
            shape=self.phrase("portrait_shape", scores=", ".join(scores)),
            bars=bars,
            kin_title=self.phrase("portrait_kin"),
            kin_lead=self.phrase("portrait_kin_lead"),
            kin=kin,
            aside_title=self.phrase("kin_aside") if event.hidden_families else "",
            aside=tuple(self._aside("kin_back", code) for code in event.hidden_families),
            notes=self._notes(kin, found.beyond),
            source=self.source_line(self.library.sources[event.source]),
        )

    def described(self, event: OccupationShown) -> Message:
        """Tell about an occupation: the day, the preparation, the family, and where to read more."""
        buttons = tuple(Button(pick=f"@look:{name}", label=self.job(name)) for name in event.others)
        place = {"flow": event.flow, "step": event.step}
        if not event.occupation:
            return Message(kind="say", text=self.phrase("job_unknown"), buttons=buttons, **place)
        step = self.library.steps[event.flow, event.step]
        assert isinstance(step, ShowOccupation)
        one = self.library.listed[event.occupation]
        language = self.catalogue.language
        more = tuple(
            self.phrase("job_more", title=self.say(source.title), address=source.url)
            for source in map(self.library.sources.__getitem__, step.more)
        )
        if one.own is not None:
            day, about, named = one.own.day.say(language), self._own(one.own), []
        else:
            day, about = self.phrase("job_imported"), self._imported(one)
            named = [step.imported, *([step.figures] if one.interests is not None else [])]
        return Message(
            kind="say",
            text=f"{self.job(event.occupation)}\n{day}",
            items=(
                self.phrase(f"level_{skill_level_of(one.isco)}"),
                self.phrase("job_family", family=self._family(one.isco[:2])),
                *about,
                *more,
            ),
            source=" ".join(self.source_line(self.library.sources[name]) for name in named),
            hint=self.phrase("job_others") if buttons else "",
            buttons=buttons,
            **place,
        )

    def _own(self, one: Occupation) -> tuple[str, ...]:
        subjects = [self.say(SUBJECTS[name]) for name in one.subjects]
        return (self.phrase("job_subjects", subjects=show_list(subjects, self.catalogue.language)),)

    def _imported(self, one: DirectoryEntry) -> tuple[str, ...]:
        """Say what an imported occupation has: other names, its group, leading interests."""
        items = [self.phrase("job_group", group=one.isco)]
        also = one.named(self.catalogue.language).also[:ALSO]
        if also:
            items.insert(0, self.phrase("job_also", names=", ".join(also)))
        if one.interests is not None:
            ranked = sorted(zip(one.interests.figures, TYPES, strict=True), key=lambda x: -x[0])
            types = [self._type(letter).lower() for _, letter in ranked[:LEADING]]
            said = show_list(types, self.catalogue.language)
            items.append(self.phrase("job_likes", types=said))
        return tuple(items)

    def job(self, name: str) -> str:
        """Say what an occupation is called, in both genders where there are two."""
        return self.library.listed[name].named(self.catalogue.language).label

    def _family(self, code: str) -> str:
        return self.say(self.library.families[code].name)

    def _types(self, profile: Profile) -> str:
        names = [self._type(letter).lower() for letter in profile.leading]
        return show_list(names, self.catalogue.language)

    def _type(self, letter: str) -> str:
        return self.say(self.library.interests.types[letter].name)

    def _lead(self, event: ProfileShown) -> tuple[str, ...]:
        lines = [self.phrase(f"portrait_{event.profile.certainty}")]
        if len(event.profile.leading) == CLOSE:
            lines.append(self.phrase("portrait_close"))
        if event.before is not None:
            day, before = event.before
            same = set(before.leading) == set(event.profile.leading)
            key = "portrait_same" if same else "portrait_moved"
            date = show_date(day, self.catalogue.language)
            lines.append(self.phrase(key, date=date, types=self._types(before)))
        return tuple(lines)

    def _bars(self, event: ProfileShown) -> tuple[ScoreBar, ...]:
        profile = event.profile
        before = event.before[1].scores if event.before is not None else {}
        marks: dict[str, Mark] = dict.fromkeys(profile.leading[1:], "half")
        if len(profile.leading) == CLOSE:
            marks = dict.fromkeys(profile.leading[1:], "diamond")
        marks |= dict.fromkeys(profile.leading[:1], FIRST[profile.certainty])
        return tuple(
            ScoreBar(
                mark=marks.get(letter, "empty"),
                label=self._type(letter),
                text=self.say(self.library.interests.types[letter].what),
                score=round(profile.scores[letter]),
                before=round(before[letter]) if before else None,
            )
            for letter in AROUND
        )

    def _kin(self, family: FamilyFit, likes: dict[str, int]) -> FamilyCard:
        near = (
            "kin_very" if family.fit >= VERY else "kin_near" if family.fit >= NEAR else "kin_some"
        )
        said: set[str] = set()
        return FamilyCard(
            near=self.phrase("kin_other" if family.less_typical else near),
            name=self._family(family.isco2),
            examples=tuple(
                self._example(at, one, likes, said) for at, one in enumerate(family.occupations)
            ),
            aside=self._aside("kin_away", family.isco2),
        )

    def _aside(self, key: str, code: str) -> Button:
        return Button(pick=f"@away:{code}", label=self.phrase(key, family=self._family(code)))

    def _example(
        self, at: int, one: Fitting, likes: dict[str, int], said: set[str]
    ) -> FamilyExample:
        """Say why an occupation stands here by something liked, not the same within a family.

        The names of a family's examples are in both genders by turns.
        """
        listed = self.library.listed[one.id]
        assert listed.interests is not None  # what has no figures was not matched
        liked = reasons(listed.interests.figures, self.library.interests.letters, likes, said)
        names = listed.named(self.catalogue.language)
        look = Button(
            pick=f"@look:{one.id}", label=names.other if at % 2 and names.other else names.name
        )
        items = [self.say(self.library.interests.items[name].text) for name in liked]
        lower = "; ".join(f"{item[:1].lower()}{item[1:]}" for item in items)
        why = self.phrase("kin_why", items=lower) if items else self.phrase("kin_why_shape")
        said.update(liked)
        return FamilyExample(look=look, why=why)

    def _notes(self, kin: tuple[FamilyCard, ...], beyond: int) -> tuple[str, ...]:
        notes = [self.catalogue.count(COUNTED["beyond"], beyond)] if beyond else []
        jobs = [example.look.label for one in kin for example in one.examples][:1]
        notes += [self.phrase("portrait_ask", job=job) for job in jobs]
        return (*notes, self.phrase("portrait_note"))
