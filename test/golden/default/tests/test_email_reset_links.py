"""What a link in a mail about a forgotten password is good for: once, soon, for one account."""

import asyncio
from datetime import timedelta

import pytest
from httpx import AsyncClient

from app.config import Settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, token_in
from tests.support.mail_age import age_email_tokens
from tests.support.mail_links import ask, reset
from tests.support.people import NEW_PASSWORD, PASSWORD, Person


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


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


async def test_another_password_voids_the_link(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-07: who changed it knew the old one; the link may be in other hands."""
    token = await ask(client, mailbox, alice.email)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await alice.client.post("/auth/password", json=change)).status_code == 204

    assert (await reset(client, token, PASSWORD)).status_code == 400


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
