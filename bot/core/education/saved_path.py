"""A path that somebody saved: what its card said that day, and what has changed in it since."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from pydantic import Field

from bot.core.base.frozen import Frozen
from bot.core.base.texts import Text
from bot.core.education.path_card import FieldName, PathCard

MOST_SAVED_PATHS: Final = 5  # as many as can still be weighed up against each other

SavedField = FieldName | Literal["title", "in_short", "years", "level"]


class SavedText(Frozen):
    """What a card says of one thing. text: in Latvian, as it stood when it was noted."""

    field: SavedField
    text: Text


class NoticedChange(Frozen):
    """What was found to have changed in a saved path.

    on: the day it was found. field: what; "card" for the whole of it, withdrawn or there again.
    text: what stands there since; None where it is gone.
    """

    on: date
    field: SavedField | Literal["card"]
    text: Text | None = None


class SavedPath(Frozen):
    """A path that somebody is thinking about.

    card: its id. on: the day it was saved. texts: all that its card said then, to be read for ever.
    changes: what was found to have changed since, the oldest first.
    """

    card: str
    on: date
    texts: tuple[SavedText, ...] = Field(max_length=50)
    changes: tuple[NoticedChange, ...] = Field(default=(), max_length=500)

    @property
    def title(self) -> Text:
        """Return what it was called when it was saved."""
        return next((one.text for one in self.texts if one.field == "title"), self.card)

    @property
    def is_withdrawn(self) -> bool:
        """Return whether its card is there no longer."""
        of_card = [change for change in self.changes if change.field == "card"]
        return bool(of_card) and of_card[-1].text is None

    @property
    def latest(self) -> Mapping[SavedField, Text]:
        """Return what its card was last found to say, by field."""
        known: dict[SavedField, Text] = {one.field: one.text for one in self.texts}
        for change in self.changes:
            if change.field == "card":
                continue
            if change.text is None:
                known.pop(change.field, None)
            else:
                known[change.field] = change.text
        return known


def save_card(id_: str, card: PathCard, today: date) -> SavedPath:
    """Return a path with all that its card says on a day."""
    texts = tuple(SavedText(field=name, text=text) for name, text in texts_of(card).items())
    return SavedPath(card=id_, on=today, texts=texts)


def texts_of(card: PathCard) -> dict[SavedField, Text]:
    """Return all that a card says, by field."""
    said: dict[SavedField, Text] = {"title": card.title, "in_short": card.in_short}
    if card.years is not None:
        said["years"] = card.years
    if card.level is not None:
        said["level"] = str(card.level)
    return said | {name: fact.text for name, fact in card.facts.items()}


def notice_changes(saved: SavedPath, card: PathCard | None, today: date) -> SavedPath:
    """Return a saved path with what has changed since it was last looked at; the same where nothing has.

    card: as it is now; None where it was withdrawn.
    """
    found: list[NoticedChange] = []
    if card is None:
        if not saved.is_withdrawn:
            found.append(NoticedChange(on=today, field="card"))
    else:
        if saved.is_withdrawn:
            found.append(NoticedChange(on=today, field="card", text=card.title))
        before, now = saved.latest, texts_of(card)
        found += [
            NoticedChange(on=today, field=name, text=now.get(name))
            for name in (*before, *(name for name in now if name not in before))
            if before.get(name) != now.get(name)
        ]
    return saved.model_copy(update={"changes": (*saved.changes, *found)}) if found else saved
