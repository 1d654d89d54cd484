"""A plan in words: its sections with numbered items, what its goals ask, its pictures and decisions."""

from collections.abc import Iterator
from datetime import date

from bot.core.dialogue.events import ProfileShown
from bot.core.dialogue.path_events import PathsShown
from bot.core.library import Library
from bot.core.plan.gaps import GapState, answering, by_goal, gap_state
from bot.core.plan.items import (
    GapRow,
    PlanDecision,
    PlanGoal,
    PlanItem,
    PlanMap,
    PlanPath,
    PlanPortrait,
)
from bot.core.plan.outline import outline
from bot.core.plan.plan import Plan
from bot.core.plan.verifying import rule_mark
from bot.words.graphics.hexagon import draw_hexagon
from bot.words.graphics.path_drawing import draw_path_map
from bot.words.i18n.formats import show_date
from bot.words.i18n.translations import Catalogue
from bot.words.messages import Card
from bot.words.path_map_words import PathMapWords
from bot.words.plan_items import PlanItemWords
from bot.words.plan_view import (
    GapLine,
    GapTable,
    PlanLine,
    PlanPicture,
    PlanSectionView,
    PlanText,
    PlanView,
)
from bot.words.portrait import PortraitWords
from bot.words.sheet import SheetMark
from bot.words.verdict import VerdictWords

GAP_MARKS: dict[GapState, SheetMark] = {"have": "full", "on_the_way": "half", "missing": "diamond"}
HEXAGON_WIDTH, MAP_WIDTH = 84, 120  # millimetres on paper


class PlanWords(PlanItemWords):
    """Says a plan."""

    def __init__(self, library: Library, catalogue: Catalogue, register: str, today: date) -> None:
        super().__init__(library, catalogue, register, today)
        self.portraits = PortraitWords(library, catalogue, register, today)
        self.maps = PathMapWords(library, catalogue, register, today)
        self.verdicts = VerdictWords(library, catalogue, register, today)

    def view(self, plan: Plan) -> PlanView:
        """Return a plan in words, as every channel lays it out."""
        decisions = tuple((item.id, self._card(item)) for item in self._judged(plan))
        closing = [self.phrase("plan_closing")]
        if plan.of_kind(PlanPortrait):
            closing.append(self.phrase("plan_closing_interests"))
        return PlanView(
            title=self.phrase("plan_title"),
            language=self.language,
            is_draft=plan.is_draft or plan.what_if is not None,  # nobody has confirmed a copy
            state=self.state(plan),
            about=self._about(plan),
            sections=tuple(self._sections(plan)),
            gaps=tuple(self._gaps(plan)),
            decisions_title=self.phrase("plan_decisions") if decisions else "",
            decisions=decisions,
            closing=tuple(closing),
        )

    def state(self, plan: Plan) -> str:
        """Return that a plan is a draft, or by whom it was confirmed; of a copy, that it is one and a draft too."""
        if plan.what_if is not None:
            return f"{self.phrase('plan_draft')} {self.phrase('plan_trying')}"
        if plan.confirmed is None:
            return self.phrase("plan_draft")
        key = "plan_changed_since" if plan.is_draft else "plan_confirmed"
        day = show_date(plan.confirmed.on, self.language)
        return self.phrase(key, date=day, name=plan.confirmed.name)

    def line(self, item: PlanItem, plan: Plan, number: int = 0) -> PlanLine:
        """Return one item in words."""
        return PlanLine(
            id=item.id,
            kind=item.kind,
            number=number,
            text=self.title(item),
            details=self.details(item, plan),
            origin=self.origin(item),
            mark=self.mark(item),
        )

    # --- within

    def _about(self, plan: Plan) -> str:
        day = show_date(plan.made, self.language)
        return self.phrase("plan_about", date=day, number=str(plan.version))

    def _sections(self, plan: Plan) -> Iterator[PlanSectionView]:
        form, number = self.library.plan_form, 0
        for id_, items in outline(plan, form).items():
            section = form.sections[id_]
            lines: list[PlanLine] = []
            pictures: list[PlanPicture] = []
            for item in items:
                number += 1
                lines.append(self.line(item, plan, number))
                picture = self._picture(item, plan)
                pictures += [] if picture is None else [picture]
            yield PlanSectionView(
                id=id_,
                title=self.say(section.title),
                hint=self.say(section.hint),
                lines=tuple(lines),
                pictures=tuple(pictures),
            )

    def _picture(self, item: PlanItem, plan: Plan) -> PlanPicture | None:
        if isinstance(item, PlanPortrait):
            return self._hexagon(item)
        return self._map(item, plan) if isinstance(item, PlanMap) else None

    def _hexagon(self, item: PlanPortrait) -> PlanPicture:
        shown = ProfileShown(flow="", step="", profile=item.profile, likes=(), source="")
        portrait = self.portraits.shape(shown)
        return PlanPicture(
            kind="hexagon",
            title=self.phrase("plan_hexagon"),
            svg=draw_hexagon(portrait, alone=True),
            drawing=draw_hexagon(portrait),
            says=portrait.shape,
            width=HEXAGON_WIDTH,
            bars=portrait.bars,
        )

    def _map(self, item: PlanMap, plan: Plan) -> PlanPicture | None:
        """Return the map of the paths as they stood, the plan's own lit; None where none is left to draw."""
        lit = tuple(path.saved.card for path in plan.of_kind(PlanPath))
        states = tuple(state for state in item.states if state.card in self.library.paths)
        shown = PathsShown(
            flow=self._flow_asking(item.standing),
            step="",
            states=states,
            standing=item.standing,
            lit=lit,
            matters=(),
        )
        drawn = self.maps.drawn(shown)
        if drawn is None:
            return None
        return PlanPicture(
            kind="map",
            title=self.phrase("plan_map"),
            svg=draw_path_map(drawn, alone=True),
            drawing=draw_path_map(drawn),
            says=drawn.text,
            width=MAP_WIDTH,
        )

    def _flow_asking(self, standing: str) -> str:
        """Return a flow that asks where a person stands, with this among the answers; "" where none does."""
        for name, flow in self.library.flows.items():
            if flow.paths is None:
                continue
            question = self.library.question(name, flow.paths.standing)
            if standing in {option.id for option in getattr(question, "options", ())}:
                return name
        return ""

    def _gaps(self, plan: Plan) -> Iterator[GapTable]:
        columns = (
            self.phrase("plan_gap_asks"),
            self.phrase("plan_gap_have"),
            self.phrase("plan_gap_show"),
            self.phrase("plan_gap_get"),
        )
        for id_, rows in by_goal(plan).items():
            goal = plan.find(id_)
            named = self.title(goal) if isinstance(goal, PlanGoal) else self.text("")
            yield GapTable(
                goal=named,
                caption=self.phrase("plan_gap_caption", goal=named.text)
                if named.text
                else self.phrase("plan_gaps"),  # a link may show rows without their goal
                columns=columns,
                rows=tuple(self._gap(row, plan) for row in rows),
            )

    def _gap(self, row: GapRow, plan: Plan) -> GapLine:
        form = self.library.plan_form
        nothing = self.text(self.phrase("plan_gap_nothing"))
        have = [self.title(item) for item in answering(plan, form, row)]
        had = (
            PlanText(text="; ".join(one.text for one in have), language=have[0].language)
            if have
            else nothing
        )
        step = plan.find(row.step)
        got = self.wording(row.get) if row.get is not None else nothing
        if step is not None:
            titled = self.title(step)
            told = self.phrase("plan_gap_step", step=titled.text)
            got = PlanText(text=told, language=titled.language)
        state = gap_state(plan, form, row)
        shown = self.wording(row.show) if row.show is not None else nothing
        return GapLine(
            id=row.id,
            state=state,
            mark=GAP_MARKS[state],
            cells=(self.wording(row.asks), had, shown, got),
        )

    def _judged(self, plan: Plan) -> Iterator[PlanDecision]:
        for item in plan.of_kind(PlanDecision):
            rule = self.library.rules.get(item.rule)
            # an older one may name what is gone from the rule; it stays as a line, with its day
            if rule is not None and rule_mark(rule) == item.mark:
                yield item

    def _card(self, item: PlanDecision) -> Card:
        judge = self.library.judges[item.rule]
        flows = {step: flow for flow, step in self.library.steps}
        answers = {
            name: self.questions.shown(flows.get(name, ""), name, value)
            for name, value in item.verdict.facts
        }
        return self.verdicts.card(judge, item.verdict, answers)
