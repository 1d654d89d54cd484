"""From `celvedis serve` to the first answered request; reading the content; the page's weight."""

import gzip
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bot.load.data_folder import find_data
from bot.load.library import load
from tests.bench.figures import at_most, ratio, rounds, show, spread

NO_SERVER = "http://127.0.0.1:1"  # where nobody answers for Telegram
TOKENS = {
    "CELVEDIS_PEOPLE_TOKEN": "123456:AAbench-token_of-the-bench-own-server00",
    "CELVEDIS_DESK_TOKEN": "654321:AAbench-token_of-the-bench-own-server11",
    "CELVEDIS_TELEGRAM_API": NO_SERVER,
}
STATIC = Path(__file__).parents[2] / "bot/channels/web/static"


class Starts:
    """Starts of the service, each in a process of its own. page: bytes of the first page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.page = 0

    def serve(self, name: str, *, telegram: bool = True) -> float:
        """Seconds from the start of the process to its first page. name: of what is compiled."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        database = f"sqlite:///{self.folder}/{name}{telegram}.db"
        command = [sys.executable, "-m", "bot", "serve", "--port", str(port), "--db", database]
        environment = os.environ | {
            "PYTHONPYCACHEPREFIX": str(self.folder / name),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        for key in TOKENS:
            environment.pop(key, None)
        environment |= TOKENS if telegram else {}
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        try:
            self._wait(f"http://127.0.0.1:{port}/", process)
            return time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait()

    def _wait(self, address: str, process: subprocess.Popen) -> None:
        asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
        while process.poll() is None:
            try:
                with urllib.request.urlopen(asked) as answer:
                    self.page = len(answer.read())
                    return
            except urllib.error.URLError:
                time.sleep(0.01)
        message = "celvedis serve ended before its first page"
        raise RuntimeError(message)


def read_content(_number: int) -> float:
    """Seconds of reading and checking all content."""
    begun = time.perf_counter()
    load(find_data())
    return time.perf_counter() - begun


def make_index(_number: int) -> float:
    """Seconds of making the search's index, which a service does beside its first pages."""
    library = load(find_data()).library
    begun = time.perf_counter()
    assert library.occupation_index
    return time.perf_counter() - begun


def measure(folder: Path) -> None:
    """Print the starts, and what a page weighs."""
    starts = Starts(folder)
    cold, warm, bare = rounds(
        lambda n: starts.serve(f"new{n}"),
        lambda n: starts.serve(f"new{n}"),
        lambda n: starts.serve(f"new{n}", telegram=False),
    )
    show("serve with both tokens, first page, nothing compiled, no database, s", spread(cold))
    second = statistics.median(warm)
    show("  the second start, s", spread(warm), (second, at_most(2)))
    second = statistics.median(bare)
    show("  the same without tokens, a new database, s", spread(bare), (second, at_most(2)))
    first, reads, indexes = rounds(read_content, read_content, make_index)
    show("  of it reading and checking all YAML, s", spread(reads))
    cache = ratio(reads, first)
    show(
        "  … the second time, the first = 1 (there is no cache)",
        f"{cache:.2f}",
        (cache, at_most(0.05)),
    )
    show("  beside the first pages: the search's index, s", spread(indexes))
    weight = sum(len(gzip.compress(path.read_bytes())) for path in STATIC.iterdir())
    whole = (weight + starts.page) / 1000
    what = "the web chat's first page with its styles and script, KB compressed"
    show(what, f"{whole:.1f}", (whole, at_most(30)))
