"""What follows from a new password, whoever has set it and how."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.crud import session as session_crud
from app.models import User
from app.services import audit
from app.utils.helpers import utc_now


async def replace_password(
    session: AsyncSession,
    user: User,
    new_hash: str,
    event: AuditEvent,
    *,
    except_session: UUID | None = None,
) -> None:
    """Store the hash and end the other sign-ins: who knew the old password is out."""
    user.hashed_password = new_hash
    ended = await session_crud.revoke_all(
        session, owner_id=user.id, now=utc_now(), except_id=except_session
    )
    await audit.record(
        session,
        event,
        Outcome.SUCCESS,
        actor_id=user.id,
        target=str(user.id),
        details={"sessions_ended": ended},
    )
