"""Files that people send, fetched by the threads that take their turns."""

import asyncio

from bot.channels.telegram.protocol import Driver, TelegramError

FETCHING_SECONDS = 8.0  # for one file; a process that ends waits for it


class SentFiles:
    """Fetches files by a driver, which calls on a loop of its own."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Fetch on the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def fetch(self, file: str, most: int) -> bytes:
        """Return a file of so many bytes at most; waits for it in a thread beside the loop. Errors: TelegramError."""
        if self._loop is None:
            message = "the bot is not at work"
            raise TelegramError(message)
        fetching = asyncio.run_coroutine_threadsafe(self._driver.download(file, most), self._loop)
        try:
            return fetching.result(FETCHING_SECONDS)
        except TimeoutError:
            fetching.cancel()
            message = f"the file was not fetched in {FETCHING_SECONDS:.0f} s"
            raise TelegramError(message) from None
