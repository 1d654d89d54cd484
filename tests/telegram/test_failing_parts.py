"""A part of a bot that fails by an error of ours is told of, and begins again."""

import pytest

from bot.wiring import SystemClock


@pytest.fixture
def talks(sample):
    return sample


class Clock(SystemClock):
    """The machine's clock, while it goes."""

    goes = True

    def now(self):
        if not self.goes:
            raise ZeroDivisionError("a fault of ours")
        return super().now()


def failed(caplog):
    return {
        record.getMessage().split(": ", 2)[2].partition(";")[0]
        for record in caplog.records
        if record.exc_info and record.exc_info[0] is ZeroDivisionError
    }


def test_parts_that_failed_work_again(start, server, caplog):
    clock = Clock()
    service = start(clock=clock)
    service.say("/start")
    clock.goes = False
    service.wait(lambda: {"inbox", "outbox"} <= failed(caplog))
    clock.goes = True
    server.press("Strādāju")
    service.wait(lambda: "Cik gadu?" in server.texts()[-1], 30)
