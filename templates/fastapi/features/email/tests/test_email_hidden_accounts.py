"""What a stranger learns by registering, with HIDE_ACCOUNTS: nothing."""

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.config import Settings
from app.models import User
from tests.support.alike import ROUNDS, usual_times, visible
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, assert_no_link
from tests.support.people import NEW_PASSWORD
from tests.support.registration import OWNED, claim, hidden

# Production hides by itself; without a mail server, what is measured is the request alone.
measured = pytest.mark.environment(
    ENVIRONMENT="production", SMTP_URL="", ARGON2_MEMORY_KIB="19456", ARGON2_TIME_COST="2"
)


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


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
async def test_a_weak_password_is_refused_whoever_has_the_address(client: AsyncClient) -> None:
    """AUTH-05: and before anybody looks for the account."""
    weak = "password1234567"
    free = await claim(client, password=weak)
    await claim(client)
    taken = await claim(client, password=weak)

    assert (free.status_code, taken.status_code) == (422, 422)
    assert free.json() | {"request_id": ""} == taken.json() | {"request_id": ""}
