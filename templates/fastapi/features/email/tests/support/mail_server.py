"""A real mail server on this machine, which answers as its test tells it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import SimpleNamespace

from aiosmtpd.smtp import SMTP, Envelope, LoginPassword, Session
from aiosmtpd.smtp import AuthResult as Verdict

from tests.support.mail import eventually, read_mail

OK = "250 OK"


@dataclass
class MailServer:
    """An SMTP server that answers as it is told, and keeps what it was given."""

    port: int = 0
    answer: str = OK
    answer_to_recipient: str = OK
    mails: list[EmailMessage] = field(default_factory=list)
    sign_ins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def on_recipient(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if self.answer_to_recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def on_data(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.answer == OK:
            assert isinstance(envelope.content, bytes)
            self.mails.append(read_mail(envelope.content))
        return self.answer

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object
    ) -> Verdict:
        assert isinstance(data, LoginPassword)
        self.sign_ins.append((data.login, data.password))
        return Verdict(success=True)

    async def until(self, count: int) -> None:
        async def have_come() -> bool:
            return len(self.mails) >= count

        await eventually(have_come)


@asynccontextmanager
async def mail_server(
    starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, port: int = 0
) -> AsyncIterator[MailServer]:
    """Listen on this machine; with ``starttls``, mail is taken after that command only."""
    state = MailServer()
    loop = asyncio.get_running_loop()
    hooks = SimpleNamespace(handle_RCPT=state.on_recipient, handle_DATA=state.on_data)

    def protocol() -> SMTP:
        return SMTP(
            hooks,
            hostname="localhost",
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_require_tls=starttls is not None,
            authenticator=state.authenticate,
            loop=loop,
        )

    server = await loop.create_server(protocol, "127.0.0.1", port, ssl=tls)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
