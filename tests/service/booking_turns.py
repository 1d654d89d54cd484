"""Turns that ask about meetings, over a real store and the real content, at a moment that stands."""

from datetime import UTC, datetime
from itertools import count

from bot.core.booking.need import MeetingNeed
from bot.core.dialogue.booking_requests import (
    ConfirmTimeRequest,
    FindTimesRequest,
    HoldTimeRequest,
)
from bot.ports.protocols import millis
from bot.ports.records import TurnResult, Update
from bot.service.booking.answering import BookingCounter
from bot.service.booking.office import BookingOffice
from bot.service.booking.rows import read_part
from bot.service.device_links import ChannelLinks
from bot.words.i18n.translations import Catalogue

MONDAY = datetime(2027, 1, 11, 7, tzinfo=UTC)  # nine in the morning in Riga
NEED = MeetingNeed(audience="pupil_10_12", kind="talk", place="paraugpils")
numbers = count(1)


class Town:
    """People who ask about meetings in one town."""

    def __init__(self, store, library, *, now=MONDAY, examples=True, office=None):
        words = {language: Catalogue(language) for language in ("lv", "en", "uk", "ru")}
        links = ChannelLinks("https://celvedis.example")
        self.store, self.now = store, now
        self.office = office or BookingOffice(lambda: library, words, links, examples=examples)

    def ask(self, who, request):
        """Return what somebody is answered, in a turn that is kept."""
        answers = []

        def work(stored):
            counter = BookingCounter(self.office, stored.snapshot, self.now, who, "tu")
            response, effects = counter.answer(request)
            answers.append(response)
            return TurnResult("1", effects=effects)

        update = Update("web", who, f"{who} {next(numbers)}", millis(self.now))
        self.store.turns.run(update, work)
        return answers[-1]

    def times(self, who="me", need=NEED):
        return self.ask(who, FindTimesRequest(need=need)).times

    def hold(self, who="me", time=None, need=NEED, **more):
        time = time or self.times(who, need)[0]
        wanted = HoldTimeRequest(
            need=need, start=time.start, mode=time.modes[0], group=time.group, **more
        )
        return self.ask(who, wanted)

    def book(self, who="me", time=None, need=NEED, **handed):
        held = self.hold(who, time, need)
        assert held.state == "done", held
        agreed = self.ask(who, ConfirmTimeRequest(booking=held.about, **handed))
        assert agreed.state == "done", agreed
        return agreed

    def mine(self, who="me"):
        return [part.booking for part in self.parts(who)]

    def parts(self, who="me"):
        return [read_part(row) for row in self.store.bookings.bookings_of(who)]
