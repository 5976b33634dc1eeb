"""From a row that says what is wanted to the mail: here accounts are looked up and tokens made.

In the background, so that a request takes as long for an address that nobody has.
"""

from email.message import EmailMessage

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.core.mail_kinds import MAIL_KEPT, MailKind, TokenPurpose
from app.core.mail_settings import MailSettings
from app.core.security import digest
from app.crud import audit as audit_crud
from app.crud import user as user_crud
from app.crud import verified_email as verified_crud
from app.models import OutgoingMail, User
from app.services import audit
from app.services.mail_text import link_to, write_mail
from app.services.mailed_token import issue
from app.utils.helpers import utc_now

PURPOSES = {
    MailKind.VERIFY_ADDRESS: TokenPurpose.VERIFY,
    MailKind.CONFIRM_MOVE: TokenPurpose.MOVE,
    MailKind.RESET_PASSWORD: TokenPurpose.RESET,
}


async def compose(
    session: AsyncSession, settings: MailSettings, mail: OutgoingMail
) -> EmailMessage | None:
    """Write the mail; nothing where there is nothing to say to this address any more."""
    kind, recipient = MailKind(mail.kind), mail.recipient or ""
    purpose = PURPOSES.get(kind)
    if purpose is None:
        return write_mail(settings, kind, recipient)
    user = await _find_account(session, mail, recipient)
    if user is None or not user.is_active or not await _is_wanted(session, user, mail, recipient):
        return None
    if await user_crud.has_email(session, recipient, except_id=user.id):
        # A move to an address that is taken, now or always: its owner is told.
        return write_mail(settings, MailKind.ADDRESS_TAKEN, recipient)
    token = await issue(session, purpose, user, recipient)
    return write_mail(settings, kind, recipient, link_to(settings, purpose, token))


async def record_unreadable(session: AsyncSession, place: str) -> None:
    """Record a row that does not open, the first time that it is tried."""
    event, since = AuditEvent.DECRYPTION_FAILED, utc_now() - MAIL_KEPT
    if not await audit_crud.is_recorded(session, event, place, since):
        await audit.record(session, event, Outcome.FAILURE, target=place)


async def _find_account(session: AsyncSession, mail: OutgoingMail, recipient: str) -> User | None:
    user_id = mail.owner_id
    if mail.kind == MailKind.RESET_PASSWORD:
        found = await user_crud.get_by_name(session, recipient)
        user_id = found.id if found else None
    return await user_crud.get_locked(session, user_id) if user_id else None


async def _is_wanted(session: AsyncSession, user: User, mail: OutgoingMail, recipient: str) -> bool:
    if mail.kind == MailKind.CONFIRM_MOVE:
        # Another password stops it, however long the mail has waited.
        return mail.password_digest == digest(user.hashed_password)
    if mail.kind == MailKind.VERIFY_ADDRESS:
        # The account may have moved, or been confirmed by an earlier mail.
        verified = await verified_crud.is_verified(session, recipient, owner_id=user.id)
        return user.email == recipient and not verified
    return True
