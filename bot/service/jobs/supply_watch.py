"""The jobs that compare free times with those who wait, and write to the coordinator where they are too few."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from bot.core.booking.counsellor import CounsellorProfile
from bot.core.booking.daytime import day_of
from bot.core.booking.free_times import FreeTime, free_times
from bot.core.booking.hindrances import TimeSearch
from bot.core.booking.spans import Span
from bot.core.booking.supply import LATER_DAYS, SOON_DAYS, Supply
from bot.ports.protocols import millis
from bot.ports.records import Job, Planned
from bot.service.booking.committing import BookingCommits
from bot.service.booking.desk import WEEK, BookingDesk
from bot.service.booking.mailing import BookingMails
from bot.service.jobs.scheduler import GoingOn, JobKind

LOOKED_EVERY: Final = 86_400.0  # seconds; told once a week, by the name of the job
SUPPLY_TOLD: Final = "supply_told"


def supply_watch(commits: BookingCommits) -> JobKind:
    """Return the job that looks, for each place and kind that people wait for, whether there are times enough."""

    def run(_job: Job, going_on: GoingOn) -> bool:
        now = commits.desk().now
        year, week, _ = day_of(now).isocalendar()
        for (place, kind), supply in sorted(supplies(commits).items()):
            if not going_on():
                return False
            if supply.level != "none":
                body = json.dumps([place, kind])
                key = f"{place}/{kind}/{year}-{week}"
                commits.store.jobs.schedule(
                    Planned(SUPPLY_TOLD, key, millis(now), body), millis(now)
                )
        return True

    return JobKind("supply_watch", run, LOOKED_EVERY)


def supply_told(commits: BookingCommits) -> JobKind:
    """Return the job that writes to the coordinator of one place, if it is still so."""

    def run(job: Job, _going_on: GoingOn) -> bool:
        place, kind = json.loads(job.body)
        supply = supplies(commits).get((place, kind))

        def tell(_desk: BookingDesk, mails: BookingMails) -> None:
            if supply is not None and supply.level != "none":
                mails.too_few(place, kind, supply)

        commits.decide(tell)
        return True

    return JobKind(SUPPLY_TOLD, run)


def supplies(commits: BookingCommits) -> dict[tuple[str, str], Supply]:
    """Return free times against who waits and was invited, by place and kind; no examples are counted."""
    desk = commits.desk()
    waiting = {(one.place, one.kind): one.number for one in commits.store.waiting.count_waiting()}
    invited = {
        (one.place, one.kind): one.number
        for one in commits.store.waiting.count_invited(millis(desk.now))
    }
    found = {}
    for place, kind in waiting.keys() | invited.keys():
        if not place or kind not in desk.rules.kinds:
            continue
        starts = list(_free_places(desk, place, kind))
        soon = sum(at < desk.now + timedelta(days=SOON_DAYS) for at in starts)
        about = place, kind
        found[about] = Supply(soon, len(starts), waiting.get(about, 0), invited.get(about, 0))
    return found


def _free_places(desk: BookingDesk, place: str, kind: str) -> Iterator[datetime]:
    """Return when each free place of a municipality begins, as many as could be booked beside each other."""
    rules, library = desk.rules.kinds[kind], desk.office.library
    window = Span(start=desk.now, end=desk.now + timedelta(days=LATER_DAYS))
    search = TimeSearch(kind, rules, library.closures, desk.now, window)
    around = Span(start=window.start - WEEK, end=window.end + WEEK)
    for profile in desk.counsellors.offered.values():
        if profile.place != place or profile.example:
            continue
        group = kind if rules.seats > 1 else ""
        standing = desk.standing([profile.id], around, group)
        times = free_times(profile, standing, search)
        if group:
            for one in times:
                yield from [one.start] * one.terms.seats_left
        else:
            yield from _beside_each_other(times, profile, timedelta(minutes=rules.after))


def _beside_each_other(
    times: tuple[FreeTime, ...], profile: CounsellorProfile, after: timedelta
) -> Iterator[datetime]:
    """Return the starts of times of which none overlaps another, and no more a day than the counsellor takes."""
    free_from: datetime | None = None
    taken: Counter[date] = Counter()
    for one in times:
        day = day_of(one.start)
        is_over = free_from is None or one.start >= free_from
        if is_over and taken[day] < profile.schedule.most_a_day:
            yield one.start
            free_from = one.end + after
            taken[day] += 1
