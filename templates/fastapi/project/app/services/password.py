"""Passwords of people who are signed in: asked for again, and changed."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent, Outcome
from app.core.errors import InvalidCredentials
from app.core.identifiers import username_key
from app.core.identity import Caller
from app.core.password_policy import check_password
from app.core.security import PasswordHasher
from app.crud import user as crud
from app.db.session import Sessions, unit_of_work
from app.models import User
from app.schemas.auth import PasswordChange
from app.services import audit, login_throttle
from app.services.login_throttle import Counter, LoginLocked
from app.services.password_storage import replace_password
from app.services.step_up import require_step_up
from app.utils.helpers import utc_now


class WrongPassword(InvalidCredentials):
    detail = "The current password is wrong."


async def confirm_password(
    sessions: Sessions,
    hasher: PasswordHasher,
    settings: SecuritySettings,
    actor: Caller,
    password: str,
) -> str:
    """Ask for the password again; return the hash that it matched.

    Wrong answers also count against signing in, or a stolen token could guess for ever. The gate
    is a counter of its own: strangers who guess at the login form cannot close it.
    """
    counters = _counters(settings, actor)
    async with unit_of_work(sessions) as session:
        await require_step_up(session, actor)
        user = await crud.get(session, actor.user_id)
        wait = await login_throttle.count_attempt(session, counters, utc_now())
    if wait is not None:
        raise LoginLocked(counters[0].key, wait)
    stored = user.hashed_password if user else None
    result = await hasher.verify(password, stored)
    if stored is None or not result.ok:
        await audit.record_now(
            sessions,
            AuditEvent.LOGIN_FAILED,
            Outcome.FAILURE,
            actor_id=actor.user_id,
            target=str(actor.user_id),
            details={"reason": "current_password"},
        )
        raise WrongPassword
    async with unit_of_work(sessions) as session:
        await login_throttle.forget_failures(session, counters)
    return stored


async def change_password(
    sessions: Sessions,
    hasher: PasswordHasher,
    settings: SecuritySettings,
    actor: Caller,
    data: PasswordChange,
) -> None:
    """Set a new password and end every other sign-in: who knew the old one is out."""
    new_password = check_password(
        settings,
        data.new_password,
        email=actor.email,
        username=actor.username,
        field="new_password",
    )
    confirmed = await confirm_password(sessions, hasher, settings, actor, data.current_password)
    new_hash = await hasher.hash(new_password)
    async with unit_of_work(sessions) as session:
        user = await get_unchanged(session, actor, confirmed)
        await replace_password(
            session, user, new_hash, AuditEvent.PASSWORD_CHANGED, except_session=actor.session_id
        )


async def get_unchanged(session: AsyncSession, actor: Caller, confirmed: str) -> User:
    """Lock the account, unless its password changed since it was confirmed."""
    user = await crud.get_locked(session, actor.user_id)
    if user is None or user.hashed_password != confirmed:
        raise WrongPassword
    return user


def _counters(settings: SecuritySettings, actor: Caller) -> tuple[Counter, ...]:
    return (
        login_throttle.of_account(settings, actor.user_id),
        login_throttle.of_name(settings, actor.email),
        login_throttle.of_name(settings, username_key(actor.username)),
    )
