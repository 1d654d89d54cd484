"""A form in words: its fields with what stands in them, for a page that lays it out and reads it again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from bot.core.base.frozen import Frozen

# a line, a longer text, a day, one of a list, one of a few, a tick, some of many
FieldKind = Literal["line", "long", "day", "select", "radio", "tick", "ticks"]
SentForm = Mapping[str, Sequence[str]]
TICKED = "1"  # what a tick sends


def is_calendar_day(text: str) -> bool:
    """Return whether a text is a day as a browser's own field for days writes it, and shows it again: "2026-12-15"."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class FieldChoice(Frozen):
    """One of a field's choices. value: what it sends. note: beside the label. language: of the label."""

    value: str
    label: str
    chosen: bool = False
    note: str = ""
    language: str = ""


class FormField(Frozen):
    """One field. value: what stands in it, of a tick "1" or "". language: of that value.

    problem: what is to be mended, in words. needed: it cannot be left empty.
    """

    name: str
    kind: FieldKind
    label: str
    hint: str = ""
    value: str = ""
    language: str = ""
    choices: tuple[FieldChoice, ...] = ()
    problem: str = ""
    needed: bool = False

    def sent(self, form: SentForm, problem: str = "") -> "FormField":
        """Return the field with what was put into it, where the form was refused."""
        values = form.get(self.name, ())
        choices = tuple(
            one.model_copy(update={"chosen": one.value in values}) for one in self.choices
        )
        value = values[0] if values else ""
        return self.model_copy(update={"value": value, "choices": choices, "problem": problem})


class FieldGroup(Frozen):
    """Fields that belong together. title: "" for the first ones. folded: opened by who needs them."""

    title: str
    fields: tuple[FormField, ...]
    folded: bool = False

    def sent(self, form: SentForm, problems: Mapping[str, str]) -> "FieldGroup":
        """Return the group as it was sent, with what is to be mended; it is open where something is."""
        fields = tuple(field.sent(form, problems.get(field.name, "")) for field in self.fields)
        shut = self.folded and not any(field.problem for field in fields)
        return self.model_copy(update={"fields": fields, "folded": shut})
