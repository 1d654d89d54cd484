"""The clocks of the tests: one that is set, one that goes."""

from datetime import UTC, date, datetime, timedelta

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 10, tzinfo=UTC)  # in Riga, on the day the tests stand on


class SetClock:
    """A clock that stands still until it is set.

    moment: may be set at any time. stride: seconds that pass between any two looks at it.
    """

    def __init__(self, moment: datetime = NOON, stride: float = 0.0) -> None:
        self.moment = moment
        self.stride = timedelta(seconds=stride)

    def now(self) -> datetime:
        self.moment += self.stride
        return self.moment


class GoingClock:
    """The system's clock, for what really has to wait."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class BrokenClock:
    """Fails whoever asks it, and so every turn."""

    def now(self):
        raise ArithmeticError
