"""What a stranger learns by registering, with HIDE_ACCOUNTS: nothing."""

import asyncio

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.config import Settings
from app.models import User
from tests.support.alike import ROUNDS, usual_times, visible
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, assert_no_link, token_in
from tests.support.people import NEW_PASSWORD, PASSWORD, Person, log_in, register

hidden = pytest.mark.environment(HIDE_ACCOUNTS="true", REQUIRE_VERIFIED_EMAIL="true")
# Production hides by itself; without a mail server, what is measured is the request alone.
measured = pytest.mark.environment(
    ENVIRONMENT="production", SMTP_URL="", ARGON2_MEMORY_KIB="19456", ARGON2_TIME_COST="2"
)

OWNED = {"email": "owner@example.com", "username": "owner"}


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


async def claim(client: AsyncClient, **changes: str) -> Response:
    body = OWNED | {"password": PASSWORD} | changes
    return await client.post("/auth/register", json=body)


@hidden
async def test_a_taken_address_is_answered_like_a_free_one(
    client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """AUTH-05: byte for byte; and its owner gets a mail that confirms nothing."""
    free = await claim(client)
    before = await database.scalar(select(User.hashed_password))

    taken = await claim(client, username="somebody-else", password=NEW_PASSWORD)

    assert free.status_code == 202
    assert visible(free) == visible(taken)
    assert await database.count("users") == 1
    assert await database.scalar(select(User.hashed_password)) == before
    assert_no_link(await mailbox.last(OWNED["email"], "You have an account already"))


@hidden
async def test_a_taken_name_is_said_in_the_mail_only(
    client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """AUTH-05: whatever exists, one answer."""
    free = await claim(client)

    taken = await claim(client, email="late@example.com", username="OWNER")

    assert visible(free) == visible(taken)
    assert await database.count("users") == 1
    assert_no_link(await mailbox.last("late@example.com", "This user name is taken"))


@measured
async def test_it_takes_as_long_too(client: AsyncClient, database: Inspector) -> None:
    """AUTH-05, by the rule of AUTH-04: hashing comes first, whoever has the address."""
    await claim(client)

    free, taken = await usual_times(
        [
            lambda number: claim(client, email=f"{number}@example.com", username=f"free-{number}"),
            lambda number: claim(client, username=f"taken-{number}"),
        ]
    )

    assert await database.count("users") == 1 + ROUNDS
    # The hash that would be left out costs five times as much here, and more in production.
    assert abs(free - taken) < max(0.005, 0.1 * free)


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


@hidden
async def test_a_weak_password_is_refused_whoever_has_the_address(client: AsyncClient) -> None:
    """AUTH-05: and before anybody looks for the account."""
    weak = "password1234567"
    free = await claim(client, password=weak)
    await claim(client)
    taken = await claim(client, password=weak)

    assert (free.status_code, taken.status_code) == (422, 422)
    assert free.json() | {"request_id": ""} == taken.json() | {"request_id": ""}


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
