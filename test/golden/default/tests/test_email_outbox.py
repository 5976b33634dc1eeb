"""The queue of mail in the database: what gets in, what wakes the delivery, what is given up."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI

from app.core.mail_kinds import MailKind
from app.db.session import unit_of_work
from app.services import outbox
from app.services.mail_cleanup import clean_up
from tests.support.inspector import Inspector
from tests.support.mail_age import age_mail
from tests.support.mail_sending import queue

# Nothing is sent, so that all of it stays in the queue.
pytestmark = pytest.mark.environment(ENVIRONMENT="production", SMTP_URL="")


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


async def test_after_three_days_a_mail_is_given_up(api: FastAPI, database: Inspector) -> None:
    """Where no server is set, too: an address does not lie around for ever."""
    await queue(api, "old@example.com")
    await age_mail(database, timedelta(days=3, minutes=1))
    await queue(api, "new@example.com")

    await clean_up(api.state.sessions)

    assert await database.count("outgoing_mails") == 1
