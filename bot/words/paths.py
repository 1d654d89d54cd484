"""Paths of education in words: one card, and how all of them stand to somebody."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.core.dialogue.path_events import PathsShown, PathTold
from bot.core.education.judging import CardState
from bot.core.education.path_card import FieldName, PathCard, PathFact
from bot.core.education.skill_levels import families_of
from bot.core.library import Library
from bot.words.graphics.path_drawing import draw_path_map
from bot.words.graphics.path_map import PathMap
from bot.words.i18n.formats import show_list
from bot.words.i18n.phrases import COUNTED
from bot.words.i18n.translations import Catalogue
from bot.words.messages import Button, Message
from bot.words.path_card_words import PathCardWords
from bot.words.path_map_words import PathMapWords
from bot.words.sheet import Sheet, SheetLine, SheetSection
from bot.words.wrong_button import wrong_button

FAMILIES_NAMED = 5  # of those a path prepares for, on its card


class PathWords(PathCardWords):
    """Says what paths are, which of them stand open, and why."""

    def __init__(self, library: Library, catalogue: Catalogue, register: str, today: date) -> None:
        super().__init__(library, catalogue, register, today)
        self.maps = PathMapWords(library, catalogue, register, today)

    # --- one card

    def told(self, event: PathTold) -> Message:
        """Return a path, field by field, each with the numbers of its sources."""
        card = self.library.paths[event.card]
        sources: list[str] = []
        fields = tuple(self._field(name, fact, sources) for name, fact in card.facts.items())
        sections = [SheetSection(title=self.phrase("path_fields"), lines=fields)]
        sections += self._onward(card, event.near)
        sheet = Sheet(
            title=self.say(card.title),
            lead=self._lead(card),
            sections=tuple(sections),
            notes=self._unsaid(card),
            sources_title=self.phrase("path_sources"),
            sources=tuple(self.source_line(self.library.sources[name]) for name in sources),
        )
        kept = "unsave" if event.saved else "save"
        keep = Button(pick=f"@{kept}:{event.card}", label=self.phrase(f"path_{kept}"))
        wrong = wrong_button(self, f"paths/{event.card}")
        return Message(
            kind="sheet",
            text=sheet.title,
            flow=event.flow,
            step=event.step,
            sheet=sheet,
            buttons=(*_buttons(sheet), keep, wrong),
        )

    def _lead(self, card: PathCard) -> tuple[str, ...]:
        parts = [self.say(card.in_short)]
        if card.years is not None:
            last = int(card.years.split("–")[-1])  # the word after "2–3" is that of three
            parts.append(self.catalogue.count(COUNTED["path_years"], last, years=card.years))
        if card.level is not None:
            parts.append(self.phrase("path_level", level=str(card.level)))
        return tuple(parts)

    def _field(self, name: FieldName, fact: PathFact, sources: list[str]) -> SheetLine:
        """Return a field. sources: those named so far; a new one gets the next number."""
        sources += [source for source in fact.sources if source not in sources]
        numbers = ", ".join(str(sources.index(source) + 1) for source in fact.sources)
        caution = f" {self.phrase('stale_source')}" if self.is_overdue(fact) else ""
        text = f"{self.say(fact.text)} [{numbers}]{caution}"
        return SheetLine(label=self.phrase(f"path_{name}"), text=text)

    def _onward(self, card: PathCard, near: Sequence[str]) -> Iterable[SheetSection]:
        """Return where the path leads: further paths, and families of work, those near to the interests first."""
        if card.leads_to:
            lines = tuple(self.named(id_) for id_ in card.leads_to)
            yield SheetSection(title=self.phrase("path_leads_to"), lines=lines)
        families = families_of(card, self.library.families)
        if families:
            fitting = [isco for isco in near if isco in families]
            named = list(dict.fromkeys([*fitting, *families]))[:FAMILIES_NAMED]
            names = [self.say(self.library.families[isco].name) for isco in named]
            rest = len(families) - len(named)
            more = [self.catalogue.count(COUNTED["path_families_more"], rest)] if rest else []
            lines = tuple(SheetLine(label=name) for name in (*names, *more))
            yield SheetSection(title=self.phrase("path_families"), lines=lines, folded=True)

    def _unsaid(self, card: PathCard) -> tuple[str, ...]:
        """Return the line that tells what is not known here; nothing where all is said."""
        unsaid = [name for name in card.withheld if name not in card.facts]
        if not unsaid:
            return ()
        fields = [self.phrase(f"path_{name}").casefold() for name in unsaid]
        return (self.phrase("path_unsaid", fields=show_list(fields, self.catalogue.language)),)

    # --- how they stand

    def shown(self, event: PathsShown) -> Message:
        """Return which paths stand open, which are closed and why, and which were not judged."""
        if event.part == "closed":
            return self._just_closed(event)
        by_state = {
            state: [one for one in event.states if one.state == state and not one.is_elsewhere]
            for state in ("open", "closed", "not_judged")
        }
        others = [one for one in event.states if one.is_elsewhere]
        sections = [
            self._section(
                "paths_open", [self._open(one, event.matters) for one in by_state["open"]]
            ),
            self._section("paths_closed", [self._closed(one) for one in by_state["closed"]]),
            self._section("paths_not_judged", self._all_not_judged(event, by_state["not_judged"])),
            self._section("paths_other_stages", [self._of_other_stage(one) for one in others]),
        ]
        counts = {state: str(len(found)) for state, found in by_state.items()}
        sheet = Sheet(
            title=self.phrase("paths_title"),
            lead=(self.phrase("paths_counts", **counts), *self._ahead(event)),
            sections=tuple(section for section in sections if section.lines),
            notes=(self.phrase("paths_not_considered"), self.phrase("paths_sources")),
        )
        path_map = self.maps.drawn(event)
        if path_map is not None:
            sheet = sheet.model_copy(update=_drawn(path_map))
        return Message(
            kind="sheet",
            text=sheet.title,
            flow=event.flow,
            step=event.step,
            sheet=sheet,
            buttons=(*self._asking_standing(event), *_buttons(sheet, folded=False)),
        )

    def _asking_standing(self, event: PathsShown) -> tuple[Button, ...]:
        """Return a button to tell where the person stands, where nobody knows that."""
        rules = self.library.flows[event.flow].paths
        question = self.library.question(event.flow, rules.standing) if rules is not None else None
        if event.standing or question is None:
            return ()
        return (Button(pick=f"@change:{question.id}", label=self.say(question.text)),)

    def _section(self, title: str, lines: Sequence[SheetLine]) -> SheetSection:
        folded = title == "paths_other_stages"
        return SheetSection(title=self.phrase(title), lines=tuple(lines), folded=folded)

    def _just_closed(self, event: PathsShown) -> Message:
        """Return what an answer has closed, told where it was given: what has one reason in one line."""
        by_reason: dict[str, list[str]] = {}
        for line in (self._closed(state) for state in event.states):
            by_reason.setdefault(line.text, []).append(line.label)
        items = tuple(f"{'; '.join(titles)}. {reason}" for reason, titles in by_reason.items())
        text = self.phrase("paths_just_closed")
        return Message(kind="say", text=text, items=items, flow=event.flow, step=event.step)

    def _open(self, state: CardState, matters: Sequence[str]) -> SheetLine:
        """Return an open path; of what matters to the person, what is known of it."""
        card = self.library.paths[state.card]
        line = self.named(state.card)
        known = [
            f"{self.phrase(f'criterion_{name}')}: {self.say(value)}"
            for name in matters
            if (value := getattr(card.criteria, name, None)) is not None
        ]
        text = " ".join([line.text, *(f"{one}." for one in known)])
        return line.model_copy(update={"text": text, "mark": "full"})

    def _closed(self, state: CardState) -> SheetLine:
        closing = self.library.paths[state.card].closed[state.closing]
        return self.named(state.card).model_copy(
            update={
                "text": self.say(closing.because),
                "change": self.say(closing.change),
                "mark": "barred",
            }
        )

    def _ahead(self, event: PathsShown) -> tuple[str, ...]:
        """Return what the person does not have yet, and what it means for the paths."""
        rules = self.library.flows[event.flow].paths
        found = rules.ahead if rules is not None else ()
        return tuple(self.say(one.text) for one in found if event.standing in one.standing)

    def _all_not_judged(self, event: PathsShown, states: Sequence[CardState]) -> list[SheetLine]:
        """Return why paths are not judged; where nobody knows where the person stands, in one line for all."""
        rules = self.library.flows[event.flow].paths
        if event.standing or rules is None or not states:
            return [self._not_judged(one, event.flow) for one in states]
        label = self.catalogue.count(COUNTED["paths_unknown_standing"], len(states))
        return [SheetLine(label=label, text=self.phrase("paths_needs_standing"), mark="diamond")]

    def _not_judged(self, state: CardState, flow: str) -> SheetLine:
        """Return why a path is not judged: answers that are missing, or what is not decided here."""
        card = self.library.paths[state.card]
        asked = [self.library.question(flow, name) for name in state.missing]
        titles = [self.say(question.text) for question in asked if question is not None]
        if state.doubt is not None:
            text = self.say(card.unclear[state.doubt].because)
        elif state.why == "missing" and titles:
            text = self.phrase("paths_missing", questions=" ".join(titles))
        elif card.not_judged is not None:
            text = self.say(card.not_judged)
        else:
            text = self.phrase("paths_no_rule")
        return self.named(state.card).model_copy(update={"text": text, "mark": "diamond"})

    def _of_other_stage(self, state: CardState) -> SheetLine:
        card = self.library.paths[state.card]
        if state.why == "audience" and card.meant_for is not None:
            text = self.say(card.meant_for.who)
        else:
            stages = [self.phrase(f"stage_{stage}") for stage in card.after]
            text = self.phrase("paths_stage", stages=show_list(stages, self.catalogue.language))
        return self.named(state.card).model_copy(update={"text": text, "mark": "diamond"})


def _drawn(path_map: PathMap) -> dict[str, str]:
    """Return the fields of a sheet that hold a map."""
    return {
        "drawing": draw_path_map(path_map),
        "drawing_alone": draw_path_map(path_map, alone=True),
        "drawing_title": path_map.title,
        "drawing_text": path_map.text,
    }


def _buttons(sheet: Sheet, *, folded: bool = True) -> tuple[Button, ...]:
    """Return a button for each line that can be pressed, each once. folded: those of folded sections too."""
    found: dict[str, Button] = {}
    for section in sheet.sections:
        for line in section.lines if folded or not section.folded else ():
            if line.pick:
                found.setdefault(line.pick, Button(pick=line.pick, label=line.label))
    return tuple(found.values())
