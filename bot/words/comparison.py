"""Paths side by side in words: a table, and the questions that are left for a counsellor."""

from collections.abc import Iterator

from bot.core.dialogue.path_events import ComparisonShown
from bot.core.education.comparison import ComparedCell, Comparison, unknown_things
from bot.core.flows.path_steps import ShowComparison
from bot.words.i18n.formats import show_list
from bot.words.messages import Button, Message
from bot.words.path_card_words import PathCardWords
from bot.words.sheet import (
    Sheet,
    SheetCell,
    SheetLine,
    SheetMark,
    SheetRow,
    SheetSection,
    SheetTable,
)

MARKS: dict[str, SheetMark] = {"known": "full", "near": "full", "partly": "half", "apart": "empty", "said": "half", "unknown": "diamond"}  # fmt: skip
FAMILIES_NAMED = 2  # in a cell, which is narrow on a phone
LONGEST_SAID = 60  # characters of a person's own words in a cell


class ComparisonWords(PathCardWords):
    """Says what is known of paths, criterion by criterion; nothing is added up or ranked."""

    def compared(self, event: ComparisonShown) -> Message:
        """Return paths side by side, the questions that are left, and ways to change what is compared."""
        comparison = event.comparison
        title = self.phrase("compare_title")
        sheet = Sheet(
            title=title,
            lead=tuple(self._lead(comparison)),
            table=self._table(comparison),
            sections=tuple(self._sections(comparison)),
            notes=tuple(self._notes(comparison)),
        )
        step = self.library.steps[event.flow, event.step]
        assert isinstance(step, ShowComparison)
        cards = [self.named(id_) for id_ in comparison.things.cards]
        buttons = (
            *(Button(pick=card.pick, label=card.label) for card in cards),
            Button(pick=f"@change:{step.matters}", label=self.phrase("compare_weigh")),
            Button(pick=f"@change:{step.cards}", label=self.phrase("compare_others")),
        )
        place = {"flow": event.flow, "step": event.step}
        return Message(kind="sheet", text=title, sheet=sheet, buttons=buttons, **place)

    def _lead(self, comparison: Comparison) -> Iterator[str]:
        yield self.phrase("compare_lead")
        if any(row.weighty for row in comparison.rows):
            yield self.phrase("compare_weighty_first")
        if len(self._columns(comparison)) == 1:
            yield self.phrase("compare_one")

    def _columns(self, comparison: Comparison) -> tuple[str, ...]:
        things = comparison.things
        own = (self.phrase("compare_own", option=things.own),) if things.own else ()
        return (*(self.say(self.library.paths[id_].title) for id_ in things.cards), *own)

    def _table(self, comparison: Comparison) -> SheetTable:
        rows = (
            SheetRow(
                label=self._criterion(row.criterion, comparison),
                cells=tuple(
                    self._cell(
                        "own" if at >= len(comparison.things.cards) else row.criterion,
                        cell,
                        comparison,
                    )
                    for at, cell in enumerate(row.cells)
                ),
                weighty=row.weighty,
            )
            for row in comparison.rows
        )
        return SheetTable(
            caption=self.phrase("compare_caption"),
            corner=self.phrase("compare_corner"),
            columns=self._columns(comparison),
            rows=tuple(rows),
            of_all=self.phrase("compare_of_all"),
        )

    def _criterion(self, name: str, comparison: Comparison) -> str:
        if name == "own":
            return self.phrase("compare_own", option=comparison.things.criterion)
        return _capital(self.phrase(f"criterion_{name}"))

    def _cell(self, asked: str, cell: ComparedCell, comparison: Comparison) -> SheetCell:
        """Return a cell. asked: the criterion whose unknown says whom to ask."""
        names = [self.say(self.library.families[isco].name) for isco in cell.families]
        match cell.state:
            case "known":
                text = "" if cell.text is None else _capital(self.say(cell.text))
            case "near" | "partly":
                families = show_list(names[:FAMILIES_NAMED], self.catalogue.language)
                text = self.phrase(f"compare_{cell.state}", families=families)
            case "apart":
                text = self.phrase("compare_apart")
            case "said":
                text = self.phrase("compare_said", answer=_cut(comparison.things.said))
            case "unknown":
                text = self.phrase(f"unknown_{asked}")
        return SheetCell(text=text, mark=MARKS[cell.state])

    def _sections(self, comparison: Comparison) -> Iterator[SheetSection]:
        questions = tuple(self._questions(comparison))
        if questions:
            yield SheetSection(title=self.phrase("compare_questions"), lines=questions)
        cards = tuple(self.named(id_) for id_ in comparison.things.cards)
        yield SheetSection(title=self.phrase("compare_pages"), lines=cards)

    def _questions(self, comparison: Comparison) -> Iterator[SheetLine]:
        """Return what is not known, as questions: of one's own option one, of the paths by criterion."""
        things = comparison.things
        if things.own:
            label = self.phrase("compare_own", option=things.own)
            yield SheetLine(label=label, text=self.phrase("compare_ask_own"), mark="diamond")
        paths = self._columns(comparison)[: len(things.cards)]
        for name, places in unknown_things(comparison):
            asked = [paths[at] for at in places if at < len(paths)]
            if not asked:
                continue
            of_all = len(asked) == len(paths) > 1
            shown = show_list(asked, self.catalogue.language)
            yield SheetLine(
                label=self._criterion(name, comparison),
                text=self.phrase("compare_ask_all")
                if of_all
                else self.phrase("compare_ask", path=shown),
                mark="diamond",
            )

    def _notes(self, comparison: Comparison) -> Iterator[str]:
        yield self.phrase("compare_no_winner")
        cards = [self.library.paths[id_] for id_ in comparison.things.cards]
        overdue = any(self.is_overdue(fact) for card in cards for fact in card.facts.values())
        caution = f" {self.phrase('stale_source')}" if overdue else ""
        yield self.phrase("compare_sources") + caution


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut(words: str) -> str:
    """Return somebody's own words, shortened at a word where they are long."""
    if len(words) <= LONGEST_SAID:
        return words
    return f"{words[:LONGEST_SAID].rsplit(' ', 1)[0]} …"
