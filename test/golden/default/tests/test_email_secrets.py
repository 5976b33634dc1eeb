"""What must not come out of a mail, or get into one."""

import pytest
from httpx import AsyncClient

from app.config import Settings
from app.core.mail_kinds import MailKind
from app.services.mail_text import TEXTS, write_mail
from tests.support.configured import cheap_settings
from tests.support.inspector import Inspector
from tests.support.mail import Mailbox, token_in, until_sent
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


@pytest.mark.parametrize(
    "email",
    [
        "a@example.com\r\nBcc: everybody@example.com",
        '"a\r\nBcc: b"@example.com',
        "a@example.com,b@example.com",
        "Alice <a@example.com>",
        "a@[127.0.0.1]",
        "a@b@example.com",
        '"<script>"@example.com',
        f"{'a' * 250}@example.com",
    ],
)
async def test_no_header_and_no_recipient_can_be_added(
    client: AsyncClient, database: Inspector, email: str
) -> None:
    """INPUT-16."""
    response = await client.post(FORGOTTEN, json={"email": email})

    assert response.status_code == 422
    assert await database.count("outgoing_mails") == 0


def test_a_header_takes_no_line_break_even_from_ourselves() -> None:
    """INPUT-16: the second net, should an address ever come in by another way."""
    with pytest.raises(ValueError, match=r"CR or LF|[Ii]nvalid"):
        write_mail(cheap_settings(), MailKind.USERNAME_TAKEN, "a@example.com\r\nBcc: b@x.io")


@pytest.mark.parametrize("kind", MailKind)
def test_every_mail_has_a_text_that_fits_on_a_line(kind: MailKind) -> None:
    mail = write_mail(cheap_settings(), kind, "a@example.com", "https://app.example.com/#token=x")

    assert kind in TEXTS
    assert mail.get_content_type() == "text/plain"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "{" not in mail.get_content()
    # Quoted-printable would break the link up for whoever reads the file.
    assert mail["Content-Transfer-Encoding"] == "7bit"


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
