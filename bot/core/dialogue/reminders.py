"""What a person does with a date: has it told, takes it as a file, asks to be reminded or no longer."""

from bot.core.dialogue.date_events import (
    CalendarGiven,
    DateTold,
    Reminded,
    ReminderKept,
    ReminderRefused,
    RemindersDropped,
)
from bot.core.dialogue.inputs import DateDue, World
from bot.core.dialogue.keeping import may_be_kept
from bot.core.dialogue.session import Reminder, Session
from bot.core.dialogue.turn_builder import TurnBuilder
from bot.core.education.dates import reminder_moment
from bot.core.library import Library

MOST_REMINDERS = 20  # of one conversation


def do_with_date(turn: TurnBuilder, word: str, id_: str) -> None:
    """Do what a button at a date says; one of a date that is gone is stale, but for withdrawing."""
    if word == "unremind":
        drop_reminder(turn, id_)
        return
    if id_ not in turn.library.dates:
        turn.remark("stale")
        turn.ask_again()
        return
    match word:
        case "calendar":
            give_calendar(turn, id_)
        case "remind":
            keep_reminder(turn, id_)
        case _:
            tell_date(turn, id_)


def tell_date(turn: TurnBuilder, id_: str) -> None:
    """Tell one date with its source and what can be done with it; the open question stays."""
    entry = turn.library.dates[id_]
    is_kept = any(one.entry == id_ for one in turn.session.reminders)
    moment = reminder_moment(entry, turn.now)
    remind = DateTold(entry=id_, remind="possible" if moment else "late")
    turn.events.append(remind.model_copy(update={"remind": "kept"}) if is_kept else remind)
    turn.ask_again()


def give_calendar(turn: TurnBuilder, id_: str) -> None:
    """Give a date as a calendar file; one that has no day is only told."""
    if turn.library.dates[id_].first_day is None:
        tell_date(turn, id_)
        return
    turn.events.append(CalendarGiven(entry=id_))
    turn.ask_again()


def keep_reminder(turn: TurnBuilder, id_: str) -> None:
    """Keep a reminder of a date, where the conversation itself may be kept so long."""
    entry = turn.library.dates[id_]
    day, moment = entry.first_day, reminder_moment(entry, turn.now)
    others = tuple(one for one in turn.session.reminders if one.entry != id_)
    if day is None or moment is None:
        turn.events.append(ReminderRefused(entry=id_, why="late"))
    elif turn.session.shared_computer:
        turn.events.append(ReminderRefused(entry=id_, why="shared"))
    elif not may_be_kept(turn.library, turn.session):
        turn.events.append(ReminderRefused(entry=id_, why="consent"))
    elif len(others) >= MOST_REMINDERS:
        turn.events.append(ReminderRefused(entry=id_, why="many"))
    else:
        kept = Reminder(entry=id_, on=day, due=moment)
        turn.change_keeping_path(reminders=(*others, kept))
        turn.events.append(ReminderKept(entry=id_, due=moment))
    turn.ask_again()


def drop_reminder(turn: TurnBuilder, id_: str) -> None:
    """Withdraw one reminder; the open question stays."""
    kept = tuple(one for one in turn.session.reminders if one.entry != id_)
    if kept != turn.session.reminders:
        turn.change_keeping_path(reminders=kept)
        turn.events.append(RemindersDropped(entries=(id_,)))
    turn.ask_again()


def drop_all_reminders(turn: TurnBuilder) -> None:
    """Withdraw every reminder, as who says "stop" wants; says nothing where there is none."""
    entries = tuple(one.entry for one in turn.session.reminders)
    if entries:
        turn.change_keeping_path(reminders=())
        turn.events.append(RemindersDropped(entries=entries))


def remind(library: Library, session: Session, due: DateDue, world: World) -> Reminded | None:
    """Return the reminder that is to be said now; None where there is none any more.

    None also where it was withdrawn, where the conversation may not be kept any more, and after the day.
    """
    asked = [one for one in session.reminders if (one.entry, one.on) == (due.entry, due.on)]
    if not asked or not may_be_kept(library, session):
        return None
    entry = library.dates.get(due.entry)
    # where the day is not known any more, the day that was promised is the last to say so
    last = (entry.last_day if entry is not None else None) or due.on
    if entry is None or not entry.said or world.today > last:
        return None
    later = entry.first_day is not None and entry.first_day > due.on
    again = later and reminder_moment(entry, world.now) is not None
    return Reminded(entry=due.entry, was=due.on, again=again)


def after_reminder(
    library: Library, session: Session, due: DateDue, reminded: Reminded | None, world: World
) -> Session:
    """Return the session once a reminder was due: it is over, or waits for the day the date moved to."""
    kept = tuple(one for one in session.reminders if (one.entry, one.on) != (due.entry, due.on))
    if reminded is not None and reminded.again:
        entry = library.dates[due.entry]
        moment = reminder_moment(entry, world.now)
        assert entry.first_day is not None
        assert moment is not None
        kept = (*kept, Reminder(entry=due.entry, on=entry.first_day, due=moment))
    return session.model_copy(update={"reminders": kept})


def move_reminders(turn: TurnBuilder) -> None:
    """Say of the dates that have moved since a reminder was asked for, and remind of the new day."""
    kept: list[Reminder] = []
    for one in turn.session.reminders:
        entry = turn.library.dates.get(one.entry)
        day = entry.first_day if entry is not None else None
        moment = reminder_moment(entry, turn.now) if entry is not None else None
        if day is None or day == one.on or moment is None:
            kept.append(one)  # what is not known any more is said when the reminder is due
            continue
        kept.append(Reminder(entry=one.entry, on=day, due=moment))
        turn.events.append(Reminded(entry=one.entry, was=one.on, again=True))
    if tuple(kept) != turn.session.reminders:
        turn.change_keeping_path(reminders=tuple(kept))
