"""Removal of mails that waited for too long, and of links that nobody followed."""

import structlog

from app.core.mail_kinds import MAIL_KEPT
from app.crud import email_token as token_crud
from app.crud import outgoing_mail as outbox_crud
from app.db.session import Sessions, unit_of_work
from app.utils.helpers import utc_now

logger = structlog.get_logger(__name__)


async def clean_up(sessions: Sessions) -> None:
    now = utc_now()
    async with unit_of_work(sessions) as session:
        given_up = await outbox_crud.remove_before(session, now - MAIL_KEPT)
        await token_crud.remove_expired(session, now)
    if given_up:
        logger.error("mail_given_up", mails=len(given_up))
