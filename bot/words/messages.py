"""What a person reads: a message with its buttons, as every channel gets it."""

from itertools import groupby
from typing import Literal

from pydantic import AliasChoices, Field

from bot.core.base.frozen import Frozen
from bot.words.sheet import Sheet, sheet_lines

Mark = Literal["full", "half", "empty", "diamond"]


class Button(Frozen):
    """A button. pick: an option, or "@" and a command. label: what stands on it.

    group: the title it stands under. about: a second line. mark, state: how far one is with it, by
    a shape and in a word.
    """

    pick: str
    label: str
    group: str = ""
    about: str = ""
    mark: Mark | None = None
    state: str = ""


class CardLine(Frozen):
    """One line of a card: a mark by shape, what it is about, and what holds."""

    mark: Mark
    label: str
    text: str


class Card(Frozen):
    """A result: the outcome first, then states, reasons, what is unknown, and the source.

    why_hint: how the reasons are asked for where they are not shown. next_step: what can be done now; next_source: where that is from, if from elsewhere.
    """

    title: str
    lead: tuple[str, ...]
    states_title: str
    states: tuple[CardLine, ...]
    why_title: str
    why: tuple[str, ...]
    unknown_title: str
    unknown: tuple[str, ...]
    decides: str
    source: str
    why_hint: str = ""
    next_title: str = ""
    next_step: str = ""
    next_source: str = ""


class ScoreBar(Frozen):
    """One of the six interests. score, before: 0-100, now and in the earlier round, if there was one."""

    mark: Mark
    label: str
    text: str
    score: int
    before: int | None = None


class FamilyExample(Frozen):
    """An occupation of a family. look: the button that tells more of it. why: it stands here."""

    look: Button
    why: str


class FamilyCard(Frozen):
    """A family of work. near: how near it is, in words. aside: the button that puts it aside.

    why: the reason that all of its examples share; "" where theirs are not one.
    """

    near: str
    name: str
    examples: tuple[FamilyExample, ...]
    aside: Button
    why: str = ""

    def own_why(self, example: FamilyExample) -> str:
        """Return the reason of an example, or "" where it is said of the family already."""
        return "" if example.why == self.why else example.why


class Portrait(Frozen):
    """What a person's interests look like: in words, as six bars in a circle, as families of work.

    bars: clockwise from the top of the hexagon; none where only further families are told.
    shape: what the picture shows, for who does not see it.
    """

    title: str
    lead: tuple[str, ...]
    shape_title: str
    shape: str
    bars: tuple[ScoreBar, ...]
    # `celvedis chat --json` prints these as `kin…`, and messages kept before 0.1 call them so
    families_title: str = Field(
        validation_alias=AliasChoices("families_title", "kin_title"),
        serialization_alias="kin_title",
    )
    families_lead: str = Field(
        validation_alias=AliasChoices("families_lead", "kin_lead"), serialization_alias="kin_lead"
    )
    families: tuple[FamilyCard, ...] = Field(
        validation_alias=AliasChoices("families", "kin"), serialization_alias="kin"
    )
    aside_title: str
    aside: tuple[Button, ...]
    notes: tuple[str, ...]
    source: str

    @property
    def is_whole(self) -> bool:
        """Return whether it has the six interests, and not only families of work."""
        return bool(self.bars)


class AttachedFile(Frozen):
    """A file to keep: a page links to it, a messenger sends it, a terminal prints it.

    id: what it is of. name: of the file; media: its type. content: its text, or of other files their bytes in base64, and
    then `encoded`. label: of the link to it; address: on the web chat, where it is not a date's.
    """

    id: str
    name: str
    media: str
    content: str
    label: str
    encoded: bool = False
    address: str = ""


class PageLink(Frozen):
    """A page of the web chat that a message leads to; other channels say where it is. address: on the web chat."""

    address: str
    label: str


class Message(Frozen):
    """One thing said: plain words, and the parts a richer channel can show.

    kind: what it is. form: of an `ask`, how it is answered. link: an address to open elsewhere.
    value: of an `answer`, what was answered. ask: the number of an `ask`; again: it was asked before.
    own: own words may stand beside the options.
    progress: where in a row of questions it stands, in words; progress_at, progress_of: in numbers.
    private: it is folded away on a later visit, when somebody else may hold the phone.
    """

    kind: Literal[
        "say",
        "ask",
        "answer",
        "refuse",
        "note",
        "card",
        "help",
        "data",
        "portrait",
        "families",
        "sheet",
    ]
    text: str
    flow: str = ""
    step: str = ""
    hint: str = ""
    source: str = ""
    value: str = ""
    link: str = ""
    form: str = ""
    own: bool = False
    ask: int = 0
    again: bool = False
    buttons: tuple[Button, ...] = ()
    items: tuple[str, ...] = ()
    progress: str = ""
    private: bool = False
    progress_at: int = 0
    progress_of: int = 0
    card: Card | None = None
    portrait: Portrait | None = None
    document: AttachedFile | None = None
    page: PageLink | None = None
    sheet: Sheet | None = None


def plain(message: Message) -> str:
    """Return a message as lines of text, for a terminal or a messenger."""
    if message.card is not None:
        return "\n".join(_card_lines(message.card))
    if message.portrait is not None:
        shape = [*shape_lines(message.portrait), ""] if message.portrait.is_whole else []
        return "\n".join([*shape, *family_lines(message.portrait)])
    if message.sheet is not None:
        return "\n".join(sheet_lines(message.sheet))
    lines = [message.text]
    lines += [f"• {item}" for item in message.items]
    lines += [message.link, message.hint, message.progress, message.source]
    return "\n".join(line for line in lines if line)


def grouped(message: Message) -> list[tuple[str, list[Button]]]:
    """Return the buttons of a message under the titles they stand under; "" where there is none."""
    groups = groupby(message.buttons, key=lambda button: button.group)
    return [(title, list(buttons)) for title, buttons in groups]


def button_line(button: Button) -> str:
    """Return a button that stands in a group as a line: "○ What I like (new): about 5 minutes"."""
    sign = "•" if button.mark is None else MARK_SIGNS[button.mark]
    state = f" ({button.state})" if button.state else ""
    about = f": {button.about}" if button.about else ""
    return f"{sign} {button.label}{state}{about}"


MARK_SIGNS = {"full": "●", "half": "◐", "empty": "○", "diamond": "◇"}


def _card_lines(card: Card) -> list[str]:
    lines = [card.title, *card.lead]
    lines += [f"{MARK_SIGNS[state.mark]} {state.label}. {state.text}" for state in card.states]
    if card.why:  # a page folds the claims away; in a chat they come when asked for
        lines += ["", f"{card.why_title} {card.why_hint}"]
    if card.unknown:
        lines += ["", card.unknown_title]
        lines += [f"◇ {line}" for line in card.unknown]
    if card.next_step:
        lines += ["", card.next_title, f"→ {card.next_step}"]
        lines += [card.next_source] if card.next_source else []
    return [*lines, "", card.decides, card.source]


def shape_lines(portrait: Portrait) -> list[str]:
    """Return the first half of a portrait, what the picture shows: the title and the six interests."""
    highest_first = sorted(portrait.bars, key=lambda bar: -bar.score)
    scores = [f"{MARK_SIGNS[bar.mark]} {_scored(bar)}" for bar in highest_first]
    return [portrait.title, *portrait.lead, *scores]


def family_lines(portrait: Portrait) -> list[str]:
    """Return the second half: families of work with examples, and what the list is."""
    lines = [portrait.families_title]
    lines += [portrait.families_lead] if portrait.families_lead else []
    for family in portrait.families:
        lines += ["", f"{family.name} ({family.near})"]
        lines += [family.why] if family.why else []
        for example in family.examples:
            why = family.own_why(example)
            lines.append(f"• {example.look.label}. {why}" if why else f"• {example.look.label}")
    if portrait.aside:
        lines += ["", portrait.aside_title]
    return [*lines, "", *portrait.notes, portrait.source]


def _scored(bar: ScoreBar) -> str:
    """Return an interest with its score, after that of an earlier round: "helping: 62 → 75"."""
    before = "" if bar.before is None else f"{bar.before} → "
    return f"{bar.label}: {before}{bar.score}"
