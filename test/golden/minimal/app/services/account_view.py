"""Accounts as administrators see them: one value that does not open hides nothing else."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.core.encryption import DecryptionFailed
from app.crud import audit as audit_crud
from app.models import User
from app.schemas.user import AdminUserOut
from app.services import audit
from app.utils.helpers import utc_now

# Who looks at a list all day finds the damage recorded already.
RECORD_AGAIN_AFTER = timedelta(days=1)


async def show_account(session: AsyncSession, user: User) -> AdminUserOut:
    """Show null for what is damaged, and record it.

    Only here, where it is masked anyway: to its owner an empty value would be a loss unnoticed.
    """
    values: dict[str, object] = {}
    for name in AdminUserOut.model_fields:
        try:
            values[name] = getattr(user, name)
        except DecryptionFailed as failed:
            values[name] = None
            await _record(session, failed.place)
    return AdminUserOut.model_validate(values)


async def _record(session: AsyncSession, place: str) -> None:
    event, since = AuditEvent.DECRYPTION_FAILED, utc_now() - RECORD_AGAIN_AFTER
    if not await audit_crud.is_recorded(session, event, place, since):
        await audit.record(session, event, Outcome.FAILURE, target=place)
