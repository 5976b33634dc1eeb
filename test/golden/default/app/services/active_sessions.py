"""Where somebody is signed in, and how they end it: one sign-in, or all of them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.constants import AuditEvent, Outcome
from app.core.errors import NotFound
from app.core.identity import Caller
from app.crud import session as crud
from app.crud.pagination import PageRequest
from app.crud.session_life import life_limits
from app.schemas.base import Page
from app.schemas.session import SessionOut
from app.services import audit
from app.utils.helpers import utc_now


class SessionNotFound(NotFound):
    code = "session_not_found"
    detail = "There is no such session."


async def list_sessions(
    session: AsyncSession, settings: SecuritySettings, actor: Caller, page: PageRequest
) -> Page[SessionOut]:
    limits = life_limits(settings, utc_now())
    found = await crud.get_page(session, owner_id=actor.user_id, limits=limits, page=page)
    items = [SessionOut.model_validate(row) for row in found.items]
    for item in items:
        item.current = item.id == actor.session_id
    return Page(items=items, next_cursor=found.next_cursor)


async def revoke_session(session: AsyncSession, actor: Caller, session_id: UUID) -> None:
    if not await crud.revoke(session, session_id, owner_id=actor.user_id, now=utc_now()):
        raise SessionNotFound
    await audit.record(
        session,
        AuditEvent.SESSION_REVOKED,
        Outcome.SUCCESS,
        actor_id=actor.user_id,
        target=str(session_id),
    )


async def log_out_everywhere(session: AsyncSession, actor: Caller) -> None:
    ended = await crud.revoke_all(session, owner_id=actor.user_id, now=utc_now())
    await audit.record(
        session,
        AuditEvent.LOGOUT,
        Outcome.SUCCESS,
        actor_id=actor.user_id,
        target=str(actor.user_id),
        details={"sessions": ended},
    )
