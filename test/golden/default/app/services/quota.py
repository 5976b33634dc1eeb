"""How much one person may store (OWASP API4)."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import SecuritySettings
from app.core.errors import Forbidden
from app.crud import quota as crud
from app.models.base import Record


class QuotaExceeded(Forbidden):
    code = "quota_exceeded"
    detail = "You have as many of these as you may have."


async def require_room(session: AsyncSession, model: type[Record], *, owner_id: UUID) -> None:
    """Refuse one row more than MAX_ROWS_PER_USER of a table."""
    settings: SecuritySettings = session.info["settings"]
    if settings.max_rows_per_user is None:
        return
    await crud.lock_owner(session, owner_id=owner_id)
    if await crud.count_owned(session, model, owner_id=owner_id) >= settings.max_rows_per_user:
        raise QuotaExceeded
