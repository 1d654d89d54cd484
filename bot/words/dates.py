"""Dates in words: lists in the order of days, one date, its calendar file, reminders and notices."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import assert_never

from bot.core.dialogue.date_events import (
    CalendarGiven,
    DateEvent,
    DatesShown,
    DateTold,
    NoticeTold,
    Reminded,
    ReminderKept,
    ReminderRefused,
    RemindersDropped,
)
from bot.core.dialogue.session import Session
from bot.core.education.dates import RIGA, DatedEntry, school_year_of
from bot.words.calendar_file import CALENDAR_MEDIA, CalendarWords, calendar_file, calendar_name
from bot.words.i18n.formats import show_date
from bot.words.i18n.localizer import Localizer
from bot.words.messages import AttachedFile, Button, Message
from bot.words.wrong_button import wrong_button

LONGEST_BUTTON = 64  # characters; phones cut what is longer


class DateWords(Localizer):
    """Says dates to one person on one day."""

    def render(self, event: DateEvent) -> list[Message]:
        """Return the messages of one event about dates."""
        match event:
            case DatesShown():
                return self._shown(event)
            case DateTold():
                return [self._told(event)] if event.entry in self.library.dates else []
            case CalendarGiven():
                return [self._file(event.entry)] if event.entry in self.library.dates else []
            case ReminderKept():
                return [self._kept(event)]
            case ReminderRefused():
                return [self._refused(event)]
            case RemindersDropped():
                titles = ", ".join(self.title(id_) for id_ in event.entries)
                return [self._note(self.phrase("reminders_dropped", dates=titles))]
            case Reminded():
                return [self._reminded(event)]
            case NoticeTold():
                notice = self.library.notices[event.notice]
                source = self.source_line(self.library.sources[notice.source])
                return [Message(kind="note", text=self.say(notice.text), source=source)]
            case _:
                assert_never(event)

    def title(self, id_: str) -> str:
        """Return what a date is of; its id where it is gone from the content."""
        entry = self.library.dates.get(id_)
        return id_ if entry is None else self.say(entry.title)

    def reminders(self, session: Session) -> tuple[tuple[str, ...], tuple[Button, ...]]:
        """Return the reminders kept, a line for each, and the buttons that withdraw them."""
        lines = tuple(
            self.phrase("data_reminder", title=self.title(one.entry), time=self._moment(one.due))
            for one in session.reminders
        )
        buttons = tuple(self._withdraw(one.entry) for one in session.reminders)
        return lines, buttons

    # --- lists

    def _shown(self, event: DatesShown) -> list[Message]:
        listed = event.listed
        this_year = [id_ for id_ in listed.past if self._is_of_this_year(id_)]
        last_year = [id_ for id_ in listed.past if id_ not in this_year]
        parts = [
            ("dates_coming", listed.coming),
            ("dates_unknown", listed.unknown),
            ("dates_past", this_year),
            ("dates_last_year", last_year),
        ]
        return [
            self._list(event, name, ids) for name, ids in parts if ids or name == "dates_coming"
        ]

    def _is_of_this_year(self, id_: str) -> bool:
        entry = self.library.dates.get(id_)
        return entry is not None and entry.school_year == school_year_of(self.today)

    def _list(self, event: DatesShown, name: str, ids: Sequence[str]) -> Message:
        """Return one of the three lists. What is coming can be opened by a button each."""
        place = {"flow": event.flow, "step": event.step}
        entries = [(id_, self.library.dates[id_]) for id_ in ids if id_ in self.library.dates]
        if not entries:
            empty = "dates_none_yet" if event.listed.unknown else "dates_none"
            return Message(kind="say", text=self.phrase(empty), **place)
        buttons = [Button(pick=f"@date:{id_}", label=self._label(entry)) for id_, entry in entries]
        return Message(
            kind="say",
            text=self.phrase(name),
            items=tuple(self._line(entry) for _, entry in entries),
            source=self._sources(entry for _, entry in entries),
            buttons=tuple(buttons) if name == "dates_coming" else (),
            **place,
        )

    def _line(self, entry: DatedEntry) -> str:
        """Return a date in one line: the day, what it is, what has to be said with it."""
        title, said = self.say(entry.title), self._caution(entry)
        day = self._days(entry)
        head = f"{day} – {title}" if day else self._of_year(entry, title)
        return f"{head}. {said}" if said else head

    def _of_year(self, entry: DatedEntry, title: str) -> str:
        """Return a title with its school year, as long as that is not over."""
        if entry.school_year < school_year_of(self.today):
            return title
        return self.phrase("dates_of_year", title=title, year=entry.school_year)

    def _caution(self, entry: DatedEntry) -> str:
        """Return what has to be said with a date, and a caution where nobody has looked since."""
        parts = [] if entry.usually is None else [self.say(entry.usually)]
        if self.today > entry.review:
            parts.append(self.phrase("dates_overdue"))
        return " ".join(parts)

    def _days(self, entry: DatedEntry) -> str:
        first, last = entry.first_day, entry.last_day
        if first is None or last is None:
            return ""
        return self._day(first) if first == last else f"{self._day(first)}–{self._day(last)}"

    def _day(self, day: date) -> str:
        return show_date(day, self.catalogue.language)

    def _label(self, entry: DatedEntry) -> str:
        label = f"{self._days(entry)} {self.say(entry.title)}"
        return label if len(label) <= LONGEST_BUTTON else f"{label[: LONGEST_BUTTON - 1]}…"

    def _sources(self, entries: Iterable[DatedEntry]) -> str:
        """Return the source of each date, each once, in the order of the dates."""
        names = dict.fromkeys(entry.source for entry in entries)
        return "\n".join(self.source_line(self.library.sources[name]) for name in names)

    # --- one date

    def _told(self, event: DateTold) -> Message:
        entry = self.library.dates[event.entry]
        known = entry.first_day is not None and entry.standing(self.today) == "coming"
        buttons: list[Button] = []
        if known:
            label = self.phrase("date_to_calendar")
            buttons.append(Button(pick=f"@calendar:{event.entry}", label=label))
        if event.remind == "kept":
            buttons.append(self._withdraw(event.entry))
        elif known and event.remind == "possible":
            buttons.append(Button(pick=f"@remind:{event.entry}", label=self.phrase("date_remind")))
        line = self._line(entry)
        if entry.standing(self.today) == "past":
            over = "dates_past" if self._is_of_this_year(event.entry) else "dates_last_year"
            line = f"{self.phrase(over)}\n{line}"
        return Message(
            kind="note",
            text=line,
            source=self._sources([entry]),
            buttons=(*buttons, wrong_button(self, f"dates/{event.entry}")),
        )

    def _file(self, id_: str) -> Message:
        text = self.phrase("date_calendar", title=self.title(id_))
        return Message(kind="note", text=text, document=self.document(id_))

    def document(self, id_: str) -> AttachedFile:
        """Return the calendar file of a date whose day is known."""
        entry = self.library.dates[id_]
        source = self.library.sources[entry.source]
        words = CalendarWords(
            title=self.say(entry.title),
            about="\n".join(
                part for part in (self._caution(entry), self._sources([entry])) if part
            ),
            address=source.url,
        )
        content = calendar_file(id_, entry, words, self.catalogue.language)
        return AttachedFile(
            id=id_, name=calendar_name(id_), media=CALENDAR_MEDIA, content=content,
            label=self.phrase("date_calendar_open"),
        )  # fmt: skip

    # --- reminders

    def _kept(self, event: ReminderKept) -> Message:
        text = self.phrase(
            "reminder_kept", title=self.title(event.entry), time=self._moment(event.due)
        )
        return self._note(text, self._withdraw(event.entry))

    def _refused(self, event: ReminderRefused) -> Message:
        text = self.phrase(f"reminder_{event.why}")
        if event.why != "consent":
            return self._note(text)
        fact = self.library.roles.consent.fact
        return self._note(
            text,
            Button(pick=f"@change:{fact}", label=self.phrase("reminder_agree")),
            Button(pick=f"@calendar:{event.entry}", label=self.phrase("date_to_calendar")),
        )

    def _reminded(self, event: Reminded) -> Message:
        """Return what is said when a date is near, or when it has moved or is not known any more."""
        entry = self.library.dates[event.entry]
        values = {"title": self.say(entry.title), "was": self._day(event.was)}
        if entry.first_day is None:
            text = self.phrase("reminder_unknown", **values)
        elif entry.first_day != event.was:
            text = self.phrase("reminder_moved", **values, day=self._days(entry))
            text += f" {self.phrase('reminder_again')}" if event.again else ""
        else:
            values.pop("was")
            text = self.phrase("reminder", **values, day=self._days(entry))
        caution = self._caution(entry)
        text = f"{text} {caution}" if caution else text
        return Message(kind="note", text=text, source=self._sources([entry]))

    def _withdraw(self, id_: str) -> Button:
        label = self.phrase("reminder_withdraw", title=self.title(id_))
        label = label if len(label) <= LONGEST_BUTTON else f"{label[: LONGEST_BUTTON - 1]}…"
        return Button(pick=f"@unremind:{id_}", label=label)

    def _moment(self, moment: datetime) -> str:
        local = moment.astimezone(RIGA)
        return f"{self._day(local.date())} {local:%H:%M}"

    def _note(self, text: str, *buttons: Button) -> Message:
        return Message(kind="note", text=text, buttons=buttons)
