"""Nothing is lost on the way: mail servers that are away, refuse, or answer late."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI

from tests.support.inspector import Inspector
from tests.support.mail_age import age_mail
from tests.support.mail_sending import deliver, queue
from tests.support.mail_server import MailServer, mail_server
from tests.support.server import spare_port

# The application sends nothing by itself: these tests do, one step after the other.
pytestmark = pytest.mark.environment(ENVIRONMENT="production", SMTP_URL="")

WAITING = "SELECT attempts FROM outgoing_mails"


async def test_a_mail_goes_to_a_real_server_and_its_row_goes_too(
    api: FastAPI, database: Inspector
) -> None:
    await queue(api, "a@example.com")

    async with mail_server() as server:
        assert await deliver(api, server.port)
        assert not await deliver(api, server.port)

    assert [mail["To"] for mail in server.mails] == ["a@example.com"]
    assert await database.count("outgoing_mails") == 0


async def test_a_server_that_is_away_is_asked_again_later(
    api: FastAPI, database: Inspector
) -> None:
    """The waits double; when it is back, everything comes."""
    port = spare_port()
    await queue(api, "a@example.com", "b@example.com")

    for attempt in range(1, 4):
        while await deliver(api, port):
            pass
        assert await database.rows(WAITING) == [(attempt,), (attempt,)]
        await age_mail(database, timedelta(minutes=2 ** (attempt - 1), seconds=-20))
        assert not await deliver(api, port)
        await age_mail(database, timedelta(seconds=21))

    async with mail_server(port=port) as server:
        while await deliver(api, port):
            pass
    assert sorted(mail["To"] for mail in server.mails) == ["a@example.com", "b@example.com"]
    assert await database.count("outgoing_mails") == 0


@pytest.mark.parametrize(
    ("attribute", "answer", "left"),
    [
        pytest.param("answer_to_recipient", "550 no such mailbox", 0, id="no mailbox"),
        pytest.param("answer_to_recipient", "450 greylisted", 1, id="not now"),
        pytest.param("answer", "554 we do not like it", 0, id="refused content"),
        pytest.param("answer", "451 later", 1, id="content later"),
        pytest.param("answer", "421 too busy", 1, id="closing"),
    ],
)
async def test_a_final_no_ends_it_and_any_other_does_not(
    api: FastAPI, database: Inspector, attribute: str, answer: str, left: int
) -> None:
    await queue(api, "a@example.com")

    async with mail_server() as server:
        setattr(server, attribute, answer)
        assert await deliver(api, server.port)

    assert await database.count("outgoing_mails") == left


async def test_several_workers_send_each_mail_once(api: FastAPI, database: Inspector) -> None:
    await queue(api, *(f"person-{number}@example.com" for number in range(20)))

    async with mail_server() as server:
        await asyncio.gather(*(worker(api, server) for _ in range(4)))

    assert len(server.mails) == 20
    assert len({mail["To"] for mail in server.mails}) == 20
    assert await database.count("outgoing_mails") == 0


async def worker(api: FastAPI, server: MailServer) -> None:
    while await deliver(api, server.port):
        pass
