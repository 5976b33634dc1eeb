"""Confirming the address of an account."""

import asyncio
from datetime import timedelta

import pytest
from httpx import AsyncClient, Response

from app.config import Settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, token_in, until_sent
from tests.support.mail_age import age_email_tokens
from tests.support.people import NEW_PASSWORD, Person, log_in, register

demanded = pytest.mark.environment(REQUIRE_VERIFIED_EMAIL="true")
EVENTS = "SELECT count(*) FROM audit_events WHERE event = :event"


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


async def verify(client: AsyncClient, token: str) -> Response:
    return await client.post("/auth/verify-email", json={"token": token})


async def test_a_link_confirms_once(
    alice: Person, client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """LOG-02: one event, whoever clicks how often."""
    token = token_in(await mailbox.last(alice.email))

    answers = await asyncio.gather(*(verify(client, token) for _ in range(10)))

    assert sorted(answer.status_code for answer in answers) == [204] + [400] * 9
    assert await database.count("verified_emails") == 1
    assert await database.scalar(EVENTS, event="email_verified") == 1


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("token", ["x", "A" * 43, "'; DROP TABLE users; --", "\u2028" * 20])
async def test_what_is_no_token_is_answered_like_an_old_one(
    client: AsyncClient, token: str
) -> None:
    response = await verify(client, token)

    assert (response.status_code, response.json()["code"]) == (400, "invalid_token")


@demanded
async def test_a_link_is_good_for_a_day(
    client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """RATE-03: and signing in has the next one sent, but not one for each attempt."""
    await register(client, "alice")
    old = token_in(await mailbox.last("alice@example.com"))
    for _ in range(3):
        assert (await log_in(client, "alice")).status_code == 403
    await until_sent(database)
    assert len(mailbox.all("alice@example.com")) == 1
    await age_email_tokens(database, timedelta(hours=24, seconds=1))

    assert (await verify(client, old)).status_code == 400
    assert (await log_in(client, "alice")).status_code == 403
    new = token_in(await mailbox.last("alice@example.com", count=2))
    assert (await verify(client, new)).status_code == 204
    assert (await log_in(client, "alice")).status_code == 200


@demanded
async def test_a_reset_confirms_the_address_too(client: AsyncClient, mailbox: Mailbox) -> None:
    """It came to the same mailbox; and whoever registered a stranger's address is out."""
    await register(client, "alice")
    await client.post("/auth/forgot-password", json={"email": "alice@example.com"})
    token = token_in(await mailbox.last("alice@example.com", "new password"))

    body = {"token": token, "new_password": NEW_PASSWORD}
    assert (await client.post("/auth/reset-password", json=body)).status_code == 204
    assert (await log_in(client, "alice", body["new_password"])).status_code == 200


async def test_an_inactive_account_confirms_nothing(
    alice: Person, client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    token = token_in(await mailbox.last(alice.email))
    await database.execute("UPDATE users SET is_active = :no", no=False)

    assert (await verify(client, token)).status_code == 400
    assert await database.count("verified_emails") == 0
