"""Links visited at a real server: what is there, what moved, and all the ways of not being there."""

import asyncio
import json
import re
import shutil
import ssl
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.cli.upkeep import link_places
from bot.load.data_folder import find_data
from bot.service.link_visits import visit_links
from tests.doubles.sample import ROOT as SAMPLE

ANSWERS = {
    "/": (200, ""),
    "/lv": (200, ""),
    "/here": (200, ""),
    "/new": (200, ""),
    "/old": (301, "/new"),
    "/for-now": (302, "/new"),
    "/here/": (301, "/here"),
    "/sent-home": (301, "/"),
    "/sent-to-language": (302, "/lv"),
    "/to-error-page": (302, "/errors/404.html"),
    "/errors/404.html": (200, ""),
    "/gone": (404, ""),
    "/failing": (500, ""),
    "/only-for-some": (403, ""),
    "/round": (302, "/round"),
}


class Site(BaseHTTPRequestHandler):
    """Answers as the table says; notes who is being served at once."""

    def do_GET(self):
        self._answer()

    def do_HEAD(self):
        if self.path == "/no-head":
            self._send(405)
            return
        self._answer()

    def _answer(self):
        seen = self.server.seen
        seen[self.command] += 1
        with self.server.lock:
            self.server.busy += 1
            self.server.most_busy = max(self.server.most_busy, self.server.busy)
        if self.path == "/slow":
            self.server.end.wait(10)
        status, to = ANSWERS.get(self.path, (200, ""))
        with self.server.lock:
            self.server.busy -= 1
        self._send(status, to)

    def _send(self, status, to=""):
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@contextmanager
def site(context=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.seen, server.lock, server.end = Counter(), threading.Lock(), threading.Event()
    server.busy = server.most_busy = 0
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.end.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def served():
    with site() as server:
        yield server


def address(server, path, scheme="http"):
    return f"{scheme}://127.0.0.1:{server.server_port}{path}"


def visited(server, *paths, patience=10.0):
    found = asyncio.run(visit_links([address(server, path) for path in paths], patience, 0))
    return dict(zip(paths, found, strict=True))


@pytest.mark.parametrize(
    ("path", "outcome", "status", "broken"),
    [
        ("/here", "well", 200, False),
        ("/here/", "well", 200, False),
        ("/no-head", "well", 200, False),
        ("/old", "moved", 200, False),
        ("/for-now", "well", 200, False),
        ("/sent-home", "soft_404", 200, True),
        ("/sent-to-language", "soft_404", 200, True),
        ("/to-error-page", "soft_404", 200, True),
        ("/gone", "gone", 404, True),
        ("/failing", "failing", 500, True),
        ("/only-for-some", "refused", 403, False),
        ("/round", "unreachable", 0, True),
    ],
)
def test_a_link_comes_to_what_a_reader_would_meet(served, path, outcome, status, broken):
    found = visited(served, path)[path]
    assert (found.outcome, found.status, found.is_broken) == (outcome, status, broken)


def test_where_a_link_moved_to_is_told(served):
    assert visited(served, "/old")["/old"].to == address(served, "/new")


def test_a_server_that_does_not_answer_is_given_up(served):
    found = visited(served, "/slow", patience=0.5)["/slow"]
    assert (found.outcome, found.is_broken) == ("timeout", True)


def test_nobody_listening_is_unreachable(served):
    with site() as other:
        gone = address(other, "/here")
    (found,) = asyncio.run(visit_links([gone], 10.0))
    assert (found.outcome, found.is_broken) == ("unreachable", True)


def test_a_bad_certificate_is_told_as_one(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate, and is not here")
    key, certificate = tmp_path / "key.pem", tmp_path / "own.pem"
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    made = [*making, "-days", "2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with site(context) as server:
        (found,) = asyncio.run(visit_links([address(server, "/here", "https")], 10.0))
    assert (found.outcome, found.is_broken) == ("bad_certificate", True)


def test_a_host_is_asked_for_one_page_at_a_time_and_once(served):
    paths = ["/here", "/new", "/old", "/lv", "/here"]
    asyncio.run(visit_links([address(served, path) for path in paths], 10.0, 0))
    assert served.most_busy == 1
    assert served.seen == {"HEAD": 5}  # the one that moved leads to a second


def links_told(root, link):
    """Run the command over a content whose links all lead to one address."""
    for package in ("bot", "storage"):
        shutil.copytree(find_data() / package, root / package)
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    sources = root / "content/sources.yaml"
    text = sources.read_text(encoding="utf-8")
    assert "https://leaflet.example" in text
    sources.write_text(re.sub(r'url: "[^"]+"', f'url: "{link}"', text))
    command = [sys.executable, "-m", "bot", "links", "--timeout", "5"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_without_a_network_no_link_is_called_broken(tmp_path):
    done = links_told(tmp_path, "http://127.0.0.1:1/")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is there a way to the network" in done.stderr


def test_the_command_tells_each_broken_link_with_its_line(served, tmp_path):
    done = links_told(tmp_path, address(served, "/gone"))
    assert f"content/sources.yaml:5: gone (404) {address(served, '/gone')}" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 links visited, 1 broken"
    assert done.returncode == 1


def test_every_source_that_is_told_is_among_the_links(loaded):
    places = link_places(loaded)
    niid = loaded.library.sources["niid"].url
    assert any(place.startswith("content/sources.yaml:") for place in places[niid])
    assert all(one.startswith(("http://", "https://")) for one in places)
    assert json.dumps(places)
