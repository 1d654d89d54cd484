"""Saved paths in words: what each card said when it was saved, and what has changed since."""

from collections.abc import Iterator

from bot.core.base.texts import Text
from bot.core.dialogue.path_events import SavedPathsShown
from bot.core.education.saved_path import NoticedChange, SavedPath
from bot.words.i18n.formats import show_date
from bot.words.messages import Button, Message
from bot.words.path_card_words import PathCardWords
from bot.words.sheet import Sheet, SheetLine, SheetMark, SheetSection

FIELD_NAMES = {"title": "saved_title", "in_short": "saved_in_short", "years": "saved_years", "level": "saved_level"}  # fmt: skip


class SavedPathWords(PathCardWords):
    """Says which paths somebody has saved; a changed text stands beside the one it was."""

    def saved(self, event: SavedPathsShown) -> Message:
        """Return the saved paths, each with what has changed in it and since when."""
        title = self.phrase("saved_paths_title")
        place = {"flow": event.flow, "step": event.step}
        if not event.saved:
            return Message(kind="say", text=self.phrase("saved_paths_none"), **place)
        changed = any(saved.changes for saved in event.saved)
        notes = [self.phrase("saved_paths_kept")] if changed else []
        if changed and self.catalogue.language != "lv":
            notes.append(self.phrase("saved_paths_latvian"))
        sheet = Sheet(
            title=title,
            lead=(self.phrase("saved_paths_lead"),),
            sections=tuple(self._section(saved) for saved in event.saved),
            notes=tuple(notes),
        )
        return Message(kind="sheet", text=title, sheet=sheet, buttons=self._buttons(event), **place)

    def line(self, saved: SavedPath) -> str:
        """Return a saved path as a line of all that is kept of a person."""
        day = show_date(saved.on, self.catalogue.language)
        return self.phrase("data_saved_path", path=self.say(saved.title), date=day)

    def _buttons(self, event: SavedPathsShown) -> tuple[Button, ...]:
        """Return a button for each card that is there, and one to take each path off the list."""
        here = [saved.card for saved in event.saved if saved.card in self.library.paths]
        cards = [self.named(id_) for id_ in here]
        return (
            *(Button(pick=card.pick, label=card.label) for card in cards),
            *(
                Button(
                    pick=f"@unsave:{saved.card}",
                    label=self.phrase("path_unsave_named", path=self.say(saved.title)),
                )
                for saved in event.saved
            ),
        )

    def _section(self, saved: SavedPath) -> SheetSection:
        day = show_date(saved.on, self.catalogue.language)
        title = self.phrase("saved_path_on", path=self.say(saved.title), date=day)
        return SheetSection(title=title, lines=self._lines(saved))

    def _lines(self, saved: SavedPath) -> tuple[SheetLine, ...]:
        """Return the card as it is and what has changed; of one that is gone, all that was kept of it."""
        changes = tuple(self._changes(saved))
        if saved.card in self.library.paths:
            same = "" if changes else self.phrase("saved_path_same")
            card = self.named(saved.card).model_copy(update={"mark": "full", "change": same})
            return (card, *changes)
        kept = (
            SheetLine(label=self._field(one.field), text=self.say(one.text)) for one in saved.texts
        )
        return (*changes, *kept)

    def _changes(self, saved: SavedPath) -> Iterator[SheetLine]:
        """Return every change with the text that was and the one that is."""
        known: dict[str, Text] = {kept.field: kept.text for kept in saved.texts}
        for change in saved.changes:
            yield self._changed(saved, change, known.get(change.field))
            if change.text is not None:
                known[change.field] = change.text

    def _changed(self, saved: SavedPath, change: NoticedChange, was: Text | None) -> SheetLine:
        day = show_date(change.on, self.catalogue.language)
        if change.field == "card":
            gone = change.text is None
            key = "saved_path_withdrawn" if gone else "saved_path_back"
            noticed = self.phrase("saved_noticed", date=day)
            mark: SheetMark = "barred" if gone else "full"
            return SheetLine(label=self.phrase(key), text=noticed, mark=mark)
        before = self.say(was) if was is not None else self.phrase("saved_nothing")
        now = self.say(change.text) if change.text is not None else self.phrase("saved_nothing")
        caution = f" {self.phrase('stale_source')}" if self._is_stale(saved, change) else ""
        return SheetLine(
            label=self._field(change.field),
            text=self.phrase("saved_was", answer=before),
            change=self.phrase("saved_then", answer=now, date=day) + caution,
            mark="half",
        )

    def _is_stale(self, saved: SavedPath, change: NoticedChange) -> bool:
        """Return whether a changed text is the one that is said now, and overdue."""
        card = self.library.paths.get(saved.card)
        facts = {} if card is None else {str(name): fact for name, fact in card.facts.items()}
        fact = facts.get(change.field)
        return fact is not None and fact.text == change.text and self.is_overdue(fact)

    def _field(self, field: str) -> str:
        return self.phrase(FIELD_NAMES.get(field, f"path_{field}"))
