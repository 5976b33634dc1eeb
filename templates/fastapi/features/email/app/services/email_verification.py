"""Whether an address belongs to the account that names it."""

from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.core.errors import AppError
from app.core.mail_kinds import VERIFY_AGAIN_AFTER, MailKind, TokenPurpose
from app.core.mail_settings import MailSettings
from app.crud import email_token as token_crud
from app.crud import outgoing_mail as outbox_crud
from app.crud import user as user_crud
from app.crud import verified_email as crud
from app.models import User
from app.services import audit, outbox
from app.services.mailed_token import InvalidMailedToken, redeem
from app.utils.helpers import utc_now

CONFIRMING = (TokenPurpose.VERIFY, TokenPurpose.MOVE)


class EmailUnverified(AppError):
    """Only whoever knows the password gets to see it. Recorded as a sign-in that failed."""

    status = HTTPStatus.FORBIDDEN
    code = "email_unverified"
    detail = "Confirm your e-mail address first; the link is in your mail."
    # The failures are forgotten, and the mail is on its way.
    keeps_writes = True


async def verify_email(session: AsyncSession, token: str) -> None:
    """Confirm the address that the token was sent to; a move ends with that."""
    user, taken = await redeem(session, CONFIRMING, token)
    user_id, events = user.id, [AuditEvent.EMAIL_VERIFIED]
    if taken.purpose is TokenPurpose.MOVE:
        await _move(session, user, taken.email)
        events.append(AuditEvent.EMAIL_CHANGED)
    await crud.replace(session, taken.email, owner_id=user_id, now=utc_now())
    for event in events:
        await audit.record(session, event, Outcome.SUCCESS, actor_id=user_id, target=str(user_id))


async def _move(session: AsyncSession, user: User, email: str) -> None:
    user_id, old_email = user.id, user.email
    if not await user_crud.change(session, user, {"email": email}):
        # Somebody else took the address in the meantime: whoever asks again is told by mail.
        raise InvalidMailedToken
    # Links that went to the old address must not outlive it.
    await token_crud.remove_all(session, owner_id=user_id)
    await outbox.queue(session, MailKind.MOVED, old_email)


async def require_verified(session: AsyncSession, user: User) -> None:
    """Let nobody sign in whose mailbox may be a stranger's; mail them once more."""
    settings: MailSettings = session.info["settings"]
    if not settings.require_verified_email:
        return
    if await crud.is_verified(session, user.email, owner_id=user.id):
        return
    if not await _has_been_asked(session, user):
        await outbox.queue(session, MailKind.VERIFY_ADDRESS, user.email, owner=user)
    await audit.record(
        session,
        AuditEvent.LOGIN_FAILED,
        Outcome.FAILURE,
        target=str(user.id),
        details={"reason": EmailUnverified.code},
    )
    raise EmailUnverified


async def _has_been_asked(session: AsyncSession, user: User) -> bool:
    since = utc_now() - VERIFY_AGAIN_AFTER
    return await outbox_crud.is_waiting(
        session, MailKind.VERIFY_ADDRESS, owner_id=user.id
    ) or await token_crud.is_recent(session, TokenPurpose.VERIFY, since, owner_id=user.id)
