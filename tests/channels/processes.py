"""`celvedis serve` and its like as an operator starts them: a process of its own, with its log."""

import os
import signal
import socket
import subprocess
import sys
import time


class Process:
    """A command that runs until it is told to end. log: all that it has written, as it grows."""

    def __init__(self, folder, *arguments, module="bot", umask=0o022, **environment):
        self._log = folder / f"{'-'.join(arguments[:1])}-{time.monotonic_ns()}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdout=subprocess.PIPE,
                stderr=log,
                umask=umask,
                env=os.environ | environment,
            )
        self.said = self.process.stdout.readline().decode()  # once it is about to work

    @property
    def log(self):
        return self._log.read_text(encoding="utf-8")

    def wait_for(self, true, seconds=30.0):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, self.log
            assert self.process.poll() is None, self.log
            time.sleep(0.05)

    def end(self, seconds=30.0):
        """Ask it to end; gives its exit status and the seconds that took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(seconds)
        return status, time.monotonic() - begun

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Web(Process):
    """`celvedis serve` on a port of its own."""

    def __init__(self, folder, url, **more):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        super().__init__(folder, "serve", "--port", str(self.port), "--db", url, **more)
        self.wait_for(self._listens)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def _listens(self):
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0
