"""Nothing is lost on the way: mail servers that are away, refuse, or answer late."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI

from app.config import Settings
from app.core.mail_kinds import MailKind
from app.core.mailer import SmtpMailer
from app.core.smtp_url import read_smtp_url
from app.db.session import unit_of_work
from app.services import outbox
from app.services.mail_cleanup import clean_up
from app.services.mail_delivery import deliver_next
from tests.support.inspector import Inspector
from tests.support.mail import MailServer, mail_server
from tests.support.mail_age import age_mail
from tests.support.server import spare_port

# The application sends nothing by itself: these tests do, one step after the other.
pytestmark = pytest.mark.environment(ENVIRONMENT="production", SMTP_URL="")

WAITING = "SELECT attempts FROM outgoing_mails"


async def queue(api: FastAPI, *recipients: str) -> None:
    async with unit_of_work(api.state.sessions) as session:
        for recipient in recipients:
            await outbox.queue(session, MailKind.USERNAME_TAKEN, recipient)


async def deliver(api: FastAPI, port: int) -> bool:
    settings: Settings = api.state.settings
    mailer = SmtpMailer(read_smtp_url(f"smtp://127.0.0.1:{port}"))
    return await deliver_next(api.state.sessions, settings, mailer)


async def test_a_mail_goes_to_a_real_server_and_its_row_goes_too(
    api: FastAPI, database: Inspector
) -> None:
    await queue(api, "a@example.com")

    async with mail_server() as server:
        assert await deliver(api, server.port)
        assert not await deliver(api, server.port)

    assert [mail["To"] for mail in server.mails] == ["a@example.com"]
    assert await database.count("outgoing_mails") == 0


async def test_a_cause_that_is_rolled_back_sends_nothing(api: FastAPI, database: Inspector) -> None:
    async def fail() -> None:
        async with unit_of_work(api.state.sessions) as session:
            await outbox.queue(session, MailKind.USERNAME_TAKEN, "a@example.com")
            raise RuntimeError("the cause did not happen")

    with pytest.raises(RuntimeError):
        await fail()

    assert await database.count("outgoing_mails") == 0


async def test_the_delivery_is_woken_by_the_commit_and_not_before(api: FastAPI) -> None:
    """A savepoint that ends earlier is not what the mail waits for."""
    bell = asyncio.Event()
    outbox.bells.add(bell)
    async with unit_of_work(api.state.sessions) as session:
        await outbox.queue(session, MailKind.USERNAME_TAKEN, "a@example.com")
        assert not bell.is_set()
        async with session.begin_nested():
            pass
        bell.clear()
    outbox.bells.remove(bell)

    assert bell.is_set()


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


async def test_after_three_days_a_mail_is_given_up(api: FastAPI, database: Inspector) -> None:
    """Where no server is set, too: an address does not lie around for ever."""
    await queue(api, "old@example.com")
    await age_mail(database, timedelta(days=3, minutes=1))
    await queue(api, "new@example.com")

    await clean_up(api.state.sessions)

    assert await database.count("outgoing_mails") == 1


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
