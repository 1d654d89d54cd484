"""Ways on in words: in the order of their dates, each with what it takes and a step for this week."""

from datetime import date

from bot.core.dialogue.path_events import WaysShown
from bot.core.education.path_card import PathClosing, PathFact
from bot.core.education.ways import Way, WayState
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer
from bot.words.messages import Button, Message
from bot.words.sheet import Sheet, SheetLine, SheetMark, SheetSection

MARKS: dict[str, SheetMark] = {"open": "full", "closed": "barred", "not_judged": "diamond"}


class WayWords(Localizer):
    """Says which ways there are, by when, and how each stands to somebody."""

    def shown(self, event: WaysShown) -> Message:
        """Return the ways in their order, the nearest step first, each fact with the numbers of its sources."""
        sources: list[str] = []
        ways = [(state, self.library.ways[state.way]) for state in event.ways]
        first = next((way for state, way in ways if state.judged.state == "open"), None)
        lead = [self.phrase("ways_lead")]
        if first is not None:
            lead.append(self.phrase("ways_first", step=self._stated(first.first, sources)))
        sections = tuple(
            self._section(number, state, way, event.flow, sources)
            for number, (state, way) in enumerate(ways, 1)
        )
        sheet = Sheet(
            title=self.phrase("ways_title"),
            lead=tuple(lead),
            sections=sections,
            notes=(self.phrase("ways_not_considered"),),
            sources_title=self.phrase("path_sources"),
            sources=tuple(self.source_line(self.library.sources[name]) for name in sources),
        )
        return Message(
            kind="sheet",
            text=sheet.title,
            flow=event.flow,
            step=event.step,
            sheet=sheet,
            buttons=self._cards([way for _, way in ways]),
        )

    def _section(
        self, number: int, state: WayState, way: Way, flow: str, sources: list[str]
    ) -> SheetSection:
        """Return one way. sources: those named so far; a new one gets the next number."""
        lines = (
            self._standing(state, way, flow),
            self._line("way_by_when", way.by_when, sources),
            self._line("way_cost", way.cost, sources),
            self._line("way_first", way.first, sources),
        )
        return SheetSection(title=f"{number}. {self.say(way.title)}", lines=lines)

    def _line(self, label: str, fact: PathFact, sources: list[str]) -> SheetLine:
        return SheetLine(label=self.phrase(label), text=self._stated(fact, sources))

    def _stated(self, fact: PathFact, sources: list[str]) -> str:
        """Return a fact with the numbers of its sources; past its day, with a caution."""
        sources += [source for source in fact.sources if source not in sources]
        numbers = ", ".join(str(sources.index(source) + 1) for source in fact.sources)
        text = f"{self.say(fact.text)} [{numbers}]"
        reviews = [self.library.sources[name].review for name in fact.sources]
        if self.today > min([fact.review, *reviews]):
            return f"{text} {self.phrase('stale_source')}"
        return text

    def _standing(self, state: WayState, way: Way, flow: str) -> SheetLine:
        """Return how a way stands, and why."""
        judged = state.judged
        text, change = "", ""
        if state.until is not None:
            text = self.phrase("way_until", date=self._day(state.until))
        elif state.ended is not None:
            text = self.phrase("way_ended", date=self._day(state.ended))
        elif judged.state == "closed":
            closing = self._closings(way)[judged.closing]
            text, change = self.say(closing.because), self.say(closing.change)
        elif judged.state == "not_judged":
            text = self._not_judged(state, way, flow)
        return SheetLine(
            label=self.phrase(f"way_{judged.state}"),
            text=text,
            change=change,
            mark=MARKS[judged.state],
        )

    def _closings(self, way: Way) -> tuple[PathClosing, ...]:
        return self.library.paths[way.card].closed if way.card is not None else way.closed

    def _not_judged(self, state: WayState, way: Way, flow: str) -> str:
        """Return which answers are missing, or who decides it."""
        rules = self.library.flows[flow].paths
        missing = state.judged.missing if rules is not None else ()
        names = dict.fromkeys(rules.question_for(name) for name in missing) if rules else {}
        asked = [self.library.question(flow, name) for name in names]
        titles = [self.say(question.text) for question in asked if question is not None]
        if titles:
            return self.phrase("paths_missing", questions=" ".join(titles))
        owner = self.library.paths[way.card] if way.card is not None else way
        if owner.not_judged is not None:
            return self.say(owner.not_judged)
        return self.phrase("paths_no_rule")

    def _day(self, day: date) -> str:
        return show_date(day, self.catalogue.language)

    def _cards(self, ways: list[Way]) -> tuple[Button, ...]:
        """Return a button for the whole page of each path, each once."""
        cards = dict.fromkeys(way.card for way in ways if way.card is not None)
        return tuple(
            Button(pick=f"@path:{card}", label=self.say(self.library.paths[card].title))
            for card in cards
        )
