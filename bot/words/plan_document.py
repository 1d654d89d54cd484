"""A plan on paper: its view laid out as a printed document, every text of it made printable."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.words.documents.blocks import (
    Beside,
    Block,
    DocumentPart,
    FramedNote,
    Heading,
    Listing,
    NumberedLine,
    NumberedList,
    OwnText,
    Picture,
    PlainBlock,
    PrintedDocument,
    PrintedTable,
    PrintedText,
    Signatures,
    TableCell,
    TextBlock,
)
from bot.words.documents.cleaning import make_document_printable
from bot.words.graphics.on_paper import on_paper
from bot.words.i18n.formats import bind, bind_days, within_sentence
from bot.words.i18n.localizer import Localizer
from bot.words.i18n.phrases import COUNTED
from bot.words.messages import Card
from bot.words.plan_view import (
    GapTable,
    PlanLine,
    PlanPicture,
    PlanSectionView,
    PlanText,
    PlanView,
)

STEP_WIDTHS = (9, 27, 138)  # shares of the line: number, day, step
GAP_WIDTHS = (12, 11, 10, 10)
HEXAGON_WIDTH = 62  # millimetres, beside the text
MOST_TOGETHER = 2000  # characters of a table that stays on one page
MOST_BESIDE = 1200  # characters that may stand beside a picture; more would be a long narrow column


class PrintedPlan(NamedTuple):
    """A plan that can be set. replaced: how many characters of it cannot be printed; note: that, in words, "" for none."""

    document: PrintedDocument
    replaced: int = 0
    note: str = ""


def plan_document(words: Localizer, view: PlanView) -> PrintedPlan:
    """Return a plan as a document that can be set, whatever its texts are.

    words: in the language of the view. What cannot be printed is counted and said at its end.
    """
    blocks = tuple(_Paper(words, view).blocks())
    made, replaced = make_document_printable(_bound(words, view, blocks))
    if not replaced:
        return PrintedPlan(made)
    note = unprinted_note(words, replaced)
    part = made.parts[0]
    end = TextBlock(text=note, size="small")
    noted = part.model_copy(update={"blocks": (*part.blocks, end)})
    return PrintedPlan(made.model_copy(update={"parts": (noted,)}), replaced, note)


def unprinted_note(words: Localizer, replaced: int) -> str:
    """Return that some characters of a plan cannot be printed, and where they are; "" where all can."""
    counted = words.catalogue.count(COUNTED["plan_print_replaced"], replaced)
    return bind(counted) if replaced else ""


def _bound(words: Localizer, view: PlanView, blocks: tuple[Block, ...]) -> PrintedDocument:
    title = words.phrase("plan_print_title") if view.is_draft else view.title
    part = DocumentPart(title=view.title, language=view.language, blocks=blocks)
    footer = words.phrase("plan_print_footer", state=view.state)
    return PrintedDocument(
        title=title, language=view.language, parts=(part,), close=True, footer=footer
    )


class _Paper:
    """Lays out one plan."""

    def __init__(self, words: Localizer, view: PlanView) -> None:
        self.words = words
        self.view = view
        self.usual_origin = _usual_origin(view)

    def blocks(self) -> Iterator[Block]:
        """Return the plan from its state to the signatures, then what belongs to it on further pages."""
        view = self.view
        yield FramedNote(text=view.state) if view.is_draft else TextBlock(text=view.state)
        yield TextBlock(
            text=" ".join((f"{view.about.rstrip('.')}.", self._of_all())).strip(), size="small"
        )
        yield from self._sections(view.sections)
        named = ("plan_print_name", "plan_print_counsellor", "plan_print_date")
        labels = tuple(self.words.phrase(name) for name in named)
        yield Signatures(labels=labels, above=view.closing)
        yield from self._gaps(view.gaps)
        for picture in _pictures(view.sections, "map"):
            yield Heading(text=picture.title)
            yield _picture(picture, picture.width)
        yield from self._decisions()

    def _sections(self, sections: Sequence[PlanSectionView]) -> Iterator[Block]:
        """Return the sections, those around the hexagon beside it as long as they are short lists."""
        first, last = _run_around_hexagon(sections)
        for number, section in enumerate(sections):
            if not first <= number < last:
                yield from self._section(section)
                yield from (
                    _picture(one, HEXAGON_WIDTH) for one in _pictures((section,), "hexagon")
                )
            elif number == first:
                run = sections[first:last]
                blocks = (block for one in run for block in self._section(one))
                drawn = next(_pictures(run, "hexagon"))
                yield Beside(blocks=tuple(blocks), picture=_picture(drawn, HEXAGON_WIDTH))

    def _section(self, section: PlanSectionView) -> Iterator[PlainBlock]:
        yield Heading(text=section.title)
        listed = tuple(self._numbered(line) for line in section.lines if line.kind != "step")
        steps = tuple(line for line in section.lines if line.kind == "step")
        if listed:
            yield NumberedList(lines=listed)
        if steps:
            yield self._steps(steps)
        if not section.lines:
            yield TextBlock(text=self.words.phrase("plan_empty"), size="small")

    def _numbered(self, line: PlanLine) -> NumberedLine:
        more = (*map(_printed, line.details), *self._origin(line))
        return NumberedLine(number=line.number, text=_printed(line.text), more=more)

    def _of_all(self) -> str:
        """Return where what stands in the plan comes from, where it is mostly the same."""
        if not self.usual_origin:
            return ""
        origin = within_sentence(self.usual_origin).rstrip(".")
        return self.words.phrase("plan_print_origin", origin=origin)

    def _origin(self, line: PlanLine) -> tuple[PrintedText, ...]:
        """Return where a line comes from, if not from where most do."""
        return () if line.origin == self.usual_origin else (self._plain(line.origin),)

    def _steps(self, steps: Iterable[PlanLine]) -> PrintedTable:
        """Return steps with their days; what else there is to each stands below it."""
        names = ("plan_print_number", "plan_print_day", "plan_print_step")
        rows = tuple(
            (
                TableCell(text=self._plain(f"{line.number}.")),
                TableCell(text=_printed(line.details[0])),
                TableCell(
                    text=_printed(line.text),
                    more=(*map(_printed, line.details[1:]), *self._origin(line)),
                    mark=line.mark,
                ),
            )
            for line in steps
        )
        columns = tuple(self.words.phrase(name) for name in names)
        return PrintedTable(columns=columns, widths=STEP_WIDTHS, rows=rows)

    def _gaps(self, tables: Sequence[GapTable]) -> Iterator[Block]:
        if tables:
            yield Heading(text=self.words.phrase("plan_gaps"))
        for table in tables:
            # the goal is in somebody's own words, so this is no heading
            caption = PrintedText(text=table.caption, language=table.goal.language)
            yield OwnText(text=caption, bold=True)
            rows = tuple(
                (
                    TableCell(text=_printed(row.cells[0]), mark=row.mark),
                    *(TableCell(text=_printed(cell)) for cell in row.cells[1:]),
                )
                for row in table.rows
            )
            length = sum(len(cell.text) for row in table.rows for cell in row.cells)
            yield PrintedTable(
                columns=table.columns,
                widths=GAP_WIDTHS,
                rows=rows,
                together=length <= MOST_TOGETHER,
            )

    def _decisions(self) -> Iterator[Block]:
        if self.view.decisions:
            yield Heading(text=self.view.decisions_title)
        for _, card in self.view.decisions:
            yield from _card(card)

    def _plain(self, text: str) -> PrintedText:
        return PrintedText(text=text, language=self.view.language)


def _card(card: Card) -> Iterator[Block]:
    """Return what a rule said, with every reason: who reads it on paper can press nothing."""
    yield Heading(text=card.title, level=3)
    yield from (TextBlock(text=line) for line in card.lead)
    if card.states:
        yield TextBlock(text=card.states_title, leads=True)
        yield Listing(
            items=tuple(f"{state.label}. {state.text}" for state in card.states), size="small"
        )
    if card.unknown:
        yield TextBlock(text=card.unknown_title, leads=True)
        yield Listing(items=card.unknown, size="small")
    if card.why:
        yield TextBlock(text=card.why_title, leads=True)
        yield Listing(items=card.why, size="small")
    yield TextBlock(text=card.decides, size="small")
    yield TextBlock(text=card.source, size="small")


def _usual_origin(view: PlanView) -> str:
    """Return the origin that most lines have; "" where there is none."""
    found = Counter(line.origin for section in view.sections for line in section.lines)
    return next((origin for origin, many in found.most_common(1) if many * 2 > found.total()), "")


def _printed(text: PlanText) -> PrintedText:
    return PrintedText(text=bind_days(text.text), language=text.language)


def _picture(picture: PlanPicture, width: int) -> Picture:
    return Picture(svg=on_paper(picture.svg), says=picture.says, width=width)


def _pictures(sections: Iterable[PlanSectionView], kind: str) -> Iterator[PlanPicture]:
    return (one for section in sections for one in section.pictures if one.kind == kind)


def _run_around_hexagon(sections: Sequence[PlanSectionView]) -> tuple[int, int]:
    """Return from which section to before which the hexagon stands beside; (0, 0) where beside none."""
    at = next((n for n, one in enumerate(sections) if any(_pictures((one,), "hexagon"))), None)
    if at is None or _length(sections[at]) > MOST_BESIDE:
        return 0, 0
    first, last = at, at + 1
    room = MOST_BESIDE - _length(sections[at])
    for number in range(at - 1, 0, -1):  # what the plan begins with stands over the whole line
        if not _is_short_list(sections[number], room):
            break
        room -= _length(sections[number])
        first = number
    if first == at:
        for number in range(at + 1, len(sections)):
            if not _is_short_list(sections[number], room):
                break
            room -= _length(sections[number])
            last = number + 1
    return first, last


def _is_short_list(section: PlanSectionView, room: int) -> bool:
    steps = any(line.kind == "step" for line in section.lines)
    return not steps and _length(section) <= room


def _length(section: PlanSectionView) -> int:
    texts = (text for line in section.lines for text in (line.text, *line.details))
    return sum(len(text.text) for text in texts)
