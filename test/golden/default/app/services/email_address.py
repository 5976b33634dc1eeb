"""Moving an account to another e-mail address; the password was asked for before."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.mail_kinds import MailKind
from app.core.mail_settings import MailSettings
from app.crud import user as crud
from app.models import User
from app.services import outbox
from app.services.names import EmailTaken


async def move_to(session: AsyncSession, user: User, email: str) -> None:
    """Ask the new address to confirm, and tell the old one; until then nothing changes."""
    settings: MailSettings = session.info["settings"]
    if not settings.hide_accounts and await crud.has_email(session, email, except_id=user.id):
        raise EmailTaken
    await outbox.queue(session, MailKind.CONFIRM_MOVE, email, owner=user)
    await outbox.queue(session, MailKind.MOVE_ASKED, user.email)
