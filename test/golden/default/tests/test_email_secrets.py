"""What must not come out of a mail, or be left of it."""

import pytest
from httpx import AsyncClient

from app.config import Settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, token_in, until_sent
from tests.support.mail_sending import unsent
from tests.support.people import NEW_PASSWORD, Person

FORGOTTEN = "/auth/forgot-password"


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.outbox_dir)


async def test_a_token_is_in_the_mail_and_nowhere_else(
    alice: Person, client: AsyncClient, mailbox: Mailbox, database: Inspector
) -> None:
    """SESS-09: the database has a digest, and of a mail that has gone nothing at all."""
    response = await client.post(FORGOTTEN, json={"email": alice.email})
    reset = token_in(await mailbox.last(alice.email, "new password"))
    verify = token_in(await mailbox.last(alice.email, "Confirm"))
    await until_sent(database)

    stored = await database.dump()
    assert reset != verify
    for token in (reset, verify):
        assert token not in stored
        assert token not in response.text
    assert await database.count("email_tokens") == 2
    lengths = "SELECT length(token_hash) FROM email_tokens"
    assert {length for (length,) in await database.rows(lengths)} == {64}


async def test_a_mailed_token_opens_nothing_else(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """JWT-06: it is no access token, and one purpose is not another."""
    await client.post(FORGOTTEN, json={"email": alice.email})
    reset = token_in(await mailbox.last(alice.email, "new password"))
    verify = token_in(await mailbox.last(alice.email, "Confirm"))

    for token in (reset, verify):
        me = await client.get("/users/me", headers={"Authorization": f"Bearer {token}"})
        assert (me.status_code, me.json()["code"]) == (401, "invalid_token")
    assert (await client.post("/auth/verify-email", json={"token": reset})).status_code == 400
    body = {"token": verify, "new_password": NEW_PASSWORD}
    assert (await client.post("/auth/reset-password", json=body)).status_code == 400


@pytest.mark.environment(
    PUBLIC_BASE_URL="https://app.example.com/start/", ALLOWED_HOSTS="localhost,evil.example"
)
async def test_links_are_the_operators_whatever_the_request_says(
    alice: Person, client: AsyncClient, mailbox: Mailbox
) -> None:
    """CORS-06: a forged host would send the token to its owner."""
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    await client.post(FORGOTTEN, json={"email": alice.email}, headers=headers)

    mail = await mailbox.last(alice.email, "new password")
    assert "https://app.example.com/start/reset-password#token=" in mail.get_content()
    assert "evil" not in mail.as_string()
    assert mail["From"].addresses[0].addr_spec == "noreply@app.example.com"


async def test_a_file_of_mail_is_for_its_owner_only(alice: Person, mailbox: Mailbox) -> None:
    await mailbox.last(alice.email)

    modes = {path.stat().st_mode & 0o777 for path in mailbox.folder.iterdir()}
    assert modes == {0o600}


async def test_an_export_has_no_token(alice: Person, mailbox: Mailbox) -> None:
    """AUTHZ-10: what is held about somebody, but nothing that opens a door."""
    await mailbox.last(alice.email)

    text = (await alice.client.get("/users/me/export")).text

    assert '"email_tokens"' in text
    assert "hash" not in text
    assert "digest" not in text


@unsent
async def test_the_address_is_encrypted_while_it_waits(
    client: AsyncClient, database: Inspector
) -> None:
    """DATA-01: it may be of somebody who has no account here."""
    await client.post(FORGOTTEN, json={"email": "stranger@example.com"})

    waiting = await database.scalar("SELECT recipient FROM outgoing_mails")
    assert waiting.startswith("v1.")
    assert "stranger" not in await database.dump()
