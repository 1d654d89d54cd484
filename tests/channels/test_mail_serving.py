"""Mail as an operator has it: its settings, the command, and the processes that send or let it wait."""

import json
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import httpx
import pytest

from bot.core.education.dates import RIGA
from bot.errors import SettingsError
from bot.logs import conceal, redact
from bot.ports.records import TurnResult, Update
from bot.service.mails import MAIL_CHANNEL, mail_to_send
from bot.settings import MailServer, read_settings, secrets_in
from storage.store import Store
from tests.channels.mail_server import PASSWORD, SENDER, USER, Received, receiving
from tests.channels.processes import Process, Web
from tests.channels.test_mail import ANNA, a_mail

SECRET = "NOSLEPUMS#parole"
FROM = {"CELVEDIS_MAIL_FROM": f"Ceļvedis <{SENDER}>"}


def read(smtp, sender=f"Karjera, A. <{SENDER}>"):
    return read_settings({"CELVEDIS_SMTP": smtp, "CELVEDIS_MAIL_FROM": sender}).mail


@pytest.mark.parametrize(
    ("smtp", "meant"),
    [
        ("smtp://mail.example", ("mail.example", 587, "starttls", "", "")),
        (f"smtp://u%40x:{quote(SECRET)}@mail.example:2525", ("mail.example", 2525, "starttls", "u@x", SECRET)),
        ("smtps://u:p@mail.example", ("mail.example", 465, "tls", "u", "p")),
        ("smtp://mail.example?tls=none", ("mail.example", 25, "none", "", "")),
        ("smtp://u:p@127.0.0.1:1025/?tls=none", ("127.0.0.1", 1025, "none", "u", "p")),
        ("smtp://[::1]?tls=starttls", ("::1", 587, "starttls", "", "")),
    ],
)  # fmt: skip
def test_a_server_is_read_from_one_address(smtp, meant):
    found = read(smtp)
    assert (
        found.host,
        found.port,
        found.tls,
        found.user,
        found.password.get_secret_value(),
    ) == meant
    assert (found.name, found.sender) == ("Karjera, A.", SENDER)


@pytest.mark.parametrize(
    ("smtp", "said"),
    [
        (f"http://u:{SECRET}@mail.example", "CELVEDIS_SMTP is smtp://"),
        (f"smtp://u:{SECRET}@mail.example", "CELVEDIS_SMTP is smtp://"),  # a # that was not written as %23
        ("smtp://", "CELVEDIS_SMTP is smtp://"),
        ("smtp://mail.example:99999", "CELVEDIS_SMTP is smtp://"),
        ("smtp://mail.example/inbox", "CELVEDIS_SMTP is smtp://"),
        ("smtp://mail.example?verify=no", "CELVEDIS_SMTP is smtp://"),
        ("smtp://mail.example?tls=maybe", "may end in ?tls=starttls or ?tls=none"),
        ("smtps://mail.example?tls=none", "may end in ?tls=tls"),
        ("smtp://u@mail.example", "both a user and a password"),
        ("smtp://u:NOSLEPUMS@mail.example?tls=none", "would send its password unencrypted"),
    ],
)  # fmt: skip
def test_a_server_that_cannot_be_is_refused_without_its_password(smtp, said):
    with pytest.raises(SettingsError) as refused:
        read(smtp)
    assert said in str(refused.value)
    assert "NOSLEPUMS" not in str(refused.value)


@pytest.mark.parametrize("sender", ["", "Ceļvedis", "a@b", "x <y>", "<a@b.lv> <c@d.lv>", "a@b.lv\nBcc: c@d.lv", f"{'Ā' * 60} <a@b.lv>"])  # fmt: skip
def test_who_mails_are_from_is_an_address(sender):
    with pytest.raises(SettingsError, match="CELVEDIS_MAIL_FROM"):
        read("smtp://mail.example", sender)
    assert read_settings({"CELVEDIS_MAIL_FROM": sender}).mail is None  # nothing is asked of it then


def test_a_sender_may_be_a_bare_address_with_any_domain():
    found = read("smtp://mail.example", "karjera@piemērs.lv")
    assert (found.name, found.sender) == ("Ceļvedis", "karjera@xn--piemrs-s3a.lv")


def test_a_password_is_in_nothing_that_is_shown():
    smtp = f"smtp://u:{quote(SECRET)}@mail.example"
    assert SECRET not in repr(read(smtp)) + str(read(smtp)) + read(smtp).model_dump_json()
    conceal(secrets_in({"CELVEDIS_SMTP": smtp}))
    written = redact(f"it said {SECRET}, {quote(SECRET)} and {smtp}")
    assert "NOSLEPUMS" not in written
    assert written.startswith("it said …, … and smtp:")
    assert [*secrets_in({"CELVEDIS_SMTP": "smtp://[::"})][-1:] == [
        "smtp://[::"
    ]  # not even what cannot be read


def put(url, *mails):
    left = tuple(mail_to_send(mail, ANNA) for mail in mails)
    with closing(Store(url)) as store:
        at = int(time.time() * 1000)
        store.turns.run(Update("web", "key", "1", at), lambda _: TurnResult("1", effects=left))


def soon(number, kind="confirmed", **time):
    return a_mail(number, kind, expires=datetime.now(UTC) + timedelta(**time or {"hours": 1}))


def told(url, *arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "mail", "--db", url, *arguments],
        capture_output=True, text=True, check=True, env={"PATH": "", "PYTHONUTF8": "1"} | environment,
    )  # fmt: skip
    return done.stdout


def test_without_a_server_mail_waits_and_everybody_is_told(tmp_path):
    url = f"sqlite:///{tmp_path}/web.db"
    assert (
        told(url)
        == "CELVEDIS_SMTP is not set\nwaiting: 0\nnot sent: 0\naddresses that are gone: 0\n"
    )
    web = Web(tmp_path, url)
    assert web.said.startswith("Ceļvedis: http://")
    web.end()
    assert "mails that wait" not in web.process.stdout.read().decode()
    web.close()
    put(url, soon(1), soon(2))
    lines = told(url).splitlines()
    since = datetime.now(RIGA).strftime("%Y-%m-%d %H:")
    assert lines[1].startswith(f"waiting: 2, the first since {since}")
    web = Web(tmp_path, url)
    assert httpx.get(f"{web.address}/health", timeout=30).json() == {"well": True}  # nothing fails
    assert web.end()[0] == 0
    assert web.process.stdout.read().decode() == "mails that wait: 2 (CELVEDIS_SMTP is not set)\n"
    assert "mail" not in web.log
    web.close()


def test_a_process_sends_what_waits_and_ends_in_time(tmp_path):
    url, received = f"sqlite:///{tmp_path}/web.db", Received()
    put(url, soon(1), soon(2, "day_before", hours=-1), soon(3))
    received.to[ANNA] = ["550 5.1.1 gone", "250 2.1.5 fine"]
    with receiving(received) as server:
        smtp = {"CELVEDIS_SMTP": f"smtp://127.0.0.1:{server.port}?tls=none", "CELVEDIS_LEASE": "20"}
        work = Process(tmp_path, "work", "--db", url, **smtp, **FROM)
        assert work.said == "Ceļvedis: at work without a web (no bot has a token, mail)\n"
        with closing(Store(url)) as store:
            work.wait_for(lambda: not store.outbox.waiting(MAIL_CHANNEL).count)
        status, seconds = work.end()
    assert (status, seconds < 10) == (0, True)
    assert ANNA not in work.log
    assert "Traceback" not in work.log
    work.close()
    lines = told(url, **smtp, **FROM).splitlines()
    assert lines[0] == f"through 127.0.0.1:{server.port}, from {SENDER}"
    assert lines[1:3] == ["waiting: 0", "not sent: 2"]
    assert sorted(lines[3:5]) == ["  1× gone", "  1× missed"]
    assert json.loads(told(url, "--json"))["not_sent"] == {"gone": 1, "missed": 1}


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_refused_password_is_told_in_health_and_nowhere_itself(tmp_path):
    url, received = f"sqlite:///{tmp_path}/web.db", Received()
    put(url, soon(1))
    more = {"authenticator": received.knows, "auth_required": True, "auth_require_tls": False}
    with receiving(received, **more) as server:
        smtp = f"smtp://{USER}:{quote(SECRET, safe='')}@127.0.0.1:{server.port}?tls=none"
        web = Web(tmp_path, url, CELVEDIS_SMTP=smtp, **FROM)
        health = {}
        end = time.monotonic() + 30
        while "ill" not in health and time.monotonic() < end:
            health = httpx.get(f"{web.address}/health", timeout=30).json()
            time.sleep(0.05)
        assert web.end()[0] == 0
    assert health == {
        "well": False,
        "ill": {"mail": "the mail server refuses the user or the password (535)"},
    }
    assert "refuses the user or the password" in web.log
    for secret in (SECRET, quote(SECRET, safe=""), PASSWORD, ANNA):
        assert secret not in web.log
    web.close()
    assert told(url).splitlines()[1].startswith("waiting: 1")  # and nothing is lost


def test_a_mail_server_is_a_value_that_cannot_be_half():
    with pytest.raises(ValueError, match="sender"):
        MailServer.model_validate({"host": "x", "port": 25, "sender": "nobody"})
