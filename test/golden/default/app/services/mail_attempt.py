"""One attempt at one mail: whichever is due longest.

It is claimed by scheduling its next attempt, so a process that dies in the middle leaves a mail
that another one takes up later.
"""

from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import structlog

from app.core.encryption import DecryptionFailed
from app.core.mail_settings import MailSettings
from app.core.mailer import Mailer, NotDelivered, Undeliverable
from app.crud import outgoing_mail as crud
from app.db.session import Sessions, unit_of_work
from app.services.mail_composition import compose, record_unreadable
from app.utils.helpers import utc_now

# Longer than one attempt can take (app.core.mailer), or two workers would send the same mail.
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
DOUBLINGS = 6

logger = structlog.get_logger(__name__)


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
