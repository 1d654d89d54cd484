"""Mail over a real SMTP server: what is sent, what comes of each answer, and what is never lost or told."""

import asyncio
import email
import email.policy
import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import select

from bot.channels.mail.message import build
from bot.channels.mail.runner import MailRunner
from bot.core.base.mail_address import mail_address
from bot.core.base.texts import LANGUAGES
from bot.ports.records import TurnResult, Update
from bot.service.mails import MAIL_CHANNEL, mail_to_send
from bot.service.queues.rate_limit import RateLimiter
from bot.words.mail import Mail
from bot.words.plain_text import in_one_line
from storage.leases import WAITING
from storage.outbox import outbox
from storage.store import Store
from tests.channels.mail_server import (
    PASSWORD,
    SENDER,
    USER,
    Received,
    breaking_off,
    certificate,
    receiving,
    settings_for,
)
from tests.conftest import new_database, set_aside
from tests.doubles.clocks import NOON, GoingClock, SetClock
from tests.doubles.mails import every_mail
from tests.doubles.meetings import a_meeting, invited, speak
from tests.storage.workers import work_off

ANNA, JANIS = "anna@people.example", "janis@people.example"


@pytest.fixture
def kept(tmp_path):
    """A store, for what does not depend on the database."""
    opened = Store(f"sqlite:///{tmp_path}/celvedis.db")
    yield opened
    opened.close()


def a_mail(number=0, kind="confirmed", **change):
    """A mail of an everyday kind; each number is another one."""
    given = {"kind": kind, "key": f"{kind}/{number}", "language": "lv", "subject": f"Laiks {number}", "text": "Sveiki!\n",
             "html": "<p>Sveiki!</p>", "expires": NOON + timedelta(days=30)}  # fmt: skip
    return Mail.model_validate(given | change)


def put(store, to, *mails, key="person"):
    """Leave mails in the outbox by a turn."""
    left = tuple(mail_to_send(mail, to) for mail in mails)
    name = f"{time.monotonic_ns()}"
    store.turns.run(Update("web", key, name, 1), lambda _: TurnResult("1", effects=left))


def a_runner(store, server, clock=None, **more):
    given = {"clock": clock or SetClock(), "pace": RateLimiter(rate=1000, rest=0)}
    return MailRunner(server, store, **(given | more))


def send_off(runner, until=None):
    """Let a runner work until nothing waits."""
    queue = runner.store.outbox
    runner._sender.__post_init__()  # each time on a loop of its own
    work_off(runner.worker(), until or (lambda: queue.next_due(MAIL_CHANNEL) is None))


def kept_waiting(runner, tried):
    """Let a runner work until something was tried; the mail then waits on."""
    send_off(runner, tried)
    assert runner.store.outbox.next_due(MAIL_CHANNEL) is not None


def later(runner, **time):
    """Let the time come at which a mail that was put off is tried again."""
    runner.clock.moment += timedelta(**(time or {"hours": 1}))


def connections_of(runner):
    """When the runner began to speak to a server."""
    begun, make = [], runner._sender._client

    def counted():
        begun.append(runner.clock.now())
        return make()

    runner._sender._client = counted
    return begun


# --- what arrives


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mail_arrives_as_it_was_written(kept, language):
    received, mails = Received(), every_mail(speak(language))
    with receiving(received) as server:
        put(kept, ANNA, *mails.values())
        send_off(a_runner(kept, server))
    by_subject = {mail["subject"]: mail for mail in received.mails}
    assert len(received.envelopes) == len(mails)
    for mail in mails.values():
        found = by_subject[mail.subject]
        plain = found.get_body(("plain",)).get_content()
        assert plain.replace("\r\n", "\n") == mail.text
        assert found.get_body(("html",)).get_content().replace("\r\n", "\n") == mail.html
        assert (found["to"], found["content-language"]) == (ANNA, language)
        assert found["auto-submitted"] == "auto-generated"
        assert str(found["from"]) == f"Ceļvedis <{SENDER}>"
        assert parsedate_to_datetime(found["date"]) == NOON
    for envelope in received.envelopes:
        assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [ANNA])
        assert envelope.content.isascii()  # whatever is between passes it on as it is
        assert max(map(len, envelope.content.split(b"\r\n"))) <= 200


@pytest.mark.parametrize(("method", "state"), [("REQUEST", "open"), ("CANCEL", "cancelled")])
def test_an_invitation_stands_twice_in_the_tree_that_calendars_know(kept, method, state):
    received = Received()
    meeting = a_meeting(state=state, sequence=2)
    given = invited(method, meeting, sequence=2)
    with receiving(received) as server:
        put(kept, ANNA, a_mail(calendar=given))
        put(kept, JANIS, a_mail(calendar=given))
        send_off(a_runner(kept, server))
    assert len(received.mails) == 2
    for mail in received.mails:
        assert [part.get_content_type() for part in mail.walk()] == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
        ]  # fmt: skip
        calendar, attached = [*mail.walk()][-2:]
        assert calendar["content-type"].params == {"charset": "utf-8", "method": method}
        assert attached.get_filename() == "invite.ics"
        content = attached.get_content().decode()
        assert calendar.get_content().replace("\r\n", "\n") == content.replace("\r\n", "\n")
        read = IcsCalendarStream.calendar_from_ics(content)
        (event,) = read.events
        assert (read.method, event.uid, event.sequence) == (method, f"{meeting.id}@celvedis", 2)
        assert event.status == ("CONFIRMED" if method == "REQUEST" else "CANCELLED")
        # whoever it is sent to, and nobody else
        assert [one.uri for one in event.attendees] == [f"mailto:{mail['to']}"]
        assert event.organizer.uri == f"mailto:{SENDER}"


def test_what_nobody_asked_for_can_be_ended_by_one_request(kept):
    received, long = Received(), "https://celvedis.a-rather-long-host.example/u/" + "Aa0_-" * 12
    with receiving(received) as server:
        put(kept, ANNA, a_mail(1, unsubscribe=long), a_mail(2, unsubscribe="http://a.example/u"), a_mail(3))  # fmt: skip
        send_off(a_runner(kept, server))
    raw = [one.content.decode().partition("\r\n\r\n")[0] for one in received.envelopes]
    assert f"\r\nList-Unsubscribe: <{long}>\r\n" in raw[0]  # as it is: an encoded one is no address
    one_click = "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    assert [one_click in f"{head}\r\n" for head in raw] == [True, False, False]
    assert ["List-Unsubscribe:" in head for head in raw] == [True, True, False]


def test_answers_go_to_who_reads_them(kept):
    received = Received()
    with receiving(received) as server:
        put(kept, ANNA, a_mail(1, reply_to="konsultants@paraugpils.example"), a_mail(2))
        send_off(a_runner(kept, server))
    assert [mail["reply-to"] for mail in received.mails] == ["konsultants@paraugpils.example", None]


# --- what comes of an answer


def test_a_mail_that_was_put_off_comes_later(store):
    """As greylisting does."""
    received = Received()
    received.to[ANNA] = ["451 4.7.1 come back"]
    received.content[ANNA] = ["450 4.2.0 not now"]
    with receiving(received) as server:
        runner = a_runner(store, server)
        put(store, ANNA, a_mail(1), a_mail(2))
        put(store, JANIS, a_mail(3))
        kept_waiting(runner, lambda: len(received.tried) >= 2)
        assert [mail["to"] for mail in received.mails] == [JANIS]  # nobody else waits for it
        later(runner, minutes=1)
        kept_waiting(runner, lambda: received.tried.count(ANNA) == 2)
        later(runner)
        send_off(runner)
    assert received.subjects_to(ANNA) == ["Laiks 1", "Laiks 2"]  # in their order
    assert set_aside(store) == []


@pytest.mark.parametrize(
    ("where", "answer", "reason"),
    [
        ("to", "550 5.7.1 we do not like you", "550 5.7.1"),
        ("to", "554 no", "554"),
        ("content", "554 5.6.0 no", "554 5.6.0"),
        ("content", "552 5.3.4 too large", "552 5.3.4"),
        ("content", "550 nobody", "550"),
    ],
)
def test_a_mail_that_is_refused_is_set_aside_with_the_code_alone(kept, where, answer, reason):
    received = Received()
    getattr(received, where)[ANNA] = [answer]
    with receiving(received) as server:
        put(kept, ANNA, a_mail(1), a_mail(2))
        send_off(a_runner(kept, server))
    assert received.subjects_to(ANNA) == ["Laiks 2"]
    assert [one.reason for one in set_aside(kept)] == [reason]
    assert kept.gone_addresses.list_all() == []  # the address is not at fault


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 nobody here", "550 no such user", "550 5.1.10 null mx", "551 moved", "553 5.1.3 no"],
)  # fmt: skip
def test_an_address_that_nobody_is_at_is_noted_until_a_mail_arrives(store, answer):
    received = Received()
    received.to[ANNA] = [answer]
    with receiving(received) as server:
        runner = a_runner(store, server)
        put(store, ANNA, a_mail(1))
        send_off(runner)
        found = store.gone_addresses.find(ANNA)
        assert answer.startswith(found.reason)
        assert found.at == int(NOON.timestamp() * 1000)
        assert store.gone_addresses.find(JANIS) is None
        assert [one.reason for one in set_aside(store)] == ["gone"]
        put(store, ANNA, a_mail(2))
        send_off(runner)
    assert received.subjects_to(ANNA) == ["Laiks 2"]
    assert store.gone_addresses.find(ANNA) is None


@pytest.mark.parametrize(
    "answer", ["550 5.7.1 not yours", "451 4.3.2 too many", "421 4.3.2 closing"]
)
def test_a_server_that_refuses_us_keeps_every_mail_waiting(kept, answer):
    received = Received()
    received.sender = [answer]
    with receiving(received) as server:
        runner = a_runner(kept, server)
        put(kept, ANNA, a_mail(1))
        kept_waiting(runner, lambda: runner.ill)
        put(kept, JANIS, a_mail(2))
        assert answer[:3] in runner.ill
        assert set_aside(kept) == []
        later(runner)
        send_off(runner)
        assert runner.ill == ""
    assert sorted(mail["subject"] for mail in received.mails) == ["Laiks 1", "Laiks 2"]


def test_what_cannot_be_read_as_a_mail_harms_no_other(store):
    received = Received()
    with receiving(received) as server:
        bad = mail_to_send(a_mail(1), ANNA)
        for number, change in enumerate(({"body": "{}"}, {"lane": "x\r\nRCPT TO:<y@z>"})):
            broken = type(bad)(**{name: getattr(bad, name) for name in bad.__slots__} | change)
            store.turns.run(Update("web", "k", f"bad{number}", 1), lambda _, one=broken: TurnResult("1", effects=(one,)))  # fmt: skip
        put(store, JANIS, a_mail(2))
        send_off(a_runner(store, server))
    assert received.tried == [JANIS]
    assert len(set_aside(store)) == 2


# --- what breaks


@pytest.mark.parametrize("after", [1, 300])
def test_a_connection_cut_within_a_mail_loses_nothing(store, after):
    received = Received()
    with breaking_off(received, after) as server:
        runner = a_runner(store, server)
        put(store, ANNA, a_mail(1), a_mail(2))
        kept_waiting(runner, lambda: received.tried == [ANNA])
        assert received.envelopes == []
        later(runner)
        send_off(runner)
    assert received.subjects_to(ANNA) == ["Laiks 1", "Laiks 2"]


def test_a_mail_that_may_have_arrived_comes_again_under_its_name(store):
    """At least once, and whoever has it already can know: the second copy has the same Message-ID."""
    received = Received()
    received.breaks = 1
    with receiving(received) as server:
        runner = a_runner(store, server)
        put(store, ANNA, a_mail(1), a_mail(2))
        kept_waiting(runner, lambda: len(received.envelopes) == 1)
        later(runner)
        send_off(runner)
    assert received.subjects_to(ANNA) == ["Laiks 1", "Laiks 1", "Laiks 2"]
    first, again, other = (mail["message-id"] for mail in received.mails)
    assert first == again != other
    assert ANNA not in first
    assert first.endswith("@guide.example>")


def test_a_server_that_always_breaks_off_gets_no_mail_for_ever(kept):
    received = Received()
    received.breaks = 100
    with receiving(received) as server:
        runner = a_runner(kept, server)
        put(kept, ANNA, a_mail(1))
        for _ in range(12):
            known = len(received.envelopes)
            send_off(runner, lambda known=known: len(received.envelopes) > known)
            later(runner)
        send_off(runner)
    assert len(received.envelopes) == 12
    assert [one.reason for one in set_aside(kept)] == ["given up"]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_after_thirty_hours_without_a_server_only_what_is_of_use_is_sent(store):
    port, received = free_port(), Received()
    runner = a_runner(store, settings_for(port))
    soon, long = NOON + timedelta(hours=20), NOON + timedelta(days=3)
    put(store, ANNA, a_mail(1, expires=long), a_mail(2, "day_before", expires=soon), a_mail(3, expires=long))  # fmt: skip
    put(store, JANIS, a_mail(4, "day_before", expires=soon), a_mail(5, "cancelled", expires=long))
    begun = connections_of(runner)
    for _ in range(30):
        known = len(begun)
        kept_waiting(runner, lambda known=known: len(begun) > known)
        assert runner.ill == "the mail server is not reached"
        later(runner)
    with receiving(received, port):
        later(runner)
        send_off(runner)
    assert received.subjects_to(ANNA) == ["Laiks 1", "Laiks 3"]
    assert received.subjects_to(JANIS) == ["Laiks 5"]
    assert sorted(one.reason for one in set_aside(store)) == ["missed", "missed"]
    assert store.outbox.waiting(MAIL_CHANNEL).count == 0
    assert runner.ill == ""


def test_a_server_that_is_away_is_asked_seldom(kept):
    runner = a_runner(kept, settings_for(free_port()))
    begun = connections_of(runner)
    for number in range(20):
        put(kept, f"p{number}@people.example", a_mail(number))
    for _ in range(60):  # an hour, a minute at a time
        send_off(runner, lambda: all_wait(runner))
        later(runner, minutes=1)
    assert 10 <= len(begun) <= 80  # four at once, seldom; not each of the twenty each minute
    assert set_aside(kept) == []


def all_wait(runner):
    """Whether every mail in the outbox waits for a later moment."""
    now = int(runner.clock.now().timestamp() * 1000)
    rows = runner.store._transactions.read(
        lambda c: c.execute(select(outbox.c.due, outbox.c.status)).all()
    )
    return all(row.due > now and row.status == WAITING for row in rows)


def test_a_silent_server_is_left_before_the_lease_ends(kept):
    """Else another process would send the mail too."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        runner = a_runner(kept, settings_for(silent.getsockname()[1]), lease=1.5)
        put(kept, ANNA, a_mail(1))
        begun = time.monotonic()
        kept_waiting(runner, lambda: bool(runner.ill))
        assert time.monotonic() - begun < 1.4
    assert runner.ill == "the mail server is not reached"


# --- who we are, and that nobody listens


def test_a_password_goes_over_tls_alone(kept, monkeypatch, tmp_path):
    received = Received()
    context, authority = certificate()
    more = {"tls_context": context, "authenticator": received.knows, "auth_required": True}
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with receiving(received, **more) as plain:
        server = settings_for(plain.port, tls="starttls", user=USER, password=PASSWORD)
        put(kept, ANNA, a_mail(1))
        stranger = a_runner(kept, server)
        kept_waiting(stranger, lambda: bool(stranger.ill))
        assert stranger.ill == "the mail server's certificate is not trusted"
        assert received.users == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        mistaken = settings_for(plain.port, tls="starttls", user=USER, password=f"x{PASSWORD}")
        wrong = a_runner(kept, mistaken, SetClock(NOON + timedelta(hours=1)))
        kept_waiting(wrong, lambda: bool(wrong.ill))
        assert wrong.ill == "the mail server refuses the user or the password (535)"
        send_off(a_runner(kept, server, SetClock(NOON + timedelta(hours=2))))
    assert {(user, over_tls) for _, user, over_tls in received.users} == {(USER, True)}
    assert received.subjects_to(ANNA) == ["Laiks 1"]


def test_tls_from_the_first_byte(kept, monkeypatch, tmp_path):
    received = Received()
    context, authority = certificate()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with receiving(received, tls=context) as plain:
        put(kept, ANNA, a_mail(1))
        send_off(a_runner(kept, plain.model_copy(update={"tls": "tls"})))
    assert received.subjects_to(ANNA) == ["Laiks 1"]


@pytest.mark.parametrize("asked", [{"tls": "starttls"}, {"user": USER, "password": PASSWORD}])
def test_nothing_is_sent_where_the_server_cannot_do_what_is_asked(kept, asked):
    """Nor is it tried without encryption instead."""
    received = Received()
    with receiving(received) as plain:
        runner = a_runner(kept, settings_for(plain.port, **asked))
        put(kept, ANNA, a_mail(1))
        kept_waiting(runner, lambda: bool(runner.ill))
    assert "does not offer what CELVEDIS_SMTP asks for" in runner.ill
    assert received.tried == []


def test_neither_address_nor_password_nor_words_are_logged(kept, caplog):
    """Whatever the server says, and servers say addresses."""
    caplog.set_level("DEBUG")
    received = Received()
    received.to[ANNA] = [f"451 4.2.1 <{ANNA}> NOSLEPUMS", f"550 5.1.1 <{ANNA}> NOSLEPUMS"]
    received.content[JANIS] = [f"554 5.6.0 NOSLEPUMS {JANIS}"]
    received.sender = [f"451 NOSLEPUMS {SENDER}"]
    with receiving(received) as server:
        runner = a_runner(kept, server)
        put(kept, ANNA, a_mail(1, text="NOSLEPUMS"))
        put(kept, JANIS, a_mail(2, text="NOSLEPUMS"))
        kept_waiting(runner, lambda: bool(runner.ill))
        later(runner)
        kept_waiting(runner, lambda: ANNA in received.tried)
        later(runner)
        send_off(runner)
    assert len(set_aside(kept)) == 2
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot."))  # fmt: skip
    for word in ("NOSLEPUMS", ANNA, JANIS, PASSWORD):
        assert word not in ours + str(set_aside(kept)) + runner.ill
    assert "puts mails off (451)" in ours
    shown = repr(settings_for(1, user=USER, password=PASSWORD))
    assert PASSWORD not in shown


# --- two processes


@contextmanager
def at_work(runner):
    """A runner on a loop of its own, as in a process of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start():
        runner.start()

    asyncio.run_coroutine_threadsafe(start(), loop).result()
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(runner.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.mark.postgres
def test_two_processes_send_each_mail_once(postgres):
    url, received = new_database(postgres), Received()
    stores = [Store(url), Store(url)]
    for number in range(40):
        put(stores[0], f"p{number % 20}@people.example", a_mail(number, expires=datetime.now(UTC) + timedelta(hours=1)))  # fmt: skip
    with receiving(received) as server:
        runners = [a_runner(one, server, GoingClock()) for one in stores]
        with at_work(runners[0]), at_work(runners[1]):
            end = time.monotonic() + 60
            while stores[0].outbox.waiting(MAIL_CHANNEL).count and time.monotonic() < end:
                time.sleep(0.05)
    assert sorted(mail["subject"] for mail in received.mails) == sorted(f"Laiks {n}" for n in range(40))  # fmt: skip
    for one in stores:
        one.close()


# --- nothing that somebody writes is a header


TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\t\0,;:<>@\"'()\\=?ā\u2028\x85")), max_size=200)  # fmt: skip
AIMED = st.sampled_from(
    ["\r\nBcc: x@y.example", "\nX: 1\n\n", "\r\r", "=?utf-8?q?x=0d=0aBcc:_x?=", "\u2028X: 1"]
)


@settings(max_examples=120, deadline=None)
@given(st.tuples(TEXTS, AIMED, TEXTS).map("".join), TEXTS, TEXTS)
def test_no_words_become_a_header(subject, text, name):
    server = settings_for(25).model_copy(update={"name": name})
    mail = a_mail(1, subject=subject, text=text, calendar=invited())
    raw = build(mail, ANNA, server, NOON)
    assert raw.isascii()
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert sorted(read.keys()) == sorted([
        "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
        "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    ])  # fmt: skip
    plain = email.message_from_bytes(raw)
    assert plain["to"] == ANNA
    (sender,) = read["from"].addresses
    assert sender.addr_spec == SENDER
    decoded = str(email.header.make_header(email.header.decode_header(plain["subject"] or "")))
    assert decoded.strip() == in_one_line(subject).strip()
    assert read.get_body(("plain",)).get_content().rstrip("\r\n").replace("\r\n", "\n") == mail.text.rstrip("\n")  # fmt: skip


REFUSALS = {
    "an address of mail has an @",
    "what stands before the @ cannot be an address of mail",
    "what stands after the @ is not the name of a domain",
}


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.emails(), st.tuples(TEXTS, TEXTS).map("@".join)))
def test_an_address_is_one_word_of_a_narrow_form_or_refused(text):
    try:
        address = mail_address(text)
    except ValueError as error:
        said = {str(error)}  # which tells nothing of the address
        assert said <= REFUSALS
        return
    assert mail_address(address) == address
    assert address.isascii()
    assert address.count("@") == 1
    assert not set(address) & set('\r\n\t ,;:<>"()[]\\%!')
    assert len(address) <= 254
    left = mail_to_send(a_mail(1), text)
    assert (left.channel, left.lane) == (MAIL_CHANNEL, address)
