"""A new password for whoever can read the account's mail."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent
from app.core.identifiers import username_key
from app.core.mail_kinds import MailKind, TokenPurpose
from app.core.password_policy import check_password
from app.core.security import PasswordHasher
from app.crud import verified_email as verified_crud
from app.db.session import Sessions, unit_of_work
from app.models import User
from app.schemas.email import PasswordReset
from app.services import login_throttle, outbox
from app.services.mailed_token import find_user, redeem
from app.services.password_storage import replace_password
from app.utils.helpers import utc_now

RESETTING = (TokenPurpose.RESET,)


async def ask_for_reset(session: AsyncSession, email: str) -> None:
    """Note that a reset is wanted. Whether an account has the address is looked up later."""
    await outbox.queue(session, MailKind.RESET_PASSWORD, email)


async def reset_password(
    sessions: Sessions, hasher: PasswordHasher, settings: SecuritySettings, data: PasswordReset
) -> None:
    """Set the new password and end every sign-in. A refused password leaves the link usable."""
    async with unit_of_work(sessions) as session:
        user = await find_user(session, RESETTING, data.token)
    password = check_password(
        settings,
        data.new_password,
        email=user.email,
        username=user.username,
        field="new_password",
    )
    new_hash = await hasher.hash(password)
    async with unit_of_work(sessions) as session:
        user, _ = await redeem(session, RESETTING, data.token)
        await _let_back_in(session, settings, user)
        await replace_password(session, user, new_hash, AuditEvent.PASSWORD_RESET)


async def _let_back_in(session: AsyncSession, settings: SecuritySettings, user: User) -> None:
    """Forget the guesses of strangers, and take the address for confirmed: the link came there."""
    names = (user.email, username_key(user.username))
    counters = [login_throttle.of_name(settings, name) for name in names]
    counters.append(login_throttle.of_account(settings, user.id))
    await login_throttle.forget_failures(session, counters)
    await verified_crud.replace(session, user.email, owner_id=user.id, now=utc_now())
