"""What an operator does for somebody who has lost both the app and the recovery codes."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent
from app.core.identifiers import sign_in_name
from app.crud import session as session_crud
from app.crud import two_factor as crud
from app.crud import user as user_crud
from app.models import User
from app.services import audit, login_throttle
from app.services.second_factor import counter_of, record_change
from app.services.two_factor import TwoFactorNotEnabled
from app.services.user_admin import UserNotFound
from app.utils.helpers import utc_now


async def reset(session: AsyncSession, settings: SecuritySettings, name: str) -> int:
    """Turn the second factor of somebody off and end their sign-ins; return how many."""
    user = await _lock(session, name)
    two_factor = await crud.get(session, owner_id=user.id)
    if two_factor is None:
        raise TwoFactorNotEnabled("There is no second factor to reset.")
    await crud.remove(session, two_factor)
    await _forget_failures(session, settings, user)
    ended = await session_crud.revoke_all(session, owner_id=user.id, now=utc_now())
    details: audit.Members = {"by": "operator", "sessions_ended": ended}
    await record_change(session, user, AuditEvent.TWO_FACTOR_DISABLED, details, actor_id=None)
    return ended


async def unlock(session: AsyncSession, settings: SecuritySettings, name: str) -> None:
    """Forget the wrong codes, so that the right one counts again at once."""
    await _forget_failures(session, settings, await _lock(session, name))


async def _lock(session: AsyncSession, name: str) -> User:
    found = await user_crud.get_by_name(session, sign_in_name(name))
    user = await user_crud.get_locked(session, found.id) if found else None
    if user is None:
        raise UserNotFound
    return user


async def _forget_failures(session: AsyncSession, settings: SecuritySettings, user: User) -> None:
    counters = [counter_of(settings, place, user.id) for place in ("sign-in", "signed-in")]
    await login_throttle.forget_failures(session, counters)
