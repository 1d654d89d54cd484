"""Processes of the service that are killed."""

import multiprocessing
import os
import signal
import threading
from contextlib import suppress

from tests.storage import worker

# processes come of one that has everything imported: they begin in milliseconds, and are killed the oftener
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.storage.worker"])


class Process:
    """A worker, and what it has said."""

    def __init__(self, role, url, number, fault=""):
        self._told, tell = forks.Pipe(duplex=False)
        given = (role, url, number, fault, tell)
        self._process = forks.Process(target=worker.main, args=given, daemon=True)
        self._process.start()
        tell.close()  # it alone has this end: once it is dead there is nothing more to read
        self.said: list[str] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self):
        with suppress(EOFError, OSError):  # killed between two words, or within one
            while True:
                self.said.append(self._told.recv())

    def send(self, number):
        if self._process.is_alive():  # else its number may be another's by now
            os.kill(self._process.pid, number)

    def kill(self):
        self.send(signal.SIGKILL)
        self._process.join()
        self._reading.join()
        self._told.close()
