"""Sign-ins: how one starts, which tokens it hands out, and who calls with them."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import RECENT_SIGN_IN, SESSIONS_PER_USER, Role
from app.core.context import current_context
from app.core.errors import InvalidToken, ReauthenticationRequired
from app.core.identity import Caller
from app.core.security import AccessClaims, digest, issue_access_token, new_token
from app.crud import refresh_token as token_crud
from app.crud import session as crud
from app.crud.session_life import life_limits
from app.db.session import read_at_once
from app.models import RefreshToken, Session, User
from app.utils.devices import device_name
from app.utils.helpers import coarse_address, new_id, utc_now


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in or a refresh hands out; the refresh token travels in a cookie only."""

    access_token: str
    expires_in: int
    refresh_token: str
    refresh_expires_at: datetime


async def authenticate(
    engine: AsyncEngine, settings: SecuritySettings, claims: AccessClaims, now: datetime
) -> Caller:
    """Find out who calls. Role and state come from the database, never from the token."""
    query = partial(
        crud.get_caller,
        user_id=claims.user_id,
        session_id=claims.session_id,
        limits=life_limits(settings, now),
    )
    row = await read_at_once(engine, query)
    if row is None:
        # Signed out, deactivated, deleted, expired: one answer, so that it tells nothing.
        raise InvalidToken
    return Caller(**row)


def require_recent_sign_in(actor: Caller) -> None:
    """Refuse what a stolen token of yesterday must not do."""
    if utc_now() - actor.signed_in_at > RECENT_SIGN_IN:
        raise ReauthenticationRequired


async def open_session(
    session: AsyncSession, settings: SecuritySettings, user: User, now: datetime
) -> tuple[Session, Tokens]:
    """Start a sign-in. The oldest ones make room, so that nobody collects them without end."""
    limits = life_limits(settings, now)
    await crud.keep_newest(session, owner_id=user.id, count=SESSIONS_PER_USER - 1, limits=limits)
    context = current_context()
    opened = Session(
        id=new_id(),
        user_id=user.id,
        created_at=now,
        last_used_at=now,
        expires_at=now + settings.session_lifetime(user.role),
        device=device_name(context.user_agent),
        address=coarse_address(context.client),
    )
    await crud.add(session, opened)
    return opened, await issue_tokens(session, settings, opened, user.role)


async def issue_tokens(
    session: AsyncSession, settings: SecuritySettings, opened: Session, role: Role
) -> Tokens:
    """Hand out the next pair of tokens of a session, as of its last use."""
    now = opened.last_used_at
    refresh_token = new_token()
    expires_at = min(now + settings.session_idle(role), opened.expires_at)
    link = RefreshToken(
        session_id=opened.id,
        token_hash=digest(refresh_token),
        created_at=now,
        expires_at=expires_at,
    )
    await token_crud.add(session, link)
    return Tokens(
        access_token=issue_access_token(settings, opened.user_id, opened.id, now),
        expires_in=int(settings.access_token_lifetime.total_seconds()),
        refresh_token=refresh_token,
        refresh_expires_at=expires_at,
    )
