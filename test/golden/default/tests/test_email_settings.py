"""The variables of mail."""

import pytest
from pydantic import ValidationError

from app.core.mailer import FolderMailer, create_mailer
from app.core.smtp_url import SmtpServer, read_smtp_url
from tests.support.configured import cheap_settings, production_settings, settings_from

SECRET = "hunter2hunter2"


def test_production_hides_accounts_and_demands_verified_addresses() -> None:
    production, development = settings_from({}), settings_from({"ENVIRONMENT": "development"})

    assert (production.hide_accounts, production.require_verified_email) == (True, True)
    assert (development.hide_accounts, development.require_verified_email) == (False, False)
    relaxed = production_settings(HIDE_ACCOUNTS="false", REQUIRE_VERIFIED_EMAIL="false")
    assert relaxed.validate_production() == []


def test_without_a_server_mail_waits_in_production_and_is_a_file_elsewhere() -> None:
    assert create_mailer(production_settings()) is None
    assert isinstance(create_mailer(cheap_settings()), FolderMailer)


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://mail.example.com", 587, "starttls"),
        ("smtps://mail.example.com", 465, "tls"),
        ("smtp://mail.example.com:25?tls=none", 25, "none"),
        ("smtp://127.0.0.1:2525", 2525, "none"),
        ("smtp://localhost:2525?tls=starttls", 2525, "starttls"),
    ],
)
def test_tls_is_demanded_unless_mail_stays_on_the_machine(
    url: str, port: int, security: str
) -> None:
    server = read_smtp_url(url)

    assert (server.port, server.security) == (port, security)


def test_names_and_passwords_are_decoded_and_not_shown() -> None:
    server = read_smtp_url("smtp://me%40example.com:p%2Fss@mail.example.com")

    assert (server.username, server.password) == ("me@example.com", "p/ss")
    assert "p/ss" not in repr(server)
    assert isinstance(server, SmtpServer)


@pytest.mark.parametrize(
    "url",
    [
        f"http://u:{SECRET}@mail.example.com",
        f"smtp://u:{SECRET}@mail.example.com:port",
        f"smtp://u:{SECRET}@mail.example.com?verify=no",
        f"smtp://u:{SECRET}@mail.example.com?tls=maybe",
        f"smtps://u:{SECRET}@mail.example.com?tls=none",
        f"smtp://u:{SECRET}@mail.example.com/path",
        f"smtp://u:{SECRET}@",
        SECRET,
    ],
)
def test_a_server_that_cannot_be_read_is_refused_by_name_only(url: str) -> None:
    with pytest.raises(ValidationError) as refused:
        cheap_settings(SMTP_URL=url)

    assert "smtp_url" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_production_sends_nothing_in_clear_to_another_machine() -> None:
    """CONF-02."""
    plain = production_settings(SMTP_URL=f"smtp://u:{SECRET}@mail.example.com?tls=none")
    lost = production_settings(SMTP_URL="smtp://mail.example.com?cafile=/no/such.pem")

    assert plain.validate_production() == ["SMTP_URL sends mail to another machine without TLS"]
    assert lost.validate_production() == ["SMTP_URL names a cafile that does not exist"]


def test_a_password_is_hidden_from_the_log_as_it_is_written_and_as_it_is_sent() -> None:
    """LOG-01."""
    hidden = cheap_settings(SMTP_URL="smtp://u:p%40ssw%2Frd@mail.example.com").secret_values()

    assert {"p%40ssw%2Frd", "p@ssw/rd"} <= hidden


def test_the_sender_is_an_address() -> None:
    assert cheap_settings(MAIL_FROM="Post@Example.com").sender == "post@example.com"
    with pytest.raises(ValidationError):
        cheap_settings(MAIL_FROM="a@example.com\r\nBcc: b@example.com")
