"""Moving an account to another address: it counts once it is confirmed."""

import pytest
from httpx import AsyncClient, Response

from app.config import Settings
from tests.support.alike import visible
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, assert_no_link, token_in, until_sent
from tests.support.people import (
    NEW_PASSWORD,
    PASSWORD,
    Browser,
    Person,
    log_in,
    register,
    sign_in,
)

MOVE = {"email": "new@example.com", "current_password": PASSWORD}
CHANGE = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
EVENTS = "SELECT count(*) FROM audit_events WHERE event = :event"


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


async def move(person: Person, **changes: str) -> Response:
    return await person.client.patch("/users/me", json=MOVE | changes)


async def verify(client: AsyncClient, token: str) -> Response:
    return await client.post("/auth/verify-email", json={"token": token})


async def test_a_new_address_counts_once_it_is_confirmed(
    alice: Person, client: AsyncClient, mailbox: Mailbox, browser: Browser, database: Inspector
) -> None:
    """AUTH-17, LOG-02: pending until then; the old one is told before and after."""
    asked = await move(alice, email="New@Example.com")

    assert (asked.status_code, asked.json()["email"]) == (200, alice.email)
    assert (await log_in(browser(), MOVE["email"])).status_code == 401
    assert_no_link(await mailbox.last(alice.email, "is about to change"))
    token = token_in(await mailbox.last(MOVE["email"]))
    assert await database.scalar(EVENTS, event="email_changed") == 0
    assert (await verify(client, token)).status_code == 204
    assert (await alice.client.get("/users/me")).json()["email"] == MOVE["email"]
    assert (await log_in(browser(), MOVE["email"])).status_code == 200
    assert (await log_in(browser(), alice.email)).status_code == 401
    assert_no_link(await mailbox.last(alice.email, "has changed"))
    assert await database.scalar(EVENTS, event="email_changed") == 1
    assert (await verify(client, token)).status_code == 400


async def test_the_password_is_asked_for(alice: Person, database: Inspector) -> None:
    """AUTH-17: an access token alone moves nothing."""
    without = await alice.client.patch("/users/me", json={"email": MOVE["email"]})
    wrong = await move(alice, current_password="not the password of alice")

    assert (without.status_code, wrong.status_code) == (422, 401)
    await until_sent(database)
    assert await database.scalar("SELECT count(*) FROM email_tokens WHERE purpose = 'move'") == 0


@pytest.mark.environment(HIDE_ACCOUNTS="true")
async def test_a_stranger_finds_nobody_by_moving(browser: Browser, mailbox: Mailbox) -> None:
    """AUTH-05: a taken address is answered like a free one, and its owner is told."""
    client = browser()
    for name in ("alice", "bob"):
        assert (await register(client, name)).status_code == 202
    await sign_in(client, "alice")

    free, taken = [
        await client.patch("/users/me", json=MOVE | {"email": email})
        for email in ("free@example.com", "bob@example.com")
    ]

    assert free.status_code == 200
    assert visible(free) == visible(taken)
    assert_no_link(await mailbox.last("bob@example.com", "You have an account already"))


@pytest.mark.usefixtures("bob")
async def test_where_accounts_are_shown_a_taken_address_is_named(alice: Person) -> None:
    """AUTH-18."""
    refused = await move(alice, email="bob@example.com")

    assert (refused.status_code, refused.json()["code"]) == (409, "email_taken")


async def test_an_address_that_was_taken_meanwhile_stays_its_owners(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-18."""
    await move(alice)
    token = token_in(await mailbox.last(MOVE["email"]))
    assert (await register(client, "new")).status_code == 201

    assert (await verify(client, token)).status_code == 400
    assert (await alice.client.get("/users/me")).json()["email"] == alice.email


async def test_a_new_password_stops_the_move(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-17: that is what the mail to the old address promises."""
    await move(alice)
    token = token_in(await mailbox.last(MOVE["email"]))
    assert (await alice.client.post("/auth/password", json=CHANGE)).status_code == 204

    assert (await verify(client, token)).status_code == 400
