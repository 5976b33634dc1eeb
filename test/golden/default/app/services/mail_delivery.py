"""Sends the mails that wait, beside the requests. None is lost; at worst one comes twice.

Every worker process runs one. A mail is claimed by scheduling its next attempt, so a process that
dies in the middle leaves a mail that another one takes up later.
"""

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import structlog

from app.core.encryption import DecryptionFailed
from app.core.errors import ServiceUnavailable
from app.core.mail_settings import MailSettings
from app.core.mailer import Mailer, NotDelivered, Undeliverable, create_mailer
from app.crud import outgoing_mail as crud
from app.db.session import Sessions, unit_of_work
from app.services import outbox
from app.services.mail_cleanup import clean_up
from app.services.mail_composition import compose, record_unreadable
from app.utils.database_errors import refusal_for
from app.utils.helpers import utc_now

POLL_SECONDS = 5.0
CLEAN_UP_SECONDS = 3600.0
STOP_SECONDS = 5.0
# Longer than one attempt can take (app.core.mailer), or two workers would send the same mail.
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
DOUBLINGS = 6

logger = structlog.get_logger(__name__)


class MailDelivery:
    def __init__(self, sessions: Sessions, settings: MailSettings) -> None:
        self._sessions = sessions
        self._settings = settings
        self._mailer = create_mailer(settings)
        self._bell = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._clean_at = 0.0

    def start(self) -> None:
        if self._mailer is None:
            logger.error("mail_not_configured", hint="set SMTP_URL; until then mail waits")
        outbox.bells.add(self._bell)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let the mail that is on its way go, but not wait for a server that does not answer."""
        outbox.bells.discard(self._bell)
        if self._task is None:
            return
        self._stopping = True
        self._bell.set()
        try:
            await asyncio.wait({self._task}, timeout=STOP_SECONDS)
        finally:
            self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while not self._stopping:
            # After a failure too: what fails again and again must not do so without a pause.
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._bell.wait()
            self._bell.clear()
            try:
                await self._work()
            except Exception as error:
                _report(error)

    async def _work(self) -> None:
        if time.monotonic() >= self._clean_at:
            await clean_up(self._sessions)
            self._clean_at = time.monotonic() + CLEAN_UP_SECONDS
        is_busy = self._mailer is not None
        while self._mailer is not None and is_busy and not self._stopping:
            is_busy = await deliver_next(self._sessions, self._settings, self._mailer)


async def deliver_next(sessions: Sessions, settings: MailSettings, mailer: Mailer) -> bool:
    """Send the mail that is due longest; False when none is."""
    claimed = await _claim(sessions)
    if claimed is None:
        return False
    try:
        mail = await _write(sessions, settings, claimed)
    except DecryptionFailed as error:
        # Tampered with, or its key is gone: it waits for an operator as long as any mail waits,
        # and the others go.
        logger.error("mail_unreadable", mail_id=str(claimed))
        async with unit_of_work(sessions) as session:
            await record_unreadable(session, error.place)
        return True
    if mail is None or await _send(mailer, claimed, mail):
        async with unit_of_work(sessions) as session:
            await crud.remove(session, claimed)
    return True


async def _claim(sessions: Sessions) -> UUID | None:
    """Put the next attempt off before this one, and commit: a mail that breaks is not the next."""
    now = utc_now()
    async with unit_of_work(sessions) as session:
        row = await crud.claim(session, now)
        if row is None:
            return None
        row.due_at = now + min(FIRST_RETRY * 2 ** min(row.attempts, DOUBLINGS), LONGEST_RETRY)
        row.attempts += 1
        return row.id


async def _write(sessions: Sessions, settings: MailSettings, mail_id: UUID) -> EmailMessage | None:
    async with unit_of_work(sessions) as session:
        row = await crud.fetch(session, mail_id)
        return await compose(session, settings, row) if row else None


async def _send(mailer: Mailer, mail_id: UUID, mail: EmailMessage) -> bool:
    """Return whether this mail is done with: sent, or refused for good."""
    try:
        await mailer.send(mail)
    except NotDelivered as error:
        is_final = isinstance(error, Undeliverable)
        event = "mail_refused" if is_final else "mail_not_delivered"
        logger.warning(event, mail_id=str(mail_id), reason=str(error))
        return is_final
    return True


def _report(error: Exception) -> None:
    if isinstance(refusal_for(error), ServiceUnavailable):
        # The database is away: what waits is in it, and stays there.
        logger.warning("mail_waits", error=type(error).__name__)
    else:
        logger.error("mail_failed", exc_info=error)
