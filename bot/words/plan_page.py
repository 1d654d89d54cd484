"""What the pages of a plan tell beside the plan itself: proposals, the copy, versions, links."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.core.base.frozen import Frozen
from bot.core.plan.due import RIGA
from bot.core.plan.gaps import by_goal
from bot.core.plan.history import KeptVersion
from bot.core.plan.items import PlanGoal, PlanItem
from bot.core.plan.outline import outline
from bot.core.plan.plan import Actor, Plan, Proposal
from bot.words.form_fields import FieldChoice
from bot.words.i18n.formats import show_date, show_time
from bot.words.i18n.phrases import PHRASES
from bot.words.plan_changes import PlanChangeWords
from bot.words.plan_view import PlanText


class ProposalLine(Frozen):
    """What somebody proposes. changes: what would be otherwise, of an item that is there."""

    id: str
    text: str
    who: str
    note: str
    changes: tuple[str, ...] = ()


class VersionLine(Frozen):
    """One version. what: was done, and by whom; changes: since the one before it."""

    number: int
    title: str
    when: str
    what: str
    changes: tuple[str, ...]
    is_now: bool = False


class ShareSection(Frozen):
    """Things of one section that can be shown by a link."""

    title: str
    choices: tuple[FieldChoice, ...]


class PlanPageWords(PlanChangeWords):
    """Says what stands on the pages of a plan."""

    def proposals(self, plan: Plan) -> tuple[ProposalLine, ...]:
        """Return what waits for the person, the earliest first."""
        return tuple(self._proposed(plan, one) for one in plan.proposals)

    def versions(self, kept: Sequence[KeptVersion], now: int) -> tuple[VersionLine, ...]:
        """Return the versions, the latest first. now: the number of the present one."""
        lines: list[VersionLine] = []
        # what a file has brought is told beside the versions made here: each follows its own kind
        before: dict[bool, tuple[PlanItem, ...]] = {}
        for one in kept:
            # of the first one that is still kept it is not known what came before
            is_first = not one.imported and one.number <= FIRST_VERSION
            is_known = is_first or one.imported in before
            was = before.get(one.imported, ())
            lines.append(
                VersionLine(
                    number=one.number,
                    title=self.phrase("plan_page_version", number=str(one.number)),
                    when=self.moment(one.at),
                    what=self._done(one),
                    changes=self.changes(was, one.items) if is_known else (),
                    is_now=one.number == now,
                )
            )
            before[one.imported] = one.items
        return tuple(reversed(lines))

    def moment(self, at: datetime | None) -> str:
        """Return a day and a time in Riga in words; "" where it is not known."""
        if at is None:
            return ""
        language, at = self.language, at.astimezone(RIGA)
        return self.phrase(
            "plan_page_when", date=show_date(at.date(), language), time=show_time(at, language)
        )

    def who(self, actor: Actor) -> str:
        """Return who did something."""
        return self.phrase(f"plan_by_{actor.role}", name=actor.name)

    def shareable(self, plan: Plan, ticked: Iterable[str]) -> tuple[ShareSection, ...]:
        """Return all of a plan thing by thing, section by section. ticked: the ids of those that are."""
        chosen, form = frozenset(ticked), self.library.plan_form
        sections = [
            (self.say(form.sections[id_].title), items)
            for id_, items in outline(plan, form).items()
        ]
        for goal, rows in by_goal(plan).items():
            named = plan.find(goal)
            told = self.title(named).text if isinstance(named, PlanGoal) else ""
            sections.append((self.phrase("plan_gap_caption", goal=told), rows))
        return tuple(
            ShareSection(title=title, choices=tuple(self._ticks(items, chosen)))
            for title, items in sections
            if items
        )

    # --- within

    def _ticks(self, items: Sequence[PlanItem], chosen: frozenset[str]) -> Iterator[FieldChoice]:
        for item in items:
            said: PlanText = self.title(item)
            yield FieldChoice(
                value=item.id,
                label=said.text,
                language=said.language,
                chosen=item.id in chosen,
                note=self.phrase("plan_page_share_sensitive") if item.sensitive else "",
            )

    def _proposed(self, plan: Plan, one: Proposal) -> ProposalLine:
        target = plan.find(one.target)
        item = one.item or target
        key = "plan_propose_put"
        if one.item is None:
            key = "plan_propose_remove"
        elif target is not None:
            key = "plan_page_propose_change"
        named = (
            self.title(target or item).text if item is not None else self.phrase("plan_not_gone")
        )
        changes: tuple[str, ...] = ()
        if target is not None and one.item is not None:
            changes = self.would_be(plan, one.item)
        elif one.item is not None:
            changes = tuple(detail.text for detail in self.details(one.item, plan))
        return ProposalLine(
            id=one.id,
            text=self.phrase(key, item=named),
            who=self.who(one.by),
            note=one.note,
            changes=changes,
        )

    def _done(self, version: KeptVersion) -> str:
        """Return what made a version, and who did it; of the first one, that it was begun."""
        last = version.last
        if last is None:
            return self.phrase("plan_page_did_begin")
        key = f"plan_page_did_{last.what}"
        done = self.phrase(key if key in PHRASES else "plan_page_did_other")
        who = self.who(last.by)
        by = self.phrase("plan_page_by_file", who=who) if version.imported else who
        return f"{done} ({by})"


FIRST_VERSION = 2  # that is kept: the first one is the plan with nothing in it
