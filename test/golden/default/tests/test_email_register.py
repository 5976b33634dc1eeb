"""Registering where an address is to be confirmed: one account for each, whose owner signs in."""

import asyncio

import pytest
from httpx import AsyncClient

from app.config import Settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, token_in
from tests.support.people import Person, log_in, register
from tests.support.registration import OWNED, claim, hidden


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


@hidden
async def test_of_twenty_at_once_one_has_the_account(
    client: AsyncClient, database: Inspector
) -> None:
    """AUTH-18: and the others are told by mail."""
    answers = await asyncio.gather(*(claim(client, username=f"owner-{n}") for n in range(20)))

    assert {answer.status_code for answer in answers} == {202}
    assert await database.count("users") == 1
    refused = "SELECT count(*) FROM audit_events WHERE event = 'registered' AND actor_id IS NULL"
    assert await database.scalar(refused) == 19


@pytest.mark.environment(HIDE_ACCOUNTS="false")
async def test_where_accounts_are_shown_a_conflict_is_named(
    client: AsyncClient, mailbox: Mailbox
) -> None:
    created = await claim(client)
    address = await claim(client, username="somebody-else")
    name = await claim(client, email="else@example.com")

    assert (created.status_code, created.json()["email"]) == (201, OWNED["email"])
    assert (address.status_code, address.json()["code"]) == (409, "email_taken")
    assert (name.status_code, name.json()["code"]) == (409, "username_taken")
    assert token_in(await mailbox.last(OWNED["email"]))


@hidden
async def test_only_a_confirmed_address_signs_in(
    client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """AUTH-05, LOG-02: the right password gets a 403, which nobody else gets to see."""
    await register(client, "alice")
    token = token_in(await mailbox.last("alice@example.com"))

    refused = await log_in(client, "alice")
    wrong = await log_in(client, "alice", "not the password of alice")

    assert (refused.status_code, refused.json()["code"]) == (403, "email_unverified")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_credentials")
    assert await database.count("sessions") == 0
    failures = "SELECT event FROM audit_events WHERE outcome = 'failure'"
    assert await database.rows(failures) == [("login_failed",), ("login_failed",)]
    assert (await client.post("/auth/verify-email", json={"token": token})).status_code == 204
    assert (await log_in(client, "alice")).status_code == 200


async def test_elsewhere_an_unconfirmed_address_signs_in(alice: Person) -> None:
    """In development, where nobody waits for a mail."""
    assert (await alice.client.get("/users/me")).status_code == 200
