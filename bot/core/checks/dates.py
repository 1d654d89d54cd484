"""Every way dates and notices can be wrong: names that lead nowhere, days that cannot be, what is overdue."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.core.base.problems import Keys
from bot.core.checks.finding import Finding, fault
from bot.core.education.dates import DatedEntry, school_year_of
from bot.core.flows.date_steps import ShowDates
from bot.core.flows.steps import Choice, Flow
from bot.core.library import Library

DATES_FILE, NOTICES_FILE = "content/dates.yaml", "content/notices.yaml"


def date_structure_faults(library: Library) -> Iterator[Finding]:
    """Find sources of dates and notices that are not there."""
    for file, entries in ((DATES_FILE, library.dates), (NOTICES_FILE, library.notices)):
        for id_, entry in entries.items():
            if entry.source not in library.sources:
                yield fault("E001", file, (id_, "source"), f'no source "{entry.source}"')


def date_faults(library: Library, today: date) -> Iterator[Finding]:
    """Find what is wrong with the days themselves, and what is to be looked at again by now."""
    asked = _topics_asked(library)
    for name, flow in library.flows.items():
        yield from _step_faults(library, flow, f"flows/{name}/flow.yaml")
    for id_, entry in library.dates.items():
        yield from _audience_faults(library, DATES_FILE, id_, entry.who)
        yield from _day_faults(id_, entry)
        yield from _said_faults(id_, entry)
        for at, tag in enumerate(entry.tags):
            if tag not in asked:
                text = f'nobody can ask for "{tag}"'
                yield fault(
                    "E007", DATES_FILE, (id_, "tags", at), text, "give it a topic of a flow"
                )
        if today > entry.review:
            text = f"{id_}: to be checked again by {entry.review}"
            yield fault("S001", DATES_FILE, (id_, "review"), text, "look, and set both")
    for id_, notice in library.notices.items():
        yield from _audience_faults(library, NOTICES_FILE, id_, notice.who)
        if notice.from_ is not None and notice.to is not None and notice.to < notice.from_:
            yield fault("E003", NOTICES_FILE, (id_, "to"), "it ends before it begins")


def _audience_faults(
    library: Library, file: str, id_: str, who: Sequence[str]
) -> Iterator[Finding]:
    audience = library.roles.audience.fact
    questions = [step for (_, name), step in library.steps.items() if name == audience]
    options = [
        option.id for step in questions if isinstance(step, Choice) for option in step.options
    ]
    for at, name in enumerate(who):
        if options and name not in options:
            text = f'"{name}" is no answer of the question "{audience}"'
            yield fault("E002", file, (id_, "who", at), text, f"one of: {', '.join(options)}")


def _step_faults(library: Library, flow: Flow, file: str) -> Iterator[Finding]:
    """Find options of a question for dates of which there is none."""
    tags = {tag for entry in library.dates.values() for tag in entry.tags}
    choices = {
        step.id: (at, step) for at, step in enumerate(flow.steps) if isinstance(step, Choice)
    }
    for step in flow.steps:
        if not isinstance(step, ShowDates) or step.fact not in choices:
            continue
        at, choice = choices[step.fact]
        for number, option in enumerate(choice.options):
            if option.id not in tags and option.id != step.all:
                keys: Keys = ("steps", at, "options", number, "id")
                yield fault("E006", file, keys, f'no date is about "{option.id}"', "name a tag")


def _topics_asked(library: Library) -> set[str]:
    """Return the options of all questions by which dates are chosen."""
    found: set[str] = set()
    for name, flow in library.flows.items():
        for step in flow.steps:
            question = library.steps.get((name, step.fact)) if isinstance(step, ShowDates) else None
            if isinstance(question, Choice):
                found |= {option.id for option in question.options}
    return found


def _day_faults(id_: str, entry: DatedEntry) -> Iterator[Finding]:
    first, last = entry.first_day, entry.last_day
    if first is None or last is None:
        if entry.said and entry.usually is None:
            text = "neither a day nor when it is usually published"
            yield fault("E005", DATES_FILE, (id_,), text, "add `usually:`")
        return
    if last < first:
        yield fault("E003", DATES_FILE, (id_, "to"), "it ends before it begins")
    if school_year_of(first) != entry.school_year:
        text = f"{first} is in the school year {school_year_of(first)}"
        yield fault("E004", DATES_FILE, (id_, "school_year"), text, "correct the year or the day")


def _said_faults(id_: str, entry: DatedEntry) -> Iterator[Finding]:
    if not entry.said and not entry.because:
        yield fault("E008", DATES_FILE, (id_, "said"), "not told, and not why", "add `because:`")
    if entry.by_rule and entry.usually is None:
        text = "by a rule, and nothing says which"
        yield fault("E008", DATES_FILE, (id_, "by_rule"), text, "name it in `usually:`")
