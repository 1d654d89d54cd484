"""The port on both drivers: what is sent, and what comes back; real HTTP, a strict server."""

import asyncio
import base64

import pytest

from bot.channels.telegram.codec import escape, name_of
from bot.channels.telegram.protocol import (
    AnswerPress,
    BadToken,
    EditText,
    InlineButton,
    SendFile,
    SendText,
    TopicGone,
)
from bot.logs import redact
from bot.service.queues.delivery import (
    Expired,
    Gone,
    Moved,
    Rejected,
    RetryLater,
    Sent,
    TooLarge,
    Unchanged,
)
from bot.wiring import make_driver
from tests.telegram.server import TOKEN, Refused


def on(driver_kind, server, *outbounds, token=TOKEN):
    """Send through a driver alone; gives what came of each."""

    async def run():
        driver = make_driver(driver_kind, token, server.base)
        try:
            return [await driver.send(one, "77") for one in outbounds]
        finally:
            await driver.close()

    return asyncio.run(run())


def test_what_is_sent_arrives_as_it_is(kind, server):
    rows = ((InlineButton(label="Jā", data="t.0"), InlineButton(label="Nē", data="t.1")),)
    name = 'Plāns "A&B" <i>.pdf'
    file = SendFile(
        name=name, content=base64.b64encode(b"%PDF").decode(), caption=escape("A&B <i>")
    )
    (sent, changed, toast, document) = on(
        kind, server, SendText(html="<b>Kas?</b>", rows=rows), EditText(message="101", html="Nu"),
        AnswerPress(query="q1"), file,
    )  # fmt: skip
    assert (sent, changed, toast) == (Sent("101"), Sent("101"), Sent(""))
    assert isinstance(document, Sent)
    assert server.texts() == ["Nu", "A&B <i>"]
    assert "reply_markup" not in server.chats[77][0]
    assert server.chats[77][1]["document"]["file_size"] == 4


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (Refused(429, "Too Many Requests: retry after 7", retry_after=7), RetryLater(7, counted=False)),
        (Refused(429, "Too Many Requests"), RetryLater(counted=False)),
        (Refused(413, "Request Entity Too Large"), TooLarge("Request Entity Too Large")),
        (Refused(500, "Internal Server Error"), RetryLater()),
        ("html", RetryLater()),
        ("drop", RetryLater(uncertain=True)),
        (
            Refused(401, "Unauthorized"),
            RetryLater(60, counted=False, reason="Telegram does not know this token"),
        ),
        (Refused(403, "Forbidden: bot was blocked by the user"), Gone()),
        (Refused(403, "Forbidden: user is deactivated"), Gone()),
        (Refused(400, "Bad Request: chat not found"), Gone()),
        (Refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009), Moved("-1009")),
        (Refused(400, "Bad Request: message is too long"), TooLarge("Bad Request: message is too long")),
    ],
)  # fmt: skip
def test_every_failure_is_a_value(kind, server, failure, outcome):
    server.fail("sendMessage", failure)
    (found,) = on(kind, server, SendText(html="x"))
    if isinstance(outcome, TooLarge):
        assert isinstance(found, TooLarge)
    else:
        assert found == outcome


def test_a_file_whose_answer_was_lost_is_not_sent_again(kind, server):
    server.fail("sendDocument", "drop")
    (found,) = on(kind, server, SendFile(name="a.pdf", content=base64.b64encode(b"x").decode()))
    assert isinstance(found, Rejected)
    assert len(server.texts()) == 1


@pytest.mark.parametrize("why", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
def test_a_topic_that_is_no_more_is_told_from_other_refusals(kind, server, why):
    server.topics_gone[4] = why
    text, file, plain = SendText(html="a", thread=4), SendFile(name="a", content="", thread=4), "b"
    told = on(kind, server, text, file, SendText(html=plain))
    assert [isinstance(one, TopicGone) for one in told] == [True, True, False]


def test_edits_and_presses_that_come_too_late_harm_nothing(kind, server):
    found = on(
        kind, server, SendText(html="a"), EditText(message="101", html="a"),
        EditText(message="9", html="a"), AnswerPress(query="q"), AnswerPress(query="q"),
    )  # fmt: skip
    assert found == [Sent("101"), Unchanged(), Expired(), Sent(""), Expired()]


def test_nobody_there_is_retried_without_doubt(kind, server):
    server.close()
    assert on(kind, server, SendText(html="a")) == [RetryLater()]
    server.__init__()


def test_a_wrong_token_is_one_clear_error_without_the_token(kind, server):
    async def run(token):
        driver = make_driver(kind, token, server.base)
        try:
            await name_of(driver)
        finally:
            await driver.close()

    for token in ("123456:AAanother-token_that-is-not-known0000", "nonsense"):
        with pytest.raises(BadToken) as failed:
            asyncio.run(run(token))
        assert token not in str(failed.value)


def test_tokens_are_taken_out_of_texts():
    assert redact(f"POST https://x/bot{TOKEN}/getMe failed") == "POST https://x/bot…/getMe failed"


def test_a_long_text_is_cut_between_paragraphs_with_its_buttons_last(service, server):
    from bot.channels.telegram.rendering import MessageFormatter
    from bot.words.messages import Button, Message

    told = MessageFormatter(lambda: "token1234", "Pietiek", "Vēl").format_turn(
        [Message(kind="say", text="\n".join(["ā😀 " * 400] * 9) + " beigas"),
         Message(kind="ask", text="Kas?", buttons=tuple(Button(pick=str(n), label=f"Opcija {n}") for n in range(30)))],
        "key", None,
    )  # fmt: skip
    assert len(told.outbounds) > 3
    assert all(not say.rows for say in told.outbounds[:-1])
    labels = [key.label for row in told.outbounds[-1].rows for key in row]
    assert labels == [f"Opcija {n}" for n in range(12)] + ["Vēl 2/3"]
    assert all(isinstance(one, Sent) for one in on("aiogram", server, *told.outbounds))
