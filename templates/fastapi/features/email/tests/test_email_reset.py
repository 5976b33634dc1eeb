"""A forgotten password, and what must not be possible on the way to a new one."""

import asyncio
from datetime import timedelta

import pytest
from httpx import AsyncClient, Response

from app.config import Settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, token_in, until_sent
from tests.support.mail_age import age_email_tokens
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person, log_in

RESET = "Choose a new password"


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


async def forget(client: AsyncClient, email: str) -> Response:
    return await client.post("/auth/forgot-password", json={"email": email})


async def reset(client: AsyncClient, token: str, password: str = NEW_PASSWORD) -> Response:
    body = {"token": token, "new_password": password}
    return await client.post("/auth/reset-password", json=body)


async def ask(client: AsyncClient, mailbox: Mailbox, email: str, count: int = 1) -> str:
    assert (await forget(client, email)).status_code == 202
    return token_in(await mailbox.last(email, RESET, count))


async def test_a_mailed_link_sets_a_new_password(
    alice: Person, client: AsyncClient, mailbox: Mailbox, browser: Browser, database: Inspector
) -> None:
    """AUTH-07, LOG-02: every sign-in ends, it is recorded, and the owner is told."""
    token = await ask(client, mailbox, alice.email)

    assert (await reset(client, token)).status_code == 204

    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await alice.client.post("/auth/refresh")).status_code == 401
    assert (await log_in(browser(), "alice", PASSWORD)).status_code == 401
    assert (await log_in(browser(), "alice", NEW_PASSWORD)).status_code == 200
    await mailbox.last(alice.email, "Your password has changed")
    recorded = "SELECT count(*) FROM audit_events WHERE event = 'password_reset'"
    assert await database.scalar(recorded) == 1


async def test_a_link_works_once(alice: Person, client: AsyncClient, mailbox: Mailbox) -> None:
    """AUTH-07: also when it is used ten times at once."""
    token = await ask(client, mailbox, alice.email)

    answers = await asyncio.gather(*(reset(client, token) for _ in range(10)))
    again = await reset(client, token)

    assert sorted(answer.status_code for answer in answers) == [204] + [400] * 9
    assert (again.status_code, again.json()["code"]) == (400, "invalid_token")


async def test_a_link_is_good_for_half_an_hour(
    alice: Person, client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """AUTH-07."""
    token = await ask(client, mailbox, alice.email)
    await age_email_tokens(database, timedelta(minutes=29))
    refused = await reset(client, token, "short")
    await age_email_tokens(database, timedelta(minutes=1, seconds=1))

    assert refused.status_code == 422
    assert (await reset(client, token)).status_code == 400


async def test_a_new_link_voids_the_older_one(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-07."""
    first = await ask(client, mailbox, alice.email)
    second = await ask(client, mailbox, alice.email, count=2)

    assert (await reset(client, first)).status_code == 400
    assert (await reset(client, second)).status_code == 204


async def test_a_refused_password_leaves_the_link_usable(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-12: the rules are those of registering."""
    token = await ask(client, mailbox, alice.email)

    for weak in ("password1234567", "short", f"{alice.username}{alice.username}1234567"):
        assert (await reset(client, token, weak)).status_code == 422

    assert (await reset(client, token)).status_code == 204


async def test_another_password_voids_the_link(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-07: who changed it knew the old one; the link may be in other hands."""
    token = await ask(client, mailbox, alice.email)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await alice.client.post("/auth/password", json=change)).status_code == 204

    assert (await reset(client, token, PASSWORD)).status_code == 400


async def test_an_inactive_account_gets_no_link_and_uses_none(
    alice: Person, client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    token = await ask(client, mailbox, alice.email)
    await database.execute("UPDATE users SET is_active = :no", no=False)

    assert (await reset(client, token)).status_code == 400
    assert (await forget(client, alice.email)).status_code == 202
    await until_sent(database)
    assert len(mailbox.all(alice.email, RESET)) == 1


async def test_a_link_to_an_address_that_was_left_opens_nothing(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-17: whoever reads the old mailbox has no way into the account any more."""
    old = await ask(client, mailbox, alice.email)
    move = {"email": "new@example.com", "current_password": PASSWORD}
    await alice.client.patch("/users/me", json=move)
    token = token_in(await mailbox.last("new@example.com"))
    assert (await client.post("/auth/verify-email", json={"token": token})).status_code == 204

    assert (await reset(client, old)).status_code == 400


async def test_a_reset_opens_the_way_after_a_hundred_failures(
    alice: Person, client: AsyncClient, mailbox: Mailbox, browser: Browser, database: Inspector
) -> None:
    """AUTH-01, RATE-08: a stranger's guesses cannot keep the owner out."""
    await log_in(browser(), "alice", "a wrong password of mine")
    await database.execute("UPDATE login_throttles SET failures = 100")
    assert (await log_in(browser(), "alice", PASSWORD)).status_code == 429

    await reset(client, await ask(client, mailbox, alice.email))

    assert (await log_in(browser(), "alice", NEW_PASSWORD)).status_code == 200
