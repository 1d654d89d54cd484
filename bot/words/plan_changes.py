"""What is otherwise in an item, value by value: what it was and what it is."""

from datetime import date

from bot.core.plan.differences import ItemDifference, differences
from bot.core.plan.items import PlanItem, Sureness
from bot.core.plan.plan import Plan
from bot.core.plan.wording import ContentPhrase, OwnWords
from bot.words.i18n.formats import show_date
from bot.words.plan_messages import PlanMessageWords

# fields whose values are words of ours, by what their phrases begin with
PHRASED_FIELDS = {
    "activity": "plan_step_",
    "phase": "plan_phase_",
    "learning": "plan_learning_",
    "state": "plan_page_state_",
}
LONGEST_VALUE = 160  # characters of a text that is told as a value


class PlanChangeWords(PlanMessageWords):
    """Says differences with their values."""

    def changes(
        self,
        before: tuple[PlanItem, ...],
        after: tuple[PlanItem, ...],
        beside: tuple[PlanItem, ...] = (),
    ) -> tuple[str, ...]:
        """Return what is different between two states of a plan, a line each. beside: what they may name."""
        names = {item.id: self.title(item).text for item in (*beside, *before, *after)}
        return tuple(self._change(one, names) for one in differences(before, after))

    def would_be(self, plan: Plan, item: PlanItem) -> tuple[str, ...]:
        """Return what would be otherwise in a plan's item if it were as this one."""
        before = plan.find(item.id)
        return self.changes((before,), (item,), plan.shown) if before is not None else ()

    # --- within

    def _change(self, one: ItemDifference, names: dict[str, str]) -> str:
        if one.what != "changed" or one.before is None or one.after is None:
            return self.difference(one)
        told = [self._field(name, one.before, one.after, names) for name in one.fields]
        if "wording" in one.fields:
            told = [text for text in told if text]
            reworded = self.phrase(
                "plan_reworded",
                before=self.title(one.before).text,
                item=self.title(one.after).text,
            )
            return "; ".join((reworded, *told))
        item = self.title(one.after).text
        return self.phrase("plan_page_changes", item=item, changes="; ".join(told))

    def _field(self, name: str, before: PlanItem, after: PlanItem, names: dict[str, str]) -> str:
        """Return one field with what it was and is; what cannot be told as a value is named alone."""
        if name == "wording":
            return ""
        field = self.phrase(f"plan_field_{name}")
        was, now = (self._value(name, getattr(one, name), names) for one in (before, after))
        if was and now:
            return self.phrase("plan_page_field_was", field=field, before=was, after=now)
        if now:
            return self.phrase("plan_page_field_new", field=field, after=now)
        return self.phrase("plan_page_field_gone", field=field, before=was) if was else field

    def _value(self, name: str, value: object, names: dict[str, str]) -> str:
        """Return a value in words; "" where there is none, or none that can be told in a line."""
        match value:
            case bool():
                return self.phrase("yes" if value else "no")
            case date():
                return show_date(value, self.language)
            case OwnWords() | ContentPhrase():
                return self.wording(value).text[:LONGEST_VALUE]
            case str() if name in PHRASED_FIELDS:
                return self.phrase(PHRASED_FIELDS[name] + value)
            case str() if name == "section" and value in self.library.plan_form.sections:
                return self.say(self.library.plan_form.sections[value].title)
            case str() if name == "occupation" and value:
                return self.occupation(value)
            case str() if name in {"document", "years"}:
                return value
            case str():
                return names.get(value, "")
            case tuple() if name == "have":
                return ", ".join(names.get(str(id_), "") for id_ in value)
            case tuple() if value and isinstance(value[-1], Sureness):
                return str(value[-1].value)
            case _:
                return ""
