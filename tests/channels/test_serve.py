"""`celvedis serve` as a process: its files, its log, and its end."""

import socket
import stat

import httpx
import pytest

from tests.channels.processes import Process, Web

CUT_OFF = (
    b"POST /say HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100\r\n\r\ntext=a"
)


@pytest.fixture
def web(tmp_path):
    (tmp_path / "var").mkdir()
    process = Web(tmp_path, f"sqlite:///{tmp_path}/var/web.db")
    yield process
    process.close()


def test_it_ends_though_a_client_hangs_in_a_form(web):
    assert httpx.get(web.address, timeout=30).status_code == 200
    with socket.create_connection(("127.0.0.1", web.port)) as hanging:
        hanging.sendall(CUT_OFF)
        assert httpx.get(web.address, timeout=30).status_code == 200
        status, seconds = web.end()
    assert status == 0, web.log
    assert seconds < 20
    assert "Cancel 1 running task" in web.log
    assert "Traceback" not in web.log


def test_what_it_keeps_is_nobody_elses_to_read(web, tmp_path):
    httpx.get(web.address, timeout=30)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "var").iterdir()}
    assert modes == {"web.db": 0o600, "web.db-wal": 0o600, "web.db-shm": 0o600}


def test_a_phone_that_loses_its_connection_is_no_error(web):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", web.port)) as phone:
            phone.sendall(CUT_OFF)
    assert httpx.get(web.address, timeout=30).status_code == 200
    assert web.end()[0] == 0
    assert "ERROR" not in web.log
    assert "Traceback" not in web.log


def test_an_address_that_is_taken_is_said_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = Process(tmp_path, "serve", "--port", port, "--db", f"sqlite:///{tmp_path}/a.db")
        assert process.process.wait(30) == 2
        process.close()
    assert "cannot listen at 127.0.0.1" in process.log
    assert len(process.log.splitlines()) == 1
