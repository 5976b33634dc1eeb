"""The ways on which a finished mail leaves: by SMTP, or as a file for whoever develops."""

import asyncio
import os
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from app.core.mail_settings import MailSettings
from app.core.smtp_url import SmtpServer

SMTP_SECONDS = 10
# All of it, however slowly a server answers each single command.
DELIVERY_SECONDS = 40
PERMANENT = 500


class NotDelivered(Exception):
    """It may work later. The reason names no address."""


class Undeliverable(NotDelivered):
    """The server will never take this mail, however often it is asked."""


class Mailer(Protocol):
    async def send(self, mail: EmailMessage) -> None: ...


class SmtpMailer:
    """Hands over to a mail server; certificates are always checked."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._context: ssl.SSLContext | None = None

    async def send(self, mail: EmailMessage) -> None:
        try:
            async with asyncio.timeout(DELIVERY_SECONDS):
                await self._hand_over(mail)
        except SMTPRecipientsRefused as error:
            permanent = all(refused.code >= PERMANENT for refused in error.recipients)
            raise _failure(error, permanent=permanent) from None
        except SMTPDataError as error:
            raise _failure(error, permanent=error.code >= PERMANENT) from None
        except (SMTPException, OSError, ValueError) as error:
            # ValueError: what the library says about certificates that it cannot load.
            raise _failure(error, permanent=False) from None

    async def _hand_over(self, mail: EmailMessage) -> None:
        server = self._server
        if self._context is None and server.security != "none":
            # Once, and beside the requests: it reads the authorities of a whole system.
            self._context = await asyncio.to_thread(_create_context, server.cafile)
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            # The library would otherwise look up the name of this machine, which may take long.
            local_hostname="localhost",
            timeout=SMTP_SECONDS,
            use_tls=server.security == "tls",
            # Not "if offered": whoever sits in between would just not offer it.
            start_tls=server.security == "starttls",
            tls_context=self._context,
        )
        async with client:
            await client.send_message(mail)


def _create_context(cafile: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=cafile)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class FolderMailer:
    """Writes each mail to a file, for development and tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, mail: EmailMessage) -> None:
        try:
            await asyncio.to_thread(self._write, mail.as_bytes())
        except OSError as error:
            raise _failure(error, permanent=False) from None

    def _write(self, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = uuid4().hex
        hidden = self._folder / f".{name}"
        # The mail holds a token: for the eyes of this user only.
        descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        # Whoever watches the folder sees whole mails only.
        hidden.rename(self._folder / f"{name}.eml")


def create_mailer(settings: MailSettings) -> Mailer | None:
    """Return the way out; none in production without SMTP_URL: mail waits in the database."""
    server = settings.smtp_server
    if server is not None:
        return SmtpMailer(server)
    return None if settings.is_production else FolderMailer(settings.outbox_dir)


def _failure(error: Exception, *, permanent: bool) -> NotDelivered:
    # Servers like to repeat the address in their sentence, so only the code is kept.
    code = f" {error.code}" if isinstance(error, SMTPResponseException) else ""
    return (Undeliverable if permanent else NotDelivered)(f"{type(error).__name__}{code}")
