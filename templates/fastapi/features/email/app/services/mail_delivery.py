"""Sends the mails that wait, beside the requests. None is lost; at worst one comes twice.

Every worker process runs one; ``mail_attempt`` says why they do not get in each other's way.
"""

import asyncio
import time
from contextlib import suppress

import structlog

from app.core.errors import ServiceUnavailable
from app.core.mail_settings import MailSettings
from app.core.mailer import create_mailer
from app.db.session import Sessions
from app.services import outbox
from app.services.mail_attempt import deliver_next
from app.services.mail_cleanup import clean_up
from app.utils.database_errors import refusal_for

POLL_SECONDS = 5.0
CLEAN_UP_SECONDS = 3600.0
STOP_SECONDS = 5.0

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


def _report(error: Exception) -> None:
    if isinstance(refusal_for(error), ServiceUnavailable):
        # The database is away: what waits is in it, and stays there.
        logger.warning("mail_waits", error=type(error).__name__)
    else:
        logger.error("mail_failed", exc_info=error)
