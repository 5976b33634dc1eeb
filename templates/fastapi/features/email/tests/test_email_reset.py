"""A forgotten password, and what must not be possible on the way to a new one."""

import pytest
from httpx import AsyncClient

from app.config import Settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, until_sent
from tests.support.mail_links import RESET, ask, forget, reset
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person, log_in


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


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


async def test_a_refused_password_leaves_the_link_usable(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """AUTH-12: the rules are those of registering."""
    token = await ask(client, mailbox, alice.email)

    for weak in ("password1234567", "short", f"{alice.username}{alice.username}1234567"):
        assert (await reset(client, token, weak)).status_code == 422

    assert (await reset(client, token)).status_code == 204


async def test_an_inactive_account_gets_no_link_and_uses_none(
    alice: Person, client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    token = await ask(client, mailbox, alice.email)
    await database.execute("UPDATE users SET is_active = :no", no=False)

    assert (await reset(client, token)).status_code == 400
    assert (await forget(client, alice.email)).status_code == 202
    await until_sent(database)
    assert len(mailbox.all(alice.email, RESET)) == 1


async def test_a_reset_opens_the_way_after_a_hundred_failures(
    alice: Person, client: AsyncClient, mailbox: Mailbox, browser: Browser, database: Inspector
) -> None:
    """AUTH-01, RATE-08: a stranger's guesses cannot keep the owner out."""
    await log_in(browser(), "alice", "a wrong password of mine")
    await database.execute("UPDATE login_throttles SET failures = 100")
    assert (await log_in(browser(), "alice", PASSWORD)).status_code == 429

    await reset(client, await ask(client, mailbox, alice.email))

    assert (await log_in(browser(), "alice", NEW_PASSWORD)).status_code == 200
