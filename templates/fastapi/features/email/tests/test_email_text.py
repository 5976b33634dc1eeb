"""What a mail is made of: headers that nobody adds to, and a text that stays as it is."""

import pytest
from httpx import AsyncClient

from app.core.mail_kinds import MailKind
from app.services.mail_text import TEXTS, write_mail
from tests.support.configured import cheap_settings
from tests.support.inspector import Inspector


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
    response = await client.post("/auth/forgot-password", json={"email": email})

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
