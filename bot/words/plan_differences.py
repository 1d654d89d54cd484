"""What is different in a plan, a line for each item."""

from collections.abc import Collection, Iterable, Iterator

from bot.core.plan.differences import ItemDifference
from bot.core.plan.items import GapRow, PlanGoal, PlanItem, PlanStep, day_of_item
from bot.words.i18n.formats import show_date
from bot.words.plan_words import PlanWords

LONGEST_TOLD = 160  # characters of an item's own words in a message on a change
# fields that say nothing beside another one that changed with them
UNSAID = frozenset({"moved_from", "done_on", "mark", "release", "answered", "verdict", "states"})


class PlanDifferenceWords(PlanWords):
    """Says differences between two states of a plan."""

    def difference(self, one: ItemDifference) -> str:
        """Return one difference in a line."""
        item = one.after or one.before
        assert item is not None
        title = self.short_title(item)
        if one.what == "added" and (day := day_of_item(item)) is not None:
            key = "plan_added_by" if isinstance(item, PlanGoal) else "plan_added_on"
            return self.phrase(key, item=title, date=show_date(day, self.language))
        if one.what != "changed" or one.before is None or one.after is None:
            return self.phrase(f"plan_{one.what}", item=title)
        said = list(self._said(one.before, one.after, one.fields, title))
        rest = [name for name in one.fields if name not in {*UNSAID, *self._told(one)}]
        if rest:
            fields = ", ".join(self.phrase(f"plan_field_{name}") for name in rest)
            said.append(self.phrase("plan_changed_in", item=title, fields=fields))
        return "; ".join(said) or self.phrase("plan_renewed", item=title)

    def differences_told(self, different: Iterable[ItemDifference]) -> tuple[str, ...]:
        """Return a line for each, but of items that only no longer refer to one that was taken out."""
        listed = tuple(different)
        gone = {one.before.id for one in listed if one.what == "removed" and one.before is not None}
        return tuple(self.difference(one) for one in listed if not _follows(one, gone))

    def short_title(self, item: PlanItem) -> str:
        """Return what an item says, cut where it is long."""
        title = self.title(item).text
        return title if len(title) <= LONGEST_TOLD else f"{title[: LONGEST_TOLD - 1]}…"

    # --- within

    def _told(self, one: ItemDifference) -> frozenset[str]:
        """Return the fields of which `_said` tells more than that they changed."""
        told = {"wording", "on", "by", "sure"} & {*one.fields}
        if "state" in one.fields and isinstance(one.after, PlanStep):
            told |= {"state", "remind", "trial", "document"}
        return frozenset(told)

    def _said(
        self, before: PlanItem, after: PlanItem, fields: tuple[str, ...], title: str
    ) -> Iterator[str]:
        if "wording" in fields:
            yield self.phrase("plan_reworded", before=self.short_title(before), item=title)
        if "state" in fields and isinstance(after, PlanStep):
            yield self.phrase(f"plan_now_{after.state}", item=title)
        elif "on" in fields and isinstance(after, PlanStep):
            day = after.on
            yield (
                self.phrase("plan_moved_off", item=title)
                if day is None
                else self.phrase("plan_moved_to", item=title, date=show_date(day, self.language))
            )
        if "by" in fields and isinstance(after, PlanGoal):
            day = after.by
            yield (
                self.phrase("plan_moved_off", item=title)
                if day is None
                else self.phrase("plan_goal_by", item=title, date=show_date(day, self.language))
            )
        if "sure" in fields and isinstance(after, PlanGoal | PlanStep) and after.sure:
            value = str(after.sure[-1].value)
            was = str(after.sure[-2].value) if len(after.sure) > 1 else ""
            key = "plan_surer" if was else "plan_sure_now"
            values = {"item": title, "value": value} | ({"was": was} if was else {})
            yield self.phrase(key, **values)


def _follows(one: ItemDifference, gone: Collection[str]) -> bool:
    """Return whether a difference is no more than that an item was taken out: its own, or of what hangs on it."""
    was = one.before
    if isinstance(one.after, GapRow) and one.fields == ("step",):
        return True  # the step that it has become is told
    if was is None or not gone:
        return False
    if one.what == "removed":
        return isinstance(was, GapRow) and was.goal in gone
    refers = {"goal", "have", "step"}
    return one.what == "changed" and refers.issuperset(one.fields)
