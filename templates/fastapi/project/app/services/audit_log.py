"""The audit log as administrators read it; that they did is recorded too."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.core.identity import Caller
from app.crud import audit as crud
from app.crud.audit import Filters
from app.crud.pagination import PageRequest, Slice
from app.models import AuditRecord
from app.services import audit


async def list_events(
    session: AsyncSession, actor: Caller, filters: Filters, page: PageRequest
) -> Slice[AuditRecord]:
    events = await crud.get_page(session, filters, page)
    await audit.record(
        session,
        AuditEvent.ADMIN_READ,
        Outcome.SUCCESS,
        actor_id=actor.user_id,
        target="audit_events",
        details={"count": len(events.items)},
    )
    return events
