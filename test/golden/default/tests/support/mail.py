"""The mailboxes of the tests: files that the application wrote."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.support.inspector import Inspector

PAUSE_SECONDS = 0.01
# Two minutes, for a machine that does much else.
PAUSES = 12_000


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
