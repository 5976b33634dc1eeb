"""The mailboxes of the tests: files that the application wrote, and a real mail server."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import SimpleNamespace

from aiosmtpd.smtp import SMTP, Envelope, LoginPassword, Session
from aiosmtpd.smtp import AuthResult as Verdict

from tests.support.inspector import Inspector

PAUSE_SECONDS = 0.01
# Two minutes, for a machine that does much else.
PAUSES = 12_000
OK = "250 OK"


def token_in(mail: EmailMessage) -> str:
    found = re.search(r"#token=([\w-]{43})\s", mail.get_content())
    assert found, mail.get_content()
    return found[1]


def assert_no_link(mail: EmailMessage) -> None:
    assert "#token=" not in mail.get_content()


async def eventually(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Give what runs beside the test some seconds."""
    for _ in range(PAUSES):
        if await is_so():
            return
        await asyncio.sleep(PAUSE_SECONDS)
    raise AssertionError("it did not happen")


async def until_sent(database: Inspector) -> None:
    """Wait until no mail is left in the database."""

    async def is_empty() -> bool:
        return await database.count("outgoing_mails") == 0

    await eventually(is_empty)


class Mailbox:
    """Reads what was written to MAIL_OUTBOX_DIR."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self, to: str, subject: str = "") -> list[EmailMessage]:
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        mails = [read_mail(path.read_bytes()) for path in paths]
        return [mail for mail in mails if mail["To"] == to and subject in mail["Subject"]]

    async def last(self, to: str, subject: str = "", count: int = 1) -> EmailMessage:
        """Wait until so many mails have come to an address, and return the newest."""

        async def have_come() -> bool:
            return len(self.all(to, subject)) >= count

        await eventually(have_come)
        return self.all(to, subject)[-1]


def read_mail(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


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
