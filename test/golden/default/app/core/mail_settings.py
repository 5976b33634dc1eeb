"""How mail leaves the application, and what it may tell strangers about accounts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from app.core.config import PROJECT_ROOT, SecuritySettings
from app.core.identifiers import InvalidEmail, normalize_email
from app.core.settings_types import in_production
from app.core.smtp_url import SmtpServer, read_smtp_url


def check_smtp_url(value: SecretStr) -> SecretStr:
    if value.get_secret_value():
        read_smtp_url(value.get_secret_value())
    return value


def check_sender(value: str) -> str:
    try:
        return normalize_email(value) if value else value
    except InvalidEmail as error:
        raise ValueError(str(error)) from None


class MailSettings(SecuritySettings):
    # A stranger cannot find out by registering which addresses have an account.
    hide_accounts: bool = Field(default_factory=in_production)
    require_verified_email: bool = Field(default_factory=in_production)
    # Empty: mail is written to files in development, and waits in the database in production.
    smtp_url: Annotated[SecretStr, AfterValidator(check_smtp_url)] = SecretStr("")
    mail_from: Annotated[str, AfterValidator(check_sender)] = ""
    mail_outbox_dir: Path = Path("var/outbox")

    @property
    def smtp_server(self) -> SmtpServer | None:
        url = self.smtp_url.get_secret_value()
        return read_smtp_url(url) if url else None

    @property
    def sender(self) -> str:
        return self.mail_from or f"noreply@{urlsplit(self.public_base_url).hostname}"

    @property
    def outbox_dir(self) -> Path:
        """Return the folder; a relative one is the project's, wherever the process starts."""
        return PROJECT_ROOT / self.mail_outbox_dir

    @property
    def smtp_password(self) -> SecretStr:
        """Return it as it is sent; in the URL it may be written in another way."""
        server = self.smtp_server
        return SecretStr((server.password or "") if server else "")

    def mail_problems(self) -> Iterator[str]:
        """Say what is refused. No SMTP_URL is allowed: mail then waits, and that is logged."""
        if not self.encryption_keys and not self.is_production:
            # Production says so anyway.
            yield "ENCRYPTION_KEYS is not set, and mail that waits is encrypted"
        server = self.smtp_server
        if not self.is_production or server is None:
            return
        if server.security == "none" and not server.is_this_machine:
            yield "SMTP_URL sends mail to another machine without TLS"
        if server.cafile is not None and not Path(server.cafile).is_file():
            yield "SMTP_URL names a cafile that does not exist"
