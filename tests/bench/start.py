"""From `celvedis serve` to the first answered request; reading the content; the page's weight."""

import gzip
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bot.load.data_folder import find_data
from bot.load.library import load
from tests.bench.figures import rounds, show, spread


def serve(folder: Path, number: int, bytecode: Path) -> float:
    """Seconds from the start of the process to its first page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "bot",
        "serve",
        "--port",
        str(port),
        "--db",
        f"sqlite:///{folder}/s{number}.db",
    ]
    begun = time.perf_counter()
    environment = os.environ | {
        "PYTHONPYCACHEPREFIX": str(bytecode),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                    answer.read()
                return time.perf_counter() - begun
            except urllib.error.URLError:
                time.sleep(0.01)
    finally:
        process.terminate()
        process.wait()


def measure(folder: Path) -> None:
    """Print the starts."""
    cold, warm = rounds(
        lambda n: serve(folder, n, folder / f"new{n}"),
        lambda n: serve(folder, n, folder / f"new{n}"),
    )
    show("serve to the first page, nothing compiled, no database, s", spread(cold))
    show("  the second start, s", spread(warm), "under 2")
    reads = []
    for _ in range(5):
        begun = time.perf_counter()
        load(find_data())
        reads.append((time.perf_counter() - begun) * 1000)
    show("  of it reading and checking all YAML, ms", spread(reads))
    static = Path(__file__).parents[2] / "bot/channels/web/static"
    weight = sum(len(gzip.compress(path.read_bytes())) for path in static.iterdir())
    show(
        "the web chat's styles and script, KB compressed",
        f"{weight / 1000:.1f}",
        "page in all at most 30",
    )
