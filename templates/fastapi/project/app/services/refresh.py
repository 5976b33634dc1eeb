"""Exchange of a refresh token: each one works once, and a stolen one ends the sign-in."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent, Outcome
from app.core.errors import Unauthorized
from app.core.identity import Caller
from app.core.security import digest
from app.crud import refresh_token as crud
from app.crud import session as session_crud
from app.crud.refresh_token import Presented
from app.crud.session_life import life_limits
from app.db.session import read_at_once
from app.services import audit
from app.services.session import Tokens, issue_tokens
from app.utils.helpers import utc_now


class InvalidRefreshToken(Unauthorized):
    """One answer for every reason: unknown, used, expired, revoked, account inactive."""

    code = "invalid_refresh_token"
    detail = "Sign in again."
    challenge = 'Bearer error="invalid_token"'


class RefreshTokenReused(InvalidRefreshToken):
    """Looks the same from outside; the revocation is committed before it travels on."""

    keeps_writes = True


async def find_session(engine: AsyncEngine, refresh_token: str | None) -> UUID | None:
    """Return whose token it is, live or not; None when there is no such token."""
    if not refresh_token:
        return None
    query = partial(crud.get_session_id, token_hash=digest(refresh_token))
    return await read_at_once(engine, query)


async def find_caller(
    engine: AsyncEngine, settings: SecuritySettings, refresh_token: str | None, now: datetime
) -> Caller:
    """Find out whose token it is; it stays as it is, for the next refresh."""
    if not refresh_token:
        raise Unauthorized
    query = partial(
        session_crud.get_holder,
        token_hash=digest(refresh_token),
        limits=life_limits(settings, now),
    )
    row = await read_at_once(engine, query)
    if row is None:
        raise InvalidRefreshToken
    return Caller(**row)


async def rotate(
    session: AsyncSession, settings: SecuritySettings, refresh_token: str | None
) -> Tokens:
    """Trade the token for the next one and a new access token."""
    now = utc_now()
    if refresh_token is None:
        raise InvalidRefreshToken
    presented = await crud.find_live(session, digest(refresh_token), life_limits(settings, now))
    if presented is None:
        raise InvalidRefreshToken
    if not await crud.use(session, presented.token.id, now):
        await _refuse_used(session, settings, presented, now)
    if presented.token.expires_at <= now:
        raise InvalidRefreshToken
    presented.session.last_used_at = now
    return await issue_tokens(session, settings, presented.session, presented.user.role)


async def _refuse_used(
    session: AsyncSession, settings: SecuritySettings, presented: Presented, now: datetime
) -> None:
    used_at = await crud.used_at(session, presented.token.id)
    # Somebody who was faster by a moment has a later time than we: that counts as no time.
    age = timedelta(0) if used_at is None else max(now - used_at, timedelta(0))
    if age < settings.refresh_reuse_grace:
        # Two tabs of one browser. Nothing is issued, so this is worth nothing to a thief.
        raise InvalidRefreshToken
    opened = presented.session
    await session_crud.revoke(session, opened.id, owner_id=opened.user_id, now=now)
    await audit.record(
        session,
        AuditEvent.REFRESH_REUSE,
        Outcome.FAILURE,
        actor_id=opened.user_id,
        target=str(opened.id),
    )
    raise RefreshTokenReused
