"""The form of a plan with nothing in it, on two pages, for who writes by hand: as it is typed in, so it stands."""

from collections.abc import Iterator
from typing import get_args

from bot.core.plan.form import PlanSection
from bot.core.plan.items import Activity
from bot.core.plan.plan import Audience
from bot.words.documents.blocks import (
    Block,
    DocumentPart,
    FramedNote,
    Heading,
    PrintedDocument,
    PrintedTable,
    Prompt,
    Signatures,
)
from bot.words.documents.cleaning import make_document_printable
from bot.words.i18n.formats import within_sentence
from bot.words.i18n.localizer import Localizer

ROW_MM = 8  # to write in
ENTRY_ROWS, GOAL_ROWS, STEP_ROWS, GAP_ROWS, FREE_LINES = 3, 3, 7, 4, 3
FieldColumn = tuple[
    str, str, int
]  # of an item: the field, the phrase that names it, its share of the line
ENTRY_FIELDS: tuple[FieldColumn, ...] = (
    ("wording", "plan_form_what", 10), ("years", "plan_form_years", 4), ("document", "plan_form_document", 6),
)  # fmt: skip
GOAL_FIELDS: tuple[FieldColumn, ...] = (
    ("wording", "plan_form_goal", 9), ("by", "plan_form_by", 4), ("sure", "plan_form_sure", 4),
    ("occupation", "plan_form_occupation", 5),
)  # fmt: skip
STEP_FIELDS: tuple[FieldColumn, ...] = (
    ("activity", "plan_form_activity", 4), ("wording", "plan_form_step", 9), ("on", "plan_form_on", 4),
    ("goal", "plan_form_for_goal", 4),
)  # fmt: skip
GAP_FIELDS: tuple[FieldColumn, ...] = (
    ("asks", "plan_gap_asks", 5), ("goal", "plan_form_for_goal", 4), ("have", "plan_gap_have", 5),
    ("show", "plan_gap_show", 5), ("get", "plan_gap_get", 5),
)  # fmt: skip


def plan_form_paper(words: Localizer, audience: Audience) -> PrintedDocument:
    """Return the empty form, its sections as the plan has them. words: in the form's language."""
    title = words.phrase("plan_title")
    blocks = tuple(_blocks(words, audience))
    part = DocumentPart(title=title, language=words.catalogue.language, blocks=blocks)
    document = PrintedDocument(
        title=words.phrase("plan_print_title"),
        language=words.catalogue.language,
        parts=(part,),
        close=True,
        footer=words.phrase("plan_print_footer", state=words.phrase("plan_draft")),
    )
    return make_document_printable(document).document


def _blocks(words: Localizer, audience: Audience) -> Iterator[Block]:
    form = words.library.plan_form
    yield FramedNote(text=words.phrase("plan_draft"))
    for id_, section in form.of(audience).items():
        yield Heading(text=words.say(section.title))
        yield from _section(words, section, is_free=section.sensitive or id_ == form.agenda)
    yield Heading(text=words.phrase("plan_gaps"))
    yield _table(words, GAP_FIELDS, GAP_ROWS)
    named = ("plan_print_name", "plan_print_counsellor", "plan_print_date", "plan_form_review")
    labels = tuple(words.phrase(name) for name in named)
    yield Signatures(labels=labels, above=(words.phrase("plan_closing"),))


def _section(words: Localizer, section: PlanSection, *, is_free: bool) -> Iterator[Block]:
    """Return the lines of a section. is_free: it is told rather than listed."""
    hint = words.say(section.hint)
    if section.holds == "paths" or is_free:
        yield Prompt(text="", hint=hint, lines=FREE_LINES)
    elif section.holds == "goals":
        yield _table(words, GOAL_FIELDS, GOAL_ROWS, hint)
    elif section.holds == "steps":
        kinds = (words.phrase(f"plan_step_{one}") for one in get_args(Activity) if one != "other")
        named = ", ".join(map(within_sentence, kinds))
        told = words.phrase("plan_form_activities", activities=named)
        yield _table(words, STEP_FIELDS, STEP_ROWS, f"{hint} {told}")
    else:
        yield _table(words, ENTRY_FIELDS, ENTRY_ROWS, hint)


def _table(
    words: Localizer, fields: tuple[FieldColumn, ...], rows: int, hint: str = ""
) -> PrintedTable:
    return PrintedTable(
        hint=hint,
        columns=tuple(words.phrase(name) for _, name, _ in fields),
        widths=tuple(share for _, _, share in fields),
        blank=rows,
        height=ROW_MM,
        together=True,
    )
